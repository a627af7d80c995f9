// Whose Pods and revisions are whose: a DaemonSet lets go of Pods that its selector no longer
// picks, and takes in orphans that it does (pkg/controller/controller_ref_manager.go).
import type { Ctx } from '../../actor.ts'
import type { ControllerRevision, DaemonSet } from '../../api-types/apps.ts'
import type { KubeObject } from '../../api-types/meta.ts'
import type { Pod } from '../../api-types/pod.ts'
import { updateObject, withMeta } from '../../api.ts'
import { selectorMatches } from '../../lib/label-selector.ts'
import { controllerReference, withoutOwner } from '../../lib/owner.ts'
import { controllerOf, listControlled, listObjects } from '../../store.ts'

/** Takes in orphans of the set's namespace that its selector picks: Pods and revisions. */
export function adoptOrphans(ctx: Ctx, set: DaemonSet): void {
  for (const kind of ['Pod', 'ControllerRevision'] as const) {
    for (const object of listObjects<KubeObject>(ctx.world.store, kind, set.metadata.namespace)) {
      const { deletionTimestamp, labels, ownerReferences = [] } = object.metadata
      if (controllerOf(object) !== undefined || deletionTimestamp !== undefined) continue
      if (!selectorMatches(set.spec.selector, labels)) continue
      const references = [...ownerReferences, controllerReference(set)]
      updateObject(ctx.world, ctx.by, withMeta(object, { ownerReferences: references }))
    }
  }
}

/** The Pods of the set, after those were let go that no longer carry its labels. */
export function claimedPods(ctx: Ctx, set: DaemonSet): readonly Pod[] {
  return claimed<Pod>(ctx, set, 'Pod')
}

export function claimedRevisions(ctx: Ctx, set: DaemonSet): readonly ControllerRevision[] {
  return claimed<ControllerRevision>(ctx, set, 'ControllerRevision')
}

function claimed<T extends KubeObject>(ctx: Ctx, set: DaemonSet, kind: T['kind']): readonly T[] {
  const mine = listControlled<T>(ctx.world.store, kind, set.metadata.uid)
  return mine.filter((object) => {
    if (selectorMatches(set.spec.selector, object.metadata.labels)) return true
    updateObject(ctx.world, ctx.by, withoutOwner(object, set.metadata.uid))
    return false
  })
}
