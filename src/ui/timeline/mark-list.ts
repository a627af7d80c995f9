// The firings of one CronJob and what became of each: all in the order of their decisions, and
// apart by outcome, so that a picture of a month finds the few it has room for without looking at
// the rest.
import type { CronMark, CronOutcome } from '../../sim/trace.ts'

/** Marks kept of a CronJob. */
const MARKS_MAX = 50_000

export class MarkList {
  private readonly list: CronMark[] = []
  private readonly byOutcome = new Map<CronOutcome, CronMark[]>()

  get all(): readonly CronMark[] {
    return this.list
  }

  push(mark: CronMark): void {
    this.list.push(mark)
    const alike = this.byOutcome.get(mark.outcome)
    if (alike === undefined) this.byOutcome.set(mark.outcome, [mark])
    else alike.push(mark)
    if (this.list.length > MARKS_MAX) this.dropOldest()
  }

  /**
   * Marks between two moments, in the order of their scheduled times: of those with the same
   * outcome that lie closer than `apartMs`, one stands for the others.
   */
  read(from: number, to: number, apartMs: number): readonly CronMark[] {
    const found: CronMark[] = []
    for (const marks of this.byOutcome.values()) {
      let i = firstFrom(marks, 0, (mark) => mark.at >= from)
      while (i < marks.length) {
        const mark = marks[i]!
        if (mark.scheduledAt > to) break
        found.push(mark)
        i = firstFrom(marks, i + 1, ({ scheduledAt }) => scheduledAt >= mark.scheduledAt + apartMs)
      }
    }
    return found.sort((a, b) => a.scheduledAt - b.scheduledAt)
  }

  private dropOldest(): void {
    const dropped = new Set(this.list.splice(0, MARKS_MAX / 10))
    for (const [outcome, marks] of this.byOutcome)
      this.byOutcome.set(
        outcome,
        marks.filter((mark) => !dropped.has(mark)),
      )
  }
}

/** Index of the first mark, from `start` on, for which `reached` holds. */
function firstFrom(
  marks: readonly CronMark[],
  start: number,
  reached: (mark: CronMark) => boolean,
): number {
  let low = start
  let high = marks.length
  // The next one is nearly always close by: look one, two, four … further before halving.
  for (let step = 1; low + step < high; step *= 2)
    if (reached(marks[low + step]!)) high = low + step
    else low += step
  while (low < high) {
    const middle = (low + high) >> 1
    if (reached(marks[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
