// Objects of the cluster are immutable; in development and tests they are frozen, so that a write
// in place is found where it happens and not three actors later.

/** Freezes a plain data value and everything in it; already frozen parts are not walked again. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const key in value) deepFreeze(value[key])
  return value
}
