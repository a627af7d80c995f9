// What proves a chapter: its goals are open at the start and reached by its solution.
import { goalStates, goalTracker } from '../../src/story/goal-tracker.ts'
import type { ChapterPlan } from '../../src/story/plan.ts'
import { beginChapter, runScript } from '../../src/story/script.ts'

/** The texts of goals that are reached at the start, and of those still open after the solution. */
export function proveChapter(
  plan: ChapterPlan,
  seed: number,
): { reachedAtStart: string[]; openAtEnd: string[]; printed: string } {
  const run = beginChapter(plan, seed)
  const tracker = goalTracker(plan.goals)
  const textsOf = (done: boolean): string[] =>
    goalStates(tracker, run).flatMap((goal) => (goal.done === done ? [goal.text] : []))
  const reachedAtStart = textsOf(true)
  const printed = runScript(run, plan.solution, { ...plan.files, ...plan.solutionFiles })
  return { reachedAtStart, openAtEnd: textsOf(false), printed }
}
