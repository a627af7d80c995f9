// Offsets of time zones. The rules come from the platform (Intl), asked rarely: the changes of each
// year are searched once by bisection and kept as a table. The only user of Intl in the simulation.

import { assert } from '../../base/assert.ts'
import { civilOf, DAY_SECONDS, daysOf } from './cron-calendar.ts'
import { isZoneName } from './cron-zone-names.ts'

/**
 * A span with one offset: `start` ≤ t < `end`, seconds since 1970 UTC; never longer than a year.
 */
interface ZoneSegment {
  readonly start: number
  readonly end: number
  /** Seconds to add to UTC to get the clock of the zone. */
  readonly offset: number
}

/** What is known of a zone so far; grows as years are asked for. */
export interface ZoneTable {
  readonly name: string
  readonly format: Intl.DateTimeFormat
  readonly years: Map<number, readonly ZoneSegment[]>
  last: ZoneSegment
}

const TABLES = new Map<string, ZoneTable>()

/**
 * The table of a zone, shared by all who ask. Throws RangeError if the platform has no such zone.
 */
export function zoneTable(name: string): ZoneTable {
  const known = TABLES.get(name)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const table: ZoneTable = { name, format, years: new Map(), last: { start: 0, end: 0, offset: 0 } }
  TABLES.set(name, table)
  return table
}

/** Whether `name` is a time zone, letter case included; `Local` and the empty name are not. */
export function validTimeZone(name: string): boolean {
  if (!isZoneName(name)) return false
  try {
    return zoneTable(name).name === name
  } catch (error) {
    // An older platform may not have the newest zones: then they are unknown here as well.
    if (error instanceof RangeError) return false
    throw error
  }
}

/** What time.LoadLocation says of `name`, or undefined if it is a zone (the empty name is UTC). */
export function zoneError(name: string): string | undefined {
  if (name === '' || validTimeZone(name)) return undefined
  const outside = name.startsWith('/') || name.startsWith('\\')
  if (outside || name.split('/').includes('..')) return 'time: invalid location name'
  return `unknown time zone ${name}`
}

/** The segment that contains the moment `utc` (seconds since 1970). */
export function segmentAt(zone: ZoneTable, utc: number): ZoneSegment {
  if (utc >= zone.last.start && utc < zone.last.end) return zone.last
  const { year } = civilOf(Math.floor(utc / DAY_SECONDS))
  let segments = zone.years.get(year)
  if (segments === undefined) {
    segments = segmentsOfYear(zone, year)
    zone.years.set(year, segments)
  }
  const found = segments.find((segment) => utc < segment.end)
  assert(found !== undefined, `no offset for ${utc} in ${zone.name}`)
  zone.last = found
  return found
}

/** The offset of the zone at `utc`, both in seconds. */
export function offsetAt(zone: ZoneTable, utc: number): number {
  return segmentAt(zone, utc).offset
}

// Two changes that cancel out are never closer: the shortest known pair (Morocco's Ramadan) is a
// month, so one sample a week sees every change.
const SAMPLE_SECONDS = 7 * DAY_SECONDS

function segmentsOfYear(zone: ZoneTable, year: number): ZoneSegment[] {
  const end = daysOf(year + 1, 1, 1) * DAY_SECONDS
  const segments: ZoneSegment[] = []
  let start = daysOf(year, 1, 1) * DAY_SECONDS
  let sampled = start
  let offset = askOffset(zone, start)
  while (sampled < end) {
    const next = Math.min(sampled + SAMPLE_SECONDS, end)
    const nextOffset = askOffset(zone, next - 1)
    if (nextOffset !== offset) {
      const change = findChange(zone, sampled - 1, next - 1)
      segments.push({ start, end: change, offset })
      start = change
      offset = nextOffset
    }
    sampled = next
  }
  segments.push({ start, end, offset })
  return segments
}

// The first second in (low, high] that has the offset of `high`.
function findChange(zone: ZoneTable, low: number, high: number): number {
  const offset = askOffset(zone, high)
  let before = low
  let after = high
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (askOffset(zone, middle) === offset) after = middle
    else before = middle
  }
  return after
}

function askOffset(zone: ZoneTable, utc: number): number {
  const text = zone.format.format(utc * 1000)
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] =
    text.match(/\d+/g)?.map(Number) ?? []
  return daysOf(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second - utc
}
