// Conditions of an object's status: finding, asking, and setting them as the controllers do. Pure.
import type { Condition, ConditionStatus } from '../api-types/meta.ts'

/** The condition of this type, if there is one. */
export function conditionOf(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  if (conditions === undefined) return undefined
  for (const condition of conditions) if (condition.type === type) return condition
  return undefined
}

/** Whether the condition of this type is there and True. */
export function isConditionTrue(
  conditions: readonly Condition[] | undefined,
  type: string,
): boolean {
  return conditionOf(conditions, type)?.status === 'True'
}

/** A condition that was probed and changed at `time` (an RFC 3339 text). */
export function newCondition(
  type: string,
  status: ConditionStatus,
  reason: string,
  message: string,
  time: string,
): Condition {
  return { type, status, lastProbeTime: time, lastTransitionTime: time, reason, message }
}

/**
 * The list with `wanted` in it: in place of the one of its type, or at the end. The same list when
 * nothing changes; what was never there is not added as False (ensureJobConditionStatus).
 */
export function withCondition(
  conditions: readonly Condition[],
  wanted: Condition,
): readonly Condition[] {
  const old = conditionOf(conditions, wanted.type)
  if (old === undefined) return wanted.status === 'False' ? conditions : [...conditions, wanted]
  const { status, reason, message } = wanted
  if (old.status === status && old.reason === reason && old.message === message) return conditions
  return conditions.map((condition) => (condition === old ? wanted : condition))
}
