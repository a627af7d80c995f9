// The API's eviction of a Pod: a deletion whose reason stays in the Pod's status, so that its
// controller can tell it from a failure (registry/core/pod/storage/eviction.go).
import { formatTime } from '../base/time.ts'
import { deleteObject, updateStatus, type By, type DeleteOptions } from './api.ts'
import type { Condition } from './api-types/meta.ts'
import type { Pod } from './api-types/pod.ts'
import { DISRUPTION_TARGET } from './lib/disruption.ts'
import { isEnded } from './lib/pod-phase.ts'
import { keyOf } from './store.ts'
import type { World } from './world.ts'

/** Marks the live Pod and deletes it. One that is over or being deleted has its reason already. */
export function evictPod(world: World, by: By, pod: Pod, options: DeleteOptions = {}): void {
  if (!isEnded(pod) && pod.metadata.deletionTimestamp === undefined) mark(world, by, pod)
  deleteObject(world, by, pod.kind, keyOf(pod), options)
}

function mark(world: World, by: By, pod: Pod): void {
  const condition: Condition = {
    lastProbeTime: null,
    lastTransitionTime: formatTime(world.now),
    message: 'Eviction API: evicting',
    reason: 'EvictionByEvictionAPI',
    status: 'True',
    type: DISRUPTION_TARGET,
  }
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== DISRUPTION_TARGET)
  updateStatus(world, by, { ...pod, status: { ...pod.status, conditions: [...others, condition] } })
}
