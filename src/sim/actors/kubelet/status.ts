// The status of a Pod: computed from the runtime (kubelet_pods.go generateAPIPodStatus), kept, and
// written to the API server when it changed (status/status_manager.go).
import { compact, extend } from '../../../base/plain.ts'
import { formatTime, SECOND_MS } from '../../../base/time.ts'
import type { Node } from '../../api-types/core.ts'
import type { Condition } from '../../api-types/meta.ts'
import type { Pod, PodPhase, PodStatus } from '../../api-types/pod.ts'
import { deleteObject, updateStatus } from '../../api.ts'
import { recordEvent } from '../../events.ts'
import { isFinalPhase } from '../../lib/pod-phase.ts'
import type { PodView } from '../../machine.ts'
import { getObject } from '../../store.ts'
import { condition, isKubeletCondition, isSameStatus, podConditions } from './conditions.ts'
import { containerStatuses } from './container-status.ts'
import { phaseOf } from './phase.ts'
import { withReadiness } from './probe-results.ts'
import { podResources } from './resources.ts'
import type { Kubelet, Worker } from './state.ts'

/** What the kubelet last reported, or what the API server has. */
export function reportedStatus(worker: Worker): PodStatus {
  return worker.status ?? worker.pod.status
}

/** The live Pod, unless another has taken its name. */
function livePod({ ctx }: Kubelet, worker: Worker): Pod | undefined {
  const pod = getObject<Pod>(ctx.world.store, 'Pod', worker.key)
  return pod?.metadata.uid === worker.uid ? pod : undefined
}

/** The status as the runtime's view has it. `isTerminal`: the Pod is being ended. */
export function generateStatus(
  kubelet: Kubelet,
  worker: Worker,
  view: PodView | undefined,
  isTerminal: boolean,
): PodStatus {
  const { pod } = worker
  const old = reportedStatus(worker)
  const init = (pod.spec.initContainers ?? []).length > 0
  const rawInit = init ? containerStatuses(worker, view, old, true) : []
  const rawContainers = containerStatuses(worker, view, old, false)
  const hasInitialized = pod.spec.containers.some(({ name }) =>
    view?.containers.some((container) => container.name === name),
  )
  const all = [...rawContainers, ...rawInit]
  const computed = phaseOf(pod.spec, all, isTerminal, hasInitialized)
  const verdict = settledPhase(kubelet, worker, old, computed)
  const containers = withReadiness(worker, rawContainers, false)
  const inits = withReadiness(worker, rawInit, true)
  const next = compact({
    phase: verdict.phase,
    containerStatuses: containers,
    initContainerStatuses: init ? inits : undefined,
  })
  const hasSandbox = view?.sandbox?.ready === true
  const now = formatTime(kubelet.ctx.now)
  const fixed = {
    conditions: podConditions(pod, old, next, hasSandbox, now),
    startTime: old.startTime ?? now,
  }
  const { qosClass } = pod.status
  const ofSpec = compact({ qosClass, ...podResources(pod) })
  return Object.assign({}, verdict, fixed, addresses(kubelet, pod, view, old), next, ofSpec)
}

/** A phase that is final stays; the reason belongs to the phase; a deadline overrides all. */
function settledPhase(
  kubelet: Kubelet,
  worker: Worker,
  old: PodStatus,
  computed: PodPhase,
): { phase: PodPhase } & Pick<PodStatus, 'reason' | 'message'> {
  const { pod } = worker
  if (isPastDeadline(kubelet, worker)) {
    recordEvent(kubelet.ctx, pod, { type: 'Normal', reason: DEADLINE, message: DEADLINE_MESSAGE })
    return { phase: 'Failed', reason: DEADLINE, message: DEADLINE_MESSAGE }
  }
  const reached = [pod.status.phase, isFinalPhase(computed) ? undefined : old.phase]
  const phase = reached.find(isFinalPhase) ?? computed
  if (phase !== old.phase) return { phase }
  const reason = old.reason ?? pod.status.reason
  const message = old.message ?? pod.status.message
  return compact({ phase, reason, message })
}

const DEADLINE = 'DeadlineExceeded'
const DEADLINE_MESSAGE = 'Pod was active on the node longer than the specified deadline'

/** Milliseconds since the epoch at which the Pod's own deadline is over; undefined without one. */
export function deadlineOf(worker: Worker): number | undefined {
  const seconds = worker.pod.spec.activeDeadlineSeconds
  const { startTime } = reportedStatus(worker)
  if (seconds === undefined || startTime === undefined) return undefined
  return Date.parse(startTime) + seconds * SECOND_MS
}

function isPastDeadline({ ctx }: Kubelet, worker: Worker): boolean {
  const deadline = deadlineOf(worker)
  return deadline !== undefined && ctx.now >= deadline
}

