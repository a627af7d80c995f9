// Going to any moment of a run. Back means: the nearest frame, and the inputs since then again, so
// that the moment is the one that was, with the commands that were open in it.
import { addMs, type SimTime } from '../base/time.ts'
import { worldOf, type Frame } from '../sim/history.ts'
import { copyTrace, truncateTrace, type Trace } from '../sim/trace.ts'
import type { World } from '../sim/world.ts'
import type { Input } from './inputs.ts'
import { advanceRun, processOf, restartRun, setWorld, traceOf, type Run } from './run.ts'

/**
 * A frame does not bring commands back that were open in it and only read. For one that is being
 * listened to an older frame is taken, unless that means to run more than this again.
 */
const REVIVE_MS_MAX = 10 * 60_000

/** Goes to `at`: forward by running, back by replay. */
export function seekRun(run: Run, at: SimTime): void {
  if (at < run.lab.world.now) {
    const { now } = run.lab.world
    if (run.ahead === undefined || run.ahead.at <= now) run.ahead = { at: now, trace: run.trace }
    replayTo(run, [...run.inputs, ...run.future], at)
  } else advanceRun(run, at)
}

/** Sets the run to the moment `at` of the timeline with these inputs, to which its frames belong. */
export function replayTo(run: Run, timeline: readonly Input[], at: SimTime): void {
  const frame = frameFor(run, timeline, at)
  if (frame === undefined) restartRun(run)
  else {
    const world = worldOf(frame)
    const trace = traceAt(run.trace, frame, world)
    setWorld(run, world, trace, timeline.slice(0, frame.inputs))
  }
  run.future = timeline.slice(run.inputs.length)
  advanceQuietly(run, at)
  for (const index of run.heard.keys())
    if (processOf(run, index) === undefined) run.heard.delete(index)
}

/** Runs to `at`; what commands say meanwhile has been heard before. */
export function advanceQuietly(run: Run, at: SimTime): void {
  run.isQuiet = true
  try {
    advanceRun(run, at)
  } finally {
    run.isQuiet = false
  }
}

/** The frame to replay from; undefined: from the very beginning. */
function frameFor(run: Run, timeline: readonly Input[], at: SimTime): Frame | undefined {
  const frames = run.history.frames.filter((frame) => frame.at <= at && isUsable(frame, timeline))
  for (const index of [...run.heard.keys()].sort((a, b) => a - b)) {
    const start = timeline[index]
    if (start === undefined || start.at > at) continue
    const before = frames.findLast(({ inputs }) => inputs <= index)
    if (before !== undefined && addMs(before.at, REVIVE_MS_MAX) >= at) return before
  }
  return frames.at(-1)
}

/**
 * A trace is cut by time, so a frame in whose instant more was given later does not serve; at the
 * start there is nothing to cut.
 */
export function isUsable(frame: Frame, timeline: readonly Input[]): boolean {
  return isBeginning(frame) || timeline[frame.inputs]?.at !== frame.at
}

/** Whether the log of the frame tells all that has ever been. */
function isBeginning({ at, world }: Frame): boolean {
  return at === world.start && world.log.firstId === 1
}

/** The trace as it was when the frame was taken. */
export function traceAt(trace: Trace, frame: Frame, world: World): Trace {
  if (isBeginning(frame)) return traceOf(world)
  const copy = copyTrace(trace)
  truncateTrace(copy, frame.at, world.store)
  return copy
}
