// Copying plain data. The simulation has no structuredClone of its own, and needs only this much.

/** A deep copy of plain data: objects, arrays and primitives. */
export function copyPlain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => copyPlain(item)) as T
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value))
    copy[key] = copyPlain((value as Record<string, unknown>)[key])
  return copy as T
}
