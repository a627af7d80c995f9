// One worker per Pod decides when to sync it and in which of its stages: syncing, terminating,
// terminated (pkg/kubelet/pod_workers.go). Syncs of one Pod never overlap; an update during a sync
// waits, and a sync begins only when the runtime was looked at after the last one.
import { randomInt } from '../../../base/rng.ts'
import { addMs } from '../../../base/time.ts'
import { runtimePodOf } from '../../machine.ts'
import { dropSlot } from '../../shelf.ts'
import { wakeAfter } from '../../world.ts'
import { beginKillAll, continueKills, nextKillAt, shortenGrace } from './kill.ts'
import { cacheNewerAt, isCacheNewer, markDirty, relistPod } from './pleg.ts'
import { stopProbes } from './probes.ts'
import { stopSandbox, viewOf } from './runtime.ts'
import { deadlineOf, finishStatus, generateStatus, setStatus } from './status.ts'
import { workerOf, type Kubelet, type Worker } from './state.ts'
import { backoffEndOf, beginSync, continueSync, type SyncEnd } from './sync-pod.ts'
import {
  nextTick,
  RELIST_POD_MS,
  RESYNC_MS,
  RETRY_JITTER,
  RETRY_MS,
  SYNC_TICK_MS,
} from './timing.ts'

/** The task that lets the worker of a Pod continue; its key is the uid. */
export const WORK = 'work'
/** The task that looks for Pods that are due for a sync. */
export const SYNC_DUE = 'sync-due'

/** Tells a worker that there is something to look at (UpdatePod). */
export function updatePod(kubelet: Kubelet, worker: Worker): void {
  if (worker.stage === 'finished') return
  if (worker.stage === 'syncing' && isToEnd(worker)) becomeTerminating(kubelet, worker)
  worker.pending = true
  if (!worker.working) beginNext(kubelet, worker)
  else followGrace(kubelet, worker)
}

function isToEnd({ pod, isRemoved }: Worker): boolean {
  return isRemoved || pod.metadata.deletionTimestamp !== undefined
}

function becomeTerminating(kubelet: Kubelet, worker: Worker): void {
  worker.stage = 'terminating'
  const { operation } = worker
  // Waiting for volumes is given up; everything else of a sync runs to its end.
  if (operation?.kind !== 'sync' || operation.stage !== 'mount') return
  worker.operation = undefined
  worker.resumeAt = undefined
  worker.lastSyncAt = kubelet.ctx.now
  worker.working = false
}

/** The grace can only shrink (pod_workers.go calculateEffectiveGracePeriod). */
function followGrace(kubelet: Kubelet, worker: Worker): void {
  const { metadata, spec } = worker.pod
  const given = metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 1
  const asked = worker.isRemoved ? 1 : given
  const before = worker.graceSeconds
  worker.graceSeconds = Math.max(1, before === 0 ? asked : Math.min(before, asked))
  if (worker.graceSeconds === before || worker.operation?.kind !== 'termination') return
  shortenGrace(worker.operation.kills, worker.graceSeconds, kubelet.ctx.now)
  resumeAt(kubelet, worker, nextKillAt(worker.operation.kills))
}

/** Takes the pending update and begins its sync, now or when the cache is new enough. */
function beginNext(kubelet: Kubelet, worker: Worker): void {
  worker.pending = false
  worker.working = true
  if (isCacheNewer(kubelet, worker)) {
    begin(kubelet, worker)
    return
  }
  worker.waiting = true
  resumeAt(kubelet, worker, cacheNewerAt(kubelet, worker))
}

function resumeAt(kubelet: Kubelet, worker: Worker, at: Worker['resumeAt']): void {
  worker.resumeAt = at
  if (at !== undefined) wakeAfter(kubelet.ctx, worker.uid, at - kubelet.ctx.now, WORK)
}

/** Continues a worker whose time has come, or whose containers have changed. */
export function resumeWorker(kubelet: Kubelet, worker: Worker): void {
  const { now } = kubelet.ctx
  if (worker.waiting) {
    if (worker.resumeAt !== undefined && now < worker.resumeAt) {
      resumeAt(kubelet, worker, worker.resumeAt)
      return
    }
    worker.waiting = false
    worker.resumeAt = undefined
    begin(kubelet, worker)
    return
  }
  const { operation } = worker
  if (operation === undefined) return
  if (operation.kind === 'termination') continueTermination(kubelet, worker)
  else if (operation.stage === 'kill' || (worker.resumeAt !== undefined && now >= worker.resumeAt))
    afterStep(kubelet, worker, continueSync(kubelet, worker, operation))
  else resumeAt(kubelet, worker, worker.resumeAt)
}

function begin(kubelet: Kubelet, worker: Worker): void {
  if (worker.stage === 'syncing') {
    afterStep(kubelet, worker, beginSync(kubelet, worker))
    if (worker.operation === undefined) scheduleDeadline(kubelet, worker)
  } else if (worker.stage === 'terminating') beginTermination(kubelet, worker)
  else if (worker.stage === 'terminated') finish(kubelet, worker)
}

/** After a step of a sync: it continues later, or its end is recorded. */
function afterStep(kubelet: Kubelet, worker: Worker, end: SyncEnd | undefined): void {
  if (end === undefined) {
    resumeAt(kubelet, worker, worker.resumeAt)
    return
  }
  const { ctx } = kubelet
  const { operation } = worker
  worker.operation = undefined
  worker.resumeAt = undefined
  worker.lastSyncAt = ctx.now
  worker.dueAt = undefined
  if (end === 'terminal') {
    worker.stage = 'terminating'
    worker.pending = true
  } else if (end === 'failed') retryLater(kubelet, worker, operation)
  else if (operation?.kind === 'sync' && operation.hasActed) {
    wakeAfter(ctx, worker.uid, RELIST_POD_MS, RELIST_POD)
  }
  beginPending(kubelet, worker)
}

