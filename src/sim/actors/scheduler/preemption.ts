// Making room for a Pod of higher priority (scheduler framework/preemption, plugins/
// defaultpreemption): the cheapest set of victims on one node. Pure; the scheduler evicts them.
import type { Pod } from '../../api-types/pod.ts'
import { rejectionOf, type Rejection } from './filters.ts'
import {
  NEVER_PREEMPTS,
  NO_VICTIMS,
  preemptionMessage,
  type FitVerdict,
  VICTIMS_END,
} from './fit-error.ts'
import { priorityOf, waitsForVictims } from './nominated.ts'
import { nodeInfo, type NodeInfo } from './requests.ts'

export interface Preemption {
  node: string
  victims: readonly Pod[]
}

/** The victims to evict, or the sentence that says why there are none. */
export function preempt(
  pod: Pod,
  infos: readonly NodeInfo[],
  verdicts: readonly FitVerdict[],
  total: number,
): Preemption | string {
  if (pod.spec.preemptionPolicy === 'Never') return NEVER_PREEMPTS
  const promised = verdicts.find(({ node }) => node === pod.status.nominatedNodeName)
  const room = infos.find(({ node }) => node.metadata.name === promised?.node)
  if (promised?.rejection.resolvable && room && waitsForVictims(pod, room)) return VICTIMS_END
  const reasons: string[] = []
  const candidates: Preemption[] = []
  let notHelpful = total - verdicts.length
  for (const { node, rejection } of verdicts) {
    const info = infos.find((candidate) => candidate.node.metadata.name === node)
    if (!rejection.resolvable || info === undefined) {
      notHelpful++
      continue
    }
    const found = victimsOn(pod, info)
    if ('plugin' in found) reasons.push(...found.reasons)
    else if (found.length === 0) reasons.push(NO_VICTIMS)
    else candidates.push({ node, victims: found })
  }
  if (candidates.length > 0) return candidates.reduce((a, b) => (isCheaper(b, a) ? b : a))
  return preemptionMessage(total, notHelpful, reasons)
}

/**
 * All Pods of lower priority go, then as many as possible come back, the most important first.
 * A Rejection when even without them the Pod does not fit (SelectVictimsOnNode).
 */
function victimsOn(pod: Pod, info: NodeInfo): readonly Pod[] | Rejection {
  const lower = info.pods.filter((other) => priorityOf(other) < priorityOf(pod))
  if (lower.length === 0) return []
  let kept = info.pods.filter((other) => !lower.includes(other))
  const rejection = rejectionOf(pod, nodeInfo(info.node, kept))
  if (rejection !== undefined) return rejection
  const victims: Pod[] = []
  for (const other of [...lower].sort(byImportance)) {
    const withIt = [...kept, other]
    if (rejectionOf(pod, nodeInfo(info.node, withIt)) === undefined) kept = withIt
    else victims.push(other)
  }
  return victims
}

/** Higher priority first, then who started earlier (util MoreImportantPod). */
function byImportance(a: Pod, b: Pod): number {
  const difference = priorityOf(b) - priorityOf(a)
  if (difference !== 0) return difference
  const [left, right] = [a.status.startTime ?? '', b.status.startTime ?? '']
  return left < right ? -1 : left > right ? 1 : 0
}

/** preemption.go pickOneNodeForPreemption: lowest highest priority, lowest sum, fewest. */
function isCheaper(a: Preemption, b: Preemption): boolean {
  const highest = ({ victims }: Preemption): number => Math.max(...victims.map(priorityOf))
  const sum = ({ victims }: Preemption): number => victims.reduce((n, p) => n + priorityOf(p), 0)
  if (highest(a) !== highest(b)) return highest(a) < highest(b)
  if (sum(a) !== sum(b)) return sum(a) < sum(b)
  return a.victims.length < b.victims.length
}
