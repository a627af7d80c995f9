// A row of the timeline: spans in the order of their beginnings, and above them a pyramid of blocks
// (of 4, 16, 64 … spans), each with its extent and its most serious state. What is narrower than a pixel
// is read from the pyramid, so drawing costs as much as the picture is wide, not as the run is long.
import type { ObjectState } from '../../sim/kinds/kind.ts'
import type { TraceSpan } from '../../sim/trace.ts'

/**
 * Blocks of one size, by their place in the row: lists of plain numbers, which lie close together
 * in memory. At the lowest level a block is a single span.
 */
interface Level {
  from: number[]
  /** Infinity while something in it has not ended. */
  end: number[]
  /** Of its most serious state. */
  severity: number[]
}

/** What is read at once: one span, or a block of many that need no telling apart. */
interface Stretch {
  from: number
  /** Infinity while one of them has not ended. */
  end: number
  state: ObjectState
  /** The only span; undefined for a block. */
  span: TraceSpan | undefined
  count: number
}

/** Each block covers 2 ** BITS of those beneath it. */
const BITS = 2
/** Above the single spans. */
const LEVELS = 6
/** Spans kept in a row; beyond it the oldest go, as many as a block of the highest level covers. */
const SPANS_MAX = 25_000
const DROPPED = 1 << (BITS * LEVELS)

/** From the least to the most serious: of several states the last of these is shown. */
const SEVERITY: readonly ObjectState[] = [
  'succeeded',
  'suspended',
  'pending',
  'starting',
  'running',
  'terminating',
  'unknown',
  'failed',
]

export class Row {
  private readonly list: TraceSpan[] = []
  private readonly levels: readonly Level[] = Array.from({ length: LEVELS + 1 }, () => ({
    from: [],
    end: [],
    severity: [],
  }))

  /** They overlap only in a lane's last, overfull row. */
  get spans(): readonly TraceSpan[] {
    return this.list
  }

  /** Adds a span that begins last. Gives the spans that had to go for it. */
  push(span: TraceSpan): readonly TraceSpan[] {
    const dropped = this.list.length < SPANS_MAX ? [] : this.list.splice(0, DROPPED)
    if (dropped.length > 0)
      for (const [level, { from, end, severity }] of this.levels.entries())
        for (const column of [from, end, severity]) column.splice(0, DROPPED >> (BITS * level))
    this.list.push(span)
    this.renew(this.list.length - 1)
    return dropped
  }

  /** Puts the new version of a span in the place of the old one. */
  replace(span: TraceSpan): void {
    // What changes is nearly always among the latest.
    const i = this.list.findLastIndex(({ uid }) => uid === span.uid)
    if (i < 0) return
    this.list[i] = span
    this.renew(i)
  }

  /** Whether a span that begins at `at` would overlap nothing. */
  freeAt(at: number): boolean {
    const last = this.list.at(-1)
    return last === undefined || endOf(last) <= at
  }

  /** Gives what lies between two moments, in blocks where they are no longer than `detailMs`. */
  read(from: number, to: number, detailMs: number, take: (stretch: Stretch) => void): void {
    const begins = this.levels[0]!.from
    for (let i = this.firstInSight(from); i < this.list.length && begins[i]! <= to;) {
      const level = this.largestAt(i, detailMs)
      const blocks = this.levels[level]!
      const at = i >> (BITS * level)
      take({
        from: blocks.from[at]!,
        end: blocks.end[at]!,
        state: SEVERITY[blocks.severity[at]!]!,
        span: level === 0 ? this.list[i] : undefined,
        count: 1 << (BITS * level),
      })
      i += 1 << (BITS * level)
    }
  }

  /** The level of the largest whole block that begins at a span and is short enough. */
  private largestAt(i: number, detailMs: number): number {
    let level = 0
    for (let next = 1; next <= LEVELS; next++) {
      const size = 1 << (BITS * next)
      if ((i & (size - 1)) !== 0 || i + size > this.list.length) break
      const { from, end } = this.levels[next]!
      const at = i >> (BITS * next)
      if (end[at]! - from[at]! > detailMs) break
      level = next
    }
    return level
  }

  /** Spans before the found one ended before `from`. */
  private firstInSight(from: number): number {
    const ends = this.levels[0]!.end
    let low = 0
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[middle]! < from) low = middle + 1
      else high = middle
    }
    // In an overfull row an earlier span may end later.
    return Math.max(0, low - 16)
  }

  /** Computes the blocks above a span again. */
  private renew(i: number): void {
    const span = this.list[i]!
    const [single] = this.levels
    single!.from[i] = span.from
    single!.end[i] = endOf(span)
    single!.severity[i] = SEVERITY.indexOf(span.states.at(-1)?.state ?? 'pending')
    for (let level = 1; level <= LEVELS; level++) {
      const beneath = this.levels[level - 1]!
      const blocks = this.levels[level]!
      const at = i >> (BITS * level)
      const first = at << BITS
      const last = first + (1 << BITS)
      blocks.from[at] = beneath.from[first]!
      blocks.end[at] = Math.max(...beneath.end.slice(first, last))
      blocks.severity[at] = Math.max(...beneath.severity.slice(first, last))
    }
  }
}

/** When a span no longer needs its row: its work ended, or it was removed. */
export function endOf(span: TraceSpan): number {
  return span.doneAt ?? span.to ?? Infinity
}

/** The more serious of two states. */
export function moreSevere(a: ObjectState, b: ObjectState): ObjectState {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b
}
