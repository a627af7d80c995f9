// Which goals have been reached, and why. A goal once reached stays so (a finished Job may be cleaned
// up while the learner reads on), unless time is set back to before it was.
import type { SimTime } from '../base/time.ts'
import { findingOf, type Finding, type Goal } from './goals.ts'
import type { Run } from '../session/run.ts'

export interface GoalTracker {
  readonly goals: readonly Goal[]
  /** By goal: when it was reached. */
  reachedAt: (SimTime | undefined)[]
  /** By goal: what was found when it was reached, or last while it was open. */
  findings: (Finding | undefined)[]
  /** The log's length when the goals were last looked at. */
  seenId: number
  /** When they were last looked at: goals that wait for time look again each second. */
  seenAt: SimTime
}

/** A goal as the learner sees it. */
export interface GoalView {
  text: string
  done: boolean
  hint: string
  hints: readonly string[]
  /** Stands after "because" when done, after "not yet, because" when open. */
  because: string
  /** When it was reached, and the Entry it rests on. */
  at?: SimTime
  entry?: number
}

const LOOK_MS = 1_000

/** Nothing has been reached yet, or as much as in the tracker of the time `before`. */
export function goalTracker(goals: readonly Goal[], before?: GoalTracker): GoalTracker {
  return {
    goals,
    reachedAt: goals.map((_, index) => before?.reachedAt[index]),
    findings: goals.map((_, index) => before?.findings[index]),
    seenId: -1,
    seenAt: 0 as SimTime,
  }
}

/** Looks again if anything has changed, and gives each goal's text, hints, state and reason. */
export function goalStates(tracker: GoalTracker, run: Run): GoalView[] {
  const { now, log } = run.lab.world
  const reached = tracker.reachedAt.map((at) => (at !== undefined && at <= now ? at : undefined))
  tracker.reachedAt = reached
  const isDue = Math.abs(now - tracker.seenAt) >= LOOK_MS
  if (tracker.seenId !== log.nextId || isDue) {
    tracker.seenId = log.nextId
    tracker.seenAt = now
    for (const [index, goal] of tracker.goals.entries()) {
      if (reached[index] !== undefined) continue
      const finding = findingOf(goal.check, { run, prepared: goal.prepared })
      tracker.findings[index] = finding
      if (finding.met) reached[index] = now
    }
  }
  return tracker.goals.map((goal, index) => viewOf(goal, tracker.findings[index], reached[index]))
}

function viewOf(
  { text, hint, hints, notYet }: Goal,
  finding: Finding | undefined,
  reachedAt: SimTime | undefined,
): GoalView {
  const done = reachedAt !== undefined
  const because = (done ? undefined : notYet) ?? finding?.because ?? ''
  const at = finding?.at ?? reachedAt
  const { entry } = finding ?? {}
  return {
    text,
    done,
    hint,
    hints,
    because,
    ...(done && at !== undefined ? { at } : {}),
    ...(done && entry !== undefined ? { entry } : {}),
  }
}
