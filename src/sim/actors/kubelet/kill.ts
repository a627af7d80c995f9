// Stopping containers: the preStop hook, TERM, and KILL when the grace is over
// (kuberuntime_container.go killContainer). Sidecars wait for the other containers
// (kuberuntime_termination_order.go).
import { addMs, SECOND_MS, type SimTime } from '../../../base/time.ts'
import type { Container } from '../../api-types/pod.ts'
import { runtimePodOf, type RuntimeContainer } from '../../machine.ts'
import type { KillAction } from './actions.ts'
import { runPreStop } from './hooks.ts'
import { containerEvent } from './images.ts'
import { isSidecar } from '../../lib/sidecar.ts'
import { markDirty } from './pleg.ts'
import { scheduleProcesses } from './processes.ts'
import type { Kill } from './pod-operation.ts'
import { signalContainer } from './runtime.ts'
import type { Kubelet, Worker } from './state.ts'
import { MIN_GRACE_SECONDS, STOPPED_MS } from './timing.ts'

const DEFAULT_GRACE_SECONDS = 30

/** Begins to stop one container; its event is the first thing. */
export function beginKill(kubelet: Kubelet, worker: Worker, action: KillAction): Kill {
  const { ctx } = kubelet
  const { id, name, message, probe } = action
  containerEvent(kubelet, worker, name, 'Normal', 'Killing', message)
  const spec = specOf(worker, name)
  const own =
    probe === undefined ? undefined : spec?.[`${probe}Probe`]?.terminationGracePeriodSeconds
  const seconds = own ?? worker.pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS
  return kill(kubelet, worker, { id, name }, worker.graceSeconds || seconds, [], ctx.now)
}

/** Begins to stop every running container of a Pod, with the grace it was given or its own. */
export function beginKillAll(kubelet: Kubelet, worker: Worker): Kill[] {
  const containers = kubelet.machine.pods.slots.get(worker.uid)?.containers ?? []
  const running = containers.filter(({ view }) => view.state === 'running').reverse()
  const sidecars = (worker.pod.spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name)
  const own = worker.pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS
  const grace = Math.max(1, worker.graceSeconds || own)
  return running.map(({ view: { id, name } }) => {
    containerEvent(kubelet, worker, name, 'Normal', 'Killing', `Stopping container ${name}`)
    const rank = sidecars.indexOf(name)
    const isBefore = (other: RuntimeContainer) => sidecars.indexOf(other.view.name) > rank
    const isRegular = (other: RuntimeContainer) => !sidecars.includes(other.view.name)
    const first = rank < 0 ? [] : running.filter((other) => isRegular(other) || isBefore(other))
    const after = first.map((other) => other.view.id).filter((other) => other !== id)
    return kill(kubelet, worker, { id, name }, grace, after, kubelet.ctx.now)
  })
}

function kill(
  kubelet: Kubelet,
  worker: Worker,
  { id, name }: { id: string; name: string },
  graceSeconds: number,
  after: readonly string[],
  now: SimTime,
): Kill {
  const graceEndsAt = addMs(now, graceSeconds * SECOND_MS)
  const spec = specOf(worker, name)
  const hookMs = spec === undefined ? 0 : runPreStop(kubelet, worker, spec, graceSeconds)
  return { id, name, after, stage: 'hook', until: addMs(now, hookMs), graceEndsAt }
}

/**
 * Moves the stopping of containers on as far as it goes now. Returns whether all have stopped.
 * A container that ended by itself is stopped as well.
 */
export function continueKills(kubelet: Kubelet, worker: Worker, kills: Kill[]): boolean {
  for (let hasMoved = true; hasMoved;) {
    hasMoved = false
    for (const one of kills) if (moveOn(kubelet, worker, one, kills)) hasMoved = true
  }
  return kills.every(({ stage }) => stage === 'done')
}

function moveOn(kubelet: Kubelet, worker: Worker, one: Kill, kills: readonly Kill[]): boolean {
  const { ctx, machine } = kubelet
  if (one.stage === 'done') return false
  const runtimePod = runtimePodOf(machine, worker.uid)
  const container = runtimePod?.containers.find(({ view }) => view.id === one.id)
  if (runtimePod === undefined || container?.view.state !== 'running')
    return endOf(kubelet, one, container)
  if (one.stage === 'hook') {
    if (ctx.now < one.until) return false
    one.stage = 'turn'
    one.until = one.graceEndsAt
    return true
  }
  if (one.stage === 'turn') {
    const isFree = one.after.every((id) => kills.find((k) => k.id === id)?.stage === 'done')
    if (!isFree && ctx.now < one.until) return false
    one.stage = 'term'
    one.until = later(one.graceEndsAt, addMs(ctx.now, MIN_GRACE_SECONDS * SECOND_MS))
    if (!signalContainer(ctx.world, runtimePod, container, 'TERM', ctx.now))
      scheduleProcesses(kubelet, worker.uid, runtimePod)
    else markDirty(kubelet, worker)
    return true
  }
  if (ctx.now < one.until) return false
  signalContainer(ctx.world, runtimePod, container, 'KILL', ctx.now)
  markDirty(kubelet, worker)
  return true
}

/** The call that stops a container comes back a moment after its end. */
function endOf({ ctx }: Kubelet, one: Kill, container: RuntimeContainer | undefined): boolean {
  const endedAt = container?.view.finishedAt ?? ctx.now
  const until = addMs(endedAt, STOPPED_MS)
  if (one.stage === 'term' && ctx.now < until) {
    one.until = until
    return false
  }
  one.stage = 'done'
  return true
}

function later(a: SimTime, b: SimTime): SimTime {
  return a > b ? a : b
}

/** When something about these kills happens by itself. */
export function nextKillAt(kills: readonly Kill[]): SimTime | undefined {
  let next: SimTime | undefined
  for (const { stage, until } of kills)
    if (stage !== 'done' && (next === undefined || until < next)) next = until
  return next
}

/** A shorter grace was asked for: what waits longer is cut short. */
export function shortenGrace(kills: Kill[], graceSeconds: number, now: SimTime): void {
  const seconds = Math.max(MIN_GRACE_SECONDS, graceSeconds)
  const limit = addMs(now, seconds * SECOND_MS)
  for (const one of kills) {
    if (one.graceEndsAt > limit) one.graceEndsAt = limit
    if (one.stage !== 'done' && one.until > limit) one.until = limit
  }
}

function specOf(worker: Worker, name: string): Container | undefined {
  const { initContainers = [], containers } = worker.pod.spec
  return [...initContainers, ...containers].find((container) => container.name === name)
}
