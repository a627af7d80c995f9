// Small tools for defaulting plain data without copying what is already complete: every function
// returns its argument itself when there is nothing to add, so that equal objects stay shared.

import { extend } from '../../../base/plain.ts'

/** `object` with the missing keys taken from `defaults`; the same object when none is missing. */
export function fill<T extends object>(object: T, defaults: Partial<T>): T {
  for (const key in defaults) if (object[key] === undefined) return extend(defaults, object) as T
  return object
}

/** `object` with `key` mapped; the same object when the key is absent or its value unchanged. */
export function mapKey<T extends object, K extends keyof T>(
  object: T,
  key: K,
  map: (value: NonNullable<T[K]>) => T[K],
): T {
  const value = object[key]
  if (value === undefined || value === null) return object
  const mapped = map(value)
  return mapped === value ? object : { ...object, [key]: mapped }
}

/** `list` with every item mapped; the same list when no item changed. */
export function mapItems<T>(list: readonly T[], map: (item: T) => T): readonly T[] {
  let changed: T[] | undefined
  list.forEach((item, index) => {
    const mapped = map(item)
    if (mapped !== item) (changed ??= [...list])[index] = mapped
  })
  return changed ?? list
}

/**
 * `map` remembered by the identity of its argument. Templates are shared by thousands of Pods, so
 * each is defaulted once. Only for pure functions of immutable objects.
 */
export function memoized<T extends object>(map: (value: T) => T): (value: T) => T {
  const known = new WeakMap<T, T>()
  return (value) => {
    const hit = known.get(value)
    if (hit !== undefined) return hit
    const mapped = map(value)
    known.set(value, mapped)
    known.set(mapped, mapped)
    return mapped
  }
}
