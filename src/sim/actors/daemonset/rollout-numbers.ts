// How many Pods an update may take away or add (pkg/controller/daemon/util/daemonset_util.go
// UnavailableCount, SurgeCount). Percentages are of the desired number, rounded up.
import type { DaemonSet } from '../../api-types/apps.ts'
import type { IntOrString } from '../../api-types/meta.ts'
import { scaledValue } from '../../lib/int-or-string.ts'

interface RolloutNumbers {
  maxUnavailable: number
  maxSurge: number
}

export function rolloutNumbers(set: DaemonSet, desired: number): RolloutNumbers {
  const { type, rollingUpdate = {} } = set.spec.updateStrategy ?? {}
  if (type !== 'RollingUpdate') return { maxUnavailable: 0, maxSurge: 0 }
  const count = (value: IntOrString): number => scaledValue(value, desired, true) || 0
  const maxUnavailable = count(rollingUpdate.maxUnavailable ?? 1)
  const maxSurge = count(rollingUpdate.maxSurge ?? 0)
  const stuck = desired > 0 && maxUnavailable === 0 && maxSurge === 0
  return { maxUnavailable: stuck ? 1 : maxUnavailable, maxSurge }
}

/** Whether an update may run a second Pod on a node at all. */
export function allowsSurge(set: DaemonSet): boolean {
  return rolloutNumbers(set, 1).maxSurge > 0
}
