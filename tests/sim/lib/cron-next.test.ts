import { describe, expect, test } from 'vitest'
import { formatTime, parseTime } from '../../../src/base/time.ts'
import { nextTime, nextTimes } from '../../../src/sim/lib/cron-next.ts'
import { parseCron } from '../../../src/sim/lib/cron-parse.ts'

function next(schedule: string, after: string, zone?: string): string | undefined {
  const time = nextTime(parseCron(schedule), parseTime(after), zone)
  return time === undefined ? undefined : formatTime(time)
}

describe('[CRONTAB-2] stepping in UTC', () => {
  const cases: [schedule: string, after: string, expected: string | undefined][] = [
    ['0/15 * * * *', '2012-07-09T14:45:00Z', '2012-07-09T15:00:00Z'],
    ['0/15 * * * *', '2012-07-09T14:59:59Z', '2012-07-09T15:00:00Z'],
    ['20-35/15 * * * *', '2012-07-09T15:45:00Z', '2012-07-09T16:20:00Z'],
    ['*/15 * * * *', '2012-07-09T23:46:00Z', '2012-07-10T00:00:00Z'],
    ['20-35/15 1/2 */2 * *', '2012-07-09T23:35:51Z', '2012-07-11T01:20:00Z'],
    ['0 0 9 Apr-Oct ?', '2012-07-09T23:35:00Z', '2012-08-09T00:00:00Z'],
    ['0 0 */5 Apr,Aug,Oct Mon', '2012-07-09T23:35:00Z', '2012-08-01T00:00:00Z'],
    ['0 0 * Feb Mon', '2012-07-09T23:35:00Z', '2013-02-04T00:00:00Z'],
    ['0 0 * Feb Mon/2', '2012-07-09T23:35:00Z', '2013-02-01T00:00:00Z'],
    ['* * * * *', '2012-12-31T23:59:45Z', '2013-01-01T00:00:00Z'],
    ['0 0 29 Feb ?', '2012-07-09T23:35:00Z', '2016-02-29T00:00:00Z'],
    ['0 0 29 2 *', '2097-01-05T00:00:00Z', undefined],
    ['0 0 30 2 *', '2026-01-01T00:00:00Z', undefined],
    ['0 0 31 4 *', '2026-01-01T00:00:00Z', undefined],
    [', * * * *', '2026-01-01T00:00:00Z', undefined],
    ['0 , * * *', '2026-01-01T00:00:00Z', undefined],
    ['0 0 , * *', '2026-01-01T00:00:00Z', undefined],
    ['0 0 * , *', '2026-01-01T00:00:00Z', undefined],
    ['0 0 , * 1', '2026-01-01T00:00:00Z', '2026-01-05T00:00:00Z'],
    ['0 0 1,15 * Sun', '2012-07-31T00:00:00Z', '2012-08-01T00:00:00Z'],
    ['0 0 */10 * Sun', '2012-07-12T00:00:00Z', '2012-07-15T00:00:00Z'],
    ['0 0 1,15 * *', '2012-07-02T00:00:00Z', '2012-07-15T00:00:00Z'],
    ['0 0 * * 1', '2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z'],
    ['0 0 1 1 *', '1969-06-01T00:00:00Z', '1970-01-01T00:00:00Z'],
  ]
  test.each(cases)('%s after %s', (schedule, after, expected) => {
    expect(next(schedule, after)).toBe(expected)
  })

  test('milliseconds do not delay a firing, and an exact hit is not repeated', () => {
    expect(next('* * * * *', '2026-01-01T00:00:59.999Z')).toBe('2026-01-01T00:01:00Z')
    expect(next('* * * * *', '2026-01-01T00:01:00.500Z')).toBe('2026-01-01T00:02:00Z')
  })

  test('@every counts from the given time, cut to its second', () => {
    expect(next('@every 90s', '2026-01-01T00:00:00.700Z')).toBe('2026-01-01T00:01:30Z')
    expect(next('@every 0s', '2026-01-01T00:00:07Z', 'Asia/Tokyo')).toBe('2026-01-01T00:00:08Z')
  })
})

