// An open session as the host holds it, and how it is begun and saved.
import type { Trace } from '../sim/trace.ts'
import type { World } from '../sim/world.ts'
import { goalTracker, type GoalTracker } from '../story/goal-tracker.ts'
import type { Goal } from '../story/goals.ts'
import type { RunningProcess } from '../session/lab.ts'
import type { Input, Run } from '../session/run.ts'
import type { ProcessOutput, SavedSession, SessionStart } from './protocol.ts'

/**
 * Of saved Worlds; those of another version are refused. Counts up when the store or what actors
 * remember changes its shape: what was kept before could be read, but not be continued.
 */
export const SAVE_VERSION = 3
/** Of links, which carry inputs only and so outlive changes of the World. */
export const LINK_VERSION = 1

export interface State {
  session: SessionStart
  run: Run
  goals: GoalTracker
  /** The id of the last Entry whose object the page has seen; -1: send everything. */
  sentId: number
  output: ProcessOutput[]
  processes: Map<number, RunningProcess>
  files: Readonly<Record<string, string>>
}

/** The part of a saved session that only the host reads. */
export interface SavedRun {
  world: World
  inputs: readonly Input[]
  trace: Trace
}

export function optionsOf(session: SessionStart) {
  return { start: session.start, seed: session.seed, cluster: session.cluster, freezes: false }
}

export function stateOf(
  session: SessionStart,
  run: Run,
  files: Readonly<Record<string, string>>,
  goals: readonly Goal[],
): State {
  const processes = new Map<number, RunningProcess>()
  return { session, run, goals: goalTracker(goals), sentId: -1, output: [], processes, files }
}

/** Of the log a saved session keeps only the end, for "why?": nine tenths of a World are its log. */
const ENTRIES_SAVED = 2_000

/**
 * The session as plain data. Whoever stores it copies it in one go, while commands wait: so it
 * holds no more than a reload needs.
 */
export function saveOf(state: State): SavedSession {
  const { run, session, files } = state
  const { world } = run.lab
  const entries = world.log.entries.slice(-ENTRIES_SAVED)
  const log = { ...world.log, entries, firstId: world.log.nextId - entries.length }
  const saved: SavedRun = { world: { ...world, log }, inputs: run.inputs, trace: run.trace }
  return { version: SAVE_VERSION, session, files, world: saved }
}
