import { expect, test } from 'vitest'
import { parseTime } from '../../../src/base/time.ts'
import { zoneNames } from '../../../src/sim/lib/cron-zone-names.ts'
import { offsetAt, validTimeZone, zoneError, zoneTable } from '../../../src/sim/lib/cron-zone.ts'

test('[CRONTAB-4] zones are known by their exact names, links included', () => {
  for (const name of ['UTC', 'Etc/GMT+5', 'Europe/Berlin', 'US/Pacific', 'EST5EDT', 'GB-Eire']) {
    expect(validTimeZone(name)).toBe(true)
  }
  for (const name of ['', 'Local', 'utc', 'europe/berlin', 'Europe/Bonn', 'Europe', '+01:00']) {
    expect(validTimeZone(name)).toBe(false)
  }
  expect(zoneNames()).toHaveLength(597)
})

test('what is wrong with a name is told in the words of Go', () => {
  expect(zoneError('Asia/Tokyo')).toBeUndefined()
  expect(zoneError('')).toBeUndefined()
  expect(zoneError('Mars/Base')).toBe('unknown time zone Mars/Base')
  expect(zoneError('../etc/passwd')).toBe('time: invalid location name')
  expect(zoneError('/etc/localtime')).toBe('time: invalid location name')
})

test.each([
  ['Europe/Berlin', '2026-03-29T00:59:59Z', 3600],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 7200],
  ['America/New_York', '2026-11-01T05:59:59Z', -14_400],
  ['America/New_York', '2026-11-01T06:00:00Z', -18_000],
  ['Australia/Lord_Howe', '2026-10-03T15:29:59Z', 37_800],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 39_600],
  ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 20_700],
  ['America/St_Johns', '2026-12-31T23:59:59Z', -12_600],
])('%s at %s', (name, time, offset) => {
  expect(offsetAt(zoneTable(name), parseTime(time) / 1000)).toBe(offset)
})
