// One sync of a Pod that is to run: what is missing is made, one thing after the other, each taking
// its time (kubelet.go SyncPod, kuberuntime_manager.go SyncPod). A step either goes on at once or
// says when the worker is to come back.
import { randomInt } from '../../../base/rng.ts'
import { addMs, type SimTime } from '../../../base/time.ts'
import type { Container } from '../../api-types/pod.ts'
import { podActions } from './actions.ts'
import { delayOf, isInBackoff, nextBackoff } from './backoff.ts'
import { viewByName } from './container-status.ts'
import { containerEvent, ensureImage, finishPull } from './images.ts'
import { beginKill, beginKillAll, continueKills, nextKillAt } from './kill.ts'
import { postStartFailed, runPostStart } from './hooks.ts'
import { markDirty } from './pleg.ts'
import { addProbes } from './probes.ts'
import type { SyncOperation } from './pod-operation.ts'
import { createSandbox, stopSandbox, viewOf } from './runtime.ts'
import { startContainer } from './start-container.ts'
import { generateStatus, isTerminalPhase, reportSandbox, setStatus } from './status.ts'
import type { Kubelet, StartFailure, Worker } from './state.ts'
import {
  CREATE_MS,
  MOUNT_RETRY_MAX_MS,
  MOUNT_RETRY_MS,
  SANDBOX_JITTER_MS,
  SANDBOX_MS,
} from './timing.ts'
import { podSubnet } from './node.ts'
import { mountProblem } from './volumes.ts'

/** How a sync ended, or when it goes on. */
export type SyncEnd = 'done' | 'terminal' | 'failed'

