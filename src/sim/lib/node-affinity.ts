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
    matchFields.every((requirement) => matchesRequirement(requirement, fields))
  )
}

function matchesRequirement(
  { key, operator, values = [] }: NodeSelectorRequirement,
  labels: Readonly<Record<string, string>>,
): boolean {
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

/** The field by which a term can name nodes. */
export const NAME_FIELD = 'metadata.name'
