// The ledger: what became of every scheduled time of each CronJob since the run began, one outcome
// a time. It is part of the World, so that it is rewound, saved and replayed with it. Times that
// are alike share one record, so that a month of minutes costs no more than an hour of them.
import { addMs, type SimTime } from '../../base/time.ts'
import { jobName } from '../lib/cron-run.ts'
import type { Slot } from '../shelf.ts'

/** What became of a scheduled time in the end. */
export type TickOutcome =
  | 'fired'
  | 'late'
  | 'deferred'
  | 'skipped'
  | 'missed-deadline'
  | 'missed-suspended'
  | 'missed-controller'
  | 'missed-too-many'

/** One scheduled time, or several at even distances of which the same is true. */
export interface Ticks {
  readonly first: SimTime
  /** From one to the next; 0 for a single one. */
  readonly stepMs: number
  readonly count: number
  readonly outcome: TickOutcome
  /** From the scheduled time to the start of its Job; undefined when none was started. */
  readonly startedAfterMs: number | undefined
  /** The Jobs that Replace ended for it, as `a, b`; ''. */
  readonly ended: string
  /** The sentence that says why; what a `cause` says is added to it when it is read. */
  readonly rule: string
  /** What kept the controller from it, which may last still. */
  readonly cause: TickCause | undefined
}

/** A CronJob's suspension, or the controller manager being off: known by when it began. */
interface TickCause {
  readonly type: 'suspended' | 'outage'
  readonly from: SimTime
}

/** Something that lasted from one moment to another, or lasts. */
export interface Interval {
  readonly from: SimTime
  readonly to: SimTime | undefined
}

/** What is known of one CronJob's times. Its parts are immutable. */
export interface CronLedger extends Slot {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  /** As the controller reads it: with the zone in front. */
  schedule: string
  /** When that schedule was set. */
  scheduleFrom: SimTime
  deadlineSeconds: number | undefined
  suspensions: readonly Interval[]
  /** Every scheduled time up to here has its record. */
  until: SimTime
  /** The time that Forbid has skipped and that may be started yet. */
  waiting: SimTime | undefined
  goneAt: SimTime | undefined
  /** In the order of `first`. In pieces, so that a frame shares all but the last one. */
  pieces: readonly (readonly Ticks[])[]
}

/** A run that starts later than this after its time is late. */
export const LATE_MS = 2_000
/** Beyond this many times missed at once Kubernetes warns (TooManyMissedTimes). */
export const MISSED_MAX = 100
const PIECE_MAX = 256
/** The oldest piece goes first beyond this: two weeks of minutes of which each differs. */
const PIECES_MAX = 80

/** A record of one time that started nothing; the other fields as given. */
export function tickAt(
  first: SimTime,
  outcome: TickOutcome,
  rule: string,
  rest: Partial<Pick<Ticks, 'startedAfterMs' | 'ended' | 'cause'>> = {},
): Ticks {
  const { startedAfterMs, ended = '', cause } = rest
  return { first, stepMs: 0, count: 1, outcome, startedAfterMs, ended, rule, cause }
}

/** The last of the times. */
export function lastOf({ first, stepMs, count }: Ticks): SimTime {
  return addMs(first, stepMs * (count - 1))
}

/** Which of the times it is; undefined when it is none of them. */
export function indexIn(ticks: Ticks, time: SimTime): number | undefined {
  if (time < ticks.first || time > lastOf(ticks)) return undefined
  const index = ticks.count === 1 ? 0 : (time - ticks.first) / ticks.stepMs
  return Number.isInteger(index) ? index : undefined
}

/** The name of the Job that was started for a time; ''. */
export function jobOf(name: string, { startedAfterMs }: Ticks, time: SimTime): string {
  return startedAfterMs === undefined ? '' : jobName(name, time)
}

/** When the Job of a time was started; undefined when none was. */
export function startTime({ startedAfterMs }: Ticks, time: SimTime): SimTime | undefined {
  return startedAfterMs === undefined ? undefined : addMs(time, startedAfterMs)
}

/** The times from `from` on, `count` of them. */
export function part(ticks: Ticks, from: number, count: number): Ticks {
  const first = addMs(ticks.first, ticks.stepMs * from)
  return { ...ticks, first, count, stepMs: count === 1 ? 0 : ticks.stepMs }
}

/** Both as one record; undefined when they differ in more than their times. */
export function joined(a: Ticks, b: Ticks): Ticks | undefined {
  if (b.count !== 1 || a.outcome !== b.outcome || a.rule !== b.rule) return undefined
  if (a.startedAfterMs !== b.startedAfterMs || a.ended !== '' || b.ended !== '') return undefined
  if (a.cause?.type !== b.cause?.type || a.cause?.from !== b.cause?.from) return undefined
  const stepMs = b.first - lastOf(a)
  if (stepMs <= 0 || (a.count > 1 && stepMs !== a.stepMs)) return undefined
  return { ...a, stepMs, count: a.count + 1 }
}

/** Puts records into the ledger, each at its place. */
export function putTicks(ledger: CronLedger, added: readonly Ticks[]): void {
  for (const ticks of added) putOne(ledger, ticks)
}

function putOne(ledger: CronLedger, ticks: Ticks): void {
  const { pieces } = ledger
  const last = pieces.at(-1) ?? []
  const before = last.at(-1)
  if (before === undefined || before.first < ticks.first) {
    const both = before && joined(before, ticks)
    if (both !== undefined) ledger.pieces = [...pieces.slice(0, -1), [...last.slice(0, -1), both]]
    else if (last.length >= PIECE_MAX) ledger.pieces = [...pieces, [ticks]].slice(-PIECES_MAX)
    else ledger.pieces = [...pieces.slice(0, -1), [...last, ticks]]
    return
  }
  const at = pieces.findLastIndex((piece) => piece[0]!.first < ticks.first)
  const piece = Math.max(0, at)
  const place = pieces[piece]!.findIndex(({ first }) => first > ticks.first)
  const list = pieces[piece]!.toSpliced(place < 0 ? Infinity : place, 0, ticks)
  ledger.pieces = pieces.with(piece, list)
}

/** Takes one time out of the ledger and returns what it said of it. */
export function takeTick(ledger: CronLedger, time: SimTime): Ticks | undefined {
  const { pieces } = ledger
  for (let at = pieces.length - 1; at >= 0; at--) {
    const piece = pieces[at]!
    const place = piece.findLastIndex((ticks) => indexIn(ticks, time) !== undefined)
    if (place < 0) continue
    const ticks = piece[place]!
    const index = indexIn(ticks, time)!
    const rest: Ticks[] = []
    if (index > 0) rest.push(part(ticks, 0, index))
    if (index < ticks.count - 1) rest.push(part(ticks, index + 1, ticks.count - 1 - index))
    const list = piece.toSpliced(place, 1, ...rest)
    ledger.pieces = list.length === 0 ? pieces.toSpliced(at, 1) : pieces.with(at, list)
    return part(ticks, index, 1)
  }
  return undefined
}
