// The conditions a kubelet writes into a Pod's status, in its order
// (pkg/kubelet/status/generate.go).
import { deepEqual } from '../../../base/deep-equal.ts'
import { compact } from '../../../base/plain.ts'
import type { Condition, ConditionStatus } from '../../api-types/meta.ts'
import type { ContainerStatus, Pod, PodPhase, PodStatus } from '../../api-types/pod.ts'
import { isSidecar } from '../../lib/sidecar.ts'

const KUBELET_CONDITIONS: ReadonlySet<string> = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
])

/** Whether the kubelet alone writes conditions of this type (PodConditionByKubelet). */
export function isKubeletCondition(type: string): boolean {
  return KUBELET_CONDITIONS.has(type)
}

interface ConditionVerdict {
  status: ConditionStatus
  reason?: string
  message?: string
}

/** All conditions of a status: first those of others, then the kubelet's own. */
export function podConditions(
  pod: Pod,
  old: PodStatus,
  next: { phase: PodPhase } & Pick<PodStatus, 'containerStatuses' | 'initContainerStatuses'>,
  hasSandbox: boolean,
  now: string,
): Condition[] {
  const statuses = [...(next.initContainerStatuses ?? []), ...(next.containerStatuses ?? [])]
  const ready = readiness(pod, statuses, next.phase)
  const foreign = (pod.status.conditions ?? []).filter(({ type }) => !isKubeletCondition(type))
  const make = (type: string, verdict: ConditionVerdict) => condition(pod, old, type, verdict, now)
  return [
    ...foreign,
    make('PodReadyToStartContainers', { status: hasSandbox ? 'True' : 'False' }),
    make('Initialized', initialization(pod, statuses, next.phase)),
    make('Ready', gatedReadiness(pod, foreign, ready)),
    make('ContainersReady', ready),
    make('PodScheduled', { status: 'True' }),
  ]
}

/** A condition with the time of its last change of status. */
export function condition(
  pod: Pod,
  old: PodStatus,
  type: string,
  { status, reason, message }: ConditionVerdict,
  now: string,
): Condition {
  const before = old.conditions?.find((candidate) => candidate.type === type)
  const since = before?.status === status ? before.lastTransitionTime : undefined
  return compact({
    type,
    observedGeneration: pod.metadata.generation,
    status,
    lastProbeTime: null,
    lastTransitionTime: since ?? now,
    reason,
    message,
  })
}

function readiness(
  pod: Pod,
  statuses: readonly ContainerStatus[],
  phase?: PodPhase,
): ConditionVerdict {
  const unknown: string[] = []
  const unready: string[] = []
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar)
  for (const { name } of [...sidecars, ...pod.spec.containers]) {
    const status = statuses.find((candidate) => candidate.name === name)
    if (status === undefined) unknown.push(name)
    else if (!status.ready) unready.push(name)
  }
  if (phase === 'Succeeded' && unknown.length === 0)
    return { status: 'False', reason: 'PodCompleted' }
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' }
  const message = [named('unknown', unknown), named('unready', unready)].filter(Boolean).join(', ')
  if (message === '') return { status: 'True' }
  return { status: 'False', reason: 'ContainersNotReady', message }
}

/** Readiness gates ask for conditions that others set. */
function gatedReadiness(
  pod: Pod,
  conditions: readonly Condition[],
  ready: ConditionVerdict,
): ConditionVerdict {
  const gates = (pod.spec as { readinessGates?: readonly { conditionType: string }[] })
    .readinessGates
  if (ready.status !== 'True' || gates === undefined) return ready
  const missing = gates.flatMap(({ conditionType }) => {
    const found = conditions.find(({ type }) => type === conditionType)
    if (found === undefined)
      return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`]
    if (found.status === 'True') return []
    return [
      `the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`,
    ]
  })
  if (missing.length === 0) return ready
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: missing.join(', ') }
}

function initialization(
  pod: Pod,
  statuses: readonly ContainerStatus[],
  phase: PodPhase | undefined,
): ConditionVerdict {
  const unknown: string[] = []
  const incomplete: string[] = []
  for (const container of pod.spec.initContainers ?? []) {
    const status = statuses.find(({ name }) => name === container.name)
    if (status === undefined) unknown.push(container.name)
    else if (!(isSidecar(container) ? status.started === true : status.ready))
      incomplete.push(container.name)
  }
  if (phase === 'Succeeded' && unknown.length === 0)
    return { status: 'True', reason: 'PodCompleted' }
  const regular = new Set(pod.spec.containers.map(({ name }) => name))
  const hasStarted = statuses.some(
    ({ name, state }) =>
      regular.has(name) && (state.running !== undefined || state.terminated !== undefined),
  )
  const parts = [named('unknown', unknown), named('incomplete', incomplete)].filter(Boolean)
  if (hasStarted || parts.length === 0) return { status: 'True' }
  return { status: 'False', reason: 'ContainersNotInitialized', message: parts.join(', ') }
}

function named(what: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `containers with ${what} status: [${names.join(' ')}]`
}

/**
 * The statuses equal as far as the kubelet writes them (isPodStatusByKubeletEqual): conditions of
 * others do not count.
 */
export function isSameStatus(a: PodStatus, b: PodStatus): boolean {
  const { conditions: before = [], ...restA } = a
  const { conditions: after = [], ...restB } = b
  return hasSameOwn(before, after) && deepEqual(restA, restB)
}

/** Both lists have the kubelet's conditions in the same order. */
function hasSameOwn(a: readonly Condition[], b: readonly Condition[]): boolean {
  let i = 0
  for (const one of a) {
    if (!isKubeletCondition(one.type)) continue
    while (i < b.length && !isKubeletCondition(b[i]!.type)) i++
    if (!deepEqual(one, b[i++])) return false
  }
  while (i < b.length && !isKubeletCondition(b[i]!.type)) i++
  return i === b.length
}
