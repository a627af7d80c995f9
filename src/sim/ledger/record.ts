// Keeps the ledger: takes in each Entry about a CronJob as it is logged. What the controller decided
// is in its notes; times it was silent about are accounted for when it speaks again, or when what
// they depend on changes.
import { formatTime, MINUTE_MS, parseTime, SECOND_MS, type SimTime } from '../../base/time.ts'
import { scheduleText } from '../lib/cron-run.ts'
import type { CronJob } from '../api-types/batch.ts'
import { cronJob as cronJobKind } from '../kinds/cronjob.ts'
import type { Entry } from '../log.ts'
import { CONTROLLER_MANAGER, outagesOf } from '../outages.ts'
import { dropSlot, ownSlot, putSlot } from '../shelf.ts'
import type { World } from '../world.ts'
import { missedTime, missedTimes, withTooMany } from './gap.ts'
import { causeText } from './rule.ts'
import {
  lastOf,
  LATE_MS,
  putTicks,
  takeTick,
  tickAt,
  type CronLedger,
  type Ticks,
} from './ticks.ts'

/** CronJobs whose ledger is kept after they were removed, the latest ones. */
const GONE_MAX = 100

/** Takes an Entry into the ledger of its CronJob; others change nothing. */
export function recordTicks(world: World, entry: Entry): void {
  if (entry.kind !== cronJobKind.kind) return
  const { verb, before, after } = entry
  if (verb === 'create') return begin(world, entry, after as CronJob)
  if (verb === 'note') return decide(world, entry)
  if (verb === 'update' && before?.spec === after?.spec) return
  const ledger = ownSlot(world.ledgers, entry.uid, copyLedger)
  if (ledger === undefined || ledger.goneAt !== undefined) return
  if (verb === 'update') change(world, ledger, entry)
  else end(world, ledger, entry)
}

function copyLedger(ledger: CronLedger): CronLedger {
  return { ...ledger }
}

function begin(world: World, { uid, at }: Entry, cronJob: CronJob): void {
  const { name, namespace = '', creationTimestamp } = cronJob.metadata
  const { suspend, startingDeadlineSeconds } = cronJob.spec
  putSlot(world.ledgers, uid, {
    epoch: 0,
    uid,
    namespace,
    name,
    schedule: scheduleText(cronJob),
    scheduleFrom: at,
    deadlineSeconds: startingDeadlineSeconds,
    suspensions: suspend === true ? [{ from: at, to: undefined }] : [],
    until: parseTime(creationTimestamp),
    waiting: undefined,
    goneAt: undefined,
    pieces: [],
  })
}

function change(world: World, ledger: CronLedger, { at, before, after }: Entry): void {
  const [old, now] = [before as CronJob, after as CronJob]
  const text = scheduleText(now)
  const isSuspended = now.spec.suspend === true
  const wasSuspended = old.spec.suspend === true
  const isNew = text !== ledger.schedule
  const { startingDeadlineSeconds: deadline } = now.spec
  if (!isNew && isSuspended === wasSuspended && deadline === ledger.deadlineSeconds) return
  account(world, ledger, at)
  if (isNew) {
    settleWaiting(ledger, `the schedule was changed at ${formatTime(at)}, before it ended`)
    ledger.schedule = text
    ledger.scheduleFrom = at
    if (ledger.until < at) ledger.until = at
  }
  if (isSuspended && !wasSuspended)
    ledger.suspensions = [...ledger.suspensions, { from: at, to: undefined }]
  if (!isSuspended && wasSuspended)
    ledger.suspensions = ledger.suspensions.map((one) => ({ ...one, to: one.to ?? at }))
  ledger.deadlineSeconds = deadline
}

function end(world: World, ledger: CronLedger, { at }: Entry): void {
  account(world, ledger, at)
  settleWaiting(ledger, `the CronJob was removed at ${formatTime(at)}, before it ended`)
  ledger.goneAt = at
  ledger.suspensions = ledger.suspensions.map((one) => ({ ...one, to: one.to ?? at }))
  const gone = [...world.ledgers.slots.values()].filter(({ goneAt }) => goneAt !== undefined)
  if (gone.length > GONE_MAX) dropSlot(world.ledgers, gone[0]!.uid)
}

