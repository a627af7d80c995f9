// When something was off: a program of the control plane over all lanes, a suspended schedule in its
// own. They stand behind everything, so that a gap in what happened explains itself.
import type { Interval } from '../../sim/ledger/ticks.ts'
import type { Outage } from '../../sim/outages.ts'
import { type Viewport, xOf } from './axis.ts'

/** A stretch of time in which something was off. */
export interface OffShape {
  type: 'off'
  x: number
  y: number
  width: number
  height: number
  label: string
  from: number
  /** Undefined while it lasts. */
  to: number | undefined
}

/** Machines have bands of their own: their Node's state. */
const MACHINE = 'node/'
const WIDTH_MIN = 1

/** The stretches of programs, from the top of all lanes to their end. */
export function outageShapes(
  outages: readonly Outage[],
  view: Viewport,
  { now, height }: { now: number; height: number },
): OffShape[] {
  return outages
    .filter(({ name }) => !name.startsWith(MACHINE))
    .flatMap(({ name, ...interval }) =>
      offShapes([interval], view, { now, y: 0, height, label: `${name} off` }),
    )
}

/** The stretches that are in sight. */
export function offShapes(
  intervals: readonly Interval[],
  view: Viewport,
  place: { now: number; y: number; height: number; label: string },
): OffShape[] {
  const { now, y, height, label } = place
  return intervals.flatMap(({ from, to }) => {
    const end = to ?? now
    if (end < view.from || from > view.to) return []
    const x = Math.max(-1, xOf(view, from))
    const width = Math.max(WIDTH_MIN, Math.min(view.width + 1, xOf(view, end)) - x)
    return [{ type: 'off', x, y, width, height, label, from, to } as const]
  })
}
