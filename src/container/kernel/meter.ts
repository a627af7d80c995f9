// Counting the steps of work that cannot stop in the middle: a search, a match, a replacement.

import { BUSY_STEPS } from './limits.ts'

/** What steps are counted against: a proc. */
export interface Meter {
  spent: number
}

/** The work was too much for one instant; the scheduler pauses the proc like any busy one. */
export class Overrun extends Error {
  override name = 'Overrun'
}

/** Counts steps; throws an Overrun when the proc has done too much without waiting. */
export function charge(meter: Meter, steps: number): void {
  meter.spent += steps
  if (meter.spent > BUSY_STEPS) throw new Overrun()
}
