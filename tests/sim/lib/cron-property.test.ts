// Random schedules against independent oracles: cron-parser, and the plain walk where clocks are set.

import { CronExpressionParser } from 'cron-parser'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTime, parseTime, simTimeOf, type SimTime } from '../../../src/base/time.ts'
import { allows, type CronField } from '../../../src/sim/lib/cron-field.ts'
import { nextTime } from '../../../src/sim/lib/cron-next.ts'
import { parseCron, type FieldsSchedule } from '../../../src/sim/lib/cron-parse.ts'
import { walkZone } from '../../../src/sim/lib/cron-walk.ts'
import { segmentAt, zoneTable } from '../../../src/sim/lib/cron-zone.ts'

function fieldText(min: number, max: number): fc.Arbitrary<string> {
  const value = fc.integer({ min, max })
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`)
  const item = fc.oneof(fc.constant('*'), fc.constant('?'), value.map(String), range)
  const step = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined })
  const stepped = fc.tuple(item, step).map(([text, by]) => (by ? `${text}/${by}` : text))
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    {
      weight: 4,
      arbitrary: fc.array(stepped, { minLength: 1, maxLength: 3 }).map((l) => l.join()),
    },
  )
}

const scheduleText = fc
  .tuple(fieldText(0, 59), fieldText(0, 23), fieldText(1, 31), fieldText(1, 12), fieldText(0, 6))
  .map((fields) => fields.join(' '))

const START = parseTime('2024-01-01T00:00:00Z')
const moment = fc
  .integer({ min: 0, max: 6 * 366 * 86_400 })
  .map((seconds) => simTimeOf(START + seconds * 1000))

// What cron-parser understands alike: a full field as `*`, other fields as explicit lists, and two
// stars when either of two day fields without a star is full.
function canonical(schedule: FieldsSchedule): string {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = schedule
  const list = (field: CronField, min: number, max: number): string => {
    const values = []
    for (let value = min; value <= max; value++) if (allows(field, value)) values.push(value)
    return values.length === max - min + 1 ? '*' : values.join(',')
  }
  let dom = list(dayOfMonth, 1, 31)
  let dow = list(dayOfWeek, 0, 6)
  if (!dayOfMonth.star && !dayOfWeek.star && (dom === '*' || dow === '*')) dom = dow = '*'
  return `${list(minute, 0, 59)} ${list(hour, 0, 23)} ${dom} ${list(month, 1, 12)} ${dow}`
}

function fieldsOf(text: string): FieldsSchedule {
  const schedule = parseCron(text)
  if (schedule.kind !== 'fields') throw new Error(`${text} has no fields`)
  return schedule
}

function oracle(schedule: FieldsSchedule, after: SimTime, tz: string): string | undefined {
  try {
    const currentDate = new Date(after)
    const parsed = CronExpressionParser.parse(canonical(schedule), { currentDate, tz })
    return formatTime(simTimeOf(parsed.next().getTime()))
  } catch (error) {
    if (error instanceof Error && /Invalid explicit day of month/.test(error.message)) return
    throw error
  }
}

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Europe/London',
  'America/Havana',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Asia/Gaza',
  'Pacific/Chatham',
  'Asia/Kathmandu',
]

const DAY_SECONDS = 86_400

/** Whether the clocks of a zone stay as they are from the day before to the day after. */
function isSteady(zone: string, from: SimTime, to: SimTime): boolean {
  const table = zoneTable(zone)
  const { end } = segmentAt(table, from / 1000 - DAY_SECONDS)
  return to / 1000 + DAY_SECONDS < end
}

test('the next time is what cron-parser finds, for 10,000 schedules in many zones', () => {
  let compared = 0
  const zones = fc.constantFrom('UTC', ...ZONES)
  fc.assert(
    fc.property(scheduleText, moment, zones, (text, after, zone) => {
      const schedule = fieldsOf(text)
      const found = nextTime(schedule, after, zone)
      // Where clocks are set, the two libraries differ on purpose; the plain walk decides there.
      if (found === undefined || !isSteady(zone, after, found)) return
      compared++
      expect(formatTime(found)).toBe(oracle(schedule, after, zone))
    }),
    { numRuns: 10_000, seed: 20260302 },
  )
  expect(compared).toBeGreaterThan(5_000)
})

test('a schedule that never fires never fires in cron-parser either', () => {
  for (const text of ['0 0 30 2 *', '0 0 31 4,6,9,11 *', '0 0 31 2 *']) {
    const schedule = fieldsOf(text)
    expect([nextTime(schedule, START), oracle(schedule, START, 'UTC')]).toEqual([
      undefined,
      undefined,
    ])
  }
})

test('in zones the tables and the plain walk agree', () => {
  fc.assert(
    fc.property(scheduleText, moment, fc.constantFrom(...ZONES), (text, after, zone) => {
      const schedule = fieldsOf(text)
      const walked = walkZone(schedule, after / 1000 + 1, zoneTable(zone))
      expect(nextTime(schedule, after, zone)).toBe(walked === undefined ? undefined : walked * 1000)
    }),
    { numRuns: 4000, seed: 20260302 },
  )
})

test('around every change of offset of three years the tables and the plain walk agree', () => {
  const schedules = [
    '30 2 * * *',
    '0 0 * * *',
    '0 1 1 * *',
    '15 */6 * * 1',
    '59 23 * * 0',
    '0 * * * *',
  ]
  for (const zone of ZONES) {
    const table = zoneTable(zone)
    for (let hours = 0; hours < 3 * 366 * 24; hours += 5) {
      const after = simTimeOf(START + hours * 3_600_000 + 1_234_000)
      const schedule = fieldsOf(schedules[hours % schedules.length] ?? '')
      const walked = walkZone(schedule, after / 1000 + 1, table)
      if (nextTime(schedule, after, zone) !== (walked ?? 0) * 1000) {
        expect({ zone, after, walked }).toBe('equal')
      }
    }
  }
})

test('a year has 525,600 minutes, also in a zone', () => {
  for (const zone of [undefined, 'America/New_York']) {
    const schedule = parseCron('* * * * *')
    const end = parseTime('2027-01-01T00:00:00Z')
    let at: SimTime | undefined = parseTime('2026-01-01T00:00:00Z')
    let firings = 0
    while (at !== undefined && at < end) {
      at = nextTime(schedule, at, zone)
      firings++
    }
    expect(firings).toBe(525_600)
  }
})
