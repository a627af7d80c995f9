// Getting a container's image onto the node: pull policy, back-off, and the events of each case
// (pkg/kubelet/images/image_manager.go).
import { randomInt } from '../../../base/rng.ts'
import { addMs, SECOND_MS } from '../../../base/time.ts'
import type { Container } from '../../api-types/pod.ts'
import { recordEvent } from '../../events.ts'
import { invalidReference, normaliseReference } from '../../images/reference.ts'
import { pullError } from '../../images/registry.ts'
import { formatGoDuration, NANOSECONDS_PER_MS } from '../../lib/go-duration.ts'
import { imageInfo } from './image-info.ts'
import { isInBackoffSinceUpdate, nextBackoff } from './backoff.ts'
import type { PullTime, StartFailure } from './pod-operation.ts'
import type { Kubelet, Worker } from './state.ts'
import { PULL_OVERHEADS_MS } from './timing.ts'

/** What became of the wish for an image: it is here, it is being pulled, or it cannot be had. */
type PullResult = 'present' | PullTime | StartFailure

/** Records an event about a container. */
export function containerEvent(
  kubelet: Kubelet,
  worker: Worker,
  name: string,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  const isInit = worker.pod.spec.initContainers?.some((container) => container.name === name)
  const fieldPath = `spec.${isInit ? 'initContainers' : 'containers'}{${name}}`
  recordEvent(kubelet.ctx, worker.pod, { type, reason, message, fieldPath })
}

/** Asks for a container's image; events tell what happens. */
export function ensureImage(kubelet: Kubelet, worker: Worker, container: Container): PullResult {
  const { ctx, state, machine } = kubelet
  const { image, name, imagePullPolicy = 'IfNotPresent' } = container
  const event = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    containerEvent(kubelet, worker, name, type, reason, message)
  const invalid = invalidReference(image)
  if (invalid !== undefined) {
    event('Warning', 'InspectFailed', invalid)
    return failed(kubelet, worker, name, { reason: 'InvalidImageName', message: invalid })
  }
  if (imagePullPolicy !== 'Always') {
    if (machine.images.has(normaliseReference(image))) {
      const access = 'already present on machine and can be accessed by the pod'
      event('Normal', 'Pulled', `Container image "${image}" ${access}`)
      return 'present'
    }
    if (imagePullPolicy === 'Never') {
      const message = `Container image "${image}" is not present with pull policy of Never`
      event('Warning', 'ErrImageNeverPull', message)
      return failed(kubelet, worker, name, { reason: 'ErrImageNeverPull', message })
    }
  }
  const key = `${worker.uid}_${image}`
  if (isInBackoffSinceUpdate(state.pulls, key, ctx.now)) {
    const backingOff = `Back-off pulling image "${image}"`
    event('Normal', 'BackOff', backingOff)
    const before = state.pullErrors.get(key)
    const message = before === undefined ? backingOff : `${backingOff}: ${before}`
    return failed(kubelet, worker, name, { reason: 'ImagePullBackOff', message })
  }
  event('Normal', 'Pulling', `Pulling image "${image}"`)
  return pullTime(kubelet)
}

function pullTime({ ctx, machine }: Kubelet): PullTime {
  const { imagePullSeconds, serializeImagePulls } = ctx.world.cluster
  const overheadMs = PULL_OVERHEADS_MS[randomInt(ctx.rng, PULL_OVERHEADS_MS.length)]!
  const ownMs = imagePullSeconds * SECOND_MS + overheadMs
  if (!serializeImagePulls) return { ownMs, waitedMs: ownMs }
  const startsInMs = Math.max(0, machine.pullsUntil - ctx.now)
  machine.pullsUntil = addMs(ctx.now, startsInMs + ownMs)
  return { ownMs, waitedMs: startsInMs + ownMs }
}

/** The end of a pull: undefined when the image is here now. */
export function finishPull(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  { ownMs, waitedMs }: PullTime,
): StartFailure | undefined {
  const { ctx, state, machine } = kubelet
  const { image, name } = container
  const key = `${worker.uid}_${image}`
  const found = imageInfo(ctx.world, image)
  if (found === undefined) {
    const error = pullError(image)
    const message = `Failed to pull image "${image}": ${error}`
    containerEvent(kubelet, worker, name, 'Warning', 'Failed', message)
    nextBackoff(state.pulls, key, ctx.now, ctx.now)
    state.pullErrors.set(key, `ErrImagePull: ${error}`)
    return failed(kubelet, worker, name, { reason: 'ErrImagePull', message: error })
  }
  state.pullErrors.delete(key)
  machine.images.add(normaliseReference(image))
  const took = `${inGo(ownMs)} (${inGo(waitedMs)} including waiting)`
  const message = `Successfully pulled image "${image}" in ${took}`
  const size = `Image size: ${found.sizeBytes} bytes.`
  containerEvent(kubelet, worker, name, 'Normal', 'Pulled', `${message}. ${size}`)
  return undefined
}

function inGo(ms: number): string {
  return formatGoDuration(ms * NANOSECONDS_PER_MS)
}

/** Records the event that every failed start of a container ends in. */
function failed(
  kubelet: Kubelet,
  worker: Worker,
  name: string,
  failure: StartFailure,
): StartFailure {
  containerEvent(kubelet, worker, name, 'Warning', 'Failed', `Error: ${failure.reason}`)
  return failure
}
