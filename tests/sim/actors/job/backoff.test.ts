import { describe, expect, test } from 'vitest'
import {
  NO_BACKOFF,
  nextRecord,
  remainingForIndexMs,
  remainingMs,
} from '../../../../src/sim/actors/job/backoff.ts'
import { finishTime } from '../../../../src/sim/actors/job/pods.ts'
import { formatTime } from '../../../../src/base/time.ts'
import { at, pod } from './objects.ts'

describe('[JOB-7] the record of failures', () => {
  const failed = (endedAt: number) => pod(`f${endedAt}`, 'Failed', { endedAt })
  const succeeded = (endedAt: number) => pod(`s${endedAt}`, 'Succeeded', { endedAt })
  const old = { failures: 2, lastFailureAt: at(5) }

  test('stays when nothing ended', () => {
    expect(nextRecord(old, [], [])).toBe(old)
  })

  test('counts failures on and takes the latest end', () => {
    const record = nextRecord(old, [], [failed(20), failed(30), failed(10)])
    expect(record).toEqual({ failures: 5, lastFailureAt: at(30) })
  })

  test('starts anew after a success', () => {
    expect(nextRecord(old, [succeeded(20)], [])).toEqual(NO_BACKOFF)
  })

  test('keeps only failures that ended after the latest success', () => {
    const record = nextRecord(
      old,
      [succeeded(20), succeeded(10)],
      [failed(15), failed(20), failed(25)],
    )
    expect(record).toEqual({ failures: 1, lastFailureAt: at(25) })
  })
})

describe('[JOB-8] the wait before the next Pod', () => {
  test.each([
    [0, 0],
    [1, 10],
    [2, 20],
    [3, 40],
    [6, 320],
    [7, 600],
    [50, 600],
  ])('after %d failures it is %d s', (failures, seconds) => {
    expect(remainingMs({ failures, lastFailureAt: at(100) }, at(100))).toBe(seconds * 1000)
  })

  test('counts from the end of the failure', () => {
    const record = { failures: 1, lastFailureAt: at(0) }
    expect(remainingMs(record, at(4))).toBe(6000)
    expect(remainingMs(record, at(10))).toBe(0)
    expect(remainingMs(record, at(500))).toBe(0)
  })

  test('is kept by index in the annotation of the last failed Pod', () => {
    const lost = pod('p', 'Failed', { index: 0, failures: 1, endedAt: 10 })
    expect(remainingForIndexMs(undefined, at(11))).toBe(0)
    expect(remainingForIndexMs(lost, at(11))).toBe(19_000)
  })
})

describe('the end of a Pod', () => {
  const time = formatTime(at(7))
  test('is that of its last container', () => {
    expect(finishTime(pod('p', 'Failed', { endedAt: 3 }))).toBe(at(3))
  })

  test('else when it stopped being ready', () => {
    const conditions = [{ type: 'Ready', status: 'False' as const, lastTransitionTime: time }]
    expect(finishTime(pod('p', 'Running', { conditions }))).toBe(at(7))
  })

  test('else when its deletion was asked for, else its creation', () => {
    expect(finishTime(pod('p', 'Pending', { leaving: true }))).toBe(at(0))
    expect(finishTime(pod('p', 'Pending', { createdAt: 4 }))).toBe(at(4))
  })
})
