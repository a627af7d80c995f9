// Probing containers: when, and what the answers mean (pkg/kubelet/prober). Only Pods with probes
// cost anything; each probe asks for its own next wake-up.
import { addMs, SECOND_MS } from '../../../base/time.ts'
import type { Container, ContainerStatus, Probe } from '../../api-types/pod.ts'
import { wakeAfter } from '../../world.ts'
import { runBeside } from './exec.ts'
import { containerEvent } from './images.ts'
import { probeOf } from './probe-results.ts'
import type { ProbeResult, ProbeType, ProbeWorker } from './probe-state.ts'
import { acceptsTcp, answersHttp, portNumber } from './servers.ts'
import { reportedStatus } from './status.ts'
import type { Kubelet, Worker } from './state.ts'
import { isSidecar } from '../../lib/sidecar.ts'

/** The task that runs the probes of a Pod that are due; its key is the uid. */
export const PROBE = 'probe'

const TYPES: readonly ProbeType[] = ['startup', 'readiness', 'liveness']
const INITIAL: Readonly<Record<ProbeType, ProbeResult>> = {
  liveness: 'success',
  readiness: 'failure',
  startup: 'unknown',
}
const TITLES: Readonly<Record<ProbeType, string>> = {
  liveness: 'Liveness',
  readiness: 'Readiness',
  startup: 'Startup',
}

/** Begins to probe the containers of a Pod that ask for it (prober_manager.go AddPod). */
export function addProbes(kubelet: Kubelet, worker: Worker): void {
  const { initContainers = [], containers } = worker.pod.spec
  for (const container of [...initContainers.filter(isSidecar), ...containers])
    for (const type of TYPES) {
      const spec = container[`${type}Probe`]
      if (spec === undefined || probeOf(worker, container.name, type) !== undefined) continue
      worker.probes.push({
        container: container.name,
        type,
        containerId: '',
        result: undefined,
        lastResult: undefined,
        resultRun: 0,
        isOnHold: false,
        nextAt: kubelet.ctx.now,
      })
    }
  schedule(kubelet, worker)
}

export function stopProbes(worker: Worker, types: readonly ProbeType[]): void {
  if (worker.probes.length === 0) return
  worker.probes = worker.probes.filter(({ type }) => !types.includes(type))
}

function schedule({ ctx }: Kubelet, worker: Worker): void {
  let next: number | undefined
  for (const { nextAt } of worker.probes) if (next === undefined || nextAt < next) next = nextAt
  if (next !== undefined) wakeAfter(ctx, worker.uid, next - ctx.now, PROBE)
}

/** A container has become running: a readiness probe runs at once (manualTriggerCh). */
export function triggerReadiness(kubelet: Kubelet, worker: Worker): void {
  for (const probe of worker.probes)
    if (probe.type === 'readiness' && probe.result !== 'success') probe.nextAt = kubelet.ctx.now
  if (worker.probes.length > 0) schedule(kubelet, worker)
}

/** Runs the probes that are due. Returns whether a result changed, which is worth a sync. */
export function runProbes(kubelet: Kubelet, worker: Worker): boolean {
  const { now } = kubelet.ctx
  let hasNews = false
  for (const probe of worker.probes) {
    if (probe.nextAt > now) continue
    const container = containerOf(worker, probe.container)
    const spec = container?.[`${probe.type}Probe`]
    if (container === undefined || spec === undefined) continue
    probe.nextAt = addMs(now, (spec.periodSeconds ?? PERIOD_SECONDS) * SECOND_MS)
    if (runProbe(kubelet, worker, probe, container, spec)) hasNews = true
  }
  schedule(kubelet, worker)
  return hasNews
}

const PERIOD_SECONDS = 10
const FAILURES = 3

function containerOf({ pod }: Worker, name: string): Container | undefined {
  const { initContainers = [], containers } = pod.spec
  return [...containers, ...initContainers].find((container) => container.name === name)
}

