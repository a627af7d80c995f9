// Removes Pods whose node is gone, after a quarantine; deleted ones that never had a node; and the
// oldest ended Pods when there are too many (pkg/controller/podgc/gc_controller.go).
import { SECOND_MS, type SimTime } from '../../base/time.ts'
import type { Actor, Change, Ctx, Wake } from '../actor.ts'
import type { Node } from '../api-types/core.ts'
import type { Pod } from '../api-types/pod.ts'
import { deleteObject, updateStatus } from '../api.ts'
import { disruptedStatus } from '../lib/disruption.ts'
import { isEnded } from '../lib/pod-phase.ts'
import { TAINT_OUT_OF_SERVICE } from '../lib/taints.ts'
import { actorMemory } from '../memory.ts'
import { getObject, keyOf, listObjects, listPodsOfNode, nodesWithPods } from '../store.ts'
import { wakeAfter, type World } from '../world.ts'
import { readyStatus } from './node-lifecycle/health.ts'
import { tickAfter, type Loop } from './node-lifecycle/loop.ts'

const NAME = 'pod-garbage-collector-controller'
const PERIOD_MS = 20 * SECOND_MS
/** From the program's start to the loop's first tick, as recorded. */
const PHASE_MS = 14_100
/** A missing node may come back within this time. */
const QUARANTINE_MS = 40 * SECOND_MS
/** --terminated-pod-gc-threshold */
const TERMINATED_MAX = 12_500

interface Memory {
  readonly loop: Loop
  /** Missing nodes and when the loop first missed them. */
  missing: Map<string, SimTime>
}

const gcMemory = actorMemory<Memory>(NAME, {
  initial: ({ now }) => ({
    loop: { startedAt: now, periodMs: PERIOD_MS, phaseMs: PHASE_MS },
    missing: new Map(),
  }),
  copy: ({ loop, missing }) => ({ loop, missing: new Map(missing) }),
})

export const podGc: Actor = {
  name: NAME,
  component: 'kube-controller-manager',
  watches: { Node: onNode, Pod: onPod },
  start: (ctx) => {
    gcMemory.of(ctx)
  },
  tasks: { sync: (ctx) => collectPods(ctx, TERMINATED_MAX) },
}

function onNode({ before, after }: Change, world: World): readonly Wake[] {
  const [old, node] = [before as Node | undefined, after as Node | undefined]
  if (node === undefined) return old === undefined ? [] : atNextTick(world)
  return isOutOfService(node) && !isOutOfService(old) ? atNextTick(world) : []
}

/** A Pod may be bound to a node that never was, or deleted without one; or they are too many. */
function onPod({ before, after }: Change, world: World): readonly Wake[] {
  const [old, pod] = [before as Pod | undefined, after as Pod | undefined]
  if (pod === undefined) return []
  const node = pod.spec.nodeName
  const isStray =
    node !== undefined &&
    old?.spec.nodeName !== node &&
    world.store.kinds.get('Node')?.has(node) !== true
  const count = world.store.kinds.get('Pod')?.size ?? 0
  const isFull = count > TERMINATED_MAX && isEnded(pod) && (old === undefined || !isEnded(old))
  const isLeaving = isDeleted(pod) && (old === undefined || !isDeleted(old))
  const isLost = isLeaving && isOutOfService(nodeOf(world, pod))
  const isHomeless = isHomelessAndDeleted(pod) && !(old !== undefined && isHomelessAndDeleted(old))
  return isStray || isFull || isLost || isHomeless ? atNextTick(world) : []
}

function atNextTick(world: World): readonly Wake[] {
  const memory = gcMemory.peek(world)
  if (memory === undefined) return []
  return [{ key: '', afterMs: tickAfter(memory.loop, world.now) - world.now }]
}

/** No kubelet will ever end it; a finalizer holds it back. */
function isHomelessAndDeleted(pod: Pod): boolean {
  return isDeleted(pod) && !pod.spec.nodeName
}

function isDeleted({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined
}

function nodeOf(world: World, { spec }: Pod): Node | undefined {
  return spec.nodeName ? getObject<Node>(world.store, 'Node', spec.nodeName) : undefined
}

/** Somebody vouches by a taint that the machine, which is not ready, is really switched off. */
function isOutOfService(node: Node | undefined): boolean {
  if (node === undefined || readyStatus(node) === 'True') return false
  return (node.spec.taints ?? []).some(({ key }) => key === TAINT_OUT_OF_SERVICE)
}

/** One beat of the loop; of the Pods that ended by themselves `terminatedMax` are kept. */
export function collectPods(ctx: Ctx, terminatedMax: number): void {
  const memory = gcMemory.of(ctx)
  collectTerminated(ctx, terminatedMax)
  collectOutOfService(ctx)
  collectHomeless(ctx)
  const { store } = ctx.world
  const names = nodesWithPods(store).filter((name) => store.kinds.get('Node')?.has(name) !== true)
  for (const name of memory.missing.keys()) if (!names.includes(name)) memory.missing.delete(name)
  for (const name of names) {
    const since = memory.missing.get(name)
    if (since === undefined) memory.missing.set(name, ctx.now)
    else if (ctx.now - since >= QUARANTINE_MS) {
      for (const pod of listPodsOfNode<Pod>(store, name)) removeOrphan(ctx, pod)
    }
  }
  if (names.length > 0) wakeAfter(ctx, '', PERIOD_MS)
}

/** gcOrphaned: the Pod failed, whatever its containers do, and goes without grace. */
function removeOrphan(ctx: Ctx, pod: Pod): void {
  const message = 'PodGC: node no longer exists'
  failAndDelete(ctx, pod, disruptedStatus(pod, 'DeletionByPodGC', message, ctx.now))
}

/** gcTerminating: no kubelet will ever say that they ended. */
function collectOutOfService(ctx: Ctx): void {
  const { store } = ctx.world
  for (const node of listObjects<Node>(store, 'Node').filter(isOutOfService))
    for (const pod of listPodsOfNode<Pod>(store, node.metadata.name).filter(isDeleted))
      failAndDelete(ctx, pod, pod.status)
}

/** gcUnscheduledTerminating. */
function collectHomeless(ctx: Ctx): void {
  for (const pod of listObjects<Pod>(ctx.world.store, 'Pod').filter(isHomelessAndDeleted))
    failAndDelete(ctx, pod, pod.status)
}

/** markFailedAndDeletePod: so that whoever counts the Pod sees that it has ended. */
function failAndDelete(ctx: Ctx, pod: Pod, status: Pod['status']): void {
  if (!isEnded(pod))
    updateStatus<Pod>(ctx.world, ctx.by, { ...pod, status: { ...status, phase: 'Failed' } })
  const key = keyOf(pod)
  if (getObject(ctx.world.store, 'Pod', key) !== undefined)
    deleteObject(ctx.world, ctx.by, 'Pod', key, { gracePeriodSeconds: 0 })
}

/** gcTerminated: the oldest beyond the threshold. */
function collectTerminated(ctx: Ctx, max: number): void {
  const ended = listObjects<Pod>(ctx.world.store, 'Pod').filter(isEnded)
  for (const pod of ended.slice(0, Math.max(0, ended.length - max)))
    deleteObject(ctx.world, ctx.by, 'Pod', keyOf(pod), { gracePeriodSeconds: 0 })
}
