// Records of one sort in the order that counts, found by name. A layer has one registry of its
// kinds; what it knows of a kind is one record, and nothing outside the records lists kinds by hand.
import { assert } from './assert.ts'

/** Records in order. Made by `createRegistry`. */
export interface Registry<T> {
  readonly all: readonly T[]
  /** The record of that name, if there is one. */
  find(name: string): T | undefined
  /** Adds a record at the end. For start-up only: nothing that runs sees the registry change. */
  add(record: T): void
}

/** A registry of `records`, found by what `nameOf` says; a name may stand only once. */
export function createRegistry<T>(
  nameOf: (record: T) => string,
  records: readonly T[],
): Registry<T> {
  const all: T[] = []
  const byName = new Map<string, T>()
  const add = (record: T): void => {
    assert(!byName.has(nameOf(record)), `${nameOf(record)} is registered twice`)
    all.push(record)
    byName.set(nameOf(record), record)
  }
  for (const record of records) add(record)
  return { all, find: (name) => byName.get(name), add }
}

/** A function that works `compute` out once, and again only after a record was added. */
export function derivedFrom<T, V>(
  { all }: Pick<Registry<T>, 'all'>,
  compute: (all: readonly T[]) => V,
): () => V {
  let known: { value: V; count: number } | undefined
  return () => {
    if (known?.count !== all.length) known = { value: compute(all), count: all.length }
    return known.value
  }
}
