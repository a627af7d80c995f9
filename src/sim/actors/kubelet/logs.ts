// What kubectl logs reads: the lines of a container's present or previous run, as long as the Pod
// is on its node, and the kubelet's refusals in its own words.
import type { ContainerStatus, Pod } from '../../api-types/pod.ts'
import { ApiError } from '../../errors.ts'
import type { LogLine } from '../../../container/container.ts'
import { findMachine } from '../../machine.ts'
import type { World } from '../../world.ts'

/** A number that grows whenever a container may have written something. */
export function logVersion(world: World): number {
  return world.logVersion
}

/** Notes that a container may have written something. */
export function noteLogs(world: World): void {
  world.logVersion++
}

/** The lines of a container by the id in its status; undefined when the runtime has it no more. */
function linesOf(world: World, pod: Pod, id: string): readonly LogLine[] | undefined {
  const machine = findMachine(world, pod.spec.nodeName ?? '')
  const containers = machine?.pods.slots.get(pod.metadata.uid)?.containers ?? []
  return containers.find(({ view }) => view.id === id)?.process?.log
}

/**
 * The log of a container of a Pod, oldest line first. Throws ApiError BadRequest with the kubelet's
 * words while there is nothing to read (kubelet_pods.go validateContainerLogStatus). A Pod without
 * a node has an empty log (registry/core/pod/strategy.go LogLocation); of a run that was cleaned up
 * the log says so itself, without a newline.
 */
export function containerLog(
  world: World,
  pod: Pod,
  container: string,
  options: { previous?: boolean } = {},
): readonly LogLine[] {
  const node = pod.spec.nodeName ?? ''
  if (node === '') return []
  if (world.stopped.has(`node/${node}`)) throw unreachable(pod, container)
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status
  const statuses = [...containerStatuses, ...initContainerStatuses]
  const status = statuses.find(({ name }) => name === container)
  const where = `container "${container}" in pod "${pod.metadata.name}"`
  if (status === undefined) throw badRequest(`${where} is not available`)
  const id = idToRead(status, where, options.previous === true)
  const gone = `unable to retrieve container logs for ${id}`
  return linesOf(world, pod, id) ?? [{ at: world.now, stream: 'stdout', text: gone, partial: true }]
}

function idToRead(
  { state, lastState, containerID }: ContainerStatus,
  where: string,
  previous: boolean,
) {
  const last = lastState.terminated
  if (previous) {
    if (last?.containerID) return last.containerID
    throw badRequest(`previous terminated ${where} not found`)
  }
  if (state.running !== undefined) return containerID ?? ''
  const ended = state.terminated?.containerID || last?.containerID
  if (ended) return ended
  if (state.terminated !== undefined || last !== undefined)
    throw badRequest(`${where} is terminated`)
  throw badRequest(`${where} is waiting to start${waitingReason(state.waiting?.reason)}`)
}

function waitingReason(reason: string | undefined): string {
  if (reason === undefined) return ' - no logs yet'
  if (reason === 'ErrImagePull') return `: image can't be pulled`
  if (reason === 'ImagePullBackOff') return ': trying and failing to pull image'
  return `: ${reason}`
}

function badRequest(message: string): ApiError {
  return new ApiError('BadRequest', message)
}

/** The API server asks the kubelet itself, and nobody answers there. */
function unreachable(pod: Pod, container: string): ApiError {
  const host = `${pod.status.hostIP ?? pod.spec.nodeName}:10250`
  const path = `containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${container}`
  const why = `dial tcp ${host}: connect: connection refused`
  return new ApiError('InternalError', `Get "https://${host}/${path}": ${why}`)
}
