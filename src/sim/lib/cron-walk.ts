// robfig/cron's own search (v3.0.1, spec.go Next) over a clock that jumps: month, day, hour,
// minute, step by step, with its corrections of days without a midnight. It is followed literally,
// since what it does around a change of offset (skip, fire twice, lose a day) is what Kubernetes
// does.

import { civilOf, DAY_SECONDS, daysOf, type CivilDay } from './cron-calendar.ts'
import { allows } from './cron-field.ts'
import { dayMatches, YEARS_SEARCHED } from './cron-match.ts'
import type { FieldsSchedule } from './cron-parse.ts'
import { offsetAt, segmentAt, type ZoneTable } from './cron-zone.ts'

/** The state of a search: the moment, and whether smaller fields were reset already. */
interface Walk {
  readonly schedule: FieldsSchedule
  readonly zone: ZoneTable
  at: number
  reset: boolean
}

/** The first match at or after `from` in the zone; seconds since 1970, undefined if none. */
export function walkZone(
  schedule: FieldsSchedule,
  from: number,
  zone: ZoneTable,
): number | undefined {
  const walk: Walk = { schedule, zone, at: from, reset: false }
  const lastYear = dateAt(walk).year + YEARS_SEARCHED
  while (dateAt(walk).year <= lastYear) {
    // Each stage ends false when it passed the boundary of the next larger field: start over.
    if (stepMonth(walk) && stepDay(walk) && stepHour(walk) && stepMinute(walk)) return walk.at
  }
  return undefined
}

function localAt(walk: Walk): number {
  return walk.at + offsetAt(walk.zone, walk.at)
}

function dateAt(walk: Walk): CivilDay {
  return civilOf(Math.floor(localAt(walk) / DAY_SECONDS))
}

function secondOfDay(walk: Walk): number {
  const local = localAt(walk)
  return local - Math.floor(local / DAY_SECONDS) * DAY_SECONDS
}

function stepMonth(walk: Walk): boolean {
  let date = dateAt(walk)
  while (!allows(walk.schedule.month, date.month)) {
    if (!walk.reset) {
      walk.reset = true
      walk.at = goDate(walk.zone, daysOf(date.year, date.month, 1), 0)
    }
    date = dateAt(walk)
    walk.at = goDate(walk.zone, daysOf(date.year, date.month + 1, date.day), secondOfDay(walk))
    date = dateAt(walk)
    if (date.month === 1) return false
  }
  return true
}

function stepDay(walk: Walk): boolean {
  while (!dayMatches(walk.schedule, dateAt(walk))) {
    if (!walk.reset) {
      walk.reset = true
      walk.at = goDate(walk.zone, Math.floor(localAt(walk) / DAY_SECONDS), 0)
    }
    const before = walk.at
    const today = Math.floor(localAt(walk) / DAY_SECONDS)
    walk.at = goDate(walk.zone, today + 1, secondOfDay(walk))
    // A day that a zone left out (Samoa, 2011) maps back to the day before; upstream hangs there.
    if (walk.at <= before) walk.at = before + DAY_SECONDS
    const hour = Math.floor(secondOfDay(walk) / 3600)
    if (hour !== 0) walk.at += (hour > 12 ? 24 - hour : -hour) * 3600
    if (dateAt(walk).day === 1) return false
  }
  return true
}

function stepHour(walk: Walk): boolean {
  let hour = Math.floor(secondOfDay(walk) / 3600)
  while (!allows(walk.schedule.hour, hour)) {
    if (!walk.reset) {
      walk.reset = true
      walk.at = goDate(walk.zone, Math.floor(localAt(walk) / DAY_SECONDS), hour * 3600)
    }
    walk.at += 3600
    hour = Math.floor(secondOfDay(walk) / 3600)
    if (hour === 0) return false
  }
  return true
}

// Minutes, and then the second, which must be 0.
function stepMinute(walk: Walk): boolean {
  let minute = Math.floor(secondOfDay(walk) / 60) % 60
  while (!allows(walk.schedule.minute, minute)) {
    if (!walk.reset) {
      walk.reset = true
      walk.at = Math.floor(walk.at / 60) * 60
    }
    walk.at += 60
    minute = Math.floor(secondOfDay(walk) / 60) % 60
    if (minute === 0) return false
  }
  const second = secondOfDay(walk) % 60
  if (second === 0) return true
  walk.reset = true
  walk.at += 60 - second
  return false
}

// Go's time.Date: of a clock time that a jump removed or doubled it picks one, this way.
function goDate(zone: ZoneTable, day: number, secondsOfDay: number): number {
  const local = day * DAY_SECONDS + secondsOfDay
  const { offset, start, end } = segmentAt(zone, local)
  if (offset === 0) return local
  const utc = local - offset
  return utc < start || utc >= end ? local - offsetAt(zone, utc) : utc
}
