import { expect, test } from 'vitest'
import {
  conditionOf,
  isConditionTrue,
  newCondition,
  withCondition,
} from '../../../src/sim/lib/conditions.ts'

const T1 = '2026-03-02T09:00:00Z'
const T2 = '2026-03-02T09:00:01Z'
const first = newCondition('Suspended', 'True', 'JobSuspended', 'Job suspended', T1)
const other = newCondition('Other', 'True', 'R', 'M', T1)

test('conditions are found by type', () => {
  expect(conditionOf([other, first], 'Suspended')).toBe(first)
  expect(conditionOf(undefined, 'Suspended')).toBeUndefined()
  expect(isConditionTrue([first], 'Suspended')).toBe(true)
  expect(isConditionTrue([first], 'Other')).toBe(false)
})

test('a new condition goes to the end, unless it is False', () => {
  expect(withCondition([other], first)).toEqual([other, first])
  const list = [other]
  expect(withCondition(list, { ...first, status: 'False' })).toBe(list)
})

test('a changed condition replaces the old one in its place', () => {
  const resumed = newCondition('Suspended', 'False', 'JobResumed', 'Job resumed', T2)
  expect(withCondition([first, other], resumed)).toEqual([resumed, other])
})

test('an equal condition changes nothing, not even the time', () => {
  const list = [first]
  expect(withCondition(list, { ...first, lastTransitionTime: T2 })).toBe(list)
})
