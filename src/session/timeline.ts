// A run as plain data that names no World: where it stands, and every branch with its inputs. This
// is what is saved and what a link carries; with the session's beginning it gives the run again.
import type { SimTime } from '../base/time.ts'
import type { Trace } from '../sim/trace.ts'
import type { World } from '../sim/world.ts'
import { inputsOf, type Branch } from './branches.ts'
import { branchesNow } from './futures.ts'
import { advanceQuietly } from './rewind.ts'
import { continueRun, createRun, type Run, type RunOptions } from './run.ts'

export interface Timeline {
  now: SimTime
  /** The branch that is open. */
  branch: number
  /** How many of its inputs have been given; the others are its future. */
  given: number
  branches: readonly Branch[]
}

/** A World of the timeline, from which less has to be run again. */
export interface SavedFrame {
  /** Of the World's shape: counts up when the store or what actors remember changes. */
  version: number
  world: World
  trace: Trace
  /** How many inputs had been given. */
  inputs: number
}

/** The run as data. */
export function timelineOf(run: Run): Timeline {
  const { lab, branch, inputs } = run
  return { now: lab.world.now, branch, given: inputs.length, branches: branchesNow(run) }
}

/** The run that the same beginning and the same inputs give, at the moment where it stood. */
export function runOf(options: RunOptions, timeline: Timeline, frame?: SavedFrame): Run {
  const { branches, branch, given, now } = timeline
  const inputs = inputsOf(branches, branch)
  const run =
    frame === undefined
      ? createRun(options)
      : continueRun(options, { ...frame, inputs: inputs.slice(0, frame.inputs) })
  run.branches = [...branches]
  run.branch = branch
  run.future = inputs.slice(run.inputs.length, given)
  advanceQuietly(run, now)
  run.future = inputs.slice(given)
  return run
}
