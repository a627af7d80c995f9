import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatIntervals,
  includesIndex,
  mergeIntervals,
  overlapOf,
  parseIntervals,
  totalOf,
  withIndexes,
} from '../../../../src/sim/actors/job/intervals.ts'

test.each([
  [[], ''],
  [[3], '3'],
  [[1, 2], '1,2'],
  [[0, 1, 2], '0-2'],
  [[2, 4, 5, 7, 8, 9], '2,4,5,7-9'],
])('%j is written %j', (indexes, text) => {
  expect(formatIntervals(withIndexes([], indexes))).toBe(text)
})

test('text is read up to the number of completions, broken parts are skipped', () => {
  expect(parseIntervals('0-2,x,4,6-9', 8)).toEqual([
    { first: 0, last: 2 },
    { first: 4, last: 4 },
    { first: 6, last: 7 },
  ])
  expect(parseIntervals('1,2,3', 10)).toEqual([{ first: 1, last: 3 }])
  expect(parseIntervals('12-14', 10)).toEqual([])
  expect(parseIntervals(undefined, 10)).toEqual([])
})

test('intervals are the sets they stand for', () => {
  const set = fc.uniqueArray(fc.nat(40), { maxLength: 20 })
  fc.assert(
    fc.property(set, set, (a, b) => {
      const union = [...new Set([...a, ...b])].sort((x, y) => x - y)
      const merged = mergeIntervals(withIndexes([], a), withIndexes([], b))
      expect(totalOf(merged)).toBe(union.length)
      expect(parseIntervals(formatIntervals(merged), 100)).toEqual(merged)
      for (let index = 0; index <= 41; index++) {
        expect(includesIndex(merged, index)).toBe(union.includes(index))
      }
      const both = a.filter((index) => b.includes(index)).length
      expect(overlapOf(withIndexes([], a), withIndexes([], b))).toBe(both)
    }),
    { seed: 3, numRuns: 300 },
  )
})
