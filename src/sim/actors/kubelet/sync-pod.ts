// One sync of a Pod that is to run: what is missing is made, one thing after the other, each taking
// its time (kubelet.go SyncPod, kuberuntime_manager.go SyncPod). A step either continues at once or
// says when the worker is to come back.
import { randomInt } from '../../../base/rng.ts'
import { addMs, type SimTime } from '../../../base/time.ts'
import type { Container } from '../../api-types/pod.ts'
import { runtimePodOf } from '../../machine.ts'
import { podActions } from './actions.ts'
import { delayOf, isInBackoff, nextBackoff } from './backoff.ts'
import { viewByName } from './container-status.ts'
import { containerEvent, ensureImage, finishPull } from './images.ts'
import { beginKill, beginKillAll, continueKills, nextKillAt } from './kill.ts'
import { postStartFailed, runPostStart } from './hooks.ts'
import { markDirty } from './pleg.ts'
import { addProbes } from './probes.ts'
import type { StartFailure, SyncOperation } from './pod-operation.ts'
import { createSandbox, stopSandbox, viewOf } from './runtime.ts'
import { startContainer } from './start-container.ts'
import { generateStatus, reportSandbox, setStatus } from './status.ts'
import { isFinalPhase } from '../../lib/pod-phase.ts'
import type { Kubelet, Worker } from './state.ts'
import {
  CREATE_MS,
  MOUNT_RETRY_MAX_MS,
  MOUNT_RETRY_MS,
  SANDBOX_JITTER_MS,
  SANDBOX_MS,
} from './timing.ts'
import { podSubnet } from './node.ts'
import { mountProblem } from './volumes.ts'

/** How a sync ended, or when it continues. */
export type SyncEnd = 'done' | 'terminal' | 'failed'

/** Begins a sync: reports the status and finds out what to do. */
export function beginSync(kubelet: Kubelet, worker: Worker): SyncEnd | undefined {
  const view = worker.cache
  const status = generateStatus(kubelet, worker, view, false)
  setStatus(kubelet, worker, status)
  if (isFinalPhase(status.phase)) return 'terminal'
  const actions = podActions(worker, view)
  const { killPod, createSandbox: isNew, starts, kills } = actions
  if (!killPod && !isNew && starts.length === 0 && kills.length === 0) {
    worker.failures.clear()
    return 'done'
  }
  worker.operation = {
    kind: 'sync',
    stage: 'kill',
    kills: killPod
      ? beginKillAll(kubelet, worker)
      : kills.map((kill) => beginKill(kubelet, worker, kill)),
    killPod,
    createSandbox: isNew,
    starts,
    current: undefined,
    pull: { ownMs: 0, waitedMs: 0 },
    mountFailures: 0,
    hasActed: killPod || kills.length > 0,
    hasFailed: false,
    hookFailure: undefined,
    backoffEndsAt: undefined,
    failures: new Map(),
    started: [],
  }
  return continueSync(kubelet, worker, worker.operation)
}

/** Does what can be done now; undefined when the worker is to come back at `resumeAt`. */
export function continueSync(
  kubelet: Kubelet,
  worker: Worker,
  operation: SyncOperation,
): SyncEnd | undefined {
  for (;;) {
    const step = STEPS[operation.stage]
    const result = step(kubelet, worker, operation)
    if (result === 'wait') return undefined
    if (result === 'end') return end(worker, operation)
  }
}

type Step = (kubelet: Kubelet, worker: Worker, operation: SyncOperation) => 'on' | 'wait' | 'end'

const STEPS: Readonly<Record<SyncOperation['stage'], Step>> = {
  kill: waitForKills,
  mount,
  sandbox: makeSandbox,
  next: startNext,
  pulled: afterPull,
  create,
  hook: afterHook,
  hookFailed: afterHookFailed,
}

function resumeIn(kubelet: Kubelet, worker: Worker, ms: number): 'wait' {
  worker.resumeAt = addMs(kubelet.ctx.now, ms)
  return 'wait'
}

function waitForKills(
  kubelet: Kubelet,
  worker: Worker,
  operation: SyncOperation,
): 'on' | 'wait' | 'end' {
  if (!continueKills(kubelet, worker, operation.kills)) {
    worker.resumeAt = nextKillAt(operation.kills)
    return 'wait'
  }
  if (operation.killPod) {
    stopSandbox(runtimePodOf(kubelet.machine, worker.uid)!)
    markDirty(kubelet, worker)
    return 'end'
  }
  operation.stage = operation.createSandbox ? 'mount' : 'next'
  return 'on'
}

/** Volumes come first; what cannot be mounted is tried again, and nothing else happens. */
function mount(kubelet: Kubelet, worker: Worker, operation: SyncOperation): 'wait' {
  const problem = mountProblem(kubelet, worker)
  if (problem === undefined) {
    operation.stage = 'sandbox'
    const jitterMs = randomInt(kubelet.ctx.rng, SANDBOX_JITTER_MS)
    return resumeIn(kubelet, worker, SANDBOX_MS + jitterMs)
  }
  const delayMs = MOUNT_RETRY_MS * 2 ** operation.mountFailures++
  return resumeIn(kubelet, worker, Math.min(MOUNT_RETRY_MAX_MS, delayMs))
}

function makeSandbox(kubelet: Kubelet, worker: Worker, operation: SyncOperation): 'on' {
  createSandbox(kubelet, worker.pod, podSubnet(kubelet))
  operation.hasActed = true
  reportSandbox(kubelet, worker)
  addProbes(kubelet, worker)
  markDirty(kubelet, worker)
  operation.stage = 'next'
  return 'on'
}

