// client-go util/flowcontrol Backoff: 10 s doubling to 300 s per key, forgotten after a quiet time.
// One is kept for restarts of containers, one for pulls of images.
import { SECOND_MS, type SimTime } from '../../../base/time.ts'

interface BackoffEntry {
  delayMs: number
  updatedAt: SimTime
}

export type Backoff = Map<string, BackoffEntry>

const BASE_MS = 10 * SECOND_MS
const MAX_MS = 300 * SECOND_MS

/** Whether what happened at `since` is not long enough ago to try again. */
export function isInBackoff(backoff: Backoff, key: string, since: SimTime, now: SimTime): boolean {
  const entry = backoff.get(key)
  if (entry === undefined || hasExpired(entry, since)) return false
  return now - since < entry.delayMs
}

/** As isInBackoff, counted from the last failure itself. */
export function isInBackoffSinceUpdate(backoff: Backoff, key: string, now: SimTime): boolean {
  const entry = backoff.get(key)
  if (entry === undefined || hasExpired(entry, now)) return false
  return now - entry.updatedAt < entry.delayMs
}

/** Notes one more failure at `since`: the delay doubles, or begins again after a quiet time. */
export function nextBackoff(backoff: Backoff, key: string, since: SimTime, now: SimTime): void {
  const entry = backoff.get(key)
  const isNew = entry === undefined || hasExpired(entry, since)
  const delayMs = isNew ? BASE_MS : Math.min(MAX_MS, entry.delayMs * 2)
  backoff.set(key, { delayMs, updatedAt: now })
}

/** The present delay of a key; 0 when there is none. */
export function delayOf(backoff: Backoff, key: string): number {
  return backoff.get(key)?.delayMs ?? 0
}

function hasExpired(entry: BackoffEntry, since: SimTime): boolean {
  return since - entry.updatedAt > 2 * MAX_MS
}
