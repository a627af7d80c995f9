// Which taints a Pod tolerates (staging/src/k8s.io/api/core/v1/toleration.go and
// component-helpers/scheduling/corev1/helpers.go). Pure.
import type { Taint } from '../api-types/core.ts'
import type { Toleration } from '../api-types/pod.ts'

/** Node condition taints that the control plane itself sets (well_known_taints.go). */
export const TAINT_NOT_READY = 'node.kubernetes.io/not-ready'
export const TAINT_UNREACHABLE = 'node.kubernetes.io/unreachable'
export const TAINT_UNSCHEDULABLE = 'node.kubernetes.io/unschedulable'
export const TAINT_MEMORY_PRESSURE = 'node.kubernetes.io/memory-pressure'
export const TAINT_DISK_PRESSURE = 'node.kubernetes.io/disk-pressure'
export const TAINT_PID_PRESSURE = 'node.kubernetes.io/pid-pressure'
/** What a person sets who knows that the machine is switched off. */
export const TAINT_OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'
export const TAINT_NETWORK_UNAVAILABLE = 'node.kubernetes.io/network-unavailable'

/**
 * Whether one toleration covers one taint: an empty effect means every effect, an empty key with
 * Exists every key, an empty operator Equal (Toleration.ToleratesTaint).
 */
export function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.key && toleration.key !== taint.key) return false
  const operator = toleration.operator || 'Equal'
  if (operator === 'Exists') return true
  if (operator !== 'Equal') return false
  return (toleration.value ?? '') === (taint.value ?? '')
}

export function isTolerated(taint: Taint, tolerations: readonly Toleration[] = []): boolean {
  return tolerations.some((toleration) => toleratesTaint(toleration, taint))
}

/** The first taint in the node's order that repels the Pod; PreferNoSchedule never does. */
export function untoleratedTaint(
  taints: readonly Taint[] = [],
  tolerations: readonly Toleration[] = [],
): Taint | undefined {
  return taints.find(
    (taint) => taint.effect !== 'PreferNoSchedule' && !isTolerated(taint, tolerations),
  )
}

/** Whether two taints are the same one: key and effect name a taint (Taint.MatchTaint). */
export function sameTaint(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect
}
