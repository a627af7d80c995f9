// The beats of loops that upstream runs for ever. Nothing here ticks: a controller that has
// something to do computes the next beat and is woken for it, so that a quiet day costs nothing.
import type { SimTime } from '../../../base/time.ts'

/** A loop that began with its program and repeats. */
export interface Loop {
  startedAt: SimTime
  periodMs: number
  /** From the program's start to the first beat. */
  phaseMs: number
}

/** The first beat at or after `time`. */
export function beatFrom({ startedAt, periodMs, phaseMs }: Loop, time: SimTime): SimTime {
  const first = startedAt + phaseMs
  const beats = Math.max(0, Math.ceil((time - first) / periodMs))
  return (first + beats * periodMs) as SimTime
}

/** The first beat after `time`. */
export function beatAfter(loop: Loop, time: SimTime): SimTime {
  return beatFrom(loop, (time + 1) as SimTime)
}
