// Pods that want no others like them on their node (plugins/interpodaffinity): the required
// anti-affinity by host name, of the Pod itself and of those that are there. Pure.
import type { LabelSelector } from '../../api-types/meta.ts'
import type { Pod } from '../../api-types/pod.ts'
import { selectorMatches } from '../../lib/label-selector.ts'
import type { NodeInfo } from './requests.ts'

interface Term {
  topologyKey?: string
  labelSelector?: LabelSelector
  namespaces?: readonly string[]
}

interface WithAntiAffinity {
  podAntiAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: readonly Term[] }
}

/** Each node is a domain of its own. */
const HOSTNAME = 'kubernetes.io/hostname'

/** In which words the node refuses the Pod; undefined when it does not. */
export function antiAffinityReason(pod: Pod, { node, pods }: NodeInfo): string | undefined {
  if (node.metadata.labels?.[HOSTNAME] === undefined) return undefined
  if (pods.some((other) => repels(pod, other)))
    return "node(s) didn't match pod anti-affinity rules"
  if (pods.some((other) => repels(other, pod)))
    return "node(s) didn't satisfy existing pods anti-affinity rules"
  return undefined
}

/** Whether the first Pod does not want the second beside it. */
function repels({ metadata, spec }: Pod, other: Pod): boolean {
  const { podAntiAffinity } = (spec.affinity ?? {}) as WithAntiAffinity
  const terms = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  return terms.some(({ topologyKey, labelSelector, namespaces = [] }) => {
    if (topologyKey !== HOSTNAME || labelSelector === undefined) return false
    const { namespace = '', labels } = other.metadata
    const known = namespaces.length > 0 ? namespaces : [metadata.namespace]
    return known.includes(namespace) && selectorMatches(labelSelector, labels)
  })
}
