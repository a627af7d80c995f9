// Which run of a CronJob is due, and when to look again: arithmetic on its schedule
// (pkg/controller/cronjob/utils.go mostRecentScheduleTime, nextScheduleTimeDuration). Pure.
import { addMs, parseTime, SECOND_MS, type SimTime } from '../../../base/time.ts'
import type { CronJob } from '../../api-types/batch.ts'
import { nextTime } from '../../lib/cron-next.ts'
import { parseCron, type CronSchedule } from '../../lib/cron-parse.ts'
import { scheduleText } from '../../lib/cron-run.ts'

/** The controller wakes this long after a scheduled time (nextScheduleDelta). */
const AFTER_SLOT_MS = 100
/** More missed times than this are worth a warning. */
const MISSED_MAX = 100

/** What the schedule says as of now. */
export interface Due {
  /** Where the search began: the last run, the creation, or the starting deadline. */
  readonly base: SimTime
  /** The most recent time that has come since then. */
  readonly time: SimTime | undefined
  /** How many times have come, roughly; `few` more than one, `many` more than 100. */
  readonly missed: 'none' | 'few' | 'many'
  /** The schedule never fires, or its times do not advance. */
  readonly invalid: boolean
}

/** The CronJob's schedule. Throws CronError, which API validation makes impossible. */
export function scheduleOf(cronJob: CronJob): CronSchedule {
  return parseCron(scheduleText(cronJob))
}

/** The last run, or the creation of a CronJob that has not run yet. */
export function lastRun({ metadata, status }: CronJob): SimTime {
  return parseTime(status?.lastScheduleTime ?? metadata.creationTimestamp)
}

/**
 * The time that is due. At most one: of several that were missed the most recent. With
 * `withDeadline` times before `now` − startingDeadlineSeconds do not count any more.
 */
export function dueTime(
  cronJob: CronJob,
  schedule: CronSchedule,
  now: SimTime,
  withDeadline: boolean,
): Due {
  const { startingDeadlineSeconds: deadline } = cronJob.spec
  let base = lastRun(cronJob)
  if (withDeadline && deadline !== undefined) {
    const earliest = addMs(now, -deadline * SECOND_MS)
    if (earliest > base) base = earliest
  }
  const first = nextTime(schedule, base)
  if (first === undefined) return { base, time: undefined, missed: 'none', invalid: true }
  if (now < first) return { base, time: undefined, missed: 'none', invalid: false }
  const second = nextTime(schedule, first)
  if (second === undefined) return { base, time: undefined, missed: 'none', invalid: true }
  if (now < second) return { base, time: first, missed: 'none', invalid: false }
  const gap = second - first
  const count = Math.floor(Math.floor((now - first) / SECOND_MS) / (gap / SECOND_MS)) + 1
  const time = latestFrom(schedule, addMs(first, (count - 2) * gap), now)
  return { base, time, missed: count > MISSED_MAX ? 'many' : 'few', invalid: false }
}

// The gap of the first two times is taken for all; an irregular schedule can lose a run by that.
function latestFrom(schedule: CronSchedule, from: SimTime, now: SimTime): SimTime | undefined {
  let latest: SimTime | undefined
  let next = nextTime(schedule, from)
  while (next !== undefined && next <= now) {
    latest = next
    next = nextTime(schedule, next)
  }
  return latest
}

/** Milliseconds until the controller has to look again. */
export function requeueMs(cronJob: CronJob, schedule: CronSchedule, now: SimTime): number {
  const due = dueTime(cronJob, schedule, now, false)
  const from = due.time ?? (due.missed === 'none' && !due.invalid ? due.base : now)
  return untilSlot(nextTime(schedule, from), now)
}

/** Milliseconds until just after a scheduled time; 0 if it passed or there is none. */
export function untilSlot(slot: SimTime | undefined, now: SimTime): number {
  return slot === undefined ? 0 : Math.max(0, slot + AFTER_SLOT_MS - now)
}
