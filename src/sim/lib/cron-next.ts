// The next time a schedule fires. In UTC, and in a zone while its offset does not change, the
// answer is read off the fields' tables; near a change of offset the zoned walk decides
// (cron-walk.ts).

import { addMs, simTimeOf, type SimTime } from '../../base/time.ts'
import { civilOf, DAY_SECONDS, daysInMonth, daysOf } from './cron-calendar.ts'
import { allows } from './cron-field.ts'
import { dayMatches, YEARS_SEARCHED } from './cron-match.ts'
import type { CronSchedule, FieldsSchedule } from './cron-parse.ts'
import { walkZone } from './cron-walk.ts'
import { segmentAt, zoneTable } from './cron-zone.ts'

/**
 * The first time after `after` at which the schedule fires: a whole second, or undefined when there
 * is none in five years. A `TZ=` prefix of the schedule beats `zone`; without either it is UTC.
 * Throws RangeError for a zone that validTimeZone refuses.
 */
export function nextTime(
  schedule: CronSchedule,
  after: SimTime,
  zone?: string,
): SimTime | undefined {
  if (schedule.kind === 'every') {
    return addMs(after, schedule.intervalMs - (((after % 1000) + 1000) % 1000))
  }
  if (schedule.minute.empty || schedule.hour.empty || schedule.month.empty) return undefined
  const from = Math.floor(after / 1000) + 1
  const zoneName = schedule.zone ?? zone
  const seconds =
    zoneName === undefined ? nextLocal(schedule, from) : nextZoned(schedule, from, zoneName)
  return seconds === undefined ? undefined : simTimeOf(seconds * 1000)
}

/** Up to `count` times after `after`, as nextTime gives them. */
export function nextTimes(
  schedule: CronSchedule,
  after: SimTime,
  count: number,
  zone?: string,
): SimTime[] {
  const times: SimTime[] = []
  let at = nextTime(schedule, after, zone)
  while (at !== undefined && times.length < count) {
    times.push(at)
    at = nextTime(schedule, at, zone)
  }
  return times
}

// No change of offset moves the clock by more than a day.
const OFFSET_MARGIN = DAY_SECONDS + 3600

function nextZoned(schedule: FieldsSchedule, from: number, zoneName: string): number | undefined {
  const zone = zoneTable(zoneName)
  const segment = segmentAt(zone, from)
  const local = from + segment.offset
  // The walk may go back to the start of the day or the month: that too must be far from a change.
  const { month, day } = civilOf(Math.floor(local / DAY_SECONDS))
  const back = allows(schedule.month, month) ? DAY_SECONDS : day * DAY_SECONDS
  if (from - back - OFFSET_MARGIN >= segment.start) {
    const found = nextLocal(schedule, local)
    if (found !== undefined && found - segment.offset < segment.end - OFFSET_MARGIN) {
      return found - segment.offset
    }
  }
  return walkZone(schedule, from, zone)
}

// The first matching minute at or after `from`, both seconds of a clock that never jumps.
function nextLocal(schedule: FieldsSchedule, from: number): number | undefined {
  const fromDay = Math.floor(from / DAY_SECONDS)
  const minutes = Math.ceil((from - fromDay * DAY_SECONDS) / 60)
  const today = civilOf(fromDay)
  if (minutes < 1440 && allows(schedule.month, today.month) && dayMatches(schedule, today)) {
    const found = nextInDay(schedule, minutes)
    if (found >= 0) return fromDay * DAY_SECONDS + found * 60
  }
  const day = nextDay(schedule, fromDay)
  return day === undefined ? undefined : day * DAY_SECONDS + nextInDay(schedule, 0) * 60
}

/** The first matching minute of a day at or after minute `from` of it, or −1. */
function nextInDay(schedule: FieldsSchedule, from: number): number {
  const fromHour = Math.floor(from / 60)
  const hour = schedule.hour.next[fromHour] ?? -1
  if (hour < 0) return -1
  const minute = hour === fromHour ? (schedule.minute.next[from - fromHour * 60] ?? -1) : -1
  if (minute >= 0) return hour * 60 + minute
  const nextHour = hour === fromHour ? (schedule.hour.next[hour + 1] ?? -1) : hour
  return nextHour < 0 ? -1 : nextHour * 60 + (schedule.minute.next[0] ?? 0)
}

// The first matching day after day `after`; whole months that do not match are skipped.
function nextDay(schedule: FieldsSchedule, after: number): number | undefined {
  const start = civilOf(after)
  let { year, month } = start
  let day = start.day + 1
  const lastYear = year + YEARS_SEARCHED
  while (year <= lastYear) {
    const allowed = schedule.month.next[month] ?? -1
    if (allowed === month) {
      const first = daysOf(year, month, 1)
      const length = daysInMonth(year, month)
      for (; day <= length; day++) {
        const weekday = (((first + day + 3) % 7) + 7) % 7
        if (dayMatches(schedule, { day, weekday })) return first + day - 1
      }
    }
    day = 1
    month++
    if (month > 12) {
      month = 1
      year++
    }
  }
  return undefined
}
