// Which of too many Pods goes first (pkg/controller/controller_utils.go ActivePods). Pure.
import type { Pod } from '../../api-types/pod.ts'
import { conditionOf } from '../../lib/conditions.ts'
import { isReady } from './pods.ts'

const PHASE_RANK: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 }

/**
 * Sorts Pods to be removed first to the front: unscheduled, Pending, not ready, ready for a shorter
 * time, restarted more often, younger.
 */
export function byRemoval(a: Pod, b: Pod): number {
  const scheduled = Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName))
  if (scheduled !== 0) return scheduled
  const phase = phaseRank(a) - phaseRank(b)
  if (phase !== 0) return phase
  const ready = Number(isReady(a)) - Number(isReady(b))
  if (ready !== 0) return ready
  const since = isReady(a) ? compareTexts(readySince(b), readySince(a)) : 0
  if (since !== 0) return since
  const restarts = maxRestarts(b) - maxRestarts(a)
  if (restarts !== 0) return restarts
  return compareTexts(b.metadata.creationTimestamp, a.metadata.creationTimestamp)
}

function phaseRank(pod: Pod): number {
  return PHASE_RANK[pod.status.phase ?? 'Pending'] ?? 0
}

function readySince(pod: Pod): string {
  return conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime ?? ''
}

function maxRestarts(pod: Pod): number {
  return Math.max(0, ...(pod.status.containerStatuses ?? []).map((status) => status.restartCount))
}

// Times of one format in UTC compare as texts.
function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
