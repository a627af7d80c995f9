// A script played against a chapter: which goals it reaches, when and why, and which reply a wrong
// path earns. What the command line's `--try` prints, and what every proof of a chapter rests on.
import type { SimTime } from '../base/time.ts'
import type { Run } from '../session/run.ts'
import { goalStates, goalTracker, type GoalView } from './goal-tracker.ts'
import { findingOf } from './goals.ts'
import { preparedInputs, type ChapterPlan, type WrongPath } from './plan.ts'
import type { ScriptStep } from './script-text.ts'
import { beginChapter, playScript, type PlayedStep } from './script.ts'

export interface Attempt {
  run: Run
  steps: readonly PlayedStep[]
  goals: readonly GoalView[]
  /** When all goals were reached, in ms after the beginning; absent: they were not. */
  reachedMs?: number
  /** The wrong path that was taken, if one was. */
  wrongPath?: WrongPath
}

/** Plays a script from the chapter's beginning. */
export function attempt(
  plan: ChapterPlan,
  steps: readonly ScriptStep[],
  seed: number = plan.seed,
): Attempt {
  const run = beginChapter(plan, seed, false)
  const begunAt = run.lab.world.now
  const tracker = goalTracker(plan.goals)
  let reachedAt: SimTime | undefined
  const look = (): void => {
    if (reachedAt === undefined && goalStates(tracker, run).every(({ done }) => done))
      reachedAt = run.lab.world.now
  }
  look()
  const played = playScript(run, steps, look)
  const wrongPath = wrongPathTaken(plan, run)
  return {
    run,
    steps: played,
    goals: goalStates(tracker, run),
    ...(reachedAt === undefined ? {} : { reachedMs: reachedAt - begunAt }),
    ...(wrongPath === undefined ? {} : { wrongPath }),
  }
}

/** The first wrong path that the run shows to have been taken. */
export function wrongPathTaken(plan: ChapterPlan, run: Run): WrongPath | undefined {
  const scene = { run, prepared: preparedInputs(plan) }
  return plan.wrongPaths.find(({ when }) => findingOf(when, scene).met)
}
