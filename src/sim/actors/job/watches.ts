// Which changes wake the Job controller, and how soon (job_controller.go addPod … deleteJob). Pod
// events and status writes are gathered for a second, so that a burst of them is one sync.
import { SECOND_MS } from '../../../base/time.ts'
import { WATCH_DELAY_MS, type Change, type Wake } from '../../actor.ts'
import type { Job } from '../../api-types/batch.ts'
import type { OwnerReference } from '../../api-types/meta.ts'
import type { Pod } from '../../api-types/pod.ts'
import { selectorMatches } from '../../lib/label-selector.ts'
import {
  controllerOf,
  getObject,
  keyOf,
  listControlled,
  listObjects,
  objectKey,
} from '../../store.ts'
import type { World } from '../../world.ts'
import { isFinished } from './outcome.ts'
import { isTracked } from './pods.ts'

/** SyncJobBatchPeriod, counted from the moment the change is seen. */
const BATCH_MS = SECOND_MS + WATCH_DELAY_MS

/** The task for a Pod that may have to be released. */
export const ORPHAN = 'orphan'
/** The task for a Job that may take in a Pod without owner. */
export const ADOPT = 'adopt'

/** A new, deleted or respecified Job is looked at at once, another status after a second. */
export function wakesOfJob({ before, after }: Change, world: World): readonly Wake[] {
  const job = (after ?? before) as Job
  const key = keyOf(job)
  if (after === undefined) return [{ key }, ...orphansOf(job, world)]
  // A controller that has just started may have missed that one of its Pods lost its owner.
  if (before === undefined) return [{ task: ADOPT, key }]
  const finished = isFinished(job)
  if (before.metadata.generation !== after.metadata.generation) return [{ key }]
  return finished ? orphansOf(job, world) : [{ key, afterMs: BATCH_MS }]
}

// Pods that a Job which is gone or over left tracked.
function orphansOf(job: Job, world: World): Wake[] {
  return listControlled<Pod>(world.store, 'Pod', job.metadata.uid)
    .filter(isTracked)
    .map((pod) => ({ task: ORPHAN, key: keyOf(pod) }))
}

/** The Job that owns the Pod, after a second; Pods without one may be orphans or be adopted. */
export function wakesOfPod({ before, after }: Change, world: World): readonly Wake[] {
  const pod = (after ?? before) as Pod
  const owner = controllerOf(pod)
  const oldOwner = before === undefined ? undefined : controllerOf(before)
  const moved = oldOwner !== undefined && oldOwner.uid !== owner?.uid
  const wakes = moved ? wakesOfOwner(pod, oldOwner, world) : []
  if (owner !== undefined) return [...wakes, ...wakesOfOwner(pod, owner, world)]
  if (isTracked(pod)) wakes.push({ task: ORPHAN, key: keyOf(pod) })
  const gone = after === undefined || pod.metadata.deletionTimestamp !== undefined
  const relabelled = before?.metadata.labels !== pod.metadata.labels
  if (gone || !(moved || relabelled)) return wakes
  const adopters = adoptersOf(pod, world)
  // Who takes the Pod in again must not count without it before.
  const others = wakes.filter(
    ({ task, key }) => task === ORPHAN || !adopters.some((a) => a.key === key),
  )
  return [...others, ...adopters]
}

/** Whether a reference is to a Job of the API's own, not to a kind of the same name. */
export function isJob({ apiVersion, kind }: OwnerReference): boolean {
  return kind === 'Job' && apiVersion === 'batch/v1'
}

function wakesOfOwner(pod: Pod, owner: OwnerReference, world: World): Wake[] {
  if (!isJob(owner)) return []
  const key = objectKey(pod.metadata.namespace, owner.name)
  const job = getObject<Job>(world.store, 'Job', key)
  const live = job?.metadata.uid === owner.uid ? job : undefined
  if (pod.metadata.deletionTimestamp !== undefined && (live === undefined || isFinished(live))) {
    return isTracked(pod) ? [{ task: ORPHAN, key: keyOf(pod) }] : []
  }
  return live === undefined || isFinished(live) ? [] : [{ key, afterMs: BATCH_MS }]
}

function adoptersOf(pod: Pod, world: World): Wake[] {
  return listObjects<Job>(world.store, 'Job', pod.metadata.namespace)
    .filter((job) => selectorMatches(job.spec.selector, pod.metadata.labels))
    .map((job) => ({ task: ADOPT, key: keyOf(job), afterMs: BATCH_MS }))
}
