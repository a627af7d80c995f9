// The taints that follow from what a node says of itself (node_lifecycle_controller.go
// doNoScheduleTaintingPass, processTaintBaseEviction; pkg/controller/util/node). Pure.
import type { Node, Taint } from '../../api-types/core.ts'
import type { TaintEffect } from '../../api-types/pod.ts'
import { isConditionTrue } from '../../lib/conditions.ts'
import {
  sameTaint,
  TAINT_DISK_PRESSURE,
  TAINT_MEMORY_PRESSURE,
  TAINT_NETWORK_UNAVAILABLE,
  TAINT_NOT_READY,
  TAINT_PID_PRESSURE,
  TAINT_UNREACHABLE,
  TAINT_UNSCHEDULABLE,
} from '../../lib/taints.ts'
import { readyStatus } from './health.ts'

const PRESSURES: readonly (readonly [condition: string, key: string])[] = [
  ['MemoryPressure', TAINT_MEMORY_PRESSURE],
  ['DiskPressure', TAINT_DISK_PRESSURE],
  ['NetworkUnavailable', TAINT_NETWORK_UNAVAILABLE],
  ['PIDPressure', TAINT_PID_PRESSURE],
]

/** Every key that this controller puts on nodes and takes away again. */
const OWN_KEYS = [
  TAINT_NOT_READY,
  TAINT_UNREACHABLE,
  TAINT_UNSCHEDULABLE,
  ...PRESSURES.map(([, key]) => key),
]

/** The taint for a node that is not ready; undefined for one that is. */
function readinessKey(node: Node): string | undefined {
  const status = readyStatus(node)
  if (status === 'True') return undefined
  return status === 'False' ? TAINT_NOT_READY : TAINT_UNREACHABLE
}

/** The node's taints with the NoSchedule ones as its conditions and its cordon want them. */
export function scheduleTaints(node: Node, now: string): readonly Taint[] {
  const keys = PRESSURES.filter(([type]) => isConditionTrue(node.status.conditions, type)).map(
    ([, key]) => key,
  )
  const readiness = readinessKey(node)
  if (readiness !== undefined) keys.push(readiness)
  if (node.spec.unschedulable === true) keys.push(TAINT_UNSCHEDULABLE)
  return replaced(node, keys, OWN_KEYS, 'NoSchedule', now)
}

/** The node's taints with the NoExecute one as its readiness wants it. */
export function executeTaints(node: Node, now: string): readonly Taint[] {
  const key = readinessKey(node)
  const own = [TAINT_NOT_READY, TAINT_UNREACHABLE]
  return replaced(node, key === undefined ? [] : [key], own, 'NoExecute', now)
}

/** Whether it carries either NoExecute taint of this controller. */
export function hasExecuteTaint(node: Node): boolean {
  return (node.spec.taints ?? []).some(
    ({ key, effect }) =>
      effect === 'NoExecute' && (key === TAINT_NOT_READY || key === TAINT_UNREACHABLE),
  )
}

/** The same array when nothing changes. */
function replaced(
  node: Node,
  wanted: readonly string[],
  own: readonly string[],
  effect: TaintEffect,
  timeAdded: string,
): readonly Taint[] {
  const old = node.spec.taints ?? []
  const kept = old.filter(
    (taint) => taint.effect !== effect || !own.includes(taint.key) || wanted.includes(taint.key),
  )
  const added = wanted
    .map((key): Taint => ({ key, effect, timeAdded }))
    .filter((taint) => !kept.some((other) => sameTaint(other, taint)))
  return kept.length === old.length && added.length === 0 ? old : [...kept, ...added]
}
