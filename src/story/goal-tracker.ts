// Which goals have been reached. A goal once reached stays so (a finished Job may be cleaned up
// while the learner reads on), unless time is set back to before it was.
import type { SimTime } from '../base/time.ts'
import { holds, type Goal } from './goals.ts'
import type { Run } from '../session/run.ts'

export interface GoalTracker {
  readonly goals: readonly Goal[]
  /** By goal: when it was reached. */
  reachedAt: (SimTime | undefined)[]
  /** The log's length when the goals were last looked at. */
  seenId: number
}

/** Nothing has been reached yet, or as much as in the tracker of the time `before`. */
export function goalTracker(goals: readonly Goal[], before?: GoalTracker): GoalTracker {
  return { goals, reachedAt: goals.map((_, index) => before?.reachedAt[index]), seenId: -1 }
}

/** Looks again if anything has changed, and tells each goal's text, hint and whether it is done. */
export function goalStates(
  tracker: GoalTracker,
  run: Run,
): { text: string; done: boolean; hint: string }[] {
  const { now, log } = run.lab.world
  const reached = tracker.reachedAt.map((at) => (at !== undefined && at <= now ? at : undefined))
  tracker.reachedAt = reached
  if (tracker.seenId !== log.nextId) {
    tracker.seenId = log.nextId
    for (const [index, goal] of tracker.goals.entries())
      if (reached[index] === undefined && holds(goal.check, run)) reached[index] = now
  }
  return tracker.goals.map(({ text, hint }, index) => ({
    text,
    hint,
    done: reached[index] !== undefined,
  }))
}
