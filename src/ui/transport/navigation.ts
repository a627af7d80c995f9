// The ways to move in time that the transport bar, the keys and the story share.
import { STEP_MS_MAX } from '../../worker/protocol.ts'
import type { PageRun } from '../page-run.ts'
import { notify, type PageStore } from '../store.ts'
import { neighbourStop } from './speed.ts'

const SECOND = 1_000

/** To the next change that can be seen, or a minute on when there is none. */
export async function stepForward({ engine, store }: PageRun): Promise<void> {
  const before = engine.clockNow()
  await engine.step('change')
  if (engine.clockNow() - before >= STEP_MS_MAX)
    notify(store, 'Nothing has changed in this minute.')
}

/** One task of one program of the cluster. */
export async function stepTask({ engine }: PageRun): Promise<void> {
  await engine.step('task')
}

/** To the latest moment before now at which something changed: where a step forward would stop. */
export async function stepBack({ engine, store }: PageRun): Promise<void> {
  const { start } = store.getState()
  const now = engine.clockNow()
  store.setState({ playing: false })
  // The log knows every change but only of late; the timeline knows fewer, but of the whole run.
  const moment = (await engine.host.changeBefore()) ?? engine.timeline.momentBefore(now) ?? start
  if (moment < now) await engine.seek(Math.max(moment, start))
}

/** The first coming firing of any CronJob; undefined when there is none. */
export function nextFiring(
  upcoming: ReadonlyMap<string, readonly number[]>,
  now: number,
): number | undefined {
  let first: number | undefined
  for (const times of upcoming.values())
    for (const at of times) if (at > now && (first === undefined || at < first)) first = at
  return first
}

/** Runs to the next firing, so that its Job is just being made. */
export async function jumpToFiring({ engine, store }: PageRun): Promise<void> {
  const at = nextFiring(store.getState().upcoming, engine.clockNow())
  if (at === undefined) {
    notify(store, 'No CronJob has a coming firing.')
    return
  }
  await engine.seek(at)
}

/** Back to the session's first moment. */
export async function jumpToStart({ engine, store }: PageRun): Promise<void> {
  store.setState({ playing: false })
  await engine.seek(store.getState().start)
}

const RELATIVE = /^([+-])(\d+)\s*(s|m|h|d)$/
const UNIT_MS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3_600 * SECOND,
  d: 86_400 * SECOND,
}

/** The moment a story's jump means: `+2m`, `next firing` or RFC 3339; undefined if none. */
function momentOf(
  to: string,
  now: number,
  upcoming: ReadonlyMap<string, readonly number[]>,
): number | undefined {
  if (to === 'next firing') return nextFiring(upcoming, now)
  const relative = RELATIVE.exec(to)
  if (relative !== null) {
    const length = Number(relative[2]) * UNIT_MS[relative[3]!]!
    return relative[1] === '+' ? now + length : now - length
  }
  const at = Date.parse(to)
  return Number.isNaN(at) ? undefined : at
}

/** Goes where a story's jump says. */
export async function jumpTo({ engine, store }: PageRun, to: string): Promise<void> {
  const at = momentOf(to, engine.clockNow(), store.getState().upcoming)
  if (at === undefined) {
    notify(store, 'There is no such moment yet: no CronJob has a coming firing.')
    return
  }
  await engine.seek(at)
}

export function changeSpeed(store: PageStore, direction: 1 | -1): void {
  store.setState(({ speed }) => ({ speed: neighbourStop(speed, direction) }))
}
