// The status of each container of a Pod, from what the runtime shows and what was reported before
// (pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses).
import { compact } from '../../../base/plain.ts'
import { formatTime } from '../../../base/time.ts'
import type {
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  PodStatus,
} from '../../api-types/pod.ts'
import type { ContainerView, PodView } from '../../machine.ts'
import { isSidecar } from '../../lib/sidecar.ts'
import { restartsAfter } from './phase.ts'
import type { Worker } from './state.ts'

/** The newest container of a name in the runtime. */
export function viewByName(view: PodView | undefined, name: string): ContainerView | undefined {
  return view?.containers.find((container) => container.name === name)
}

/** Whether a container that does not run is to be started (ShouldContainerBeRestarted). */
export function shouldStart(pod: Pod, container: Container, view: PodView | undefined): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false
  const present = viewByName(view, container.name)
  if (present === undefined || present.state === 'created') return true
  if (present.state === 'running') return false
  return restartsAfter(container, pod.spec, present.exitCode)
}

/** The statuses of the Pod's containers, or of its init containers. */
export function containerStatuses(
  worker: Worker,
  view: PodView | undefined,
  old: PodStatus,
  isInit: boolean,
): ContainerStatus[] {
  const { spec } = worker.pod
  const containers = isInit ? (spec.initContainers ?? []) : spec.containers
  const before = (isInit ? old.initContainerStatuses : old.containerStatuses) ?? []
  const statuses = containers.map((container) => {
    const previous = before.find(({ name }) => name === container.name)
    return statusOf(worker, container, view, previous, isInit)
  })
  if (!isInit) statuses.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return statuses
}

function statusOf(
  worker: Worker,
  container: Container,
  view: PodView | undefined,
  old: ContainerStatus | undefined,
  isInit: boolean,
): ContainerStatus {
  const { pod } = worker
  const present = viewByName(view, container.name)
  const status =
    present === undefined
      ? missingStatus(pod, container, old)
      : presentStatus(container, view!, present, old)
  if (isInit && present?.state === 'exited' && present.exitCode === 0) return status
  if (isInit && present === undefined && !isSidecar(container) && hasRegular(pod, view))
    return { ...status, state: LOST_INIT }
  if (!shouldStart(pod, container, view)) return status
  const failure = worker.failures.get(container.name)
  if (failure === undefined) return status
  const { reason, message } = failure
  const waiting = message === '' ? { reason } : { reason, message }
  const lastState = status.state.terminated === undefined ? status.lastState : status.state
  return { ...status, state: { waiting }, lastState }
}

const LOST_INIT: ContainerState = {
  terminated: {
    exitCode: 0,
    reason: 'Completed',
    message:
      'Unable to get init container status from container runtime and pod has been initialized, ' +
      'treat it as exited normally',
    startedAt: null,
    finishedAt: null,
  },
}

function hasRegular(pod: Pod, view: PodView | undefined): boolean {
  return pod.spec.containers.some(({ name }) => viewByName(view, name) !== undefined)
}

/** A container the runtime does not have: not created yet, or lost. */
function missingStatus(
  pod: Pod,
  container: Container,
  old: ContainerStatus | undefined,
): ContainerStatus {
  if (old?.state.terminated !== undefined) return old
  const hasInit = (pod.spec.initContainers ?? []).length > 0
  const waiting: ContainerStatus = compact({
    name: container.name,
    state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } },
    lastState: old?.lastState ?? {},
    ready: false,
    restartCount: old?.restartCount ?? 0,
    image: container.image,
    imageID: '',
    started: false,
    volumeMounts: mountsOf(container),
  })
  if (old?.state.running === undefined || waiting.lastState.terminated !== undefined) return waiting
  const lost = 'The container could not be located when the pod was deleted.  '
  const terminated = {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: `${lost}The container used to be Running`,
    startedAt: null,
    finishedAt: null,
  }
  const isDeleted = pod.metadata.deletionTimestamp !== undefined
  const restartCount = isDeleted ? waiting.restartCount : waiting.restartCount + 1
  return { ...waiting, lastState: { terminated }, restartCount }
}

function presentStatus(
  container: Container,
  view: PodView,
  present: ContainerView,
  old: ContainerStatus | undefined,
): ContainerStatus {
  const { resources = {} } = container
  return compact({
    name: container.name,
    state: stateOf(present),
    lastState: lastStateOf(view, present, old),
    ready: false,
    restartCount: Math.max(present.attempt, old?.restartCount ?? 0),
    image: present.image,
    imageID: present.imageId,
    containerID: present.id,
    started: false,
    allocatedResources: resources.requests,
    resources,
    volumeMounts: old?.volumeMounts ?? mountsOf(container),
  })
}

function stateOf(view: ContainerView): ContainerState {
  if (view.state === 'created') return { waiting: {} }
  const startedAt = formatTime(view.startedAt)
  if (view.state === 'running') return { running: { startedAt } }
  return {
    terminated: compact({
      exitCode: view.exitCode,
      reason: view.reason || undefined,
      message: view.message || undefined,
      startedAt,
      finishedAt: formatTime(view.finishedAt),
      containerID: view.id,
    }),
  }
}

/** The run before: as the runtime still has it, else as it was reported. */
function lastStateOf(
  view: PodView,
  present: ContainerView,
  old: ContainerStatus | undefined,
): ContainerState {
  const earlier = view.containers.find(
    (container) => container.name === present.name && container !== present,
  )
  if (earlier !== undefined) return stateOf(earlier)
  if (old === undefined) return {}
  if (old.containerID !== present.id && old.state.terminated !== undefined)
    return { terminated: old.state.terminated }
  const { terminated } = old.lastState
  return terminated === undefined ? {} : { terminated }
}

function mountsOf({ volumeMounts = [] }: Container): readonly unknown[] | undefined {
  if (volumeMounts.length === 0) return undefined
  return volumeMounts.map(({ name, mountPath, readOnly }) =>
    readOnly ? { name, mountPath, readOnly, recursiveReadOnly: 'Disabled' } : { name, mountPath },
  )
}
