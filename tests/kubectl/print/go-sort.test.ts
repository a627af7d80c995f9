// The order of equal elements that Go's sort.Sort leaves.
import { describe, expect, it } from 'vitest'
import { goSort } from '../../../src/kubectl/print/go-sort.ts'

interface Item {
  key: number
  at: number
}

function items(keys: readonly number[]): Item[] {
  return keys.map((key, at) => ({ key, at }))
}

const byKey = (a: Item, b: Item): boolean => a.key < b.key

describe('goSort', () => {
  it('keeps equal elements in place up to twelve', () => {
    const list = items([2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    const order = goSort(list, byKey).map(({ at }) => at)
    expect(order).toEqual([1, 3, 5, 7, 9, 11, 0, 2, 4, 6, 8, 10])
  })

  const shapes: Record<string, (index: number, count: number) => number> = {
    ascending: (index) => index,
    descending: (index, count) => count - index,
    constant: () => 1,
    'two values': (index) => index % 2,
    'organ pipe': (index, count) => Math.min(index, count - index),
    sawtooth: (index) => (index * 7) % 31,
    scrambled: (index) => (index * 7919) % 1009,
  }
  for (const count of [0, 1, 13, 49, 50, 64, 300, 1000])
    it.each(Object.entries(shapes))(`sorts ${count} elements, %s`, (_name, shape) => {
      const list = items(Array.from({ length: count }, (_, index) => shape(index, count)))
      const sorted = goSort(list, byKey)
      expect(sorted.map(({ key }) => key)).toEqual(
        list.map(({ key }) => key).toSorted((a, b) => a - b),
      )
      expect(new Set(sorted.map(({ at }) => at)).size).toBe(count)
    })

  it('does not touch what it is given', () => {
    const list = items([3, 2, 1])
    goSort(list, byKey)
    expect(list.map(({ key }) => key)).toEqual([3, 2, 1])
  })
})
