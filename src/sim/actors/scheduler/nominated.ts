// Pods that were promised room: whom they preempted are still ending. Nobody of less importance
// may take that room (schedule_one.go evaluateNominatedNode, runtime/framework.go
// RunFilterPluginsWithNominatedPods). Pure.
import type { Pod } from '../../api-types/pod.ts'
import { conditionOf } from '../../lib/conditions.ts'
import { DISRUPTION_TARGET } from '../../lib/disruption.ts'
import { nodeInfo, type NodeInfo } from './requests.ts'

/** The reason that victims of preemption are marked with. */
export const PREEMPTED = 'PreemptionByScheduler'

export function priorityOf(pod: Pod): number {
  return pod.spec.priority ?? 0
}

/** The nodes as they are for `pod`: Pods of at least its priority are where they are promised. */
export function withNominated(
  pod: Pod,
  infos: readonly NodeInfo[],
  waiting: readonly Pod[],
): readonly NodeInfo[] {
  const promised = waiting.filter(
    (other) => other.status.nominatedNodeName && priorityOf(other) >= priorityOf(pod),
  )
  if (promised.length === 0) return infos
  return infos.map((info) => {
    const { name } = info.node.metadata
    const guests = promised.filter(({ status }) => status.nominatedNodeName === name)
    return guests.length === 0 ? info : nodeInfo(info.node, [...info.pods, ...guests])
  })
}

/** Whether a victim of this Pod is still ending on the node that it was promised. */
export function waitsForVictims(pod: Pod, info: NodeInfo): boolean {
  return info.pods.some((other) => priorityOf(other) < priorityOf(pod) && isBeingPreempted(other))
}

function isBeingPreempted({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp === undefined) return false
  const mark = conditionOf(status.conditions, DISRUPTION_TARGET)
  return mark?.status === 'True' && mark.reason === PREEMPTED
}
