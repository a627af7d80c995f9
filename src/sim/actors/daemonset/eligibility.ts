// On which nodes a daemon Pod belongs (pkg/controller/daemon/daemon_controller.go
// NodeShouldRunDaemonPod, util/daemonset_util.go). Resources, readiness and cordoning do not count.
import type { DaemonSet } from '../../api-types/apps.ts'
import type { Node } from '../../api-types/core.ts'
import type { PodSpec, Toleration } from '../../api-types/pod.ts'
import { matchesNode } from '../../lib/node-affinity.ts'
import {
  TAINT_DISK_PRESSURE,
  TAINT_MEMORY_PRESSURE,
  TAINT_NETWORK_UNAVAILABLE,
  TAINT_NOT_READY,
  TAINT_PID_PRESSURE,
  TAINT_UNREACHABLE,
  TAINT_UNSCHEDULABLE,
  untoleratedTaint,
} from '../../lib/taints.ts'

interface Eligibility {
  /** A Pod should be started there. */
  shouldRun: boolean
  /** A Pod that runs there may stay. */
  shouldContinue: boolean
}

const NO: Eligibility = { shouldRun: false, shouldContinue: false }

/** What daemon Pods tolerate beside what their template says. */
const EXECUTE_TAINTS = [TAINT_NOT_READY, TAINT_UNREACHABLE]
const SCHEDULE_TAINTS = [
  TAINT_DISK_PRESSURE,
  TAINT_MEMORY_PRESSURE,
  TAINT_PID_PRESSURE,
  TAINT_UNSCHEDULABLE,
]

/** Remembered: a set asks for every node whenever one of its Pods changes. */
export function eligibilityOf(set: DaemonSet, node: Node): Eligibility {
  const { spec } = set.spec.template
  let ofSpec = remembered.get(spec)
  if (ofSpec === undefined) remembered.set(spec, (ofSpec = new WeakMap()))
  let eligibility = ofSpec.get(node)
  if (eligibility === undefined) ofSpec.set(node, (eligibility = eligible(spec, node)))
  return eligibility
}

const remembered = new WeakMap<PodSpec, WeakMap<Node, Eligibility>>()

function eligible(spec: PodSpec, node: Node): Eligibility {
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return NO
  if (!matchesNode(spec, node)) return NO
  const tolerations = daemonTolerations(spec)
  const taints = node.spec.taints ?? []
  const executing = taints.filter(({ effect }) => effect === 'NoExecute')
  return {
    shouldRun: untoleratedTaint(taints, tolerations) === undefined,
    shouldContinue: untoleratedTaint(executing, tolerations) === undefined,
  }
}

const known = new WeakMap<PodSpec, readonly Toleration[]>()

/** The template's tolerations with the automatic ones (AddOrUpdateDaemonPodTolerations). */
export function daemonTolerations(spec: PodSpec): readonly Toleration[] {
  let tolerations = known.get(spec)
  if (tolerations === undefined) {
    tolerations = automatic(spec).reduce(addOrUpdate, spec.tolerations ?? [])
    known.set(spec, tolerations)
  }
  return tolerations
}

function automatic(spec: PodSpec): readonly Toleration[] {
  const exists = (key: string, effect: 'NoSchedule' | 'NoExecute'): Toleration => ({
    key,
    operator: 'Exists',
    effect,
  })
  return [
    ...EXECUTE_TAINTS.map((key) => exists(key, 'NoExecute')),
    ...SCHEDULE_TAINTS.map((key) => exists(key, 'NoSchedule')),
    ...(spec.hostNetwork ? [exists(TAINT_NETWORK_UNAVAILABLE, 'NoSchedule')] : []),
  ]
}

function addOrUpdate(list: readonly Toleration[], added: Toleration): readonly Toleration[] {
  const same = (other: Toleration): boolean =>
    other.key === added.key &&
    other.effect === added.effect &&
    other.operator === added.operator &&
    (other.value ?? '') === (added.value ?? '')
  return list.some(same) ? list.map((item) => (same(item) ? added : item)) : [...list, added]
}