function startNext(
  kubelet: Kubelet,
  worker: Worker,
  operation: SyncOperation,
): 'on' | 'wait' | 'end' {
  operation.current = operation.starts.shift()
  if (operation.current === undefined) return 'end'
  operation.hasActed = true
  const container = containerOf(worker, operation)
  if (isBackingOff(kubelet, worker, operation, container)) return 'on'
  const wish = ensureImage(kubelet, worker, container)
  if (wish === 'present') {
    operation.stage = 'create'
    return resumeIn(kubelet, worker, CREATE_MS)
  }
  if ('reason' in wish) return fail(operation, container, wish)
  operation.pull = wish
  operation.stage = 'pulled'
  return resumeIn(kubelet, worker, wish.waitedMs)
}

function containerOf(worker: Worker, { current }: SyncOperation): Container {
  const { initContainers = [], containers } = worker.pod.spec
  return (current!.isInit ? initContainers : containers).find(({ name }) => name === current!.name)!
}

/** kuberuntime_manager.go doBackOff: a container that ended is not started again at once. */
function isBackingOff(
  kubelet: Kubelet,
  worker: Worker,
  operation: SyncOperation,
  { name, image }: Container,
): boolean {
  const { ctx, state } = kubelet
  const last = viewByName(worker.cache, name)
  if (last?.state !== 'exited') return false
  const key = `${worker.uid}/${name}/${image}`
  const { namespace, name: podName } = worker.pod.metadata
  const where = `${podName}_${namespace}(${worker.uid})`
  if (!isInBackoff(state.restarts, key, last.finishedAt, ctx.now)) {
    nextBackoff(state.restarts, key, last.finishedAt, ctx.now)
    return false
  }
  const text = `Back-off restarting failed container ${name} in pod ${where}`
  containerEvent(kubelet, worker, name, 'Warning', 'BackOff', text)
  const delayMs = delayOf(state.restarts, key)
  const message = `back-off ${inGo(delayMs)} restarting failed container=${name} pod=${where}`
  const endsAt = addMs(last.finishedAt, delayMs)
  if (operation.backoffEndsAt === undefined || endsAt < operation.backoffEndsAt)
    operation.backoffEndsAt = endsAt
  fail(operation, { name }, { reason: 'CrashLoopBackOff', message })
  return true
}

/** `10s`, `1m20s`, `5m0s`. */
function inGo(ms: number): string {
  const seconds = ms / 1000
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}

/** A container that cannot be started: an init container holds up the rest. */
function fail(
  operation: SyncOperation,
  { name }: Pick<Container, 'name'>,
  failure: StartFailure,
): 'on' {
  operation.failures.set(name, failure)
  operation.hasFailed = true
  if (operation.current?.isInit) operation.starts = []
  operation.stage = 'next'
  return 'on'
}

function afterPull(kubelet: Kubelet, worker: Worker, operation: SyncOperation): 'on' | 'wait' {
  const container = containerOf(worker, operation)
  const failure = finishPull(kubelet, worker, container, operation.pull)
  if (failure !== undefined) return fail(operation, container, failure)
  operation.stage = 'create'
  return resumeIn(kubelet, worker, CREATE_MS)
}

function create(kubelet: Kubelet, worker: Worker, operation: SyncOperation): 'on' | 'wait' {
  const container = containerOf(worker, operation)
  const failure = startContainer(kubelet, worker, container)
  markDirty(kubelet, worker)
  if (failure !== undefined) return fail(operation, container, failure)
  operation.stage = 'hook'
  const { tookMs, failure: hookFailure } = runPostStart(kubelet, worker, container)
  operation.hookFailure = hookFailure
  if (hookFailure === undefined) operation.started.push(container.name)
  return tookMs === 0 ? 'on' : resumeIn(kubelet, worker, tookMs)
}

/** A container whose postStart hook failed is stopped before anything else happens. */
function afterHook(kubelet: Kubelet, worker: Worker, operation: SyncOperation): 'on' {
  operation.stage = 'next'
  if (operation.hookFailure === undefined) return 'on'
  const container = containerOf(worker, operation)
  postStartFailed(kubelet, worker, container)
  const { name } = container
  const view = viewByName(viewOf(kubelet.machine.pods.slots.get(worker.uid)), name)
  if (view !== undefined)
    operation.kills = [
      beginKill(kubelet, worker, {
        id: view.id,
        name,
        message: 'FailedPostStartHook',
        probe: undefined,
      }),
    ]
  operation.stage = 'hookFailed'
  return 'on'
}

function afterHookFailed(
  kubelet: Kubelet,
  worker: Worker,
  operation: SyncOperation,
): 'on' | 'wait' {
  if (!continueKills(kubelet, worker, operation.kills)) {
    worker.resumeAt = nextKillAt(operation.kills)
    return 'wait'
  }
  const failure = operation.hookFailure!
  operation.hookFailure = undefined
  return fail(operation, containerOf(worker, operation), failure)
}

function end(worker: Worker, operation: SyncOperation): SyncEnd {
  for (const name of operation.started) worker.failures.delete(name)
  for (const [name, failure] of operation.failures) worker.failures.set(name, failure)
  return operation.hasFailed ? 'failed' : 'done'
}

/** When a failed sync may be tried again because a restart back-off is over, if that is known. */
export function backoffEndOf(operation: SyncOperation): SimTime | undefined {
  return operation.backoffEndsAt
}
