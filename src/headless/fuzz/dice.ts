// Drawing from a seed: everything a fuzz run does follows from it.
import { randomInt, type Rng } from '../../base/rng.ts'

/** True once in `outOf` times. */
export function once(rng: Rng, outOf: number): boolean {
  return randomInt(rng, outOf) === 0
}

export function pick<T>(rng: Rng, values: readonly T[]): T {
  return values[randomInt(rng, values.length)]!
}

/** A whole number from `low` to `high`. */
export function between(rng: Rng, low: number, high: number): number {
  return low + randomInt(rng, high - low + 1)
}
