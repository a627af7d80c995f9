// Why scheduled times that nobody decided about were missed: read off the schedule, the deadline,
// the suspensions and when the controller manager was off. Pure.
import { addMs, SECOND_MS, type SimTime } from '../../base/time.ts'
import { nextTime } from '../lib/cron-next.ts'
import { parseCron } from '../lib/cron-parse.ts'
import {
  joined,
  LATE_MS,
  MISSED_MAX,
  tickAt,
  type CronLedger,
  type Interval,
  type Ticks,
} from './ticks.ts'

/** The controller looks this long after a scheduled time. */
const LOOK_MS = 100

const REFUSED = 'no Job could be made for it then; of several missed times only the last is started'

/** The times after `from` up to `to`, but for `except`, that nobody has decided about. */
export function missedTimes(
  ledger: CronLedger,
  outages: readonly Interval[],
  { from, to }: { from: SimTime; to: SimTime },
  except?: SimTime,
): Ticks[] {
  const schedule = parseCron(ledger.schedule)
  const found: Ticks[] = []
  for (let time = nextTime(schedule, from); time !== undefined && time <= to;) {
    const ticks = time === except ? undefined : missedTime(ledger, outages, time, to)
    if (ticks !== undefined) addTo(found, ticks)
    time = nextTime(schedule, time)
  }
  return found
}

/** Appends a record that comes after all others. */
export function addTo(list: Ticks[], ticks: Ticks): void {
  const last = list.at(-1)
  const both = last && joined(last, ticks)
  if (both === undefined) list.push(ticks)
  else list[list.length - 1] = both
}

/** Why one time was missed, as far as is known at `now`; undefined: it is not too late for it. */
export function missedTime(
  { suspensions, deadlineSeconds }: CronLedger,
  outages: readonly Interval[],
  time: SimTime,
  now: SimTime,
): Ticks | undefined {
  const looked = addMs(time, LOOK_MS)
  const suspension = suspensions.findLast((one) => covers(one, looked))
  if (suspension !== undefined) {
    const cause = { type: 'suspended', from: suspension.from } as const
    return tickAt(time, 'missed-suspended', '', { cause })
  }
  const last = addMs(time, (deadlineSeconds ?? Infinity) * SECOND_MS)
  const passed = `startingDeadlineSeconds ${deadlineSeconds} had passed`
  const outage = outages.findLast((one) => covers(one, looked))
  if (outage === undefined) {
    if (last < now) return tickAt(time, 'missed-deadline', passed)
    return addMs(time, LATE_MS) < now ? tickAt(time, 'skipped', REFUSED) : undefined
  }
  const cause = { type: 'outage', from: outage.from } as const
  if (last >= (outage.to ?? now)) return tickAt(time, 'missed-controller', '', { cause })
  return tickAt(time, 'missed-deadline', passed, { cause })
}

/** Whether an interval holds that moment; its end does not. */
function covers({ from, to }: Interval, at: SimTime): boolean {
  return from <= at && (to === undefined || at < to)
}

/** When an outage is over and too many times were missed in it, that is what is said of them. */
export function withTooMany(found: readonly Ticks[], outages: readonly Interval[]): Ticks[] {
  const counts = new Map<SimTime, number>()
  for (const { outcome, cause, count } of found)
    if (outcome === 'missed-controller' && cause !== undefined)
      counts.set(cause.from, (counts.get(cause.from) ?? 0) + count)
  const isOver = new Set(outages.flatMap(({ from, to }) => (to === undefined ? [] : [from])))
  return found.map((ticks) => {
    const { outcome, cause } = ticks
    const from = cause?.from ?? (0 as SimTime)
    const isMany = (counts.get(from) ?? 0) > MISSED_MAX && isOver.has(from)
    return outcome === 'missed-controller' && isMany
      ? { ...ticks, outcome: 'missed-too-many', rule: `more than ${MISSED_MAX} times were missed` }
      : ticks
  })
}
