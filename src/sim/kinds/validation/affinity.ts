// Node and Pod affinity, topology spread (core/validation validateAffinity,
// validateTopologySpreadConstraints).
import type { LabelSelector } from '../../api-types/meta.ts'
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../../api-types/pod.ts'
import {
  duplicate,
  eachInvalid,
  forbidden,
  invalid,
  notSupported,
  oneOf,
  required,
  type FieldErrors,
} from './field.ts'
import { validateSelector } from './label-selector.ts'
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from './names.ts'

interface PodTerm {
  labelSelector?: LabelSelector
  namespaceSelector?: LabelSelector
  namespaces?: readonly string[]
  topologyKey?: string
  matchLabelKeys?: readonly string[]
  mismatchLabelKeys?: readonly string[]
}

interface PodTerms {
  requiredDuringSchedulingIgnoredDuringExecution?: readonly PodTerm[]
  preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    weight: number
    podAffinityTerm: PodTerm
  }[]
}

export interface AnyAffinity {
  nodeAffinity?: {
    requiredDuringSchedulingIgnoredDuringExecution?: {
      nodeSelectorTerms?: readonly NodeSelectorTerm[] | null
    }
    preferredDuringSchedulingIgnoredDuringExecution?: readonly {
      weight: number
      preference: NodeSelectorTerm
    }[]
  }
  podAffinity?: PodTerms
  podAntiAffinity?: PodTerms
}

export interface SpreadConstraint {
  maxSkew?: number
  minDomains?: number
  topologyKey?: string
  whenUnsatisfiable?: string
  labelSelector?: LabelSelector
  nodeAffinityPolicy?: string
  nodeTaintsPolicy?: string
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'
const WEIGHT_MAX = 100

export function validateAffinity(affinity: AnyAffinity | undefined, field: string): FieldErrors {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {}
  return [
    ...nodeErrors(nodeAffinity, `${field}.nodeAffinity`),
    ...podErrors(podAffinity, `${field}.podAffinity`),
    ...podErrors(podAntiAffinity, `${field}.podAntiAffinity`),
  ]
}

function nodeErrors(affinity: AnyAffinity['nodeAffinity'], field: string): FieldErrors {
  const { [REQUIRED]: selector, [PREFERRED]: preferred = [] } = affinity ?? {}
  return [
    ...(selector ? selectorErrors(selector.nodeSelectorTerms ?? [], `${field}.${REQUIRED}`) : []),
    ...preferred.flatMap(({ weight, preference }, index) => {
      const at = `${field}.${PREFERRED}[${index}]`
      return [...weightErrors(weight, at), ...termErrors(preference, false, `${at}.preference`)]
    }),
  ]
}

function selectorErrors(terms: readonly NodeSelectorTerm[], field: string): FieldErrors {
  const at = `${field}.nodeSelectorTerms`
  if (terms.length === 0) return [required(at, 'must have at least one node selector term')]
  return terms.flatMap((term, index) => termErrors(term, true, `${at}[${index}]`))
}

function weightErrors(weight: number, at: string): FieldErrors {
  if (weight > 0 && weight <= WEIGHT_MAX) return []
  return [invalid(`${at}.weight`, weight, 'must be in the range 1-100')]
}

/** Preferred terms may have values that no label has. */
function termErrors(term: NodeSelectorTerm, strict: boolean, field: string): FieldErrors {
  const { matchExpressions = [], matchFields = [] } = term
  return [
    ...matchExpressions.flatMap((requirement, index) =>
      requirementErrors(requirement, strict, `${field}.matchExpressions[${index}]`),
    ),
    ...matchFields.flatMap((requirement, index) =>
      fieldErrors(requirement, `${field}.matchFields[${index}]`),
    ),
  ]
}

function requirementErrors(
  { key, operator, values = [] }: NodeSelectorRequirement,
  strict: boolean,
  at: string,
): FieldErrors {
  return [
    ...operatorErrors(operator, values, at),
    ...eachInvalid(`${at}.key`, key, qualifiedName(key)),
    ...values.flatMap((value, index) =>
      strict ? eachInvalid(`${at}.values[${index}]`, value, labelValue(value)) : [],
    ),
  ]
}

function operatorErrors(operator: string, values: readonly string[], at: string): FieldErrors {
  const field = `${at}.values`
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length > 0) return []
      return [required(field, "must be specified when `operator` is 'In' or 'NotIn'")]
    case 'Exists':
    case 'DoesNotExist': {
      const why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
      return values.length === 0 ? [] : [forbidden(field, why)]
    }
    case 'Gt':
    case 'Lt':
      if (values.length === 1) return []
      return [required(field, "must be specified single value when `operator` is 'Lt' or 'Gt'")]
    default:
      return [invalid(`${at}.operator`, operator, 'not a valid selector operator')]
  }
}

