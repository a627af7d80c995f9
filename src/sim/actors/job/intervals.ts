// Sets of completion indexes as ordered intervals, and their text `0-2,4,6,7`: how a Job's status
// keeps up to a hundred thousand indexes short (pkg/controller/job/indexed_job_utils.go). Pure.

/** First and last index, both included. */
interface Interval {
  readonly first: number
  readonly last: number
}

/** Intervals in increasing order, none touching the next. */
export type Intervals = readonly Interval[]

/** Reads the text; indexes from `completions` on are left out, broken parts are ignored. */
export function parseIntervals(text: string | undefined, completions: number): Intervals {
  if (text === undefined || text === '') return []
  const intervals: Interval[] = []
  for (const part of text.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part)
    if (match === null) continue
    const first = Number(match[1])
    if (first >= completions) break
    const last = Math.min(Number(match[2] ?? first), completions - 1)
    appendMerged(intervals, { first, last })
  }
  return intervals
}

/** `0-2,4,6,7`: runs of three or more with a hyphen. */
export function formatIntervals(intervals: Intervals): string {
  return intervals
    .map(({ first, last }) => {
      if (first === last) return String(first)
      return last === first + 1 ? `${first},${last}` : `${first}-${last}`
    })
    .join(',')
}

/** How many indexes there are. */
export function totalOf(intervals: Intervals): number {
  return intervals.reduce((total, { first, last }) => total + last - first + 1, 0)
}

export function includesIndex(intervals: Intervals, index: number): boolean {
  return intervals.some(({ first, last }) => first <= index && index <= last)
}

/** The union with single indexes, in any order. */
export function withIndexes(intervals: Intervals, indexes: Iterable<number>): Intervals {
  const singles = [...indexes].map((index) => ({ first: index, last: index }))
  return singles.length === 0 ? intervals : mergeIntervals(intervals, singles)
}

/** The union of two sets. */
export function mergeIntervals(a: Intervals, b: Intervals): Intervals {
  const merged: Interval[] = []
  for (const interval of [...a, ...b].sort((x, y) => x.first - y.first)) {
    appendMerged(merged, interval)
  }
  return merged
}

/** The size of the intersection. */
export function overlapOf(a: Intervals, b: Intervals): number {
  let overlap = 0
  for (const x of a) {
    for (const y of b) {
      overlap += Math.max(0, Math.min(x.last, y.last) - Math.max(x.first, y.first) + 1)
    }
  }
  return overlap
}

function appendMerged(intervals: Interval[], next: Interval): void {
  const last = intervals.at(-1)
  if (last === undefined || next.first > last.last + 1) intervals.push(next)
  else if (next.last > last.last) {
    intervals[intervals.length - 1] = { first: last.first, last: next.last }
  }
}
