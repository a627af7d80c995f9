// The phase of a Pod from the states of its containers (pkg/kubelet/kubelet_pods.go getPhase).
import type { Container, ContainerStatus, PodPhase, PodSpec } from '../../api-types/pod.ts'
import { isSidecar } from '../../lib/sidecar.ts'

/** Whether a container that ended with this code is started again (ContainerShouldRestart). */
export function restartsAfter(container: Container, spec: PodSpec, exitCode: number): boolean {
  if (matchesRestartRule(container, exitCode)) return true
  const policy = container.restartPolicy ?? spec.restartPolicy
  if (policy === 'Never') return false
  return policy === 'OnFailure' ? exitCode !== 0 : true
}

/** Whether one of the container's own rules wants it back (ContainerHasRestartablePolicy). */
function matchesRestartRule({ restartPolicyRules = [] }: Container, exitCode: number): boolean {
  return restartPolicyRules.some(({ action, exitCodes }) => {
    if (action !== 'Restart' || exitCodes === undefined) return false
    return (exitCodes.values ?? []).includes(exitCode) === (exitCodes.operator === 'In')
  })
}

interface Tally {
  pendingInit: number
  pendingSidecars: number
  initFailed: number
  unknown: number
  running: number
  waiting: number
  stopped: number
  stoppedForGood: number
  succeeded: number
}

/**
 * The phase. `isTerminal`: the Pod is being ended, nothing restarts. `hasInitialized`: a regular
 * container runs or ran in this sandbox.
 */
export function phaseOf(
  spec: PodSpec,
  statuses: readonly ContainerStatus[],
  isTerminal: boolean,
  hasInitialized: boolean,
): PodPhase {
  const tally = tallyOf(spec, statuses)
  if (tally.initFailed > 0) return 'Failed'
  if (tally.pendingInit > 0 || (tally.pendingSidecars > 0 && !hasInitialized)) return 'Pending'
  if (tally.waiting > 0 || tally.unknown > 0) return 'Pending'
  if (tally.running > 0) return 'Running'
  if (tally.stopped === 0) return 'Pending'
  if (!isTerminal && tally.stopped !== tally.stoppedForGood) return 'Running'
  return tally.stopped === tally.succeeded ? 'Succeeded' : 'Failed'
}

function tallyOf(spec: PodSpec, statuses: readonly ContainerStatus[]): Tally {
  const tally: Tally = {
    pendingInit: 0,
    pendingSidecars: 0,
    initFailed: 0,
    unknown: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    stoppedForGood: 0,
    succeeded: 0,
  }
  const statusOf = (name: string) => statuses.find((status) => status.name === name)
  for (const container of spec.initContainers ?? []) {
    const status = statusOf(container.name)
    if (isSidecar(container)) countSidecar(tally, status)
    else countInit(tally, spec, container, status)
  }
  for (const container of spec.containers)
    countRegular(tally, spec, container, statusOf(container.name))
  return tally
}

function countInit(
  tally: Tally,
  spec: PodSpec,
  container: Container,
  status: ContainerStatus | undefined,
): void {
  const { terminated = status?.lastState.terminated } = status?.state ?? {}
  if (terminated === undefined || status?.state.running !== undefined) tally.pendingInit++
  else if (terminated.exitCode !== 0 && !restartsAfter(container, spec, terminated.exitCode))
    tally.initFailed++
}

function countSidecar(tally: Tally, status: ContainerStatus | undefined): void {
  if (status === undefined) tally.unknown++
  else if (status.state.running !== undefined) {
    if (status.started !== true) tally.pendingSidecars++
    tally.running++
  } else if (status.state.waiting !== undefined && status.lastState.terminated === undefined) {
    tally.pendingSidecars++
    tally.waiting++
  }
}

function countRegular(
  tally: Tally,
  spec: PodSpec,
  container: Container,
  status: ContainerStatus | undefined,
): void {
  if (status === undefined) tally.unknown++
  else if (status.state.running !== undefined) tally.running++
  else {
    const terminated = status.state.terminated ?? status.lastState.terminated
    if (terminated === undefined) {
      tally.waiting++
      return
    }
    tally.stopped++
    if (!restartsAfter(container, spec, terminated.exitCode)) tally.stoppedForGood++
    if (status.state.terminated?.exitCode === 0) tally.succeeded++
  }
}
