// Which indexes of an Indexed Job are done, lost, or next (indexed_job_utils.go). Pure.
import type { Job } from '../../api-types/batch.ts'
import type { Pod } from '../../api-types/pod.ts'
import { matchFailurePolicy } from './failure-policy.ts'
import {
  includesIndex,
  mergeIntervals,
  parseIntervals,
  withIndexes,
  type Intervals,
} from './intervals.ts'
import {
  finishTime,
  indexFailures,
  indexOf,
  isFailed,
  isInRange,
  isTerminating,
  isTracked,
  replacesOnlyFailed,
} from './pods.ts'
import { byRemoval } from './victims.ts'

/** The indexes with a success: those of the status and those of Pods not counted yet. */
export function succeededIndexes(job: Job, pods: readonly Pod[], previous: Intervals): Intervals {
  const fresh = pods.filter(
    (pod) => pod.status.phase === 'Succeeded' && isTracked(pod) && isInRange(pod, job),
  )
  return withIndexes(previous, fresh.map(indexOf))
}

/** The indexes that reached backoffLimitPerIndex or matched FailIndex. */
export function failedIndexes(job: Job, pods: readonly Pod[]): Intervals {
  const previous = parseIntervals(job.status.failedIndexes, job.spec.completions ?? 0)
  const fresh = pods.filter((pod) => isTracked(pod) && isInRange(pod, job) && failsIndex(pod, job))
  return withIndexes(previous, fresh.map(indexOf))
}

function failsIndex(pod: Pod, job: Job): boolean {
  if (!isFailed(pod, job)) return false
  const { action, counts } = matchFailurePolicy(job.spec.podFailurePolicy, pod)
  if (action === 'FailIndex') return true
  return counts && indexFailures(pod, false) >= (job.spec.backoffLimitPerIndex ?? 0)
}

/**
 * By index, the last failed Pod of an index that will be tried again: it is kept until its
 * successor exists, because its annotations hold the index's count of failures.
 */
export function delayedPods(
  job: Job,
  pods: readonly Pod[],
  active: readonly Pod[],
  succeeded: Intervals,
  failed: Intervals,
): Map<number, Pod> {
  const running = new Set(active.map(indexOf))
  const delayed = new Map<number, Pod>()
  for (const pod of pods) {
    const index = indexOf(pod)
    if (!isTracked(pod) || !isInRange(pod, job) || !isFailed(pod, job)) continue
    if (running.has(index) || includesIndex(succeeded, index) || includesIndex(failed, index)) {
      continue
    }
    const last = delayed.get(index)
    if (last === undefined || isLaterFailure(pod, last)) delayed.set(index, pod)
  }
  return delayed
}

function isLaterFailure(pod: Pod, last: Pod): boolean {
  const failures = indexFailures(pod, true) >= indexFailures(last, true)
  return failures && finishTime(pod) >= finishTime(last)
}

/** The first `count` indexes that are neither done nor lost nor being worked on. */
export function pendingIndexes(
  job: Job,
  pods: readonly Pod[],
  active: readonly Pod[],
  done: Intervals,
  failed: Intervals | undefined,
  count: number,
): number[] {
  const leaving = replacesOnlyFailed(job) ? pods.filter(isTerminating) : []
  const taken = [...active, ...leaving].map(indexOf).filter((index) => index >= 0)
  const settled = mergeIntervals(withIndexes(done, taken), failed ?? [])
  const pending: number[] = []
  const completions = job.spec.completions ?? 0
  let candidate = 0
  for (const { first, last } of [...settled, { first: completions, last: completions }]) {
    for (; candidate < Math.min(first, completions); candidate++) {
      if (pending.length === count) return pending
      pending.push(candidate)
    }
    candidate = Math.max(candidate, last + 1)
  }
  return pending
}

/**
 * Active Pods that must go in any case: without an index, out of range, or doubling an index (the
 * best one stays); and the rest.
 */
export function splitSurplus(job: Job, active: readonly Pod[]): { surplus: Pod[]; rest: Pod[] } {
  const surplus: Pod[] = []
  const rest: Pod[] = []
  const sorted = [...active].sort((a, b) => indexOf(a) - indexOf(b))
  const outside = sorted.filter((pod) => indexOf(pod) >= (job.spec.completions ?? 0))
  const groups = new Map<number, Pod[]>()
  for (const pod of sorted) {
    if (outside.includes(pod)) continue
    const group = groups.get(indexOf(pod))
    if (group === undefined) groups.set(indexOf(pod), [pod])
    else group.push(pod)
  }
  surplus.push(...outside)
  for (const [index, group] of groups) {
    const ordered = [...group].sort(byRemoval)
    if (index < 0) surplus.push(...ordered)
    else {
      surplus.push(...ordered.slice(0, -1))
      rest.push(...ordered.slice(-1))
    }
  }
  return { surplus, rest }
}
