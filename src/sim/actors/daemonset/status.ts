// What a DaemonSet says of itself (pkg/controller/daemon/daemon_controller.go
// updateDaemonSetStatus): counts over the nodes that exist, one Pod a node.
import { compact } from '../../../base/plain.ts'
import type { SimTime } from '../../../base/time.ts'
import type { DaemonSet, DaemonSetStatus } from '../../api-types/apps.ts'
import type { Node } from '../../api-types/core.ts'
import { eligibilityOf } from './eligibility.ts'
import { isAvailable, isReady, isUpdated, type PodsByNode } from './pods.ts'

export function statusOf(
  set: DaemonSet,
  nodes: readonly Node[],
  byNode: PodsByNode,
  hash: string,
  now: SimTime,
): DaemonSetStatus {
  let [desired, current, ready, available, updated, misscheduled] = [0, 0, 0, 0, 0, 0]
  for (const node of nodes) {
    const pod = byNode.get(node.metadata.name)?.[0]
    if (!eligibilityOf(set, node).shouldRun) {
      if (pod !== undefined) misscheduled++
      continue
    }
    desired++
    if (pod === undefined) continue
    current++
    if (isReady(pod)) ready++
    if (isAvailable(pod, set, now)) available++
    if (isUpdated(pod, set, hash)) updated++
  }
  const { collisionCount } = set.status
  return compact({
    currentNumberScheduled: current,
    numberMisscheduled: misscheduled,
    desiredNumberScheduled: desired,
    numberReady: ready,
    observedGeneration: set.metadata.generation ?? 1,
    updatedNumberScheduled: updated || undefined,
    numberAvailable: available || undefined,
    numberUnavailable: desired - available || undefined,
    collisionCount,
  })
}
