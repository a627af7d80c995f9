// The ways to move in time that the transport bar, the keys and the story share.
import { clockNow, seek, step, timeline } from '../engine.ts'
import { notify, usePage } from '../store.ts'
import { neighbourStop } from './speed.ts'

const SECOND = 1_000

/** To the next change that can be seen. */
export async function stepForward(): Promise<void> {
  await step('change')
}

/** One task of one program of the cluster. */
export async function stepTask(): Promise<void> {
  await step('task')
}

/** To the latest moment before now at which something changed. */
export async function stepBack(): Promise<void> {
  const { start } = usePage.getState()
  const now = clockNow()
  usePage.setState({ playing: false })
  const moment = timeline.momentBefore(now) ?? start
  if (moment < now) await seek(Math.max(moment, start))
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
export async function jumpToFiring(): Promise<void> {
  const at = nextFiring(usePage.getState().upcoming, clockNow())
  if (at === undefined) {
    notify('No CronJob has a coming firing.')
    return
  }
  await seek(at)
}

/** Back to the session's first moment. */
export async function jumpToStart(): Promise<void> {
  usePage.setState({ playing: false })
  await seek(usePage.getState().start)
}

const RELATIVE = /^([+-])(\d+)\s*(s|m|h|d)$/
const UNIT_MS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3_600 * SECOND,
  d: 86_400 * SECOND,
}

/** The moment a story's jump means: `+2m`, `next firing` or RFC 3339; undefined if none. */
export function momentOf(
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
export async function jumpTo(to: string): Promise<void> {
  const at = momentOf(to, clockNow(), usePage.getState().upcoming)
  if (at === undefined) {
    notify('There is no such moment yet: no CronJob has a coming firing.')
    return
  }
  await seek(at)
}

export function changeSpeed(direction: 1 | -1): void {
  usePage.setState(({ speed }) => ({ speed: neighbourStop(speed, direction) }))
}
