// What descriptions do with resource quantities: amounts that may be absent, and shares in percent.
import {
  compareQuantities,
  parseQuantity,
  QuantityError,
  type Quantity,
} from '../../sim/lib/quantity.ts'

export const ZERO_QUANTITY: Quantity = { nano: 0n, format: 'DecimalSI' }

/** The quantity a text stands for; undefined when it stands for none. */
export function quantityOf(text: string): Quantity | undefined {
  try {
    return parseQuantity(text)
  } catch (error) {
    if (error instanceof QuantityError) return undefined
    throw error
  }
}

/** The amount of an entry that may be absent; zero then. */
export function amountOf(text: string | undefined): Quantity {
  return (text === undefined ? undefined : quantityOf(text)) ?? ZERO_QUANTITY
}

export function maxQuantity(a: Quantity, b: Quantity): Quantity {
  return compareQuantities(b, a) > 0 ? b : a
}

/** Whole percent of `part` in `whole`, cut off; 0 of nothing. */
export function percentOf(part: Quantity, whole: Quantity): number {
  return whole.nano === 0n ? 0 : Number((part.nano * 100n) / whole.nano)
}
