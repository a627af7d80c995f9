// Label selectors of Jobs, DaemonSets and affinities (apis/meta/v1/validation).
import type { LabelSelector } from '../../api-types/meta.ts'
import { eachInvalid, forbidden, invalid, required, type FieldErrors } from './field.ts'
import { labelValue, qualifiedName } from './names.ts'
import { validateLabels } from './object-meta.ts'

/** Validates a selector that may be absent. */
export function validateSelector(
  selector: LabelSelector | null | undefined,
  field: string,
): FieldErrors {
  if (selector === undefined || selector === null) return []
  const expressions = selector.matchExpressions ?? []
  return [
    ...validateLabels(selector.matchLabels, `${field}.matchLabels`),
    ...expressions.flatMap(({ key, operator, values = [] }, index) => {
      const at = `${field}.matchExpressions[${index}]`
      return [
        ...operatorErrors(operator, values, at),
        ...eachInvalid(`${at}.key`, key, qualifiedName(key)),
        ...values.flatMap((value, place) =>
          eachInvalid(`${at}.values[${place}]`, value, labelValue(value)),
        ),
      ]
    }),
  ]
}

function operatorErrors(operator: string, values: readonly string[], at: string): FieldErrors {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length > 0) return []
      return [required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'")]
    case 'Exists':
    case 'DoesNotExist': {
      if (values.length === 0) return []
      const why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
      return [forbidden(`${at}.values`, why)]
    }
    default:
      return [invalid(`${at}.operator`, operator, 'not a valid selector operator')]
  }
}

/** Whether the selector can be used at all: one that cannot is matched by no check. */
export function isUsable(selector: LabelSelector | null | undefined): boolean {
  return validateSelector(selector, '').length === 0
}
