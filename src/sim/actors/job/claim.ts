// Which Pods are the Job's own: those it controls, less those whose labels it lost, and orphans
// that match its selector (job_controller.go getPodsForJob, controller_ref_manager.go).
import type { Ctx } from '../../actor.ts'
import type { Job } from '../../api-types/batch.ts'
import type { Pod } from '../../api-types/pod.ts'
import { updateObject, withMeta } from '../../api.ts'
import { selectorMatches } from '../../lib/label-selector.ts'
import { controllerReference, withoutFinalizer, withoutOwner } from '../../lib/owner.ts'
import { controllerOf, getObject, keyOf, listControlled, listObjects } from '../../store.ts'
import { isTracked, TRACKING_FINALIZER } from './pods.ts'

/**
 * The Pods to count. `lookForOrphans` also searches the namespace for Pods to adopt; a Job whose
 * selector is generated cannot find any by itself.
 */
export function claimPods(ctx: Ctx, job: Job, lookForOrphans: boolean): Pod[] {
  const own = listControlled<Pod>(ctx.world.store, 'Pod', job.metadata.uid)
  const matches = (pod: Pod): boolean => selectorMatches(job.spec.selector, pod.metadata.labels)
  const claimed = own.filter(matches)
  if (job.metadata.deletionTimestamp !== undefined) return claimed
  for (const pod of own) if (!matches(pod)) releaseOwned(ctx, job, pod)
  if (!lookForOrphans) return claimed
  const orphans = listObjects<Pod>(ctx.world.store, 'Pod', job.metadata.namespace).filter(
    (pod) =>
      controllerOf(pod) === undefined &&
      matches(pod) &&
      pod.metadata.deletionTimestamp === undefined,
  )
  return [...claimed, ...orphans.map((pod) => adopt(ctx, job, pod))]
}

function adopt(ctx: Ctx, job: Job, pod: Pod): Pod {
  const { ownerReferences = [], finalizers = [] } = pod.metadata
  const adopted = withMeta(pod, {
    ownerReferences: [...ownerReferences, controllerReference(job)],
    finalizers: isTracked(pod) ? finalizers : [...finalizers, TRACKING_FINALIZER],
  })
  return updateObject(ctx.world, ctx.by, adopted)
}

function releaseOwned(ctx: Ctx, job: Job, pod: Pod): void {
  const untracked = withoutFinalizer(pod, TRACKING_FINALIZER)
  updateObject(ctx.world, ctx.by, withoutOwner(untracked, job.metadata.uid))
}

/** Takes the tracking finalizer from the live Pod; one that is gone already is fine. */
export function releasePod(ctx: Ctx, pod: Pod): void {
  const live = getObject<Pod>(ctx.world.store, 'Pod', keyOf(pod))
  if (live === undefined || live.metadata.uid !== pod.metadata.uid || !isTracked(live)) return
  updateObject(ctx.world, ctx.by, withoutFinalizer(live, TRACKING_FINALIZER))
}