function statusOf(worker: Worker, name: string): ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = reportedStatus(worker)
  return [...containerStatuses, ...initContainerStatuses].find((status) => status.name === name)
}

/** prober/worker.go doProbe. Returns whether the result that counts changed. */
function runProbe(
  kubelet: Kubelet,
  worker: Worker,
  probe: ProbeWorker,
  container: Container,
  spec: Probe,
): boolean {
  const status = statusOf(worker, probe.container)
  if (status?.containerID === undefined) return false
  if (probe.containerId !== status.containerID) {
    Object.assign(probe, { containerId: status.containerID, isOnHold: false, resultRun: 0 })
    probe.lastResult = undefined
    probe.result = INITIAL[probe.type]
  }
  if (probe.isOnHold) return false
  const { running } = status.state
  if (running === undefined) return setResult(probe, 'failure')
  const age = kubelet.ctx.now - Date.parse(running.startedAt)
  if (Math.floor(age / SECOND_MS) < (spec.initialDelaySeconds ?? 0)) return false
  if ((status.started === true) === (probe.type === 'startup')) return false
  const { isOk, output, isError = false } = ask(kubelet, worker, container, spec)
  if (!isOk) {
    const how = isError ? 'errored and resulted in unknown state' : 'failed'
    const text = `${TITLES[probe.type]} probe ${how}: ${output}`
    containerEvent(kubelet, worker, container.name, 'Warning', 'Unhealthy', text)
  }
  // A probe that could not be asked says nothing about the container.
  if (isError) return false
  return count(probe, isOk ? 'success' : 'failure', spec)
}

function count(probe: ProbeWorker, result: ProbeResult, spec: Probe): boolean {
  probe.resultRun = probe.lastResult === result ? probe.resultRun + 1 : 1
  probe.lastResult = result
  const needed =
    result === 'success' ? (spec.successThreshold ?? 1) : (spec.failureThreshold ?? FAILURES)
  if (probe.resultRun < needed) return false
  const hasChanged = setResult(probe, result)
  if (probe.type === 'startup' || (probe.type === 'liveness' && result === 'failure')) {
    probe.isOnHold = true
    probe.resultRun = 0
  }
  return hasChanged
}

function setResult(probe: ProbeWorker, result: ProbeResult): boolean {
  const hasChanged = probe.result !== result
  probe.result = result
  return hasChanged
}

function ask(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  spec: Probe,
): { isOk: boolean; output: string; isError?: boolean } {
  const { exec, httpGet, tcpSocket, grpc, timeoutSeconds = 1 } = spec
  const ip = reportedStatus(worker).podIP ?? ''
  if (exec !== undefined) {
    const limitMs = timeoutSeconds * SECOND_MS
    const command = exec.command ?? []
    const { code, output, error } = runBeside(kubelet, worker, container.name, command, limitMs)
    if (error !== undefined) return { isOk: false, output: error, isError: true }
    if (code !== undefined) return { isOk: code === 0, output }
    return {
      isOk: false,
      output: `command timed out: "${exec.command?.join(' ')}" timed out after ${timeoutSeconds}s`,
    }
  }
  if (httpGet !== undefined) {
    const port = portNumber(container, httpGet.port) ?? httpGet.port
    if (answersHttp(container, httpGet.port)) return { isOk: true, output: '' }
    const url = `${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${ip}:${port}${httpGet.path ?? '/'}`
    return { isOk: false, output: `Get "${url}": ${refused(ip, port)}` }
  }
  const port = tcpSocket?.port ?? grpc?.port
  if (port === undefined) return { isOk: true, output: '' }
  if (tcpSocket !== undefined && acceptsTcp(container, port)) return { isOk: true, output: '' }
  if (tcpSocket !== undefined) return { isOk: false, output: refused(ip, port) }
  const failed = `failed to connect service "${ip}:${port}" within ${timeoutSeconds}s`
  return { isOk: false, output: `timeout: ${failed}: context deadline exceeded` }
}

function refused(ip: string, port: number | string): string {
  return `dial tcp ${ip}:${port}: connect: connection refused`
}