/** A note of the controller: a decision about one time, or only that others were missed. */
function decide(world: World, { uid, at, text, detail = {} }: Entry): void {
  const ledger = ownSlot(world.ledgers, uid, copyLedger)
  const { scheduledAt, job, rule = '', ended = '' } = detail
  if (ledger === undefined || scheduledAt === undefined) return
  const time = parseTime(scheduledAt)
  const isDecided = job !== undefined || text === 'skipped'
  account(world, ledger, at, isDecided ? time : undefined)
  if (!isDecided) return
  const known = takeTick(ledger, time)
  const prior = known ?? missedTime(ledger, outagesOf(world, CONTROLLER_MANAGER), time, at)
  if (ledger.waiting !== time) settleWaiting(ledger, overtaken(ledger, time, at))
  ledger.waiting = text === 'skipped' ? time : undefined
  if (ledger.until < time) ledger.until = time
  const ticks =
    text === 'skipped'
      ? tickAt(time, 'skipped', rule)
      : startedTick(world, ledger, { time, at, rule, ended }, prior)
  putTicks(ledger, [ticks])
}

function overtaken({ waiting, deadlineSeconds }: CronLedger, time: SimTime, at: SimTime): string {
  const isOver = (waiting ?? at) + (deadlineSeconds ?? Infinity) * SECOND_MS < at
  if (isOver) return `startingDeadlineSeconds ${deadlineSeconds} had passed before it ended`
  return `the time of ${formatTime(time)} came first, and only the latest is started`
}

/** A run that was started: on time, late for a reason, or after the run that Forbid waited for. */
function startedTick(
  world: World,
  ledger: CronLedger,
  { time, at, rule, ended }: { time: SimTime; at: SimTime; rule: string; ended: string },
  prior: Ticks | undefined,
): Ticks {
  const startedAfterMs = at - time
  const given = { startedAfterMs, ended }
  const late = `started ${secondsText(startedAfterMs)} s late`
  const also = ended === '' ? '' : `; ${rule}`
  if (prior?.outcome === 'skipped' && prior.rule.startsWith('concurrencyPolicy'))
    return tickAt(time, 'deferred', `${prior.rule}; ${late}, when it had ended${also}`, given)
  if (startedAfterMs <= LATE_MS) return tickAt(time, 'fired', rule, given)
  const because =
    prior?.cause === undefined ? lateText(ledger, time) : causeText(world, ledger, prior.cause)
  return tickAt(time, 'late', `${late}: ${because}${also}`, given)
}

function secondsText(ms: number): string {
  return ms < 10 * SECOND_MS ? (ms / SECOND_MS).toFixed(1) : String(Math.floor(ms / SECOND_MS))
}

function lateText({ scheduleFrom }: CronLedger, time: SimTime): string {
  return time < scheduleFrom - (scheduleFrom % MINUTE_MS)
    ? `it is the last time of the schedule that was set at ${formatTime(scheduleFrom)}`
    : 'the most recent missed time is started as soon as it can be'
}

/** Accounts for the times up to now that nobody has decided about, but for `except`. */
function account(world: World, ledger: CronLedger, now: SimTime, except?: SimTime): void {
  const outages = outagesOf(world, CONTROLLER_MANAGER)
  const missed = missedTimes(ledger, outages, { from: ledger.until, to: now }, except)
  putTicks(ledger, withTooMany(missed, outages))
  const last = missed.at(-1)
  if (last !== undefined) ledger.until = lastOf(last)
}

/** The time that Forbid skipped will not be started any more. */
function settleWaiting(ledger: CronLedger, why: string): void {
  const { waiting } = ledger
  if (waiting === undefined) return
  ledger.waiting = undefined
  const ticks = takeTick(ledger, waiting)
  if (ticks !== undefined) putTicks(ledger, [{ ...ticks, rule: `${ticks.rule}; ${why}` }])
}
