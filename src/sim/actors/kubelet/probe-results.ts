// What the probes' results make of a container's status: started and ready
// (prober/prober_manager.go UpdatePodStatus).
import type { Container, ContainerStatus } from '../../api-types/pod.ts'
import { isSidecar } from '../../lib/sidecar.ts'
import type { ProbeType, ProbeWorker } from './probe-state.ts'
import type { Worker } from './state.ts'

export function probeOf(
  worker: Worker,
  container: string,
  type: ProbeType,
): ProbeWorker | undefined {
  return worker.probes.find((probe) => probe.container === container && probe.type === type)
}

/** The statuses with `started` and `ready`. */
export function withReadiness(
  worker: Worker,
  statuses: readonly ContainerStatus[],
  isInit: boolean,
): ContainerStatus[] {
  const { initContainers = [], containers } = worker.pod.spec
  return statuses.map((status) => {
    const container = (isInit ? initContainers : containers).find(
      ({ name }) => name === status.name,
    )
    const started = isStarted(worker, status, container)
    if (isInit && container !== undefined && !isSidecar(container))
      return { ...status, started, ready: status.state.terminated?.exitCode === 0 }
    return { ...status, started, ready: started && isReady(worker, status, container) }
  })
}

function isStarted(worker: Worker, status: ContainerStatus, container?: Container): boolean {
  if (status.state.running === undefined) return false
  const probe = probeOf(worker, status.name, 'startup')
  if (probe?.containerId === status.containerID && probe?.result !== undefined)
    return probe.result === 'success'
  return container?.startupProbe === undefined
}

function isReady(worker: Worker, status: ContainerStatus, container?: Container): boolean {
  const probe = probeOf(worker, status.name, 'readiness')
  if (probe?.containerId === status.containerID && probe?.result !== undefined)
    return probe.result === 'success'
  return container?.readinessProbe === undefined
}
