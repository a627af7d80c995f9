// What wakes the DaemonSet controller (pkg/controller/daemon/daemon_controller.go event handlers).
// Nothing watches for the removal of a Node: the status stays as it was until a Pod changes.
import { SYNC, type Change, type Wake } from '../../actor.ts'
import type { DaemonSet } from '../../api-types/apps.ts'
import type { Node } from '../../api-types/core.ts'
import type { KubeObject } from '../../api-types/meta.ts'
import { selectorMatches } from '../../lib/label-selector.ts'
import { controllerOf, getObject, keyOf, listObjects, objectKey } from '../../store.ts'
import type { World } from '../../world.ts'
import { eligibilityOf } from './eligibility.ts'

/** The task that looks for orphans to take in as well. */
export const ADOPT = 'adopt'

/** From a change of the set to its sync, as recorded. */
const SYNC_DELAY_MS = 4

export const watches: Readonly<Record<string, (change: Change, world: World) => readonly Wake[]>> =
  {
    DaemonSet: onDaemonSet,
    Pod: onPod,
    ControllerRevision: onRevision,
    Node: onNode,
  }

function wake(key: string): Wake {
  return { key }
}

function onDaemonSet({ before, after }: Change): readonly Wake[] {
  if (after === undefined) return []
  const task = before === undefined ? ADOPT : SYNC
  return [{ task, key: keyOf(after), afterMs: SYNC_DELAY_MS }]
}

function onPod({ before, after }: Change, world: World): readonly Wake[] {
  const old = before && ownerSet(world, before)
  const set = after && ownerSet(world, after)
  if (after !== undefined && controllerOf(after) === undefined)
    return [...(old === undefined ? [] : [wake(keyOf(old))]), ...adopters(world, before, after)]
  const owners = [set, old].flatMap((owner) => (owner === undefined ? [] : [keyOf(owner)]))
  return [...new Set(owners)].map(wake)
}

function onRevision({ before, after }: Change, world: World): readonly Wake[] {
  if (after !== undefined && controllerOf(after) === undefined)
    return adopters(world, before, after)
  const set = after === undefined && before !== undefined ? ownerSet(world, before) : undefined
  return set === undefined ? [] : [wake(keyOf(set))]
}

/** The live DaemonSet that controls the object. */
function ownerSet(world: World, object: KubeObject): DaemonSet | undefined {
  const owner = controllerOf(object)
  if (owner?.kind !== 'DaemonSet') return undefined
  const key = objectKey(object.metadata.namespace, owner.name)
  const set = getObject<DaemonSet>(world.store, 'DaemonSet', key)
  return set?.metadata.uid === owner.uid ? set : undefined
}

/** The sets that may take in an orphan that is new, was let go or relabelled. */
function adopters(
  world: World,
  before: KubeObject | undefined,
  after: KubeObject,
): readonly Wake[] {
  const { labels, namespace, ownerReferences } = after.metadata
  const old = before?.metadata
  if (old?.labels === labels && old?.ownerReferences === ownerReferences && old !== undefined)
    return []
  return listObjects<DaemonSet>(world.store, 'DaemonSet', namespace)
    .filter(({ spec }) => selectorMatches(spec.selector, labels))
    .map((set) => ({ task: ADOPT, key: keyOf(set) }))
}

/** Only a change of labels or taints that changes who should run there counts. */
function onNode({ before, after }: Change, world: World): readonly Wake[] {
  if (after === undefined) return []
  const [old, node] = [before as Node | undefined, after as Node]
  const same =
    old?.metadata.labels === node.metadata.labels && old?.spec.taints === node.spec.taints
  if (old !== undefined && same) return []
  return listObjects<DaemonSet>(world.store, 'DaemonSet')
    .filter((set) => {
      const now = eligibilityOf(set, node)
      if (old === undefined) return now.shouldRun
      const was = eligibilityOf(set, old)
      return was.shouldRun !== now.shouldRun || was.shouldContinue !== now.shouldContinue
    })
    .map((set) => wake(keyOf(set)))
}
