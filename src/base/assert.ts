// Broken invariants stop the world. An assertion is for programmer errors only: what a user or a
// manifest can cause is an ApiError or a UsageError instead.

/** An invariant of the program does not hold. Never caught inside `sim`. */
class AssertionError extends Error {
  override name = 'AssertionError'
}

/** Throws AssertionError with `message` unless `condition` holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message)
}

/** Ends a switch over a union: the compiler proves that no member was forgotten. */
export function assertNever(value: never): never {
  throw new AssertionError(`unexpected value: ${JSON.stringify(value)}`)
}