/** The task that looks at one Pod in the runtime after a sync; its key is the uid. */
export const RELIST_POD = 'relist-pod'

/** The single-pod relist that follows a sync which did something. */
export function afterRelistPod(kubelet: Kubelet, worker: Worker): void {
  const hasNews = relistPod(kubelet, worker)
  if (hasNews) updatePod(kubelet, worker)
  if (worker.waiting && isCacheNewer(kubelet, worker)) {
    worker.resumeAt = kubelet.ctx.now
    resumeWorker(kubelet, worker)
  }
}

function beginPending(kubelet: Kubelet, worker: Worker): void {
  if (worker.pending) beginNext(kubelet, worker)
  else worker.working = false
}

/** A failed sync is due again after a while, with jitter; a tick of the sync loop finds it. */
function retryLater(kubelet: Kubelet, worker: Worker, operation: Worker['operation']): void {
  const { ctx } = kubelet
  const backoffEnd = operation?.kind === 'sync' ? backoffEndOf(operation) : undefined
  const ms = backoffEnd === undefined ? RETRY_MS : Math.max(0, backoffEnd - ctx.now)
  const capped = Math.min(RESYNC_MS, ms)
  dueIn(kubelet, worker, capped + randomInt(ctx.rng, Math.trunc(capped * RETRY_JITTER) + 1))
}

function dueIn(kubelet: Kubelet, worker: Worker, ms: number): void {
  const { ctx, state } = kubelet
  worker.dueAt = addMs(ctx.now, ms)
  const tick = nextTick(addMs(worker.dueAt, -1), state.syncPhaseMs, SYNC_TICK_MS)
  wakeAfter(ctx, '', tick - ctx.now, SYNC_DUE)
}

/** A Pod with a deadline of its own is looked at when that is over (active_deadline.go). */
function scheduleDeadline(kubelet: Kubelet, worker: Worker): void {
  const deadline = deadlineOf(worker)
  const { now } = kubelet.ctx
  if (deadline === undefined || worker.stage !== 'syncing' || deadline <= now) return
  if (worker.dueAt === undefined || worker.dueAt > deadline) dueIn(kubelet, worker, deadline - now)
}

/** The tick of the sync loop: every Pod that is due gets a sync. */
export function syncDue(kubelet: Kubelet): void {
  const { ctx, state } = kubelet
  for (const { uid, dueAt } of state.workers.slots.values()) {
    if (dueAt === undefined) continue
    if (dueAt <= ctx.now) {
      const worker = workerOf(kubelet, uid)!
      worker.dueAt = undefined
      updatePod(kubelet, worker)
    } else {
      const tick = nextTick(addMs(dueAt, -1), state.syncPhaseMs, SYNC_TICK_MS)
      wakeAfter(ctx, '', tick - ctx.now, SYNC_DUE)
    }
  }
}

/** kubelet.go SyncTerminatingPod: say so, stop all containers, then the sandbox. */
function beginTermination(kubelet: Kubelet, worker: Worker): void {
  // A Pod that ended by itself has said so in the sync before.
  if (isToEnd(worker) || worker.status === undefined)
    setStatus(kubelet, worker, generateStatus(kubelet, worker, worker.cache, false))
  followGrace(kubelet, worker)
  stopProbes(worker, ['liveness', 'startup'])
  worker.operation = { kind: 'termination', kills: beginKillAll(kubelet, worker) }
  continueTermination(kubelet, worker)
}

function continueTermination(kubelet: Kubelet, worker: Worker): void {
  const { operation } = worker
  if (operation?.kind !== 'termination') return
  if (!continueKills(kubelet, worker, operation.kills)) {
    resumeAt(kubelet, worker, nextKillAt(operation.kills))
    return
  }
  const runtimePod = runtimePodOf(kubelet.machine, worker.uid)
  if (runtimePod !== undefined) stopSandbox(runtimePod)
  stopProbes(worker, ['liveness', 'startup', 'readiness'])
  markDirty(kubelet, worker)
  // The last view has the ends of all containers; from here on a terminal phase may be reported.
  worker.stage = 'terminated'
  const view = viewOf(runtimePod) ?? worker.cache
  const status = generateStatus(kubelet, worker, view, true)
  setStatus(kubelet, worker, status)
  worker.operation = undefined
  worker.resumeAt = undefined
  worker.lastSyncAt = kubelet.ctx.now
  worker.pending = true
  beginPending(kubelet, worker)
}

/** kubelet.go SyncTerminatedPod: the last status; a deleted Pod leaves the API server. */
function finish(kubelet: Kubelet, worker: Worker): void {
  worker.stage = 'finished'
  worker.working = false
  worker.pending = false
  worker.dueAt = undefined
  finishStatus(kubelet, worker)
  if (worker.isRemoved) forgetPod(kubelet, worker)
}

/** Removes everything the node has of a Pod, logs included. */
export function forgetPod({ state, machine }: Kubelet, worker: Worker): void {
  dropSlot(state.workers, worker.uid)
  dropSlot(machine.pods, worker.uid)
  const prefix = `${worker.uid}/`
  for (const key of state.restarts.keys()) if (key.startsWith(prefix)) state.restarts.delete(key)
  for (const key of state.pulls.keys())
    if (key.startsWith(`${worker.uid}_`)) {
      state.pulls.delete(key)
      state.pullErrors.delete(key)
    }
}
