// An open session as the host holds it: its run, what the page has seen of it, and the goals that
// were reached on each of its branches.
import { goalTracker, type GoalTracker } from '../story/goal-tracker.ts'
import type { Goal } from '../story/goals.ts'
import { EXIT_INTERRUPTED, type RunningProcess } from '../session/lab.ts'
import { indexOf, processOf, type Run } from '../session/run.ts'
import type { SessionStart } from '../session/session.ts'
import type { SentTicks } from './ledgers.ts'
import type { ProcessOutput } from './protocol.ts'

export interface State {
  session: SessionStart
  run: Run
  goals: readonly Goal[]
  /** By the id of the branch. */
  trackers: Map<number, GoalTracker>
  /** The id of the last Entry whose object the page has seen; -1: send everything. */
  sentId: number
  /** What the page has seen of each CronJob's ledger, by uid. */
  sentTicks: SentTicks
  output: ProcessOutput[]
  /** The commands whose end the page waits for, by pid. */
  processes: Map<number, Pick<RunningProcess, 'exit'>>
}

export function optionsOf({ start, seed, cluster, files }: SessionStart) {
  return { start, seed, cluster, files, freezes: false }
}

export function stateOf(session: SessionStart, run: Run, goals: readonly Goal[]): State {
  const processes = new Map<number, RunningProcess>()
  return {
    session,
    run,
    goals,
    trackers: new Map(),
    sentId: -1,
    sentTicks: new Map(),
    output: [],
    processes,
  }
}

/** What has been reached on the branch that is open; a new branch begins with what its parent had. */
export function trackerOf(state: State): GoalTracker {
  const { run, trackers, goals } = state
  const known = trackers.get(run.branch)
  if (known !== undefined) return known
  const { parent } = run.branches.find(({ id }) => id === run.branch)!
  const before = parent === undefined ? undefined : trackers.get(parent)
  const tracker = goalTracker(goals, before)
  trackers.set(run.branch, tracker)
  return tracker
}

/** Time was set back, or another branch entered: what the page knows is void. */
export function startAnew(state: State): void {
  const { run, processes } = state
  state.sentId = -1
  for (const tracker of state.trackers.values()) tracker.seenId = -1
  for (const pid of processes.keys()) {
    const process = run.heard.has(indexOf(pid)) ? processOf(run, indexOf(pid)) : undefined
    processes.set(pid, process ?? { exit: EXIT_INTERRUPTED })
  }
}
