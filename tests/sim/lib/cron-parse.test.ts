import { describe, expect, test } from 'vitest'
import { allows, CronError, type CronField } from '../../../src/sim/lib/cron-field.ts'
import { parseCron, type FieldsSchedule } from '../../../src/sim/lib/cron-parse.ts'

function refusal(text: string): string {
  try {
    parseCron(text)
  } catch (error) {
    if (error instanceof CronError) return error.message
    throw error
  }
  return 'accepted'
}

function fields(text: string): FieldsSchedule {
  const schedule = parseCron(text)
  if (schedule.kind !== 'fields') throw new Error(`${text} has no fields`)
  return schedule
}

function values(field: CronField): number[] {
  return Array.from(field.next.keys()).filter((value) => allows(field, value))
}

describe('[CRONTAB-1] what the parser refuses, in its words', () => {
  const cases: Record<string, string> = {
    '': 'empty spec string',
    ' ': 'expected exactly 5 fields, found 0: []',
    '* * * *': 'expected exactly 5 fields, found 4: [* * * *]',
    '0 0 0 * * *': 'expected exactly 5 fields, found 6: [0 0 0 * * *]',
    '@foo': 'unrecognized descriptor: @foo',
    '@Daily': 'unrecognized descriptor: @Daily',
    '@reboot': 'unrecognized descriptor: @reboot',
    '@every': 'unrecognized descriptor: @every',
    ' @daily': 'expected exactly 5 fields, found 1: [@daily]',
    '@every Xm': 'failed to parse duration @every Xm: time: invalid duration "Xm"',
    '@every 1d': 'failed to parse duration @every 1d: time: unknown unit "d" in duration "1d"',
    '@every 5': 'failed to parse duration @every 5: time: missing unit in duration "5"',
    'TZ=UTC': 'runtime error: slice bounds out of range [:-1]',
    'TZ=Mars/Base 0 * * * *': 'provided bad location Mars/Base: unknown time zone Mars/Base',
    'TZ=europe/berlin 0 * * * *':
      'provided bad location europe/berlin: unknown time zone europe/berlin',
    'TZ=../x 0 * * * *': 'provided bad location ../x: time: invalid location name',
    '60 * * * *': 'end of range (60) above maximum (59): 60',
    '60 99 * * *': 'end of range (60) above maximum (59): 60',
    '* 24 * * *': 'end of range (24) above maximum (23): 24',
    '* * 0 * *': 'beginning of range (0) below minimum (1): 0',
    '* * * 13 *': 'end of range (13) above maximum (12): 13',
    '* * * * 7': 'end of range (7) above maximum (6): 7',
    '* * * * fri-mon': 'beginning of range (5) beyond end of range (1): fri-mon',
    '*/0 * * * *': 'step of range should be a positive number: */0',
    '*/-12 * * * *': 'negative number (-12) not allowed: -12',
    '1-2-3 * * * *': 'too many hyphens: 1-2-3',
    '1/2/3 * * * *': 'too many slashes: 1/2/3',
    'jan * * * *': 'failed to parse int from jan: strconv.Atoi: parsing "jan": invalid syntax',
    '* * L * *': 'failed to parse int from L: strconv.Atoi: parsing "L": invalid syntax',
    '* * * */feb *': 'failed to parse int from feb: strconv.Atoi: parsing "feb": invalid syntax',
    '99999999999999999999 * * * *':
      'failed to parse int from 99999999999999999999: ' +
      'strconv.Atoi: parsing "99999999999999999999": value out of range',
  }
  test.each(Object.entries(cases))('%j', (text, message) => {
    expect(refusal(text)).toBe(message)
  })

  test('a zone without a schedule is a panic, which callers word differently', () => {
    expect(() => parseCron('CRON_TZ=UTC')).toThrow(expect.objectContaining({ panics: true }))
  })
})

describe('what a field allows', () => {
  const cases: Record<string, number[]> = {
    '5': [5],
    '+5': [5],
    '05,05': [5],
    '5-7': [5, 6, 7],
    '5-9/2': [5, 7, 9],
    '50/5': [50, 55],
    '*/15': [0, 15, 30, 45],
    '1,,2,': [1, 2],
    ',': [],
    '10-20/100': [10],
  }
  test.each(Object.entries(cases))('minute %s', (text, expected) => {
    expect(values(fields(`${text} * * * *`).minute)).toEqual(expected)
  })

  test('names stand for months and days of the week in any letter case', () => {
    const { month, dayOfWeek } = fields('0 0 * Apr-JUN,dec mon/2')
    expect(values(month)).toEqual([4, 5, 6, 12])
    expect(values(dayOfWeek)).toEqual([1, 3, 5])
  })

  test('whatever follows the hyphen of a star is ignored', () => {
    expect(values(fields('* *-9 * * *').hour)).toHaveLength(24)
  })

  test.each(['*', '?', '*/1', '?/1', '5,*'])('%s carries the star', (text) => {
    expect(fields(`0 0 ${text} * *`).dayOfMonth.star).toBe(true)
  })

  test.each(['*/2', '?/5', '1-31', ','])('%s does not carry the star', (text) => {
    expect(fields(`0 0 ${text} * *`).dayOfMonth.star).toBe(false)
  })
})

describe('the rest of the grammar', () => {
  test('descriptors equal their five fields', () => {
    expect(parseCron('@yearly')).toEqual(parseCron('0 0 1 1 *'))
    expect(parseCron('@annually')).toEqual(parseCron('0 0 1 1 *'))
    expect(parseCron('@monthly')).toEqual(parseCron('0 0 1 * *'))
    expect(parseCron('@weekly')).toEqual(parseCron('0 0 * * 0'))
    expect(parseCron('@midnight')).toEqual(parseCron('0 0 * * *'))
    expect(parseCron('@hourly')).toEqual(parseCron('0 * * * *'))
  })

  test.each([
    ['@every 90m', 5_400_000],
    ['@every 1h30m10s', 5_410_000],
    ['@every 1500ms', 1_000],
    ['@every 0s', 1_000],
    ['@every -5m', 1_000],
  ])('%s is whole seconds, at least one', (text, intervalMs) => {
    expect(parseCron(text)).toEqual({ kind: 'every', intervalMs })
  })

  test('a zone prefix is split off and the rest trimmed', () => {
    expect(fields('CRON_TZ=Asia/Tokyo   0 6 * * * ').zone).toBe('Asia/Tokyo')
    expect(fields('TZ=Asia/Tokyo  @daily').zone).toBe('Asia/Tokyo')
  })

  test('fields are split at any white space of Unicode', () => {
    expect(fields('\t0\u00a06\u3000* *\n* ')).toEqual(fields('0 6 * * *'))
  })

  test('equal texts share one result', () => {
    expect(parseCron('7 7 7 7 *')).toBe(parseCron('7 7 7 7 *'))
  })
})