/** Begins a sync: reports the status and finds out what to do. */
export function beginSync(kubelet: Kubelet, worker: Worker): SyncEnd | undefined {
  const view = worker.cache
  const status = generateStatus(kubelet, worker, view, false)
  setStatus(kubelet, worker, status)
  if (isTerminalPhase(status.phase)) return 'terminal'
  const actions = podActions(worker, view)
  const { killPod, createSandbox: isNew, starts, kills } = actions
  if (!killPod && !isNew && starts.length === 0 && kills.length === 0) {
    worker.failures.clear()
    return 'done'
  }
  worker.run = {
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
  return continueSync(kubelet, worker, worker.run)
}

/** Does what can be done now; undefined when the worker is to come back at `resumeAt`. */
export function continueSync(
  kubelet: Kubelet,
  worker: Worker,
  run: SyncOperation,
): SyncEnd | undefined {
  for (;;) {
    const step = STEPS[run.stage]
    const result = step(kubelet, worker, run)
    if (result === 'wait') return undefined
    if (result === 'end') return end(worker, run)
  }
}

type Step = (kubelet: Kubelet, worker: Worker, run: SyncOperation) => 'on' | 'wait' | 'end'

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

function waitForKills(kubelet: Kubelet, worker: Worker, run: SyncOperation): 'on' | 'wait' | 'end' {
  if (!continueKills(kubelet, worker, run.kills)) {
    worker.resumeAt = nextKillAt(run.kills)
    return 'wait'
  }
  if (run.killPod) {
    stopSandbox(kubelet.machine.pods.get(worker.uid)!)
    markDirty(kubelet, worker)
    return 'end'
  }
  run.stage = run.createSandbox ? 'mount' : 'next'
  return 'on'
}

/** Volumes come first; what cannot be mounted is tried again, and nothing else happens. */
function mount(kubelet: Kubelet, worker: Worker, run: SyncOperation): 'wait' {
  const problem = mountProblem(kubelet, worker)
  if (problem === undefined) {
    run.stage = 'sandbox'
    const jitterMs = randomInt(kubelet.ctx.rng, SANDBOX_JITTER_MS)
    return resumeIn(kubelet, worker, SANDBOX_MS + jitterMs)
  }
  const delayMs = MOUNT_RETRY_MS * 2 ** run.mountFailures++
  return resumeIn(kubelet, worker, Math.min(MOUNT_RETRY_MAX_MS, delayMs))
}

function makeSandbox(kubelet: Kubelet, worker: Worker, run: SyncOperation): 'on' {
  createSandbox(kubelet, worker.pod, podSubnet(kubelet))
  run.hasActed = true
  reportSandbox(kubelet, worker)
  addProbes(kubelet, worker)
  markDirty(kubelet, worker)
  run.stage = 'next'
  return 'on'
}

function startNext(kubelet: Kubelet, worker: Worker, run: SyncOperation): 'on' | 'wait' | 'end' {
  run.current = run.starts.shift()
  if (run.current === undefined) return 'end'
  run.hasActed = true
  const container = containerOf(worker, run)
  if (isBackingOff(kubelet, worker, run, container)) return 'on'
  const wish = ensureImage(kubelet, worker, container)
  if (wish === 'present') {
    run.stage = 'create'
    return resumeIn(kubelet, worker, CREATE_MS)
  }
  if ('reason' in wish) return fail(run, container, wish)
  run.pull = wish
  run.stage = 'pulled'
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
  run: SyncOperation,
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
  if (run.backoffEndsAt === undefined || endsAt < run.backoffEndsAt) run.backoffEndsAt = endsAt
  fail(run, { name }, { reason: 'CrashLoopBackOff', message })
  return true
}

/** `10s`, `1m20s`, `5m0s`. */
function inGo(ms: number): string {
  const seconds = ms / 1000
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}

/** A container that cannot be started: an init container holds up the rest. */
function fail(run: SyncOperation, { name }: Pick<Container, 'name'>, failure: StartFailure): 'on' {
  run.failures.set(name, failure)
  run.hasFailed = true
  if (run.current?.isInit) run.starts = []
  run.stage = 'next'
  return 'on'
}

function afterPull(kubelet: Kubelet, worker: Worker, run: SyncOperation): 'on' | 'wait' {
  const container = containerOf(worker, run)
  const failure = finishPull(kubelet, worker, container, run.pull)
  if (failure !== undefined) return fail(run, container, failure)
  run.stage = 'create'
  return resumeIn(kubelet, worker, CREATE_MS)
}

function create(kubelet: Kubelet, worker: Worker, run: SyncOperation): 'on' | 'wait' {
  const container = containerOf(worker, run)
  const failure = startContainer(kubelet, worker, container)
  markDirty(kubelet, worker)
  if (failure !== undefined) return fail(run, container, failure)
  run.stage = 'hook'
  const { tookMs, failure: hookFailure } = runPostStart(kubelet, worker, container)
  run.hookFailure = hookFailure
  if (hookFailure === undefined) run.started.push(container.name)
  return tookMs === 0 ? 'on' : resumeIn(kubelet, worker, tookMs)
}

/** A container whose postStart hook failed is stopped before anything else happens. */
function afterHook(kubelet: Kubelet, worker: Worker, run: SyncOperation): 'on' {
  run.stage = 'next'
  if (run.hookFailure === undefined) return 'on'
  const container = containerOf(worker, run)
  postStartFailed(kubelet, worker, container)
  const { name } = container
  const view = viewByName(viewOf(kubelet.machine.pods.get(worker.uid)), name)
  if (view !== undefined)
    run.kills = [
      beginKill(kubelet, worker, {
        id: view.id,
        name,
        message: 'FailedPostStartHook',
        probe: undefined,
      }),
    ]
  run.stage = 'hookFailed'
  return 'on'
}

function afterHookFailed(kubelet: Kubelet, worker: Worker, run: SyncOperation): 'on' | 'wait' {
  if (!continueKills(kubelet, worker, run.kills)) {
    worker.resumeAt = nextKillAt(run.kills)
    return 'wait'
  }
  const failure = run.hookFailure!
  run.hookFailure = undefined
  return fail(run, containerOf(worker, run), failure)
}

function end(worker: Worker, run: SyncOperation): SyncEnd {
  for (const name of run.started) worker.failures.delete(name)
  for (const [name, failure] of run.failures) worker.failures.set(name, failure)
  return run.hasFailed ? 'failed' : 'done'
}

/** When a failed sync may be tried again because a restart back-off is over, if that is known. */
export function backoffEndOf(run: SyncOperation): SimTime | undefined {
  return run.backoffEndsAt
}
