// What one sync of a Job starts from: its Pods sorted into counts, as of now. Everything that is
// decided afterwards is a function of this view (job_controller.go syncJob, first half). Pure.
import type { SimTime } from '../../../base/time.ts'
import type { Job } from '../../api-types/batch.ts'
import type { Pod } from '../../api-types/pod.ts'
import { nextRecord, type BackoffRecord } from './backoff.ts'
import { matchFailurePolicy } from './failure-policy.ts'
import { delayedPods, failedIndexes, succeededIndexes } from './indexes.ts'
import { parseIntervals, totalOf, type Intervals } from './intervals.ts'
import {
  hasLimitPerIndex,
  isActive,
  isFailed,
  isIndexed,
  isInRange,
  isReady,
  isTerminating,
  isTracked,
} from './pods.ts'

export interface JobView {
  readonly now: SimTime
  /** The Job; its startTime is set already. */
  readonly job: Job
  /** All its Pods, those that were counted before included. */
  readonly pods: readonly Pod[]
  readonly active: readonly Pod[]
  readonly ready: number
  readonly terminating: number
  /** Counted before, being counted and newly seen. */
  readonly succeeded: number
  readonly failed: number
  readonly backoff: BackoffRecord
  /** Indexed Jobs: the indexes that succeeded before, and now. */
  readonly previousIndexes: Intervals
  readonly succeededIndexes: Intervals
  /** With backoffLimitPerIndex: the indexes that will not be tried again. */
  readonly failedIndexes: Intervals | undefined
  /** With backoffLimitPerIndex: by index, the failed Pod kept until its successor exists. */
  readonly delayed: ReadonlyMap<number, Pod>
}

/** Looks at a Job and its Pods. */
export function viewJob(
  job: Job,
  pods: readonly Pod[],
  backoff: BackoffRecord,
  now: SimTime,
): JobView {
  const { succeeded = 0, failed = 0, uncountedTerminatedPods = {} } = job.status
  const uncountedSucceeded = uncountedTerminatedPods.succeeded ?? []
  const uncountedFailed = uncountedTerminatedPods.failed ?? []
  const countable = pods.filter((pod) => isTracked(pod) && isInRange(pod, job))
  const newSucceeded = countable.filter(
    ({ metadata, status }) =>
      status.phase === 'Succeeded' && !uncountedSucceeded.includes(metadata.uid),
  )
  const newFailed = countable.filter(
    (pod) => isFailed(pod, job) && !uncountedFailed.includes(pod.metadata.uid),
  )
  const { podFailurePolicy: policy } = job.spec
  const counted = newFailed.filter((pod) => matchFailurePolicy(policy, pod).counts)
  const active = pods.filter(isActive)
  const view: JobView = {
    now,
    job,
    pods,
    active,
    ready: active.filter(isReady).length,
    terminating: pods.filter(isTerminating).length,
    succeeded: succeeded + newSucceeded.length + uncountedSucceeded.length,
    failed: failed + counted.length + uncountedFailed.length,
    backoff: nextRecord(backoff, newSucceeded, newFailed),
    previousIndexes: [],
    succeededIndexes: [],
    failedIndexes: undefined,
    delayed: new Map(),
  }
  return isIndexed(job) ? { ...view, ...viewIndexes(job, pods, active) } : view
}

type IndexView = Pick<
  JobView,
  'succeeded' | 'previousIndexes' | 'succeededIndexes' | 'failedIndexes' | 'delayed'
>

function viewIndexes(job: Job, pods: readonly Pod[], active: readonly Pod[]): IndexView {
  const previousIndexes = parseIntervals(job.status.completedIndexes, job.spec.completions ?? 0)
  const succeeded = succeededIndexes(job, pods, previousIndexes)
  const view = { succeeded: totalOf(succeeded), previousIndexes, succeededIndexes: succeeded }
  if (!hasLimitPerIndex(job)) return { ...view, failedIndexes: undefined, delayed: new Map() }
  const failed = failedIndexes(job, pods)
  const delayed = delayedPods(job, pods, active, succeeded, failed)
  return { ...view, failedIndexes: failed, delayed }
}
