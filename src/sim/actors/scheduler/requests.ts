// What a Pod asks of a node, in thousandths of each resource (component-helpers/resource
// PodRequests; scheduler framework types.go NodeInfo). Pure; remembered per spec, since specs are
// immutable and every scheduling sums over every Pod.
import { isEnded } from '../../lib/pod-phase.ts'
import { isSidecar } from '../../lib/sidecar.ts'
import type { Node } from '../../api-types/core.ts'
import type { Container, Pod, PodSpec, ResourceList } from '../../api-types/pod.ts'
import { isPodLevel, milliValue } from '../../lib/quantity.ts'

/** Thousandths by resource name. */
type Amounts = Readonly<Record<string, number>>

/** What containers without requests count as when nodes are scored (util/pod_resources.go). */
const DEFAULT_CPU = 100
const DEFAULT_MEMORY = 200 * 2 ** 20 * 1000

interface PodRequests {
  requests: Amounts
  /** CPU and memory as scored: with the defaults for containers that ask nothing. */
  scored: { cpu: number; memory: number }
}

/** A node with what its live Pods take. */
export interface NodeInfo {
  readonly node: Node
  readonly pods: readonly Pod[]
  readonly allocatable: Amounts
  readonly requested: Amounts
  readonly scored: { readonly cpu: number; readonly memory: number }
}

const known = new WeakMap<PodSpec, PodRequests>()
const knownLists = new WeakMap<ResourceList, Amounts>()

export function podRequests(spec: PodSpec): PodRequests {
  let result = known.get(spec)
  if (result === undefined) {
    const scored = effective(spec, scoredRequests)
    result = {
      requests: effective(spec, ({ resources }) => amountsOf(resources?.requests)),
      scored: { cpu: scored['cpu'] ?? 0, memory: scored['memory'] ?? 0 },
    }
    known.set(spec, result)
  }
  return result
}

export function nodeInfo(node: Node, bound: readonly Pod[]): NodeInfo {
  const pods = bound.filter((pod) => !isEnded(pod))
  const requested: Record<string, number> = {}
  const scored = { cpu: 0, memory: 0 }
  for (const pod of pods) {
    const asked = podRequests(pod.spec)
    for (const name in asked.requests)
      requested[name] = (requested[name] ?? 0) + asked.requests[name]!
    scored.cpu += asked.scored.cpu
    scored.memory += asked.scored.memory
  }
  const allocatable = amountsOf(node.status.allocatable ?? node.status.capacity)
  return { node, pods, allocatable, requested, scored }
}

function amountsOf(list: ResourceList | undefined): Amounts {
  if (list === undefined) return {}
  let amounts = knownLists.get(list)
  if (amounts === undefined) {
    const entries = Object.entries(list).map(([name, text]) => [name, milliValue(text) ?? 0])
    amounts = Object.fromEntries(entries) as Amounts
    knownLists.set(list, amounts)
  }
  return amounts
}

function scoredRequests(container: Container): Amounts {
  const { cpu = DEFAULT_CPU, memory = DEFAULT_MEMORY } = amountsOf(container.resources?.requests)
  return { cpu, memory }
}

/**
 * The sum of the containers and sidecars, or what one init container needs beside the sidecars
 * started before it, whichever is more; and the overhead.
 */
function effective(spec: PodSpec, of: (container: Container) => Amounts): Amounts {
  let sum = spec.containers.reduce((total, container) => plus(total, of(container)), {})
  let sidecars: Amounts = {}
  let peak: Amounts = {}
  for (const container of spec.initContainers ?? []) {
    const own = of(container)
    if (isSidecar(container)) {
      sum = plus(sum, own)
      sidecars = plus(sidecars, own)
      peak = most(peak, sidecars)
    } else peak = most(peak, plus(sidecars, own))
  }
  return plus(withPodLevel(most(sum, peak), spec.resources), amountsOf(spec.overhead))
}

/** What the Pod asks for as a whole goes before what its containers do (PodRequests). */
function withPodLevel(sum: Amounts, resources: PodSpec['resources']): Amounts {
  const asked = Object.entries(amountsOf(resources?.requests)).filter(([name]) => isPodLevel(name))
  return asked.length === 0 ? sum : { ...sum, ...Object.fromEntries(asked) }
}

function plus(a: Amounts, b: Amounts): Amounts {
  const sum: Record<string, number> = { ...a }
  for (const name in b) sum[name] = (sum[name] ?? 0) + b[name]!
  return sum
}

function most(a: Amounts, b: Amounts): Amounts {
  const max: Record<string, number> = { ...a }
  for (const name in b) max[name] = Math.max(max[name] ?? 0, b[name]!)
  return max
}
