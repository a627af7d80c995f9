// When a node counts as lost, and what its conditions say then (pkg/controller/nodelifecycle/
// node_lifecycle_controller.go tryUpdateNodeHealth). Pure.
import { addMs, SECOND_MS, type SimTime } from '../../../base/time.ts'
import type { Node } from '../../api-types/core.ts'
import type { Condition, ConditionStatus } from '../../api-types/meta.ts'
import { conditionOf } from '../../lib/conditions.ts'
import { tickFrom, type Loop } from './loop.ts'

/** --node-monitor-grace-period, and --node-startup-grace-period for a node never heard of. */
const GRACE_MS = 50 * SECOND_MS
const STARTUP_GRACE_MS = 60 * SECOND_MS

/** The conditions a kubelet posts; others are left alone. */
const KUBELET_CONDITIONS = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure']

export function readyStatus(node: Node): ConditionStatus {
  return conditionOf(node.status.conditions, 'Ready')?.status ?? 'Unknown'
}

/** Whether the node says itself, or it is said of it, that it is not ready. */
export function isNotReady(node: Node): boolean {
  const ready = conditionOf(node.status.conditions, 'Ready')
  return ready !== undefined && ready.status !== 'True'
}

/**
 * When the silence of a node has lasted too long: the grace period counts from the tick at which
 * the loop noticed the last sign of life.
 */
export function lostAt(loop: Loop, lastSign: SimTime, hasPosted: boolean): SimTime {
  const noticedAt = tickFrom(loop, lastSign)
  return tickFrom(loop, addMs(noticedAt, hasPosted ? GRACE_MS : STARTUP_GRACE_MS))
}

/** The conditions of a lost node: what its kubelet last said is no longer known. */
export function unknownConditions(node: Node, now: string): readonly Condition[] {
  const old = node.status.conditions ?? []
  const kept = old.map((condition) =>
    KUBELET_CONDITIONS.includes(condition.type) && condition.status !== 'Unknown'
      ? {
          ...condition,
          status: 'Unknown' as const,
          lastTransitionTime: now,
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
        }
      : condition,
  )
  const missing = KUBELET_CONDITIONS.filter((type) => !old.some((other) => other.type === type))
  const never = missing.map((type) => ({
    type,
    status: 'Unknown' as const,
    lastHeartbeatTime: node.metadata.creationTimestamp,
    lastTransitionTime: now,
    reason: 'NodeStatusNeverUpdated',
    message: 'Kubelet never posted node status.',
  }))
  return [...kept, ...never]
}
