import { describe, expect, test } from 'vitest'
import { formatTime, parseTime } from '../../../../src/base/time.ts'
import type { CronJobSpec } from '../../../../src/sim/api-types/batch.ts'
import { dueTime, requeueMs, scheduleOf } from '../../../../src/sim/actors/cronjob/schedule.ts'
import { scheduleText } from '../../../../src/sim/lib/cron-run.ts'
import { cronJob } from './objects.ts'

interface Case {
  spec?: Partial<CronJobSpec>
  created?: string
  last?: string
  now: string
  due?: string
  missed?: 'none' | 'few' | 'many'
  /** Seconds until the next look; not given: not looked at. */
  again?: number
}

// On 2016-05-19, a Thursday, unless a full time is given.
const cases: Record<string, Case> = {
  'before the first time nothing is due': { now: '09:30', again: 1800.1 },
  'the first time is due when it has come': { now: '10:00', due: '10:00', again: 3600.1 },
  'and as long as the next one has not come': { now: '10:59:59', due: '10:00', again: 1.1 },
  'the last run counts, not the creation': { last: '10:00', now: '10:30', again: 1800.1 },
  'of several missed ones the last is due': {
    now: '13:30',
    due: '13:00',
    missed: 'few',
    again: 1800.1,
  },
  'a week of missed ones is many': {
    now: '2016-05-26T10:30:00Z',
    due: '2016-05-26T10:00:00Z',
    missed: 'many',
    again: 1800.1,
  },
  'a deadline forgets older ones': {
    spec: { startingDeadlineSeconds: 600 },
    now: '10:30',
    again: 1800.1,
  },
  'within the deadline it is due': {
    spec: { startingDeadlineSeconds: 600 },
    now: '10:05',
    due: '10:00',
    again: 3300.1,
  },
  'a deadline of a week finds the last only': {
    spec: { startingDeadlineSeconds: 604_800 },
    now: '13:30',
    due: '13:00',
    missed: 'few',
  },
  'a deadline of 0 never finds one': {
    spec: { startingDeadlineSeconds: 0 },
    now: '2016-05-19T10:00:00.100Z',
    again: 3600,
  },
  '@every counts from the last run': {
    spec: { schedule: '@every 1h' },
    last: '10:17',
    now: '13:30',
    due: '13:17',
    missed: 'few',
    again: 2820.1,
  },
  '@every never fires with a shorter deadline': {
    spec: { schedule: '@every 5m', startingDeadlineSeconds: 60 },
    last: '10:00',
    now: '11:00',
  },
  'working hours are found across a night': {
    spec: { schedule: '30 6-16/4 * * 1-5' },
    last: '14:30',
    now: '2016-05-20T07:00:00Z',
    due: '2016-05-20T06:30:00Z',
  },
  'an irregular schedule can lose a run': {
    spec: { schedule: '30 10,11,12 * * 1-5' },
    last: '10:30',
    now: '2016-05-20T16:30:00Z',
    missed: 'few',
  },
}

function time(text: string): string {
  if (text.includes('T')) return text
  return `2016-05-19T${text.length === 5 ? `${text}:00` : text}Z`
}

describe('[CRON-3] which time is due', () => {
  test.each(Object.entries(cases))('%s', (_name, given) => {
    const { spec = {}, created = '09:00', last, now, due, missed = 'none', again } = given
    const status = last === undefined ? {} : { lastScheduleTime: time(last) }
    const cron = cronJob({ schedule: '0 * * * *', ...spec }, status, time(created))
    const schedule = scheduleOf(cron)
    const found = dueTime(cron, schedule, parseTime(time(now)), true)
    expect(found.time === undefined ? undefined : formatTime(found.time)).toBe(
      due === undefined ? undefined : time(due),
    )
    if (found.time !== undefined && given.missed !== undefined) expect(found.missed).toBe(missed)
    if (again === undefined) return
    expect(requeueMs(cron, schedule, parseTime(time(now)))).toBe(Math.round(again * 1000))
  })

  test('a schedule that never fires is invalid', () => {
    const cron = cronJob({ schedule: '0 0 30 2 *' })
    expect(dueTime(cron, scheduleOf(cron), parseTime('2026-03-02T09:30:00Z'), true)).toMatchObject({
      time: undefined,
      invalid: true,
    })
  })
})

describe('[CRON-9] the zone of a schedule', () => {
  test('is put in front of it', () => {
    expect(scheduleText(cronJob({ timeZone: 'Asia/Tokyo' }))).toBe('TZ=Asia/Tokyo 0 * * * *')
    expect(scheduleText(cronJob())).toBe('0 * * * *')
  })

  test('is left out when the schedule names one, or when it is unknown', () => {
    const schedule = 'CRON_TZ=UTC 0 * * * *'
    expect(scheduleText(cronJob({ schedule, timeZone: 'Asia/Tokyo' }))).toBe(schedule)
    expect(scheduleText(cronJob({ timeZone: 'Mars/Base' }))).toBe('0 * * * *')
  })

  test('moves the day, and with it what is due', () => {
    const cron = cronJob({ schedule: '0 6 * * *', timeZone: 'Asia/Tokyo' })
    const due = dueTime(cron, scheduleOf(cron), parseTime('2026-03-02T21:00:00Z'), true)
    expect(due.time).toBe(parseTime('2026-03-02T21:00:00Z'))
  })
})
