// The kubelet: one per node, named kubelet/NODE. It takes the Pods bound to its node, keeps their
// containers running as their specs say, and reports. See the files of kubelet/ for each part.
import { SYNC, type Actor, type Change, type Ctx, type TaskHandler, type Wake } from '../actor.ts'
import type { Pod } from '../api-types/pod.ts'
import { deepEqual } from '../../base/deep-equal.ts'
import { getObject, keyOf, listPodsOfNode } from '../store.ts'
import { activePods, refusalOf, rejectPod } from './kubelet/admission.ts'
import { nodeOf, reportReady } from './kubelet/node.ts'
import { endOrphans, END_ORPHANS } from './kubelet/orphans.ts'
import { markDirty, relist, RELIST, relistPod } from './kubelet/pleg.ts'
import {
  afterRelistPod,
  forgetPod,
  RELIST_POD,
  resumeWorker,
  SYNC_DUE,
  syncDue,
  updatePod,
  WORK,
} from './kubelet/pod-worker.ts'
import { PROBE, runProbes, triggerReadiness } from './kubelet/probes.ts'
import { PROCESS, scheduleProcesses } from './kubelet/processes.ts'
import { resumePod } from './kubelet/runtime.ts'
import { isFinalPhase } from '../lib/pod-phase.ts'
import { createWorker, kubeletOf, workerOf, type Kubelet, type Worker } from './kubelet/state.ts'
import { findMachine, machineOf, runtimePodOf } from '../machine.ts'
import { putSlot } from '../shelf.ts'
import type { World } from '../world.ts'
import { DELETION_SEEN_MS, POD_SEEN_MS } from './kubelet/timing.ts'
import {
  READY_NODE,
  REGISTER_NODE,
  registerNode,
  REPORT_NODE,
  reportNode,
  RESYNC_PODS,
} from './kubelet/node-start.ts'

export const kubelet: Actor = {
  name: 'kubelet',
  component: 'kubelet',
  watches: { Pod: wakesForPod },
  tasks: {
    [SYNC]: ofKubelet((me, key) => {
      if (me.ctx.now >= me.state.podsFrom) syncConfig(me, key)
    }),
    [RELIST]: ofKubelet((me) => {
      for (const worker of relist(me)) updatePod(me, worker)
    }),
    [SYNC_DUE]: ofKubelet(syncDue),
    [END_ORPHANS]: ofKubelet(endOrphans),
    [RESYNC_PODS]: ofKubelet(resyncPods),
    [REPORT_NODE]: reportNode,
    [REGISTER_NODE]: registerNode,
    [READY_NODE]: reportReady,
    [PROCESS]: ofKubelet(runProcesses),
    [WORK]: ofWorker(resumeWorker),
    [RELIST_POD]: ofWorker((me, worker) => {
      afterRelistPod(me, worker)
      triggerReadiness(me, worker)
    }),
    [PROBE]: ofWorker((me, worker) => {
      if (runProbes(me, worker)) updatePod(me, worker)
    }),
  },
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
  return [{ key: keyOf(pod), instance, afterMs }]
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

/** Most tasks are a method of the kubelet of the actor's instance. */
function ofKubelet(handle: (me: Kubelet, key: string) => void): TaskHandler {
  return (ctx, key) => handle(kubeletOf(ctx), key)
}

/** A task for the worker of one Pod, if that is still there. */
function ofWorker(handle: (me: Kubelet, worker: Worker) => void): TaskHandler {
  return ofKubelet((me, uid) => {
    const worker = workerOf(me, uid)
    if (worker !== undefined) handle(me, worker)
  })
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
  if (!isFinalPhase(pod.status.phase) && pod.metadata.deletionTimestamp === undefined && node) {
    const refusal = refusalOf(pod, node, activePods(me, worker.uid))
    if (refusal !== undefined) {
      rejectPod(me, worker, refusal)
      return
    }
  }
  if (isFinalPhase(pod.status.phase)) worker.stage = 'terminating'
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
