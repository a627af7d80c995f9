// What the Job controller asks of one Pod (pkg/controller/job/job_controller.go, backoff_utils.go).
// Pure.
import { addMs, parseTime, SECOND_MS, type SimTime } from '../../../base/time.ts'
import type { Job } from '../../api-types/batch.ts'
import type { ContainerStatus, Pod } from '../../api-types/pod.ts'
import { conditionOf, isConditionTrue } from '../../lib/conditions.ts'
import { isEnded } from '../../lib/pod-phase.ts'

/** Keeps a finished Pod until the Job has counted it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking'
/** Annotation and label with a Pod's completion index. */
export const INDEX_KEY = 'batch.kubernetes.io/job-completion-index'
/** Annotations of a Job with backoffLimitPerIndex. */
export const INDEX_FAILURES_KEY = 'batch.kubernetes.io/job-index-failure-count'
export const INDEX_IGNORED_KEY = 'batch.kubernetes.io/job-index-ignored-failure-count'

export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false
}

export function isActive(pod: Pod): boolean {
  return !isEnded(pod) && pod.metadata.deletionTimestamp === undefined
}

export function isTerminating(pod: Pod): boolean {
  return !isEnded(pod) && pod.metadata.deletionTimestamp !== undefined
}

export function isReady(pod: Pod): boolean {
  return isConditionTrue(pod.status.conditions, 'Ready')
}

export function isIndexed(job: Job): boolean {
  return job.spec.completionMode === 'Indexed'
}

export function hasLimitPerIndex(job: Job): boolean {
  return isIndexed(job) && job.spec.backoffLimitPerIndex !== undefined
}

/** Whether a Pod on its way out is waited for before it counts or is replaced. */
export function replacesOnlyFailed(job: Job): boolean {
  return job.spec.podReplacementPolicy === 'Failed' || job.spec.podFailurePolicy !== undefined
}

/** Whether the Pod counts as a failure: Failed, or just being deleted, depending on the policy. */
export function isFailed(pod: Pod, job: Job): boolean {
  if (pod.status.phase === 'Failed') return true
  if (replacesOnlyFailed(job)) return false
  return pod.metadata.deletionTimestamp !== undefined && pod.status.phase !== 'Succeeded'
}

/** The completion index, or −1. */
export function indexOf(pod: Pod): number {
  const text = pod.metadata.annotations?.[INDEX_KEY]
  return text !== undefined && /^\+?\d+$/.test(text) ? Number(text) : -1
}

/** Whether the Pod has an index of the Job's range; always true of Jobs without indexes. */
export function isInRange(pod: Pod, job: Job): boolean {
  if (!isIndexed(job)) return true
  const index = indexOf(pod)
  return index >= 0 && index < (job.spec.completions ?? 0)
}

/** How often Pods of this index failed before this one; `ignored` failures included when asked. */
export function indexFailures(pod: Pod, withIgnored: boolean): number {
  const count = countOf(pod, INDEX_FAILURES_KEY)
  return withIgnored ? count + countOf(pod, INDEX_IGNORED_KEY) : count
}

function countOf(pod: Pod, key: string): number {
  const text = pod.metadata.annotations?.[key] ?? ''
  return /^\d+$/.test(text) ? Number(text) : 0
}

/**
 * When the Pod ended: its last container's end; else when it became not Ready; else when its
 * deletion was asked for; else its creation (getFinishedTime).
 */
export function finishTime(pod: Pod): SimTime {
  const byContainers = containersEnd(pod)
  if (byContainers !== undefined) return byContainers
  const ready = conditionOf(pod.status.conditions, 'Ready')
  if (ready?.status === 'False' && ready.lastTransitionTime) {
    return parseTime(ready.lastTransitionTime)
  }
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = pod.metadata
  if (deletionTimestamp === undefined) return parseTime(creationTimestamp)
  return addMs(parseTime(deletionTimestamp), -deletionGracePeriodSeconds * SECOND_MS)
}

function containersEnd(pod: Pod): SimTime | undefined {
  const sidecars = new Set(
    (pod.spec.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === 'Always')
      .map(({ name }) => name),
  )
  const statuses: readonly ContainerStatus[] = [
    ...(pod.status.containerStatuses ?? []),
    ...(pod.status.initContainerStatuses ?? []).filter(({ name }) => sidecars.has(name)),
  ]
  let latest: SimTime | undefined
  for (const { state } of statuses) {
    const text = state.terminated?.finishedAt
    if (!text) return undefined
    const end = parseTime(text)
    if (latest === undefined || end > latest) latest = end
  }
  return latest
}
