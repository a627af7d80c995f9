// The container runtime of a node: sandboxes, containers and their processes. It knows nothing of
// policies and keeps working when its kubelet does not.
import { randomHex } from '../../../base/rng.ts'
import type { SimTime } from '../../../base/time.ts'
import type { Container, Pod } from '../../api-types/pod.ts'
import { fileAt } from '../../../container/kernel/files.ts'
import { logText, resumeContainer, sendSignal, type Signal } from '../../../container/container.ts'
import {
  runtimePodOf,
  type ContainerView,
  type Machine,
  type PodView,
  type RuntimeContainer,
  type RuntimePod,
} from '../../machine.ts'
import { putSlot } from '../../shelf.ts'
import type { World } from '../../world.ts'
import { imageInfo } from './image-info.ts'
import { noteLogs } from './logs.ts'
import type { Kubelet } from './state.ts'

/** Runtime ids are sha256 sums. */
const ID_LENGTH = 64
const CONTAINER_ID_PREFIX = 'containerd://'
/** Addresses of a node's /24: the last one is for broadcasts. */
const LAST_IP = 254
/** Wake-ups of one container while nobody looked, beyond which it is left as it is. */
const CATCH_UP_MAX = 100_000

/** What a relist sees of a Pod; undefined when the runtime has nothing of it. */
export function viewOf(runtimePod: RuntimePod | undefined): PodView | undefined {
  if (runtimePod === undefined) return undefined
  const { sandbox, ip, containers } = runtimePod
  return { sandbox, ip, containers: containers.map(({ view }) => view) }
}

/** Creates a Pod's sandbox with an address, ready at once. */
export function createSandbox({ machine }: Kubelet, pod: Pod, subnet: string): RuntimePod {
  const { uid } = pod.metadata
  const runtimePod = runtimePodOf(machine, uid) ?? putSlot(machine.pods, uid, createRuntimePod(pod))
  const attempt = runtimePod.sandbox === undefined ? 0 : runtimePod.sandbox.attempt + 1
  runtimePod.sandbox = { id: `sandbox-${attempt}`, ready: true, attempt }
  runtimePod.ip = pod.spec.hostNetwork ? '' : nextAddress(machine, subnet)
  return runtimePod
}

function createRuntimePod(pod: Pod): RuntimePod {
  return { epoch: 0, pod, sandbox: undefined, ip: '', containers: [] }
}

/** Addresses are given out in turn; a used one comes back after all the others. */
function nextAddress(machine: Machine, subnet: string): string {
  const used = new Set([...machine.pods.slots.values()].map(({ ip }) => ip))
  for (let tries = 0; tries < LAST_IP; tries++) {
    const address = `${subnet}.${machine.nextIp}`
    machine.nextIp = machine.nextIp === LAST_IP ? 2 : machine.nextIp + 1
    if (!used.has(address)) return address
  }
  return `${subnet}.${machine.nextIp}`
}

export function stopSandbox(runtimePod: RuntimePod): void {
  if (runtimePod.sandbox !== undefined) runtimePod.sandbox = { ...runtimePod.sandbox, ready: false }
}

/** Creates a container that does not run yet, as the newest of its name. */
export function createContainer(
  kubelet: Kubelet,
  runtimePod: RuntimePod,
  container: Container,
  attempt: number,
): RuntimeContainer {
  const { ctx } = kubelet
  const image = imageInfo(ctx.world, container.image)
  const view: ContainerView = {
    id: CONTAINER_ID_PREFIX + randomHex(ctx.rng, ID_LENGTH),
    name: container.name,
    attempt,
    image: image?.name ?? container.image,
    specImage: container.image,
    imageId: image?.imageId ?? '',
    state: 'created',
    startedAt: ctx.now,
    finishedAt: ctx.now,
    exitCode: 0,
    reason: '',
    message: '',
  }
  const created: RuntimeContainer = { view, process: undefined }
  runtimePod.containers.unshift(created)
  return created
}

