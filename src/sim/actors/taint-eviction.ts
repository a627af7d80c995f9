// Drives Pods from nodes with NoExecute taints that they do not tolerate, or not for ever
// (pkg/controller/tainteviction/taint_eviction.go).
import { deepEqual } from '../../base/deep-equal.ts'
import { addMs, SECOND_MS, type SimTime } from '../../base/time.ts'
import type { Actor, Change, Ctx, Wake } from '../actor.ts'
import type { Node, Taint } from '../api-types/core.ts'
import type { Pod, Toleration } from '../api-types/pod.ts'
import { deleteObject, updateStatus } from '../api.ts'
import { recordEvent } from '../events.ts'
import { disruptedStatus } from '../lib/disruption.ts'
import { toleratesTaint } from '../lib/taints.ts'
import { actorMemory } from '../memory.ts'
import { getObject, keyOf, listPodsOfNode } from '../store.ts'
import { wakeAfter, type World } from '../world.ts'

/** The task for a node whose taints changed; SYNC is for a Pod. */
const NODE = 'node'
/** From a taint to what follows from it, as recorded. */
const EVICT_DELAY_MS = 4

/** Pod key → since when its eviction was planned and when it is due. */
type Planned = Map<string, Readonly<{ uid: string; since: SimTime; at: SimTime }>>

const plannedMemory = actorMemory<Planned>('taint-eviction-controller', {
  initial: () => new Map(),
  copy: (planned) => new Map(planned),
})

export const taintEviction: Actor = {
  name: 'taint-eviction-controller',
  component: 'kube-controller-manager',
  watches: { Node: onNode, Pod: onPod },
  tasks: { sync, [NODE]: syncNode },
}

function onNode({ before, after }: Change): readonly Wake[] {
  const [old, node] = [before as Node | undefined, after as Node | undefined]
  if (node === undefined || old?.spec.taints === node.spec.taints) return []
  if (deepEqual(executing(old), executing(node))) return []
  return [{ task: NODE, key: node.metadata.name, afterMs: EVICT_DELAY_MS }]
}

function onPod({ before, after }: Change, world: World): readonly Wake[] {
  const [old, pod] = [before as Pod | undefined, after as Pod | undefined]
  if (pod === undefined || !pod.spec.nodeName || old?.spec === pod.spec) return []
  const node = getObject<Node>(world.store, 'Node', pod.spec.nodeName)
  return executing(node).length === 0 ? [] : [{ key: keyOf(pod), afterMs: EVICT_DELAY_MS }]
}

function executing(node: Node | undefined): readonly Taint[] {
  return (node?.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute')
}

function sync(ctx: Ctx, key: string): void {
  const planned = plannedMemory.of(ctx)
  const pod = getObject<Pod>(ctx.world.store, 'Pod', key)
  if (pod === undefined) planned.delete(key)
  else processPod(ctx, planned, pod)
}

function syncNode(ctx: Ctx, node: string): void {
  const planned = plannedMemory.of(ctx)
  for (const pod of listPodsOfNode<Pod>(ctx.world.store, node)) processPod(ctx, planned, pod)
}

/** processPodOnNode: plans, keeps, cancels or carries out the eviction. */
function processPod(ctx: Ctx, planned: Planned, pod: Pod): void {
  const key = keyOf(pod)
  const node = getObject<Node>(ctx.world.store, 'Node', pod.spec.nodeName ?? '')
  const seconds = tolerationSeconds(executing(node), pod.spec.tolerations ?? [])
  const plan = planned.get(key)
  const known = plan?.uid === pod.metadata.uid ? plan : undefined
  if (seconds === undefined) {
    planned.delete(key)
    if (known !== undefined) emitEvent(ctx, pod, 'Cancelling deletion of')
    return
  }
  const since = known?.since ?? ctx.now
  const wanted = addMs(since, seconds * SECOND_MS)
  // A longer toleration does not put off what is planned; a shorter one brings it forward.
  const at = known !== undefined && known.at < wanted ? known.at : wanted
  if (at > ctx.now) {
    planned.set(key, { uid: pod.metadata.uid, since, at })
    return wakeAfter(ctx, key, at - ctx.now)
  }
  planned.delete(key)
  evict(ctx, pod)
}

/**
 * How long the Pod may stay: 0 when a taint is not tolerated, undefined for ever; else the least
 * of what its tolerations say (getMinTolerationTime).
 */
function tolerationSeconds(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): number | undefined {
  const used = new Set<Toleration>()
  for (const taint of taints) {
    const match = tolerations.filter((toleration) => toleratesTaint(toleration, taint))
    if (match.length === 0) return 0
    for (const toleration of match) used.add(toleration)
  }
  const limits = [...used].flatMap(({ tolerationSeconds: limit }) => limit ?? [])
  return limits.length === 0 ? undefined : Math.max(0, Math.min(...limits))
}

/** A Pod that someone else has deleted already is reported and marked all the same. */
function evict(ctx: Ctx, pod: Pod): void {
  emitEvent(ctx, pod, 'Marking for deletion')
  const message = 'Taint manager: deleting due to NoExecute taint'
  const status = disruptedStatus(pod, 'DeletionByTaintManager', message, ctx.now)
  updateStatus<Pod>(ctx.world, ctx.by, { ...pod, status })
  deleteObject(ctx.world, ctx.by, 'Pod', keyOf(pod))
}

function emitEvent(ctx: Ctx, pod: Pod, what: string): void {
  recordEvent(ctx, pod, {
    type: 'Normal',
    reason: 'TaintManagerEviction',
    message: `${what} Pod ${keyOf(pod)}`,
    byName: true,
  })
}
