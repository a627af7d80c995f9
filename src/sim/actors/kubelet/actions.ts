// What a sync has to do to bring a Pod from what the runtime shows to what its spec says
// (kuberuntime_manager.go computePodActions, computeInitContainerActions). Pure.
import type { Container, Pod } from '../../api-types/pod.ts'
import type { ContainerView, PodView } from '../../machine.ts'
import { shouldStart, viewByName } from './container-status.ts'
import { isSidecar } from '../../lib/sidecar.ts'
import { restartsAfter } from './phase.ts'
import type { ProbeResult, ProbeType } from './probe-state.ts'
import { probeOf } from './probe-results.ts'
import type { Start } from './pod-operation.ts'
import type { Worker } from './state.ts'

export interface KillAction {
  id: string
  name: string
  /** The text of the Killing event. */
  message: string
  /** Which probe asks for it: it may have a grace period of its own. */
  probe: ProbeType | undefined
}

interface PodActions {
  /** Nothing is left to run: everything that still does is stopped, and the sandbox. */
  killPod: boolean
  createSandbox: boolean
  starts: Start[]
  kills: KillAction[]
}

export function podActions(worker: Worker, view: PodView | undefined): PodActions {
  const { spec } = worker.pod
  if (view?.sandbox?.ready !== true) return freshActions(worker.pod, view)
  const actions: PodActions = { killPod: false, createSandbox: false, starts: [], kills: [] }
  if (!initActions(worker, view, actions)) return actions
  const kept = spec.containers.filter((container) =>
    regularActions(worker, container, view, actions),
  )
  const isStarting = actions.starts.some(({ isInit }) => !isInit)
  if (kept.length === 0 && !isStarting) return { ...actions, killPod: true, starts: [] }
  return actions
}

/** Everything begins with a new sandbox. */
function freshActions(pod: Pod, view: PodView | undefined): PodActions {
  const { spec } = pod
  const hasRun = view?.sandbox !== undefined && view.containers.length > 0
  const startable = spec.containers.filter((container) => {
    const present = viewByName(view, container.name)
    const policy = container.restartPolicy ?? spec.restartPolicy
    return !(policy === 'OnFailure' && present?.state === 'exited' && present.exitCode === 0)
  })
  const isOver = (hasRun && spec.restartPolicy === 'Never') || (hasRun && startable.length === 0)
  if (isOver) return { killPod: false, createSandbox: false, starts: [], kills: [] }
  const first = spec.initContainers?.[0]
  const starts =
    first === undefined
      ? startable.map(({ name }) => ({ name, isInit: false }))
      : [{ name: first.name, isInit: true }]
  return { killPod: false, createSandbox: true, starts, kills: [] }
}

/** Adds what the init containers need. Returns whether the Pod is initialized. */
function initActions(worker: Worker, view: PodView, actions: PodActions): boolean {
  const { spec } = worker.pod
  const inits = spec.initContainers ?? []
  if (inits.length === 0) return true
  let hasInitialized = spec.containers.some(
    ({ name }) => viewByName(view, name)?.state === 'running',
  )
  let isPast = hasInitialized
  const wanted: number[] = []
  for (let i = inits.length - 1; i >= 0; i--) {
    const container = inits[i]!
    const present = viewByName(view, container.name)
    if (present === undefined) {
      if (isPast && isSidecar(container)) wanted.push(i)
      continue
    }
    if (isPast && !isSidecar(container)) continue
    const verdict = initVerdict(worker, container, present)
    if (verdict === 'hopeless') {
      actions.starts = []
      actions.killPod = true
      return false
    }
    if (verdict === 'restart' || verdict === 'renew') {
      if (present.state === 'running') actions.kills.push(killOf(worker, container, present, true)!)
      wanted.push(i)
    }
    if (verdict === 'done' || verdict === 'renew') {
      if (i === inits.length - 1) hasInitialized = true
      else if (!isPast) wanted.push(i + 1)
    }
    isPast = true
  }
  if (!isPast) wanted.push(0)
  wanted.sort((a, b) => a - b)
  for (const i of wanted) actions.starts.push({ name: inits[i]!.name, isInit: true })
  return hasInitialized
}

/** `renew`: it has started once, which is all the others wait for, and is to start again. */
function initVerdict(
  worker: Worker,
  container: Container,
  present: ContainerView,
): 'wait' | 'restart' | 'renew' | 'done' | 'hopeless' {
  if (present.state === 'created') return 'restart'
  if (present.state === 'running') {
    if (!isSidecar(container)) return 'wait'
    const startup = resultOf(worker, present, 'startup')
    if (container.startupProbe !== undefined && startup !== 'success')
      return startup === 'failure' ? 'restart' : 'wait'
    const isToGo = resultOf(worker, present, 'liveness') === 'failure'
    return isToGo || isChanged(container, present) ? 'renew' : 'done'
  }
  if (isSidecar(container)) return 'restart'
  if (present.exitCode === 0) return 'done'
  return restartsAfter(container, worker.pod.spec, present.exitCode) ? 'restart' : 'hopeless'
}

/** Adds what a regular container needs. Returns whether it runs and is to continue. */
function regularActions(
  worker: Worker,
  container: Container,
  view: PodView,
  actions: PodActions,
): boolean {
  const { name } = container
  const present = viewByName(view, name)
  if (present?.state !== 'running') {
    if (shouldStart(worker.pod, container, view)) actions.starts.push({ name, isInit: false })
    return false
  }
  // What the spec says now is run whatever the restart policy.
  const policy = container.restartPolicy ?? worker.pod.spec.restartPolicy
  const restarts = policy !== 'Never' || isChanged(container, present)
  const kill = killOf(worker, container, present, restarts)
  if (kill === undefined) return true
  actions.kills.push(kill)
  if (restarts) actions.starts.push({ name, isInit: false })
  return false
}

/** Whether a running container is of another image than the spec asks for by now. */
function isChanged({ image }: Container, present: ContainerView): boolean {
  return present.specImage !== image
}

/** The end of a running container that the spec or its probes ask for. */
function killOf(
  worker: Worker,
  container: Container,
  present: ContainerView,
  restarts: boolean,
): KillAction | undefined {
  const { id, name } = present
  if (isChanged(container, present)) {
    const isInit = worker.pod.spec.initContainers?.includes(container) === true
    const text = `${isInit ? 'Init container' : 'Container'} ${name} definition changed`
    return { id, name, message: isInit ? text : `${text}, will be restarted`, probe: undefined }
  }
  for (const probe of ['liveness', 'startup'] as const) {
    if (resultOf(worker, present, probe) !== 'failure') continue
    const kind = worker.pod.spec.initContainers?.some((c) => c.name === name) ? 'Init c' : 'C'
    const suffix = restarts && kind === 'C' ? ', will be restarted' : ''
    return { id, name, message: `${kind}ontainer ${name} failed ${probe} probe${suffix}`, probe }
  }
  return undefined
}

function resultOf(
  worker: Worker,
  { id, name }: ContainerView,
  type: ProbeType,
): ProbeResult | undefined {
  const probe = probeOf(worker, name, type)
  return probe?.containerId === id ? probe.result : undefined
}