/** Of a node's fields only its name can be asked for. */
function fieldErrors(
  { key, operator, values = [] }: NodeSelectorRequirement,
  at: string,
): FieldErrors {
  const single = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
  const isIn = operator === 'In' || operator === 'NotIn'
  return [
    ...(isIn
      ? values.length === 1
        ? []
        : [required(`${at}.values`, single)]
      : [invalid(`${at}.operator`, operator, 'not a valid selector operator')]),
    ...(key === 'metadata.name'
      ? values.flatMap((value, index) =>
          eachInvalid(`${at}.values[${index}]`, value, dnsSubdomain(value)),
        )
      : [invalid(`${at}.key`, key, 'not a valid field selector key')]),
  ]
}

function podErrors(terms: PodTerms | undefined, field: string): FieldErrors {
  const { [REQUIRED]: hard = [], [PREFERRED]: soft = [] } = terms ?? {}
  return [
    ...hard.flatMap((term, index) => podTermErrors(term, `${field}.${REQUIRED}[${index}]`)),
    ...soft.flatMap(({ weight, podAffinityTerm }, index) => {
      const at = `${field}.${PREFERRED}[${index}]`
      return [
        ...weightErrors(weight, at),
        ...podTermErrors(podAffinityTerm, `${at}.podAffinityTerm`),
      ]
    }),
  ]
}

function podTermErrors(term: PodTerm, at: string): FieldErrors {
  const { topologyKey = '', namespaces = [] } = term
  const key = `${at}.topologyKey`
  return [
    ...validateSelector(term.labelSelector, `${at}.labelSelector`),
    ...validateSelector(term.namespaceSelector, `${at}.namespaceSelector`),
    ...namespaces.flatMap((name) => eachInvalid(`${at}.namespace`, name, dnsLabel(name))),
    ...labelKeyErrors(term, at),
    ...(topologyKey === '' ? [required(key, 'can not be empty')] : []),
    ...eachInvalid(key, topologyKey, qualifiedName(topologyKey)),
  ]
}

/** validateMatchLabelKeysAndMismatchLabelKeys: each key stands in one place only. */
function labelKeyErrors(term: PodTerm, at: string): FieldErrors {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term
  const selected = [
    ...Object.keys(labelSelector?.matchLabels ?? {}),
    ...(labelSelector?.matchExpressions ?? []).map(({ key }) => key),
  ]
  return (['matchLabelKeys', 'mismatchLabelKeys'] as const).flatMap((list) => {
    const keys = term[list] ?? []
    if (keys.length > 0 && labelSelector === undefined)
      return [forbidden(`${at}.${list}`, 'must not be specified when labelSelector is not set')]
    return keys.flatMap((key, index) => {
      const field = `${at}.${list}[${index}]`
      const isTwice = list === 'matchLabelKeys' && mismatchLabelKeys.includes(key)
      const both = 'exists in both matchLabelKeys and mismatchLabelKeys'
      const inSelector = selected.includes(key) && matchLabelKeys.includes(key)
      return [
        ...eachInvalid(field, key, qualifiedName(key)),
        ...(isTwice ? [invalid(field, key, both)] : []),
        ...(inSelector ? [invalid(field, key, `exists in both ${list} and labelSelector`)] : []),
      ]
    })
  })
}

/** Constraints on how Pods spread over zones or nodes. */
export function validateSpread(
  constraints: readonly SpreadConstraint[],
  field: string,
): FieldErrors {
  const seen = new Set<string>()
  return constraints.flatMap((constraint, index) => {
    const at = `${field}[${index}]`
    const { topologyKey = '', whenUnsatisfiable = '' } = constraint
    const pair = `{${topologyKey}, ${whenUnsatisfiable}}`
    const repeated = seen.has(pair)
    seen.add(pair)
    return [
      ...skewErrors(constraint, at),
      ...(topologyKey === ''
        ? [required(`${at}.topologyKey`, 'can not be empty')]
        : eachInvalid(`${at}.topologyKey`, topologyKey, qualifiedName(topologyKey))),
      ...oneOf(`${at}.whenUnsatisfiable`, whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']),
      ...(repeated ? [duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair)] : []),
      ...policyErrors(constraint.nodeAffinityPolicy, `${at}.nodeAffinityPolicy`),
      ...policyErrors(constraint.nodeTaintsPolicy, `${at}.nodeTaintsPolicy`),
      ...validateSelector(constraint.labelSelector, `${at}.labelSelector`),
    ]
  })
}

function skewErrors(constraint: SpreadConstraint, at: string): FieldErrors {
  const { maxSkew = 0, minDomains, whenUnsatisfiable } = constraint
  const positive = 'must be greater than zero'
  const only = 'can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway'
  return [
    ...(maxSkew > 0 ? [] : [invalid(`${at}.maxSkew`, maxSkew, positive)]),
    ...(minDomains !== undefined && minDomains <= 0
      ? [invalid(`${at}.minDomains`, minDomains, positive)]
      : []),
    ...(minDomains !== undefined && whenUnsatisfiable === 'ScheduleAnyway'
      ? [invalid(`${at}.minDomains`, minDomains, only)]
      : []),
  ]
}

function policyErrors(policy: string | undefined, field: string): FieldErrors {
  const policies = ['Honor', 'Ignore']
  if (policy === undefined || policies.includes(policy)) return []
  return [notSupported(field, policy, policies)]
}
