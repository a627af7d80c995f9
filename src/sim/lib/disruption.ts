// The mark on Pods that do not end by themselves: whoever evicts one says so in its status, so that
// its controller can tell a disruption from a failure. Pure.
import { extend } from '../../base/plain.ts'
import { formatTime, type SimTime } from '../../base/time.ts'
import type { Condition } from '../api-types/meta.ts'
import type { Pod, PodStatus } from '../api-types/pod.ts'

export const DISRUPTION_TARGET = 'DisruptionTarget'

/** The Pod's status with the mark of a control plane component (api/pod/util UpdatePodCondition). */
export function disruptedStatus(
  { metadata, status }: Pod,
  reason: string,
  message: string,
  now: SimTime,
): PodStatus {
  const mark: Condition = {
    type: DISRUPTION_TARGET,
    observedGeneration: metadata.generation ?? 1,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: formatTime(now),
    reason,
    message,
  }
  const others = (status.conditions ?? []).filter(({ type }) => type !== DISRUPTION_TARGET)
  return extend(status, { conditions: [...others, mark] })
}
