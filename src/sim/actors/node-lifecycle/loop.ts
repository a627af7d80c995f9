// The ticks of loops that upstream runs for ever. Nothing here runs by itself: a controller that
// has something to do computes the next tick and is woken for it, so that a quiet day costs nothing.
import type { SimTime } from '../../../base/time.ts'

/** A loop that began with its program and repeats. */
export interface Loop {
  startedAt: SimTime
  periodMs: number
  /** From the program's start to the first tick. */
  phaseMs: number
}

/** The first tick at or after `time`. */
export function tickFrom({ startedAt, periodMs, phaseMs }: Loop, time: SimTime): SimTime {
  const first = startedAt + phaseMs
  const ticks = Math.max(0, Math.ceil((time - first) / periodMs))
  return (first + ticks * periodMs) as SimTime
}

/** The first tick after `time`. */
export function tickAfter(loop: Loop, time: SimTime): SimTime {
  return tickFrom(loop, (time + 1) as SimTime)
}
