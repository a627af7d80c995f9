// The kubelet's own look at a Pod before it takes it: for Pods that did not come through the
// scheduler, or came too late (pkg/kubelet/lifecycle/predicate.go).
import type { Node } from '../../api-types/core.ts'
import type { Pod, PodStatus } from '../../api-types/pod.ts'
import { recordEvent } from '../../events.ts'
import { matchesNode } from '../../lib/node-affinity.ts'
import { milliValue, unitValue } from '../../lib/quantity.ts'
import { isTolerated } from '../../lib/taints.ts'
import { total } from './resources.ts'
import { setStatus } from './status.ts'
import { isFinalPhase } from '../../lib/pod-phase.ts'
import type { Kubelet, Worker } from './state.ts'

interface Refusal {
  reason: string
  message: string
}

/** Why the node cannot take the Pod beside these others; undefined when it can. */
export function refusalOf(pod: Pod, node: Node, others: readonly Pod[]): Refusal | undefined {
  return (
    resourceRefusal(pod, node, others) ??
    predicate('NodeAffinity', matchesNode(pod.spec, node)) ??
    predicate('NodePorts', !hasPortConflict(pod, others)) ??
    taintRefusal(pod, node)
  )
}

function predicate(name: string, holds: boolean): Refusal | undefined {
  if (holds) return undefined
  return { reason: name, message: `Predicate ${name} failed: ${PREDICATE_TEXTS[name]}` }
}

const PREDICATE_TEXTS: Readonly<Record<string, string>> = {
  NodeAffinity: "node(s) didn't match Pod's node affinity/selector",
  NodePorts: "node(s) didn't have free ports for the requested pod ports",
  TaintToleration: 'node(s) had untolerated taint(s)',
}

function taintRefusal(pod: Pod, node: Node): Refusal | undefined {
  const taints = (node.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute')
  const holds = taints.every((taint) => isTolerated(taint, pod.spec.tolerations))
  return predicate('TaintToleration', holds)
}

/** What a shortage is called, in the order it is looked for. */
const SHORTAGES: readonly { resource: string; reason: string }[] = [
  { resource: 'cpu', reason: 'OutOfcpu' },
  { resource: 'memory', reason: 'OutOfmemory' },
  { resource: 'ephemeral-storage', reason: 'OutOfephemeral-storage' },
]

function resourceRefusal(pod: Pod, node: Node, others: readonly Pod[]): Refusal | undefined {
  const capacity = node.status.allocatable ?? {}
  const pods = Number(capacity['pods'] ?? '110')
  if (others.length + 1 > pods) return shortage('OutOfpods', 'pods', 1, others.length, pods)
  for (const { resource, reason } of SHORTAGES) {
    const asked = amountOf(pod, resource)
    if (asked === 0) continue
    const used = others.reduce((sum, other) => sum + amountOf(other, resource), 0)
    const size = valueOf(capacity[resource] ?? '0', resource)
    if (asked > size - used) return shortage(reason, resource, asked, used, size)
  }
  return undefined
}

function shortage(
  reason: string,
  resource: string,
  requested: number,
  used: number,
  capacity: number,
): Refusal {
  const numbers = `requested: ${requested}, used: ${used}, capacity: ${capacity}`
  return { reason, message: `Node didn't have enough resource: ${resource}, ${numbers}` }
}

function amountOf(pod: Pod, resource: string): number {
  return valueOf(total(pod.spec, 'requests')[resource] ?? '0', resource)
}

function valueOf(text: string, resource: string): number {
  return (resource === 'cpu' ? milliValue(text) : unitValue(text)) ?? 0
}

function hasPortConflict(pod: Pod, others: readonly Pod[]): boolean {
  const wanted = hostPorts(pod)
  return (
    wanted.length > 0 && others.some((other) => hostPorts(other).some((p) => wanted.includes(p)))
  )
}

function hostPorts({ spec }: Pod): string[] {
  const ports = spec.containers.flatMap(({ ports: own = [] }) => own)
  return ports.flatMap(({ hostPort, protocol = 'TCP' }) =>
    hostPort === undefined ? [] : [`${hostPort}/${protocol}`],
  )
}

/** The Pods that count on a node: those that are not over. */
export function activePods(kubelet: Kubelet, except: string): Pod[] {
  const pods: Pod[] = []
  for (const worker of kubelet.state.workers.slots.values()) {
    const isOver = worker.stage === 'terminated' || worker.stage === 'finished'
    if (worker.uid !== except && !isOver && !isFinalPhase(worker.pod.status.phase))
      pods.push(worker.pod)
  }
  return pods
}

/** Refuses a Pod: it has failed before it began (kubelet.go rejectPod). */
export function rejectPod(kubelet: Kubelet, worker: Worker, { reason, message }: Refusal): void {
  recordEvent(kubelet.ctx, worker.pod, { type: 'Warning', reason, message })
  worker.stage = 'finished'
  const { qosClass } = worker.pod.status
  const status: PodStatus = {
    phase: 'Failed',
    reason,
    message: `Pod was rejected: ${message}`,
    conditions: (worker.pod.status.conditions ?? []).filter(({ type }) => type === 'PodScheduled'),
    ...(qosClass === undefined ? {} : { qosClass }),
  }
  setStatus(kubelet, worker, status)
}
