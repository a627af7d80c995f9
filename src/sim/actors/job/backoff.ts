// The wait before a failed Pod is replaced: 10 s, 20 s, 40 s … 10 min, counted from the end of the
// last failure and reset by a success (pkg/controller/job/backoff_utils.go). Pure.
import { MINUTE_MS, SECOND_MS, type SimTime } from '../../../base/time.ts'
import type { Pod } from '../../api-types/pod.ts'
import { finishTime, indexFailures } from './pods.ts'

/** What is remembered of a Job's failures; lost when the controller restarts. */
export interface BackoffRecord {
  readonly failures: number
  readonly lastFailureAt: SimTime | undefined
}

export const NO_BACKOFF: BackoffRecord = { failures: 0, lastFailureAt: undefined }

const FIRST_DELAY_MS = 10 * SECOND_MS
const MAX_DELAY_MS = 10 * MINUTE_MS

/** The record after newly ended Pods. A success resets it; only later failures count then. */
export function nextRecord(
  old: BackoffRecord,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
): BackoffRecord {
  if (succeeded.length === 0 && failed.length === 0) return old
  const failures = failed.map(finishTime)
  if (succeeded.length === 0) {
    return { failures: old.failures + failures.length, lastFailureAt: latest(failures) }
  }
  const success = latest(succeeded.map(finishTime)) ?? -Infinity
  const later = failures.filter((time) => time > success)
  return { failures: later.length, lastFailureAt: latest(later) }
}

function latest(times: readonly SimTime[]): SimTime | undefined {
  return times.length === 0 ? undefined : times.reduce((a, b) => (b > a ? b : a))
}

/** Milliseconds until the next Pod may be created; 0 now. */
export function remainingMs(record: BackoffRecord, now: SimTime): number {
  const { failures, lastFailureAt } = record
  if (failures === 0 || lastFailureAt === undefined) return 0
  const delay = Math.min(FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 10), MAX_DELAY_MS)
  return Math.max(0, delay - (now - lastFailureAt))
}

/** The same for one index, whose last failed Pod carries the count of failures before it. */
export function remainingForIndexMs(lastFailed: Pod | undefined, now: SimTime): number {
  if (lastFailed === undefined) return 0
  const failures = indexFailures(lastFailed, true) + 1
  return remainingMs({ failures, lastFailureAt: finishTime(lastFailed) }, now)
}
