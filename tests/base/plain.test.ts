import { describe, expect, it } from 'vitest'
import { compact, extend } from '../../src/base/plain.ts'

describe('compact', () => {
  it('leaves out what is undefined and keeps the order', () => {
    const made = compact({ a: 1, b: undefined, c: null, d: '' })
    expect(Object.entries(made)).toEqual([
      ['a', 1],
      ['c', null],
      ['d', ''],
    ])
  })

  it('gives back what is complete', () => {
    const fields = { a: 1, b: false }
    expect(compact(fields)).toBe(fields)
  })
})

describe('extend', () => {
  it('adds and replaces keys without touching either object', () => {
    const object = Object.freeze({ a: 1, b: 2 })
    const added = Object.freeze({ b: 3, c: 4 })
    expect(extend(object, added)).toEqual({ a: 1, b: 3, c: 4 })
    expect(object).toEqual({ a: 1, b: 2 })
  })
})
