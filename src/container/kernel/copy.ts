// Copying plain data. The simulation has no structuredClone of its own, and needs only this much.

/**
 * A deep copy of plain data: objects, arrays and primitives. Each object is spread and then filled,
 * which keeps it as quick to use as its original: built key by key it would be a hash table.
 */
export function copyPlain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => copyPlain(item)) as T
  const copy = { ...value }
  for (const key in copy) {
    const part = copy[key]
    if (typeof part === 'object' && part !== null) copy[key] = copyPlain(part)
  }
  return copy
}
