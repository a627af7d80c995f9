// Whether a Pod's node selector and required node affinity admit a Node
// (component-helpers/scheduling/corev1/nodeaffinity). Pure.
import type { Node } from '../api-types/core.ts'
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../api-types/pod.ts'

/** `spec.nodeSelector` and the required terms of `spec.affinity.nodeAffinity`, both. */
export function matchesNode(spec: PodSpec, node: Node): boolean {
  const labels = node.metadata.labels ?? {}
  const { nodeSelector } = spec
  for (const key in nodeSelector) if (labels[key] !== nodeSelector[key]) return false
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return (
    required === undefined || required.nodeSelectorTerms.some((term) => matchesTerm(term, node))
  )
}

/** All requirements of one term; an empty term matches nothing. */
export function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  const { matchExpressions = [], matchFields = [] } = term
  if (matchExpressions.length === 0 && matchFields.length === 0) return false
  const labels = node.metadata.labels ?? {}
  const fields = { 'metadata.name': node.metadata.name }
  return (
    matchExpressions.every((requirement) => matchesRequirement(requirement, labels)) &&
    matchFields.every(({ key, operator, values = [] }) => {
      const named = values.includes(fields[key as keyof typeof fields] ?? '')
      return operator === 'In' ? named : operator === 'NotIn' && !named
    })
  )
}

/** A requirement with a value that no label can have is an error, and matches nothing. */
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/

function matchesRequirement(
  { key, operator, values = [] }: NodeSelectorRequirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  if (values.some((value) => !LABEL_VALUE.test(value))) return false
  const value = labels[key]
  if (operator === 'In') return value !== undefined && values.includes(value)
  if (operator === 'NotIn') return value === undefined || !values.includes(value)
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  const left = integerOf(value)
  const right = integerOf(values[0])
  if (left === undefined || right === undefined) return false
  return operator === 'Gt' ? left > right : left < right
}

function integerOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined
}

/**
 * The one node that a daemon Pod's affinity names: `metadata.name In [NODE]` in every required
 * term (daemon util GetTargetNodeName; scheduler NodeAffinity PreFilter). undefined: not pinned.
 */
export function pinnedNode(spec: PodSpec): string | undefined {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms = required?.nodeSelectorTerms ?? []
  let name: string | undefined
  for (const { matchFields = [] } of terms) {
    const field = matchFields.find(({ key, operator }) => key === NAME_FIELD && operator === 'In')
    const value = field?.values?.length === 1 ? field.values[0] : undefined
    if (value === undefined || (name !== undefined && name !== value)) return undefined
    name = value
  }
  return name
}

/**
 * The nodes that the required terms name, of which only these are looked at (scheduler NodeAffinity
 * PreFilter): the fields of a term must all agree, and one term is enough. Empty when the names
 * contradict each other; undefined when a term names none.
 */
export function namedNodes(spec: PodSpec): readonly string[] | undefined {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required === undefined) return undefined
  const names = new Set<string>()
  for (const { matchFields = [] } of required.nodeSelectorTerms) {
    const lists = matchFields
      .filter(({ key, operator }) => key === NAME_FIELD && operator === 'In')
      .map(({ values = [] }) => values)
    const [first, ...others] = lists
    if (first === undefined) return undefined
    for (const name of first) if (others.every((list) => list.includes(name))) names.add(name)
  }
  return [...names].sort()
}

/** The field by which a term can name nodes. */
export const NAME_FIELD = 'metadata.name'