describe('[CRONTAB-3] zones whose clock jumps', () => {
  const NEW_YORK = 'America/New_York'
  const cases: [schedule: string, zone: string, after: string, expected: string][] = [
    // The clock goes from 02:00 to 03:00: what is in the gap does not run that day.
    ['30 2 11 Mar ?', NEW_YORK, '2012-03-11T00:00:00-05:00', '2013-03-11T02:30:00-04:00'],
    ['0 2 * * ?', NEW_YORK, '2012-03-11T00:00:00-05:00', '2012-03-12T02:00:00-04:00'],
    ['0 * * * ?', NEW_YORK, '2012-03-11T01:00:00-05:00', '2012-03-11T03:00:00-04:00'],
    ['0 1 * * ?', NEW_YORK, '2012-03-11T01:00:00-05:00', '2012-03-12T01:00:00-04:00'],
    // The clock goes from 02:00 back to 01:00: what is in that hour runs twice.
    ['0 1 * * ?', NEW_YORK, '2012-11-04T00:00:00-04:00', '2012-11-04T01:00:00-04:00'],
    ['0 1 * * ?', NEW_YORK, '2012-11-04T01:00:00-04:00', '2012-11-04T01:00:00-05:00'],
    ['0 1 * * ?', NEW_YORK, '2012-11-04T01:00:00-05:00', '2012-11-05T01:00:00-05:00'],
    ['30 1 04 Nov ?', NEW_YORK, '2012-11-04T01:45:00-04:00', '2012-11-04T01:30:00-05:00'],
    ['30 2 04 Nov ?', NEW_YORK, '2012-11-04T00:00:00-04:00', '2012-11-04T02:30:00-05:00'],
    ['0 2 * * ?', NEW_YORK, '2012-11-04T02:00:00-05:00', '2012-11-05T02:00:00-05:00'],
    ['0 3 3 * ?', NEW_YORK, '2012-11-04T00:00:00-04:00', '2012-12-03T03:00:00-05:00'],
    // Midnight itself does not exist on the day of the change.
    ['0 9 10 * ?', 'America/Sao_Paulo', '2018-10-17T05:00:00-04:00', '2018-11-10T06:00:00-05:00'],
    ['0 9 22 * ?', 'America/Sao_Paulo', '2018-02-14T05:00:00-05:00', '2018-02-22T07:00:00-05:00'],
    // A whole day was left out when Samoa changed sides of the date line.
    ['0 12 30 * *', 'Pacific/Apia', '2011-12-28T00:00:00Z', '2012-01-30T12:00:00+14:00'],
    // A change of half an hour.
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-02T20:00:00Z', '2026-10-04T15:15:00Z'],
  ]
  test.each(cases)('%s in %s after %s', (schedule, zone, after, expected) => {
    expect(next(schedule, after, zone)).toBe(formatTime(parseTime(expected)))
  })

  test('the zone of the schedule itself beats the one that is given', () => {
    const schedule = 'TZ=Asia/Tokyo 0 6 * * *'
    expect(next(schedule, '2026-01-01T00:00:00Z', NEW_YORK)).toBe('2026-01-01T21:00:00Z')
  })

  test('a schedule that never fires in a zone ends', () => {
    expect(next('0 0 30 2 *', '2026-01-01T00:00:00Z', NEW_YORK)).toBeUndefined()
  })
})

test('nextTimes stops after the count, or when there are no more', () => {
  expect(
    nextTimes(parseCron('@hourly'), parseTime('2026-01-01T00:10:00Z'), 2).map(formatTime),
  ).toEqual(['2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z'])
  expect(nextTimes(parseCron('0 0 31 2 *'), parseTime('2026-01-01T00:00:00Z'), 2)).toEqual([])
})
