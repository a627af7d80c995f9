// Digits of π, really computed: Machin's formula on big integers.

const cache = new Map<number, string>()

/** The most digits that are computed; perl would need hours for more. */
export const PI_DIGITS_MAX = 20_000

/**
 * π rounded to `digits` significant digits, as `bpi(digits)` of perl's bignum gives it:
 * `bpi(5)` is 3.1416.
 */
export function piText(digits: number): string {
  const known = cache.get(digits)
  if (known !== undefined) return known
  const guard = 10
  const unit = 10n ** BigInt(digits - 1 + guard)
  const pi = 4n * (4n * arctanInverse(5n, unit) - arctanInverse(239n, unit))
  const rounded = (pi + 5n * 10n ** BigInt(guard - 1)) / 10n ** BigInt(guard)
  const text = rounded.toString()
  const shown = digits === 1 ? text : `${text.slice(0, 1)}.${text.slice(1)}`
  cache.set(digits, shown)
  return shown
}

/** arctan(1/x) in units of 1/unit. */
function arctanInverse(x: bigint, unit: bigint): bigint {
  const square = x * x
  let power = unit / x
  let sum = power
  // The powers alternate in sign; division truncates towards zero, so they end at zero.
  for (let n = 3n; power !== 0n; n += 2n) {
    power = -power / square
    sum += power / n
  }
  return sum
}
