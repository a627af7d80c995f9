// The columns of `kubectl get pods`. STATUS is no field of the Pod: it is read from phase, reasons
// and container states, the first container winning. Source: printers.go printPod.
import { isEnded } from '../../lib/pod-phase.ts'
import { isSidecar } from '../../lib/sidecar.ts'
import { parseTime, type SimTime } from '../../../base/time.ts'
import type { Container, ContainerState, ContainerStatus, Pod } from '../../api-types/pod.ts'
import type { Column } from '../kind.ts'
import { ageColumn, ageOf, column, nameColumn, NONE, wideColumn } from './format.ts'

/** What the READY, STATUS and RESTARTS cells say of a Pod. */
interface PodSummary {
  ready: number
  total: number
  reason: string
  restarts: number
  /** The newest end of an earlier run of a container, when known. */
  lastRestart: string | undefined
}

interface InitSummary {
  ready: number
  restarts: Restarts
  /** Restarts of sidecars alone: these count on when initialization is over. */
  sidecarRestarts: Restarts
  /** `Init:…` while initialization is not over. */
  reason: string | undefined
}

interface Restarts {
  count: number
  last: string | undefined
}

export function podSummary(pod: Pod): PodSummary {
  const { spec, status } = pod
  const sidecars = new Map((spec.initContainers ?? []).filter(isSidecar).map((c) => [c.name, c]))
  const init = initSummary(pod, sidecars)
  const initialized = init.reason === undefined || isConditionTrue(pod, 'Initialized')
  let reason = init.reason ?? basicReason(pod)
  let ready = init.ready
  let restarts = init.restarts
  if (initialized) {
    const main = mainSummary(pod, reason)
    reason = main.reason
    ready += main.ready
    restarts = (status.containerStatuses ?? []).reduce(addRestarts, init.sidecarRestarts)
  }
  return {
    ready,
    total: spec.containers.length + sidecars.size,
    reason: deletionReason(pod) ?? reason,
    restarts: restarts.count,
    lastRestart: restarts.last,
  }
}

function basicReason(pod: Pod): string {
  const { status } = pod
  const gated = status.conditions?.some(
    (condition) => condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated',
  )
  if (gated === true) return 'SchedulingGated'
  return status.reason || (status.phase ?? '')
}

function deletionReason(pod: Pod): string | undefined {
  if (pod.metadata.deletionTimestamp === undefined) return undefined
  if (pod.status.reason === 'NodeLost') return 'Unknown'
  return isEnded(pod) ? undefined : 'Terminating'
}

function initSummary(pod: Pod, sidecars: ReadonlyMap<string, Container>): InitSummary {
  const none: Restarts = { count: 0, last: undefined }
  const summary: InitSummary = {
    ready: 0,
    restarts: none,
    sidecarRestarts: none,
    reason: undefined,
  }
  const total = pod.spec.initContainers?.length ?? 0
  for (const [index, container] of (pod.status.initContainerStatuses ?? []).entries()) {
    const { terminated, waiting } = container.state
    const sidecar = sidecars.has(container.name)
    summary.restarts = addRestarts(summary.restarts, container)
    if (sidecar) summary.sidecarRestarts = addRestarts(summary.sidecarRestarts, container)
    if (terminated?.exitCode === 0) continue
    if (sidecar && container.started === true) {
      if (container.ready) summary.ready++
      continue
    }
    if (terminated !== undefined) summary.reason = `Init:${endReason(terminated)}`
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') {
      summary.reason = `Init:${waiting.reason}`
    } else summary.reason = `Init:${index}/${total}`
    break
  }
  return summary
}

// Scanned from the last container to the first, so that the first one's reason stays.
function mainSummary(pod: Pod, start: string): { reason: string; ready: number } {
  let reason = start
  let ready = 0
  let hasRunning = false
  let failure: string | undefined
  for (const container of (pod.status.containerStatuses ?? []).toReversed()) {
    const { waiting, terminated, running } = container.state
    if (waiting?.reason) reason = waiting.reason
    else if (terminated !== undefined) {
      reason = endReason(terminated)
      if (terminated.exitCode !== 0) failure = reason
    } else if (container.ready && running !== undefined) {
      hasRunning = true
      ready++
    }
  }
  if (reason === 'Completed') {
    if (hasRunning) reason = isConditionTrue(pod, 'Ready') ? 'Running' : 'NotReady'
    else reason = failure ?? reason
  }
  return { reason, ready }
}

function endReason(terminated: NonNullable<ContainerState['terminated']>): string {
  if (terminated.reason) return terminated.reason
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`
}

function addRestarts(sum: Restarts, container: ContainerStatus): Restarts {
  const ended = container.lastState.terminated?.finishedAt ?? undefined
  const newer =
    ended !== undefined && (sum.last === undefined || parseTime(sum.last) < parseTime(ended))
  return { count: sum.count + container.restartCount, last: newer ? ended : sum.last }
}

function isConditionTrue(pod: Pod, type: string): boolean {
  return (pod.status.conditions ?? []).some((c) => c.type === type && c.status === 'True')
}

function restartsCell(summary: PodSummary, now: SimTime): string {
  const { restarts, lastRestart } = summary
  if (restarts === 0 || lastRestart === undefined) return String(restarts)
  return `${restarts} (${ageOf(lastRestart, now)} ago)`
}

function readinessGates(pod: Pod): string {
  const gates = (pod.spec as { readinessGates?: readonly { conditionType: string }[] })
    .readinessGates
  if (gates === undefined || gates.length === 0) return NONE
  const passed = gates.filter((gate) => isConditionTrue(pod, gate.conditionType))
  return `${passed.length}/${gates.length}`
}

export const podColumns: readonly Column[] = [
  nameColumn,
  column<Pod>('Ready', (pod) => {
    const { ready, total } = podSummary(pod)
    return `${ready}/${total}`
  }),
  column<Pod>('Status', (pod) => podSummary(pod).reason),
  column<Pod>('Restarts', (pod, now) => restartsCell(podSummary(pod), now)),
  ageColumn,
  wideColumn<Pod>('IP', (pod) => pod.status.podIPs?.[0]?.ip || pod.status.podIP || NONE),
  wideColumn<Pod>('Node', (pod) => pod.spec.nodeName || NONE),
  wideColumn<Pod>('Nominated Node', (pod) => pod.status.nominatedNodeName || NONE),
  wideColumn<Pod>('Readiness Gates', readinessGates),
]
