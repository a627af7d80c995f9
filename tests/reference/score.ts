// The score of one replay: how many steps, events and state sequences are as recorded, of how many.
// What two recordings of the real cluster told differently is not scored.
import type { Recording, Transcript } from '../../src/headless/replay-session.ts'
import {
  eventsOf,
  statesOf,
  stepSame,
  tally,
  views,
  type ObjectVersion,
  type Step,
} from './compare.ts'

export interface Score {
  /** [as recorded, of]. */
  steps: [number, number]
  events: [number, number]
  states: [number, number]
}

interface Recorded {
  steps: readonly Step[]
  objects?: readonly ObjectVersion[]
  unstable?: Readonly<Record<string, readonly string[]>>
}

export function scoreOf(name: string, recording: Recording, transcript: Transcript): Score {
  const recorded = recording as unknown as Recorded
  const produced = transcript as unknown as Recorded
  const stable = [...recorded.steps.entries()].filter(([, step]) => step.stable !== false)
  const same = stable.filter(([index, step]) => stepSame(step, produced.steps[index] ?? {}, name))
  const score: Score = { steps: [same.length, stable.length], events: [0, 0], states: [0, 0] }
  if ((recorded.objects ?? []).length === 0) return score
  const { objects, unstable } = recorded
  score.events = tally(eventsOf(objects), eventsOf(produced.objects), unstable?.['events'])
  for (const [kind, view] of Object.entries(views)) {
    const wanted = statesOf(objects, kind, view)
    const [got, of] = tally(wanted, statesOf(produced.objects, kind, view), unstable?.[kind])
    score.states = [score.states[0] + got, score.states[1] + of]
  }
  return score
}
