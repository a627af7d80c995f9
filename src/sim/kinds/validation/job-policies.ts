// The policies of a Job: what a failed Pod means, what success means (batch/validation
// validatePodFailurePolicy, validateSuccessPolicy).
import type { JobSpec, PodFailurePolicyRule, SuccessPolicyRule } from '../../api-types/batch.ts'
import { goQuote } from '../../lib/go-quote.ts'
import {
  duplicate,
  eachInvalid,
  invalid,
  invalidUnshown,
  nonNegative,
  notSupported,
  required,
  tooLong,
  tooMany,
  type FieldErrors,
} from './field.ts'
import { parseIndexes } from './indexes.ts'
import { qualifiedName } from './names.ts'

const RULES_MAX = 20
const PATTERNS_MAX = 20
const EXIT_CODES_MAX = 255
const INDEXES_BYTES_MAX = 65536
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore']
const OPERATORS = ['In', 'NotIn']
const STATUSES = ['False', 'True', 'Unknown']

function choice(value: string | undefined, values: readonly string[], field: string): FieldErrors {
  const valid = `valid values: [${values.map(goQuote).join(' ')}]`
  if (!value) return [required(field, valid)]
  return values.includes(value) ? [] : [notSupported(field, value, values)]
}

export function validatePodFailurePolicy(spec: JobSpec, field: string): FieldErrors {
  const rules = spec.podFailurePolicy?.rules ?? []
  const { containers, initContainers } = spec.template.spec
  const names = [...(containers ?? []), ...(initContainers ?? [])].map(({ name }) => name)
  return [
    ...(rules.length > RULES_MAX ? [tooMany(`${field}.rules`, rules.length, RULES_MAX)] : []),
    ...rules.flatMap((rule, index) => ruleErrors(rule, spec, names, `${field}.rules[${index}]`)),
  ]
}

function ruleErrors(
  rule: PodFailurePolicyRule,
  spec: JobSpec,
  names: readonly string[],
  at: string,
): FieldErrors {
  const { action, onExitCodes, onPodConditions = [] } = rule
  const conditions = onPodConditions.length > 0
  const perIndex = action === 'FailIndex' && spec.backoffLimitPerIndex === undefined
  const none = 'specifying one of OnExitCodes and OnPodConditions is required'
  const both = 'specifying both OnExitCodes and OnPodConditions is not supported'
  return [
    ...(perIndex
      ? [invalid(`${at}.action`, action, 'requires the backoffLimitPerIndex to be set')]
      : choice(action, ACTIONS, `${at}.action`)),
    ...(onExitCodes ? exitCodeErrors(onExitCodes, names, `${at}.onExitCodes`) : []),
    ...(conditions ? conditionErrors(onPodConditions, `${at}.onPodConditions`) : []),
    ...(onExitCodes && conditions ? [invalidUnshown(at, both)] : []),
    ...(!onExitCodes && !conditions ? [invalidUnshown(at, none)] : []),
  ]
}

function conditionErrors(
  patterns: readonly { type?: string; status?: string }[],
  field: string,
): FieldErrors {
  return [
    ...(patterns.length > PATTERNS_MAX ? [tooMany(field, patterns.length, PATTERNS_MAX)] : []),
    ...patterns.flatMap(({ type = '', status }, index) => {
      const at = `${field}[${index}]`
      return [
        ...eachInvalid(`${at}.type`, type, qualifiedName(type)),
        ...choice(status, STATUSES, `${at}.status`),
      ]
    }),
  ]
}

function exitCodeErrors(
  requirement: NonNullable<PodFailurePolicyRule['onExitCodes']>,
  names: readonly string[],
  field: string,
): FieldErrors {
  const { operator, containerName } = requirement
  const values = requirement.values ?? []
  const at = `${field}.values`
  const unknown = typeof containerName === 'string' && !names.includes(containerName)
  const why = 'must be one of the container or initContainer names in the pod template'
  const ordered = values.every((value, index) => index === 0 || values[index - 1]! <= value)
  return [
    ...choice(operator, OPERATORS, `${field}.operator`),
    ...(unknown ? [invalid(`${field}.containerName`, containerName, why)] : []),
    ...(values.length === 0 ? [invalid(at, values, 'at least one value is required')] : []),
    ...(values.length > EXIT_CODES_MAX ? [tooMany(at, values.length, EXIT_CODES_MAX)] : []),
    ...values.flatMap((value, index) => {
      const zero = operator === 'In' && value === 0
      const repeated = values.indexOf(value) < index
      return [
        ...(zero ? [invalid(`${at}[${index}]`, value, 'must not be 0 for the In operator')] : []),
        ...(repeated ? [duplicate(`${at}[${index}]`, value)] : []),
      ]
    }),
    ...(ordered ? [] : [invalid(at, values, 'must be ordered')]),
  ]
}

export function validateSuccessPolicy(spec: JobSpec, field: string): FieldErrors {
  const rules = spec.successPolicy?.rules ?? []
  const at = `${field}.rules`
  const none = 'at least one rules must be specified when the successPolicy is specified'
  return [
    ...(rules.length === 0 ? [required(at, none)] : []),
    ...(rules.length > RULES_MAX ? [tooMany(at, rules.length, RULES_MAX)] : []),
    ...rules.flatMap((rule, index) =>
      successErrors(rule, spec.completions ?? 0, `${at}[${index}]`),
    ),
  ]
}

function successErrors(rule: SuccessPolicyRule, completions: number, at: string): FieldErrors {
  const { succeededCount, succeededIndexes } = rule
  if (succeededCount === undefined && succeededIndexes === undefined) {
    const why = 'at least one of succeededCount or succeededIndexes must be specified'
    return [required(at, why)]
  }
  const indexes = parseIndexes(succeededIndexes ?? '', completions)
  const field = `${at}.succeededIndexes`
  const long = (succeededIndexes ?? '').length > INDEXES_BYTES_MAX
  return [
    ...(long ? [tooLong(field, INDEXES_BYTES_MAX)] : []),
    ...('error' in indexes
      ? [invalid(field, succeededIndexes, `error parsing succeededIndexes: ${indexes.error}`)]
      : []),
    ...countErrors(rule, completions, 'count' in indexes ? indexes.count : 0, at),
  ]
}

function countErrors(
  { succeededCount: count, succeededIndexes }: SuccessPolicyRule,
  completions: number,
  total: number,
  at: string,
): FieldErrors {
  if (count === undefined) return []
  const field = `${at}.succeededCount`
  const specified = `${completions} (the number of specified completions)`
  const listed = `${total} (the number of indexes in the specified succeededIndexes field)`
  const beyond = succeededIndexes !== undefined && count > total
  return [
    ...nonNegative(field, count),
    ...(count > completions
      ? [invalid(field, count, `must be less than or equal to ${specified}`)]
      : []),
    ...(beyond ? [invalid(field, count, `must be less than or equal to ${listed}`)] : []),
  ]
}
