// A word of advice beside the terminal, never part of its output: what a learner who is stuck at
// this very line may not know. Pure rules over what was typed and what came back.
import { RULES } from './coach-rules.ts'

interface LineOutcome {
  line: string
  code: number
  /** The end of what was printed. */
  output: string
  /** Whether time runs. */
  playing: boolean
}

/** Advice for a line that changed something while nothing can come of it. */
export const COACH_FOR_PAUSED = 'Done, but time is paused: the cluster acts on it when time runs.'

const CHANGES =
  /^\s*(kubectl|k)\s+(apply|create|replace|delete|edit|patch|scale|set|rollout|drain|run)\b/

const NO_RESOURCES = /No resources found in (\S+) namespace/

/** Advice for a line that the shell cannot run yet. */
export const COACH_FOR_MORE =
  'The command is not at its end: type the rest after the >, or press Ctrl-C to give it up.'

/** Advice for a line that has ended; undefined when there is nothing to say. */
export function coachFor(outcome: LineOutcome, files: readonly string[]): string | undefined {
  for (const { when, typed, say } of RULES) {
    const match = when.exec(outcome.output)
    if (match === null || (typed !== undefined && !typed.test(outcome.line))) continue
    return say(match, files)
  }
  const nothing = NO_RESOURCES.exec(outcome.output)
  if (nothing !== null)
    return `Nothing of this kind in the ${nothing[1]} namespace. Add -A to look in all of them.`
  if (!outcome.playing && outcome.code === 0 && CHANGES.test(outcome.line)) return COACH_FOR_PAUSED
  return undefined
}

/** Advice for a line that is still waiting. */
export function coachForWaiting(line: string, playing: boolean): string | undefined {
  if (!playing) return 'This command waits for the cluster, and time is paused.'
  if (/(^|\s)(-w|--watch)\b/.test(line)) return 'Watching until you press Ctrl-C.'
  return undefined
}
