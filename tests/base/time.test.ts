import { describe, expect, it } from 'vitest'
import {
  formatMicroTime,
  formatRfc1123,
  formatTime,
  humanDuration,
  parseTime,
  simTimeOf,
  truncateToSecond,
} from '../../src/base/time.ts'

const S = 1_000
const M = 60 * S
const H = 60 * M
const D = 24 * H

describe('an age', () => {
  const cases: Record<string, [number, string]> = {
    'is invalid when it lies two seconds in the future': [-2 * S, '<invalid>'],
    'is 0s when it lies just in the future': [-1 * S, '0s'],
    'is in seconds below two minutes': [119 * S, '119s'],
    'is in minutes alone when no seconds are left': [2 * M, '2m'],
    'has minutes and seconds below ten minutes': [9 * M + 59 * S, '9m59s'],
    'is in minutes below three hours': [179 * M, '179m'],
    'has hours and minutes below eight hours': [7 * H + 59 * M, '7h59m'],
    'is in hours below two days': [47 * H, '47h'],
    'has days and hours below eight days': [7 * D + 23 * H, '7d23h'],
    'is in days below two years': [729 * D, '729d'],
    'has years and days below eight years': [(2 * 365 + 1) * D, '2y1d'],
    'is in years beyond': [9 * 365 * D, '9y'],
  }
  for (const [name, [ms, text]] of Object.entries(cases))
    it(name, () => expect(humanDuration(ms)).toBe(text))
})

describe('a time', () => {
  const time = parseTime('2026-11-23T09:20:25.076Z')
  it('is written to the second', () => expect(formatTime(time)).toBe('2026-11-23T09:20:25Z'))
  it('is written to the microsecond', () =>
    expect(formatMicroTime(time)).toBe('2026-11-23T09:20:25.076000Z'))
  it('is written as describe does', () =>
    expect(formatRfc1123(time)).toBe('Mon, 23 Nov 2026 09:20:25 +0000'))
  it('is read with an offset', () =>
    expect(parseTime('2026-11-23T10:20:25+01:00')).toBe(truncateToSecond(time)))
  it.each(['soon', ''])('is refused when it is none: %j', (text) =>
    expect(() => parseTime(text)).toThrow(RangeError),
  )
  it('has whole milliseconds', () => expect(simTimeOf(1.9)).toBe(1))
})
