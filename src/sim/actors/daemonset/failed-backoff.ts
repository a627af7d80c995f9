// How long a failed daemon Pod is left lying before the next try, for each node: 1 s doubling to
// 15 min, forgotten after half an hour (client-go util/flowcontrol/backoff.go).
import { MINUTE_MS, SECOND_MS, type SimTime } from '../../../base/time.ts'
import type { DaemonSet } from '../../api-types/apps.ts'

const INITIAL_MS = SECOND_MS
const MAX_MS = 15 * MINUTE_MS

/** `UID/observedGeneration/node` → the current delay and since when it counts. */
export type FailedPodBackoffs = Map<string, Readonly<{ delayMs: number; at: SimTime }>>

/** 0 when the Pod may go now, which doubles the next delay; else how long to wait still. */
export function backOffFailed(
  backoffs: FailedPodBackoffs,
  set: DaemonSet,
  node: string,
  now: SimTime,
): number {
  forgetOld(backoffs, now)
  const key = `${set.metadata.uid}/${set.status.observedGeneration ?? 0}/${node}`
  const entry = backoffs.get(key)
  if (entry !== undefined && now - entry.at < entry.delayMs) return entry.delayMs
  const delayMs = entry === undefined ? INITIAL_MS : Math.min(MAX_MS, entry.delayMs * 2)
  backoffs.set(key, { delayMs, at: now })
  return 0
}

function forgetOld(backoffs: FailedPodBackoffs, now: SimTime): void {
  for (const [key, { at }] of backoffs) if (now - at > 2 * MAX_MS) backoffs.delete(key)
}
