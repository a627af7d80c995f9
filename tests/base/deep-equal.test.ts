import { describe, expect, it } from 'vitest'
import { deepEqual } from '../../src/base/deep-equal.ts'
import { deepFreeze } from '../../src/base/deep-freeze.ts'

describe('deepEqual', () => {
  it('compares by value', () =>
    expect(deepEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBe(true))
  it('takes an undefined key for an absent one', () =>
    expect(deepEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true))
  it('sees a key that only one side has', () =>
    expect(deepEqual({ a: 1 }, { a: 1, b: 2 })).toBe(false))
  it('tells a list from an object', () => expect(deepEqual([], {})).toBe(false))
  it('minds the order of lists', () => expect(deepEqual([1, 2], [2, 1])).toBe(false))
})

describe('deepFreeze', () => {
  it('freezes what is inside', () => {
    const value = deepFreeze({ a: { b: [1] } })
    expect(() => (value.a.b as number[]).push(2)).toThrow(TypeError)
  })
})