/** Starts a created container with its process. */
export function launch(
  created: RuntimeContainer,
  process: RuntimeContainer['process'],
  now: SimTime,
): void {
  created.process = process
  created.view = { ...created.view, state: 'running', startedAt: now }
}

/** A created container whose program cannot be run ends at once with code 128. */
export function failToStart(created: RuntimeContainer, now: SimTime): void {
  const ended = { state: 'exited', startedAt: now, finishedAt: now, exitCode: 128 } as const
  created.view = { ...created.view, ...ended, reason: 'StartError' }
}

/**
 * Removes all ended containers of a name but the newest, logs and all, as the kubelet does when one
 * ends (pod_container_deletor.go, MaxPerPodContainer 1).
 */
export function removeOldAttempts(runtimePod: RuntimePod, name: string): void {
  let isKept = false
  runtimePod.containers = runtimePod.containers.filter(({ view }) => {
    if (view.name !== name || view.state !== 'exited') return true
    const keep = !isKept
    isKept = true
    return keep
  })
}

/**
 * Lets the processes of a Pod run up to `now` and marks those that ended. Returns whether one did.
 */
export function resumePod(world: World, runtimePod: RuntimePod, now: SimTime): boolean {
  let ended = false
  for (const container of runtimePod.containers) {
    const { process, view } = container
    if (process === undefined || view.state !== 'running') continue
    const before = process.log.length
    const last = process.log.at(-1)
    for (let wakes = 0; wakes < CATCH_UP_MAX; wakes++) {
      if (process.exited !== undefined || process.wakeAt === undefined) break
      if (process.wakeAt > now) break
      resumeContainer(process, process.wakeAt)
    }
    if (process.log.length !== before || process.log.at(-1) !== last) noteLogs(world)
    ended = settle(runtimePod.pod, container) || ended
  }
  return ended
}

/** When the next process of a Pod wakes by itself. */
export function nextWakeOf(runtimePod: RuntimePod): SimTime | undefined {
  let next: SimTime | undefined
  for (const { view, process } of runtimePod.containers) {
    if (view.state !== 'running' || process?.wakeAt === undefined) continue
    if (next === undefined || process.wakeAt < next) next = process.wakeAt
  }
  return next
}

/** Sends a signal to a container's first process. Returns whether it ended by it. */
export function signalContainer(
  world: World,
  runtimePod: RuntimePod,
  container: RuntimeContainer,
  signal: Signal,
  now: SimTime,
): boolean {
  if (container.process === undefined || container.view.state !== 'running') return false
  sendSignal(container.process, signal, now)
  noteLogs(world)
  return settle(runtimePod.pod, container)
}

/** Marks a container whose process has ended as exited. Returns whether that is news. */
export function settle(pod: Pod, container: RuntimeContainer): boolean {
  const { process, view } = container
  if (process?.exited === undefined || view.state !== 'running') return false
  const { code, at } = process.exited
  container.view = {
    ...view,
    state: 'exited',
    finishedAt: at,
    exitCode: code,
    reason: code === 0 ? 'Completed' : 'Error',
    message: terminationMessage(pod, container),
  }
  return true
}

/** Limits of a container's last message (kuberuntime_manager.go MaxPodTerminationMessageLog…). */
const MESSAGE_LINES = 80
const MESSAGE_LOG_BYTES = 2048
const MESSAGE_BYTES = 4096
const MESSAGE_PATH = '/dev/termination-log'

/** What the container left for its status: a file, or its last words when the Pod asks for them. */
function terminationMessage(pod: Pod, { view, process }: RuntimeContainer): string {
  if (process === undefined) return ''
  const specs = [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
  const spec = specs.find(({ name }) => name === view.name)
  const path = spec?.terminationMessagePath ?? MESSAGE_PATH
  const text = fileAt(process, path)?.text ?? ''
  if (text !== '') return text.slice(0, MESSAGE_BYTES)
  if (spec?.terminationMessagePolicy !== 'FallbackToLogsOnError') return ''
  if (process.exited === undefined || process.exited.code === 0) return ''
  return logText(process.log.slice(-MESSAGE_LINES)).slice(-MESSAGE_LOG_BYTES)
}
