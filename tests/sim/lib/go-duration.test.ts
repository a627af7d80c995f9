import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatGoDuration, parseGoDuration } from '../../../src/sim/lib/go-duration.ts'

describe('durations are read as Go reads them', () => {
  test.each([
    ['0', 0],
    ['5s', 5e9],
    ['1h30m', 5400e9],
    ['-1.5s', -1.5e9],
    ['+5m', 300e9],
    ['.5h', 1800e9],
    ['1.h', 3600e9],
    ['100ms', 100e6],
    ['1µs1us', 2e3],
    ['3ns', 3],
    ['2562047h', 2562047 * 3600e9],
  ])('%s', (text, ns) => {
    expect(parseGoDuration(text)).toBe(ns)
  })

  test.each([
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['Xm', 'time: invalid duration "Xm"'],
    ['.s', 'time: invalid duration ".s"'],
    ['5', 'time: missing unit in duration "5"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['1 h', 'time: unknown unit " h" in duration "1 h"'],
    ['3000000h', 'time: invalid duration "3000000h"'],
    ['ä"\n', 'time: invalid duration "\\xc3\\xa4\\"\\x0a"'],
  ])('%j is refused', (text, message) => {
    expect(() => parseGoDuration(text)).toThrow(message)
  })
})

describe('durations are printed as Go prints them', () => {
  test.each([
    [0, '0s'],
    [1, '1ns'],
    [1100, '1.1µs'],
    [2.2e6, '2.2ms'],
    [3.3e9, '3.3s'],
    [245e9, '4m5s'],
    [245.001e9, '4m5.001s'],
    [3600e9, '1h0m0s'],
    [-90e9, '-1m30s'],
  ])('%d', (ns, text) => {
    expect(formatGoDuration(ns)).toBe(text)
  })

  test('what is printed reads back as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), (ns) => {
        expect(parseGoDuration(formatGoDuration(ns))).toBe(ns)
      }),
      { seed: 1 },
    )
  })
})
