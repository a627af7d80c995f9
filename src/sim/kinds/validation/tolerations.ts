// Tolerations (core/validation ValidateTolerations). The order of the errors is upstream's.
import type { Toleration } from '../../api-types/pod.ts'
import { eachInvalid, invalid, notSupported, optionalOneOf, type FieldErrors } from './field.ts'
import { labelValue, qualifiedName } from './names.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

export function validateTolerations(
  tolerations: readonly Toleration[] = [],
  field: string,
): FieldErrors {
  return tolerations.flatMap((toleration, index) => {
    const at = `${field}[${index}]`
    const { key, operator, effect, tolerationSeconds } = toleration
    const all =
      'operator must be Exists when `key` is empty, which means "match all values and all keys"'
    const timed = "effect must be 'NoExecute' when `tolerationSeconds` is set"
    const misplaced = tolerationSeconds !== undefined && effect !== 'NoExecute'
    return [
      ...(key ? eachInvalid(`${at}.key`, key, qualifiedName(key)) : []),
      ...(!key && operator !== 'Exists' ? [invalid(`${at}.operator`, operator ?? '', all)] : []),
      ...(misplaced ? [invalid(`${at}.effect`, effect ?? '', timed)] : []),
      ...operatorErrors(toleration, `${at}.operator`),
      ...optionalOneOf(`${at}.effect`, effect, EFFECTS),
    ]
  })
}

function operatorErrors({ operator, value = '' }: Toleration, field: string): FieldErrors {
  switch (operator) {
    case undefined:
    case 'Equal': {
      const wrong = labelValue(value)
      return wrong.length === 0 ? [] : [invalid(field, value, wrong.join(';'))]
    }
    case 'Exists':
      if (value === '') return []
      return [invalid(field, value, "value must be empty when `operator` is 'Exists'")]
    default:
      return [notSupported(field, operator, ['Equal', 'Exists'])]
  }
}
