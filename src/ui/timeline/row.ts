// A row of the timeline: spans in the order of their beginnings, and above them a pyramid of blocks
// (of 4, 16, 64 … spans), each with its extent and its gravest state. What is narrower than a pixel
// is read from the pyramid, so drawing costs as much as the picture is wide, not as the run is long.
import type { SpanState, TraceSpan } from '../../sim/trace.ts'

/** Several spans side by side, seen from afar. */
interface Block {
  from: number
  end: number
  state: SpanState
}

/** What is read at once: one span, or a block of many that need no telling apart. */
export interface Stretch {
  from: number
  /** Infinity while one of them goes on. */
  end: number
  state: SpanState
  /** The only span; undefined for a block. */
  span: TraceSpan | undefined
  count: number
}

/** Each block covers 2 ** BITS of those beneath it. */
const BITS = 2
const LEVELS = 6
/** Spans kept in a row; beyond it the oldest go, as many as a block of the highest level covers. */
const SPANS_MAX = 25_000
const DROPPED = 1 << (BITS * LEVELS)

/** From the least to the most serious: of several states the last of these is shown. */
const GRAVITY: readonly SpanState[] = [
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
  private readonly levels: Block[][] = Array.from({ length: LEVELS }, () => [])

  /** They overlap only in a lane's last, overfull row. */
  get spans(): readonly TraceSpan[] {
    return this.list
  }

  /** Adds a span that begins last. Gives the spans that had to go for it. */
  push(span: TraceSpan): readonly TraceSpan[] {
    const dropped = this.list.length < SPANS_MAX ? [] : this.list.splice(0, DROPPED)
    if (dropped.length > 0)
      this.levels.forEach((blocks, level) => blocks.splice(0, DROPPED >> (BITS * (level + 1))))
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
    for (let i = this.firstInSight(from); i < this.list.length;) {
      const span = this.list[i]!
      if (span.from > to) return
      const { block, count } = this.largestAt(i, detailMs)
      if (block === undefined)
        take({ from: span.from, end: endOf(span), state: lastState(span), span, count: 1 })
      else take({ ...block, span: undefined, count })
      i += count
    }
  }

  /** The largest whole block that begins at a span and is short enough. */
  private largestAt(i: number, detailMs: number): { block: Block | undefined; count: number } {
    let block: Block | undefined
    let count = 1
    for (let level = 0; level < LEVELS; level++) {
      const size = 1 << (BITS * (level + 1))
      if (i % size !== 0 || i + size > this.list.length) break
      const larger = this.levels[level]![i / size]!
      if (larger.end - larger.from > detailMs) break
      block = larger
      count = size
    }
    return { block, count }
  }

  /** Spans before the found one ended before `from`. */
  private firstInSight(from: number): number {
    let low = 0
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (endOf(this.list[middle]!) < from) low = middle + 1
      else high = middle
    }
    // In an overfull row an earlier span may end later.
    return Math.max(0, low - 16)
  }

  /** Makes the blocks above a span anew. */
  private renew(i: number): void {
    const first = (i >> BITS) << BITS
    let beneath = this.list.slice(first, first + (1 << BITS)).map(blockOf)
    for (const [level, blocks] of this.levels.entries()) {
      const at = i >> (BITS * (level + 1))
      blocks[at] = beneath.reduce(joined)
      const group = (at >> BITS) << BITS
      beneath = blocks.slice(group, group + (1 << BITS))
    }
  }
}

/** When a span no longer needs its row: its work ended, or it was removed. */
export function endOf(span: TraceSpan): number {
  return span.doneAt ?? span.to ?? Infinity
}

/** The more serious of two states. */
export function graver(a: SpanState, b: SpanState): SpanState {
  return GRAVITY.indexOf(a) >= GRAVITY.indexOf(b) ? a : b
}

function lastState(span: TraceSpan): SpanState {
  return span.states.at(-1)?.state ?? 'pending'
}

function blockOf(span: TraceSpan): Block {
  return { from: span.from, end: endOf(span), state: lastState(span) }
}

function joined(a: Block, b: Block): Block {
  return {
    from: a.from,
    end: Math.max(a.end, b.end),
    state: graver(a.state, b.state),
  }
}