function addresses(
  { ctx }: Kubelet,
  pod: Pod,
  view: PodView | undefined,
  old: PodStatus,
): Pick<PodStatus, 'hostIP' | 'hostIPs' | 'podIP' | 'podIPs'> {
  const node = getObject<Node>(ctx.world.store, 'Node', ctx.instance)
  const own = node?.status.addresses?.find(({ type }) => type === 'InternalIP')?.address
  const hostIP = own ?? old.hostIP
  const host = hostIP === undefined ? {} : { hostIP, hostIPs: [{ ip: hostIP }] }
  const ip = pod.spec.hostNetwork ? hostIP : view?.ip || undefined
  return ip === undefined ? host : extend(host, { podIP: ip, podIPs: [{ ip }] })
}

/** Right after the sandbox is there, before any image (kubelet.go OnPodSandboxReady). */
export function reportSandbox(kubelet: Kubelet, worker: Worker): void {
  const old = reportedStatus(worker)
  const type = 'PodReadyToStartContainers'
  const ready = condition(worker.pod, old, type, { status: 'True' }, formatTime(kubelet.ctx.now))
  const conditions = (old.conditions ?? []).map((other) => (other.type === type ? ready : other))
  setStatus(kubelet, worker, { ...old, conditions })
}

/** Keeps a status and writes it, unless it says nothing new and nothing forces it. */
export function setStatus(kubelet: Kubelet, worker: Worker, next: PodStatus): void {
  const { generation = 0, deletionTimestamp } = worker.pod.metadata
  const observed = Math.max(worker.status?.observedGeneration ?? 0, generation)
  const status = observed === 0 ? next : extend(next, { observedGeneration: observed })
  const isForced = deletionTimestamp !== undefined
  const { status: old } = worker
  if (old !== undefined && !isForced && isSameStatus(old, status)) return
  worker.status = status
  writeStatus(kubelet, worker)
}

/**
 * Writes the kept status. A terminal phase waits until no container can be running any more
 * (status_manager.go mergePodStatus).
 */
function writeStatus(kubelet: Kubelet, worker: Worker): void {
  const live = livePod(kubelet, worker)
  if (live === undefined || worker.status === undefined) return
  const { ctx } = kubelet
  const status = mergedStatus(worker, worker.status, live.status)
  updateStatus<Pod>(ctx.world, ctx.by, { ...live, status })
}

/** The kept status with what is not the kubelet's: conditions of others, a phase held back. */
function mergedStatus(worker: Worker, kept: PodStatus, live: PodStatus): PodStatus {
  const delays = isFinalPhase(kept.phase) && !isFinalPhase(live.phase) && couldRun(worker)
  const isForeign = ({ type }: Condition) => !isKubeletCondition(type)
  const foreign = (live.conditions ?? []).filter(isForeign)
  if (!delays && foreign.length === 0 && !kept.conditions?.some(isForeign)) return kept
  const { phase: _phase, reason: _reason, message: _message, ...rest } = kept
  const { phase, reason, message } = delays ? live : kept
  const conditions = [...foreign, ...(kept.conditions ?? []).filter((own) => !isForeign(own))]
  return extend(compact({ phase, reason, message }), { ...rest, conditions })
}

function couldRun(worker: Worker): boolean {
  return worker.stage === 'syncing' || worker.stage === 'terminating'
}

/**
 * The kubelet is done with the Pod: every container has an end, the phase is final, and a Pod that
 * is marked for deletion is deleted (status_manager.go TerminatePod, canBeDeleted).
 */
export function finishStatus(kubelet: Kubelet, worker: Worker): void {
  const old = reportedStatus(worker)
  const phase = isFinalPhase(old.phase) ? old.phase : 'Failed'
  const isInitialized = hasInitialized(worker.pod, old)
  const statuses = old.containerStatuses ?? []
  const ended = isInitialized ? statuses.map(withEnd) : statuses
  const final = phase === old.phase && ended.every((status, i) => status === statuses[i])
  if (worker.status === undefined || !final)
    setStatus(kubelet, worker, final ? old : { ...old, phase: phase!, containerStatuses: ended })
  // What was held back while a container might have been running is written now.
  writeStatus(kubelet, worker)
  const live = livePod(kubelet, worker)
  if (live?.metadata.deletionTimestamp === undefined) return
  const { ctx } = kubelet
  const options = { gracePeriodSeconds: 0, uid: worker.uid }
  deleteObject(ctx.world, ctx.by, 'Pod', worker.key, options)
}

function withEnd<T extends NonNullable<PodStatus['containerStatuses']>[number]>(status: T): T {
  if (status.state.terminated !== undefined) return status
  const terminated = {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
    startedAt: null,
    finishedAt: null,
  }
  return { ...status, state: { terminated } }
}

/** Whether all init containers were through at some time (status_manager.go hasPodInitialized). */
function hasInitialized(pod: Pod, status: PodStatus): boolean {
  if ((pod.spec.initContainers ?? []).length === 0) return true
  const { containerStatuses: containers = [], initContainerStatuses: inits = [] } = status
  if (containers.some((c) => c.lastState.terminated !== undefined || !c.state.waiting)) return true
  const last = inits.at(-1)
  if (last?.state.running !== undefined) return last.started === true
  return (last?.state.terminated ?? last?.lastState.terminated)?.exitCode === 0
}
