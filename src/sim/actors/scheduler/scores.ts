// Which of the possible nodes is best: the scores of the default profile that differ between
// ordinary nodes, each 0 to 100, summed with their weights (scheduler framework/plugins).
import type { Pod } from '../../api-types/pod.ts'
import { matchesTerm } from '../../lib/node-affinity.ts'
import { isTolerated } from '../../lib/taints.ts'
import { podRequests, type NodeInfo } from './requests.ts'

const MAX_SCORE = 100
const TAINT_WEIGHT = 3
const AFFINITY_WEIGHT = 2
/** Images below the first size say nothing for a node, beyond the second no more (bytes). */
const IMAGE_BYTES_MIN = 23 * 2 ** 20
const IMAGE_BYTES_MAX = 1000 * 2 ** 20

/** The total score of each node, in the order given. */
export function scoresOf(pod: Pod, infos: readonly NodeInfo[]): readonly number[] {
  const intolerable = normalized(
    infos.map((info) => preferredTaints(pod, info)),
    true,
  )
  const preferred = normalized(
    infos.map((info) => preferredWeight(pod, info)),
    false,
  )
  return infos.map(
    (info, index) =>
      leastAllocated(pod, info) +
      balanced(pod, info) +
      imageLocality(pod, info, infos) +
      TAINT_WEIGHT * intolerable[index]! +
      AFFINITY_WEIGHT * preferred[index]!,
  )
}

/** noderesources/least_allocated.go over CPU and memory. */
function leastAllocated(pod: Pod, info: NodeInfo): number {
  const { scored } = podRequests(pod.spec)
  const free = (name: 'cpu' | 'memory'): number => {
    const allocatable = info.allocatable[name] ?? 0
    const requested = info.scored[name] + scored[name]
    if (allocatable === 0 || requested > allocatable) return 0
    return Math.floor(((allocatable - requested) * MAX_SCORE) / allocatable)
  }
  return Math.floor((free('cpu') + free('memory')) / 2)
}

/** noderesources/balanced_allocation.go: how much the Pod evens CPU and memory out. */
function balanced(pod: Pod, info: NodeInfo): number {
  const { requests } = podRequests(pod.spec)
  if (!requests['cpu'] && !requests['memory']) return 0
  const evenness = (added: Readonly<Record<string, number>>): number => {
    const part = (name: string): number => {
      const allocatable = info.allocatable[name] ?? 0
      const requested = (info.requested[name] ?? 0) + (added[name] ?? 0)
      return allocatable === 0 ? 1 : Math.min(1, requested / allocatable)
    }
    return (1 - Math.abs(part('cpu') - part('memory')) / 2) * MAX_SCORE
  }
  const half = MAX_SCORE / 2
  return Math.floor(half + (half + evenness(requests) - evenness({})) / 2)
}

/** imagelocality: the bytes a node already has, spread over how many nodes have them. */
function imageLocality(pod: Pod, info: NodeInfo, all: readonly NodeInfo[]): number {
  const images = info.node.status.images ?? []
  if (images.length === 0) return 0
  let bytes = 0
  for (const { image } of pod.spec.containers) {
    const name = fullName(image)
    const found = images.find(({ names }) => names.includes(name))
    if (found === undefined) continue
    const having = all.filter(({ node }) =>
      (node.status.images ?? []).some(({ names }) => names.includes(name)),
    )
    bytes += Math.floor((found.sizeBytes * having.length) / all.length)
  }
  const max = IMAGE_BYTES_MAX * pod.spec.containers.length
  const counted = Math.min(max, Math.max(IMAGE_BYTES_MIN, bytes))
  return Math.floor((MAX_SCORE * (counted - IMAGE_BYTES_MIN)) / (max - IMAGE_BYTES_MIN))
}

/** An image's name as nodes report it: registry, path and tag. */
function fullName(image: string): string {
  const tagged = /[:@][^/]*$/.test(image) ? image : `${image}:latest`
  const [first = ''] = tagged.split('/')
  if (!tagged.includes('/')) return `docker.io/library/${tagged}`
  return /[.:]|^localhost$/.test(first) ? tagged : `docker.io/${tagged}`
}

function preferredTaints(pod: Pod, { node }: NodeInfo): number {
  const taints = (node.spec.taints ?? []).filter(({ effect }) => effect === 'PreferNoSchedule')
  return taints.filter((taint) => !isTolerated(taint, pod.spec.tolerations)).length
}

function preferredWeight(pod: Pod, { node }: NodeInfo): number {
  const terms =
    pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  return terms.reduce(
    (sum, { weight, preference }) => (matchesTerm(preference, node) ? sum + weight : sum),
    0,
  )
}

/** helper/normalize_score.go DefaultNormalizeScore. */
function normalized(scores: readonly number[], reverse: boolean): readonly number[] {
  const max = Math.max(0, ...scores)
  if (max === 0) return scores.map(() => (reverse ? MAX_SCORE : 0))
  return scores.map((score) => {
    const scaled = Math.floor((score * MAX_SCORE) / max)
    return reverse ? MAX_SCORE - scaled : scaled
  })
}
