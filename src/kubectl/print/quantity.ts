// Sums of resource quantities and their canonical text (apimachinery api/resource Quantity.String):
// `300m`, `2`, `400Mi`. Amounts are thousandths of the unit.
import { milliValue } from '../../sim/lib/quantity.ts'

export interface Quantity {
  milli: number
  /** Printed with Ki, Mi … rather than k, M … */
  binary: boolean
}

export const ZERO_QUANTITY: Quantity = { milli: 0, binary: false }

/** Reads `100m`, `200Mi`, `2`; zero for other text, which the server would not have stored. */
export function parseQuantity(text: string | undefined): Quantity {
  if (text === undefined) return ZERO_QUANTITY
  return { milli: milliValue(text) ?? 0, binary: /[KMGTPE]i$/.test(text) }
}

/** The sum; its style is that of the first part that is not zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { milli: a.milli + b.milli, binary: a.milli === 0 ? b.binary : a.binary }
}

export function maxQuantity(a: Quantity, b: Quantity): Quantity {
  return b.milli > a.milli ? b : a
}

const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL_SUFFIXES = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E']

/** Canonical text: the largest suffix that leaves a whole number. */
export function quantityText({ milli, binary }: Quantity): string {
  if (milli === 0) return '0'
  if (binary && Math.abs(milli) >= 1024_000) {
    return scaled(Math.ceil(milli / 1000), 1024, BINARY_SUFFIXES)
  }
  return scaled(milli, 1000, DECIMAL_SUFFIXES)
}

function scaled(value: number, base: number, suffixes: readonly string[]): string {
  let rest = value
  let step = 0
  while (step < suffixes.length - 1 && rest % base === 0) {
    rest /= base
    step++
  }
  return `${rest}${suffixes[step] ?? ''}`
}

/** Whole percent of `part` in `total`, cut off; 0 of nothing. */
export function percentOf(part: Quantity, total: Quantity): number {
  return total.milli === 0 ? 0 : Math.trunc((part.milli / total.milli) * 100)
}
