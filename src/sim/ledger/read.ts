// Reads the ledger: every scheduled time of a CronJob up to now, those included about which nothing
// could be recorded yet because the controller manager is off.
import { addMs, type SimTime } from '../../base/time.ts'
import { CONTROLLER_MANAGER, outagesOf } from '../outages.ts'
import type { World } from '../world.ts'
import { addTo, missedTimes, withTooMany } from './gap.ts'
import { ruleOf } from './rule.ts'
import {
  jobOf,
  lastOf,
  part,
  startTime,
  type CronLedger,
  type TickOutcome,
  type Ticks,
} from './ticks.ts'

/** One scheduled time and what became of it. */
export interface TickRecord {
  readonly scheduledAt: SimTime
  readonly outcome: TickOutcome
  readonly startedAt: SimTime | undefined
  /** The Job that was started; ''. */
  readonly job: string
  readonly ended: string
  readonly rule: string
}

/** The ledger of the CronJob of that name: of the present one, or of the last there was. */
export function findLedger(world: World, namespace: string, name: string): CronLedger | undefined {
  const all = [...world.ledgers.slots.values()].filter(
    (one) => one.namespace === namespace && one.name === name,
  )
  return all.find(({ goneAt }) => goneAt === undefined) ?? all.at(-1)
}

/** What was read last of a ledger, as long as that is unchanged. */
interface Reading {
  readonly pieces: CronLedger['pieces']
  readonly outages: World['outages']
  readonly until: SimTime
  readonly schedule: string
  readonly suspensions: CronLedger['suspensions']
  readonly recorded: readonly Ticks[]
  /** Not recorded yet, up to `to`. */
  readonly missed: readonly Ticks[]
  to: SimTime
  list: readonly Ticks[] | undefined
}

/** By ledger; a memory only: what the World holds decides. */
const readings = new WeakMap<CronLedger, Reading>()

/** The records up to now in the order of their times, with their whole sentences. */
export function ticksOf(world: World, ledger: CronLedger): readonly Ticks[] {
  const reading = readingOf(world, ledger)
  // What waits is reported again each time; everything else only when something was recorded.
  if (reading.list !== undefined && ledger.waiting === undefined) return reading.list
  const { recorded, missed } = reading
  const outages = outagesOf(world, CONTROLLER_MANAGER)
  const all = missed.length === 0 ? recorded : [...recorded, ...withTooMany(missed, outages)]
  reading.list = all.map((ticks) => withRule(world, ledger, ticks))
  return reading.list
}

/** Each time by itself, oldest first, from `since` on. */
export function tickRecords(world: World, ledger: CronLedger, since: SimTime): TickRecord[] {
  const records: TickRecord[] = []
  for (const ticks of ticksOf(world, ledger)) {
    const { first, stepMs, count, outcome, ended, rule } = ticks
    if (lastOf(ticks) < since) continue
    for (let i = 0; i < count; i++) {
      const scheduledAt = addMs(first, i * stepMs)
      if (scheduledAt < since) continue
      const startedAt = startTime(ticks, scheduledAt)
      const job = jobOf(ledger.name, ticks, scheduledAt)
      records.push({ scheduledAt, outcome, startedAt, job, ended, rule })
    }
  }
  return records.sort((a, b) => a.scheduledAt - b.scheduledAt)
}

function readingOf(world: World, ledger: CronLedger): Reading {
  const { now, outages } = world
  const { pieces, until, schedule, suspensions } = ledger
  const known = readings.get(ledger)
  const same =
    known !== undefined &&
    known.pieces === pieces &&
    known.outages === outages &&
    known.until === until &&
    known.schedule === schedule &&
    known.suspensions === suspensions &&
    known.to <= now
      ? known
      : undefined
  const missed = missedSince(world, ledger, same, now)
  if (same !== undefined && same.missed === missed) {
    same.to = now
    return same
  }
  const reading: Reading = {
    pieces,
    outages,
    until,
    schedule,
    suspensions,
    recorded: same?.recorded ?? pieces.flat(),
    missed,
    to: now,
    list: undefined,
  }
  readings.set(ledger, reading)
  return reading
}

function missedSince(
  world: World,
  ledger: CronLedger,
  same: Reading | undefined,
  to: SimTime,
): readonly Ticks[] {
  if (ledger.goneAt !== undefined) return same?.missed ?? []
  const outages = outagesOf(world, CONTROLLER_MANAGER)
  const known = settledOf(ledger, same?.missed ?? [])
  const last = known.at(-1)
  const from = last === undefined ? ledger.until : lastOf(last)
  const added = missedTimes(ledger, outages, { from, to })
  if (added.length === 0 && known.length === (same?.missed.length ?? 0)) return same?.missed ?? []
  const list = [...known]
  for (const ticks of added) {
    if (ticks.count === 1) addTo(list, ticks)
    else for (let i = 0; i < ticks.count; i++) addTo(list, part(ticks, i, 1))
  }
  return list
}

/** What will not change any more: a deadline that is still to pass makes another outcome of it. */
function settledOf({ deadlineSeconds }: CronLedger, missed: readonly Ticks[]): readonly Ticks[] {
  if (deadlineSeconds === undefined) return missed
  const open = missed.findIndex(({ outcome }) => outcome !== 'missed-deadline')
  return open < 0 ? missed : missed.slice(0, open)
}

/** A record with its sentence: the same object until the sentence changes. */
const spoken = new WeakMap<Ticks, { ledger: string; whole: Ticks }>()

function withRule(world: World, ledger: CronLedger, ticks: Ticks): Ticks {
  if (ticks.cause === undefined && ledger.waiting !== ticks.first) return ticks
  const rule = ruleOf(world, ledger, ticks)
  const known = spoken.get(ticks)
  if (known?.ledger === ledger.uid && known.whole.rule === rule) return known.whole
  const whole = { ...ticks, rule }
  spoken.set(ticks, { ledger: ledger.uid, whole })
  return whole
}
