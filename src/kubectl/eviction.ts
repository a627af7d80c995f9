// What an eviction writes before it deletes: the condition by which controllers tell a disruption
// from a failure (registry/core/pod/storage/eviction.go).
import { formatTime } from '../base/time.ts'
import type { Condition } from '../sim/api-types/meta.ts'
import type { Pod } from '../sim/api-types/pod.ts'
import { updateStatus, type By } from '../sim/api.ts'
import type { World } from '../sim/world.ts'

/** Marks a Pod that still runs; what has ended or is going anyway stays as it is. */
export function markEvicted(world: World, by: By, pod: Pod): void {
  const finished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'
  if (finished || pod.metadata.deletionTimestamp !== undefined) return
  const condition: Condition = {
    lastProbeTime: null,
    lastTransitionTime: formatTime(world.now),
    message: 'Eviction API: evicting',
    reason: 'EvictionByEvictionAPI',
    status: 'True',
    type: 'DisruptionTarget',
  }
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== condition.type)
  const status = { ...pod.status, conditions: [...others, condition] }
  updateStatus(world, by, { ...pod, status })
}
