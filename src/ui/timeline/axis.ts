// The time axis: where a moment stands in pixels, and which moments get a label. All in UTC.
import { clockText, dayText } from '../shared/time.ts'

/** What is in sight: `from`..`to` in ms over `width` pixels. */
export interface Viewport {
  from: number
  to: number
  width: number
}

export interface AxisTick {
  x: number
  at: number
  label: string
  /** Begins a day (or the labels' next larger unit): drawn stronger. */
  major: boolean
}

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000

/** Steps that fall on round clock times. */
const STEPS: readonly number[] = [
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
  91 * DAY,
]

/** Room one label needs. */
const LABEL_WIDTH = 76
const SPAN_MIN = 4 * SECOND
const SPAN_MAX = 400 * DAY

export function xOf(view: Viewport, at: number): number {
  return ((at - view.from) / (view.to - view.from)) * view.width
}

export function timeAt(view: Viewport, x: number): number {
  return view.from + (x / view.width) * (view.to - view.from)
}

/** Labelled ticks in sight, at the finest round step that leaves room for the labels. */
export function axisTicks(view: Viewport): readonly AxisTick[] {
  const span = view.to - view.from
  const room = Math.max(2, Math.floor(view.width / LABEL_WIDTH))
  const step = STEPS.find((one) => span / one <= room) ?? STEPS.at(-1)!
  const ticks: AxisTick[] = []
  for (let at = Math.ceil(view.from / step) * step; at <= view.to; at += step) {
    const major = at % DAY === 0
    ticks.push({ x: xOf(view, at), at, major, label: tickLabel(at, step, major) })
  }
  return ticks
}

function tickLabel(at: number, step: number, major: boolean): string {
  if (step >= DAY || major) return dayText(at)
  return step >= MINUTE ? clockText(at).slice(0, 5) : clockText(at)
}

/** The viewport moved by `pixels` to the right (later times). */
export function panned(view: Viewport, pixels: number): Viewport {
  const shift = (pixels / view.width) * (view.to - view.from)
  return { ...view, from: view.from + shift, to: view.to + shift }
}

/** The viewport with its span multiplied by `factor`; the moment at `x` stays where it is. */
export function zoomed(view: Viewport, factor: number, x: number): Viewport {
  const span = Math.min(SPAN_MAX, Math.max(SPAN_MIN, (view.to - view.from) * factor))
  const at = timeAt(view, x)
  const from = at - (x / view.width) * span
  return { ...view, from, to: from + span }
}

/** Where "now" stands while the view follows it: past to read, and some future to expect. */
const FOLLOW_AT = 0.72

/** The viewport moved so that `now` stands at its place; a run that is young begins at the left. */
export function following(view: Viewport, start: number, now: number): Viewport {
  const span = view.to - view.from
  const from = Math.max(now - span * FOLLOW_AT, start - span * 0.04)
  return { ...view, from, to: from + span }
}

/** The span that suits a speed: what is drawn stays in sight for half a minute of real time. */
export function spanForSpeed(speed: number): number {
  return Math.min(SPAN_MAX, Math.max(2 * MINUTE, speed * 30 * SECOND))
}

/** The whole run and a little future. */
export function fitted(view: Viewport, start: number, now: number): Viewport {
  const span = Math.max(2 * MINUTE, now - start)
  return { ...view, from: start - span * 0.04, to: now + span * 0.3 }
}
