// The kubelet: one per node, named kubelet/NODE. It takes the Pods bound to its node, keeps their
// containers running as their specs say, and reports. See the files of kubelet/ for each part.
import type { Actor, Change, Ctx, Wake } from '../actor.ts'
import type { Pod } from '../api-types/pod.ts'
import { deepEqual } from '../../base/deep-equal.ts'
import { getObject, keyOf, listPodsOfNode } from '../store.ts'
import { activePods, refusalOf, rejectPod } from './kubelet/admission.ts'
import { nodeOf } from './kubelet/node.ts'
import { endOrphans, ORPHANS_KEY } from './kubelet/orphans.ts'
import { markDirty, relist, RELIST_KEY, relistPod } from './kubelet/pleg.ts'
import {
  afterRelistPod,
  forgetPod,
  RELIST_POD_KEY,
  resumeWorker,
  SYNC_KEY,
  syncDue,
  updatePod,
  WORK_KEY,
} from './kubelet/pod-worker.ts'
import { PROBE_KEY, runProbes, triggerReadiness } from './kubelet/probes.ts'
import { PROCESS_KEY, scheduleProcesses } from './kubelet/processes.ts'
import { resumePod } from './kubelet/runtime.ts'
import { isTerminalPhase } from './kubelet/status.ts'
import { createWorker, kubeletOf, workerOf, type Kubelet, type Worker } from './kubelet/state.ts'
import { findMachine, machineOf, runtimePodOf } from '../machine.ts'
import { putSlot } from '../shelf.ts'
import type { World } from '../world.ts'
import { DELETION_SEEN_MS, POD_SEEN_MS } from './kubelet/timing.ts'
import { NODE_KEY, nodeStep, PODS_KEY } from './kubelet/node-start.ts'

/** Key of the task that looks at a Pod as the API server has it: `pod NAMESPACE/NAME`. */
const POD_KEY = 'pod '

export const kubelet: Actor = {
  name: 'kubelet',
  component: 'kubelet',
  watches: { Pod: wakesForPod },
  sync,
  start,
}

/** Every machine of the cluster is there from the beginning. */
function start({ world }: Ctx): void {
  for (const { name } of world.cluster.nodes) machineOf(world, name)
}

/** A status is the kubelet's own word; it is woken by what changes the Pod otherwise. */
function wakesForPod({ before, after }: Change, world: World): readonly Wake[] {
  const pod = (after ?? before) as Pod
  const instance = pod.spec.nodeName
  if (instance === undefined || instance === '') return []
  if (before !== undefined && after !== undefined && isStatusOnly(before as Pod, after as Pod))
    return []
  const isNew = after !== undefined && (before as Pod | undefined)?.spec.nodeName !== instance
  const machine = findMachine(world, instance)
  // A Pod may name a node that does not exist: nobody runs it.
  if (machine === undefined) return []
  const afterMs = (isNew ? POD_SEEN_MS : DELETION_SEEN_MS) + machine.lagMs
  return [{ key: POD_KEY + keyOf(pod), instance, afterMs }]
}

function isStatusOnly(before: Pod, after: Pod): boolean {
  const a = before.metadata
  const b = after.metadata
  return (
    (before.spec === after.spec || deepEqual(before.spec, after.spec)) &&
    a.uid === b.uid &&
    a.deletionTimestamp === b.deletionTimestamp &&
    a.deletionGracePeriodSeconds === b.deletionGracePeriodSeconds &&
    a.labels === b.labels &&
    a.annotations === b.annotations
  )
}

function sync(ctx: Ctx, key: string): void {
  const me = kubeletOf(ctx)
  if (key === RELIST_KEY) {
    for (const worker of relist(me)) updatePod(me, worker)
    return
  }
  if (key === SYNC_KEY) {
    syncDue(me)
    return
  }
  if (key === ORPHANS_KEY) {
    endOrphans(me)
    return
  }
  if (key === PODS_KEY) {
    resyncPods(me)
    return
  }
  const space = key.indexOf(' ') + 1
  const kind = key.slice(0, space)
  const id = key.slice(space)
  if (kind === POD_KEY) {
    if (ctx.now >= me.state.podsFrom) syncConfig(me, id)
  } else if (kind === NODE_KEY) nodeStep(ctx, id)
  else if (kind === PROCESS_KEY) runProcesses(me, id)
  else {
    const worker = workerOf(me, id)
    if (worker === undefined) return
    if (kind === WORK_KEY) resumeWorker(me, worker)
    else if (kind === RELIST_POD_KEY) {
      afterRelistPod(me, worker)
      triggerReadiness(me, worker)
    } else if (kind === PROBE_KEY && runProbes(me, worker)) updatePod(me, worker)
  }
}

/** What the API server says of a Pod: new, changed, or gone (config.go, HandlePodAdditions …). */
function syncConfig(me: Kubelet, key: string): void {
  const { ctx, state } = me
  const found = getObject<Pod>(ctx.world.store, 'Pod', key)
  const pod = found?.spec.nodeName === ctx.instance ? found : undefined
  for (const other of state.workers.slots.values())
    if (other.key === key && other.uid !== pod?.metadata.uid)
      removePod(me, workerOf(me, other.uid)!)
  if (pod === undefined) return
  const worker = workerOf(me, pod.metadata.uid)
  if (worker === undefined) {
    addPod(me, pod, key)
    return
  }
  worker.pod = pod
  updatePod(me, worker)
}

/** After a start: the containers have run on meanwhile, and all Pods of the node are looked at. */
function resyncPods(me: Kubelet): void {
  const { ctx, machine } = me
  for (const uid of machine.pods.slots.keys()) {
    const runtimePod = runtimePodOf(machine, uid)!
    resumePod(ctx.world, runtimePod, ctx.now)
    scheduleProcesses(me, uid, runtimePod)
  }
  for (const pod of listPodsOfNode<Pod>(ctx.world.store, ctx.instance)) syncConfig(me, keyOf(pod))
}

function addPod(me: Kubelet, pod: Pod, key: string): void {
  const worker = createWorker(pod, key)
  putSlot(me.state.workers, worker.uid, worker)
  const node = nodeOf(me.ctx)
  if (!isTerminalPhase(pod.status.phase) && pod.metadata.deletionTimestamp === undefined && node) {
    const refusal = refusalOf(pod, node, activePods(me, worker.uid))
    if (refusal !== undefined) {
      rejectPod(me, worker, refusal)
      return
    }
  }
  if (isTerminalPhase(pod.status.phase)) worker.stage = 'terminating'
  relistPod(me, worker)
  updatePod(me, worker)
}

function removePod(me: Kubelet, worker: Worker): void {
  worker.isRemoved = true
  if (worker.stage === 'finished') forgetPod(me, worker)
  else updatePod(me, worker)
}

function runProcesses(me: Kubelet, uid: string): void {
  const { ctx, machine } = me
  const runtimePod = runtimePodOf(machine, uid)
  if (runtimePod === undefined) return
  const hasEnded = resumePod(ctx.world, runtimePod, ctx.now)
  scheduleProcesses(me, uid, runtimePod)
  if (!hasEnded) return
  const worker = workerOf(me, uid)
  if (worker === undefined) return
  markDirty(me, worker)
  if (worker.operation !== undefined && worker.operation.kills.length > 0) resumeWorker(me, worker)
}
