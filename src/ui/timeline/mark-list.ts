// The firings of one CronJob and what became of each, as its ledger tells it: records of one time
// or of many at even distances, apart by sign, so that a picture of a month finds the few it has
// room for without looking at the rest.
import type { Interval, Ticks } from '../../sim/ledger/ticks.ts'
import type { LedgerChange } from '../../worker/protocol.ts'
import type { TickSign } from '../shared/states.tsx'

/** One scheduled time and what became of it. */
export interface Mark {
  readonly scheduledAt: number
  readonly sign: Exclude<TickSign, 'future'>
  /** When its Job was started; undefined when none was. */
  readonly startedAt: number | undefined
  readonly rule: string
}

export class MarkList {
  private readonly byUid = new Map<string, readonly Interval[]>()
  private readonly bySign = new Map<Mark['sign'], { uid: string; ticks: Ticks }[]>()

  /** Takes in the changed end of a ledger. */
  take({ uid, from, ticks, suspensions }: LedgerChange): void {
    this.byUid.set(uid, suspensions)
    for (const list of this.bySign.values()) dropFrom(list, uid, from)
    for (const one of ticks) {
      const sign = signOf(one)
      const list = this.bySign.get(sign)
      if (list === undefined) this.bySign.set(sign, [{ uid, ticks: one }])
      else list.push({ uid, ticks: one })
    }
  }

  get isEmpty(): boolean {
    return [...this.bySign.values()].every((list) => list.length === 0)
  }

  /** When nothing was to be started, oldest first. */
  get suspensions(): readonly Interval[] {
    return [...this.byUid.values()].flat()
  }

  /**
   * Marks between two moments, in the order of their scheduled times: of those with the same sign
   * that lie closer than `apartMs`, one stands for the others.
   */
  read(from: number, to: number, apartMs: number): readonly Mark[] {
    const found: Mark[] = []
    for (const [sign, list] of this.bySign) {
      let next = from
      let i = firstFrom(list, 0, ({ ticks }) => endOf(ticks) >= from)
      while (i < list.length && next <= to) {
        const { ticks } = list[i]!
        const index = indexFrom(ticks, next)
        if (index < ticks.count) {
          const mark = markAt(ticks, index, sign)
          if (mark.scheduledAt > to) break
          found.push(mark)
          next = mark.scheduledAt + Math.max(apartMs, 1)
        }
        if (indexFrom(ticks, next) >= ticks.count)
          i = firstFrom(list, i + 1, (one) => endOf(one.ticks) >= next)
      }
    }
    return found.sort((a, b) => a.scheduledAt - b.scheduledAt)
  }

  /** The latest `count` marks, oldest first. */
  latest(count: number): readonly Mark[] {
    const found: Mark[] = []
    for (const [sign, list] of this.bySign)
      for (let i = list.length - 1, left = count; i >= 0 && left > 0; i--) {
        const { ticks } = list[i]!
        for (let at = ticks.count - 1; at >= 0 && left > 0; at--, left--)
          found.push(markAt(ticks, at, sign))
      }
    return found.sort((a, b) => a.scheduledAt - b.scheduledAt).slice(-count)
  }
}

function signOf({ outcome, ended }: Ticks): Mark['sign'] {
  return ended === '' ? outcome : 'replaced'
}

function markAt({ first, stepMs, startedAfterMs, rule }: Ticks, index: number, sign: Mark['sign']) {
  const scheduledAt = first + index * stepMs
  const startedAt = startedAfterMs === undefined ? undefined : scheduledAt + startedAfterMs
  return { scheduledAt, sign, startedAt, rule }
}

function endOf({ first, stepMs, count }: Ticks): number {
  return first + stepMs * (count - 1)
}

/** Which of the times is the first not before `from`; the count when there is none. */
function indexFrom({ first, stepMs, count }: Ticks, from: number): number {
  if (from <= first) return 0
  return stepMs === 0 ? count : Math.min(count, Math.ceil((from - first) / stepMs))
}

/** The end of a ledger is void: it stands at the end of the list, but for those of earlier ones. */
function dropFrom(list: { uid: string; ticks: Ticks }[], uid: string, from: number): void {
  const start = list.findLastIndex((one) => one.uid !== uid || one.ticks.first < from) + 1
  list.length = start
}

/** Index of the first record, from `start` on, for which `reached` holds. */
function firstFrom<T>(list: readonly T[], start: number, reached: (one: T) => boolean): number {
  let low = start
  let high = list.length
  // The next one is nearly always close by: look one, two, four … further before halving.
  for (let step = 1; low + step < high; step *= 2)
    if (reached(list[low + step]!)) high = low + step
    else low += step
  while (low < high) {
    const middle = (low + high) >> 1
    if (reached(list[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
