// Counting ended Pods exactly once: their uids are first written to the status, then the Pods are
// released, then the uids become numbers. A crash in between loses nothing (job_controller.go
// trackJobStatusAndRemoveFinalizers). Pure.
import { compact, extend } from '../../../base/plain.ts'
import type { Job, JobStatus } from '../../api-types/batch.ts'
import type { Pod } from '../../api-types/pod.ts'
import { matchFailurePolicy } from './failure-policy.ts'
import { formatIntervals, includesIndex, totalOf, withIndexes } from './intervals.ts'
import type { JobOutcome } from './outcome.ts'
import { hasLimitPerIndex, indexOf, isFailed, isIndexed, isInRange, isTracked } from './pods.ts'
import type { JobView } from './view.ts'

/** MaxUncountedPods: so many uids at most, to bound the status' size. */
const UNCOUNTED_MAX = 500

type Uncounted = NonNullable<JobStatus['uncountedTerminatedPods']>

/** What the first of the two status writes needs. */
interface Tracking {
  /** The status fields that count, with the uids in. */
  readonly counts: JobStatus
  /** Pods to take the finalizer from after that write. */
  readonly release: readonly Pod[]
  /** More Pods wait than fit: the Job cannot end in this sync. */
  readonly full: boolean
}

/** Collects the Pods that ended, or that end with the Job. */
export function trackPods(view: JobView, outcome: JobOutcome | undefined): Tracking {
  const { job } = view
  const tracked = view.pods.filter(isTracked)
  const cleaned = countReleased(job.status, new Set(tracked.map(({ metadata }) => metadata.uid)))
  const succeeded = [...(cleaned.uncountedTerminatedPods?.succeeded ?? [])]
  const failed = [...(cleaned.uncountedTerminatedPods?.failed ?? [])]
  const indexes: number[] = []
  const release: Pod[] = []
  for (const pod of isIndexed(job) ? sortedByIndex(tracked) : tracked) {
    const { uid } = pod.metadata
    if (!canRelease(view, outcome, pod)) continue
    release.push(pod)
    if (pod.status.phase === 'Succeeded' && !failed.includes(uid)) {
      if (!isIndexed(job)) pushNew(succeeded, uid)
      else if (isNewIndex(view, pod)) indexes.push(indexOf(pod))
    } else if (countsAsFailed(view, outcome, pod)) pushNew(failed, uid)
    if (indexes.length + succeeded.length + failed.length >= UNCOUNTED_MAX) break
  }
  const full = indexes.length + succeeded.length + failed.length >= UNCOUNTED_MAX
  const counts = { ...cleaned, uncountedTerminatedPods: uncountedOf(succeeded, failed) }
  return { counts: isIndexed(job) ? withIndexCounts(view, counts, indexes) : counts, release, full }
}

function sortedByIndex(pods: readonly Pod[]): Pod[] {
  return [...pods].sort((a, b) => indexOf(a) - indexOf(b))
}

function pushNew(uids: string[], uid: string): void {
  if (!uids.includes(uid)) uids.push(uid)
}

function uncountedOf(succeeded: readonly string[], failed: readonly string[]): Uncounted {
  return compact({
    succeeded: succeeded.length === 0 ? undefined : succeeded,
    failed: failed.length === 0 ? undefined : failed,
  })
}

// canRemoveFinalizer: at the end of the Job everything goes; before, only what ended, except the
// failed Pod that an index still needs.
function canRelease({ job, delayed }: JobView, outcome: JobOutcome | undefined, pod: Pod): boolean {
  const over = job.metadata.deletionTimestamp !== undefined || outcome !== undefined
  if (over || pod.status.phase === 'Succeeded') return true
  if (!isFailed(pod, job)) return false
  return !hasLimitPerIndex(job) || delayed.get(indexOf(pod))?.metadata.uid !== pod.metadata.uid
}

function isNewIndex({ job, previousIndexes }: JobView, pod: Pod): boolean {
  return isInRange(pod, job) && !includesIndex(previousIndexes, indexOf(pod))
}

// Whatever had not ended when the Job failed is a failure too.
function countsAsFailed({ job }: JobView, outcome: JobOutcome | undefined, pod: Pod): boolean {
  const lost = outcome !== undefined && !outcome.success
  if (!isFailed(pod, job) && !lost) return false
  return isInRange(pod, job) && matchFailurePolicy(job.spec.podFailurePolicy, pod).counts
}

function withIndexCounts(view: JobView, status: JobStatus, fresh: readonly number[]): JobStatus {
  const done = withIndexes(view.succeededIndexes, fresh)
  const { completedIndexes: _completed, failedIndexes: _failed, succeeded: _old, ...rest } = status
  const counts = compact({
    succeeded: totalOf(done) || undefined,
    completedIndexes: formatIntervals(done) || undefined,
    failedIndexes: view.failedIndexes && formatIntervals(view.failedIndexes),
  })
  return extend(rest, counts)
}

/** The status after Pods were released: uids without a tracked Pod become numbers. */
export function countReleased(status: JobStatus, tracked: ReadonlySet<string>): JobStatus {
  const { uncountedTerminatedPods = {}, succeeded = 0, failed = 0 } = status
  const { succeeded: good = [], failed: bad = [] } = uncountedTerminatedPods
  const goodLeft = good.filter((uid) => tracked.has(uid))
  const badLeft = bad.filter((uid) => tracked.has(uid))
  if (goodLeft.length === good.length && badLeft.length === bad.length) return status
  const counts = compact({
    succeeded: succeeded + good.length - goodLeft.length || undefined,
    failed: failed + bad.length - badLeft.length || undefined,
    uncountedTerminatedPods: uncountedOf(goodLeft, badLeft),
  })
  return extend(status, counts)
}

/** Whether uids still wait for their Pods to be released. */
export function hasUncounted(job: Pick<Job, 'status'>): boolean {
  const { succeeded = [], failed = [] } = job.status.uncountedTerminatedPods ?? {}
  return succeeded.length + failed.length > 0
}
