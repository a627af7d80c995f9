// Lanes and a viewport become shapes with places: the pure half of the timeline. Drawing, pointing
// and the tests read the same shapes. What is narrower than a pixel is merged with its neighbour
// and keeps the more serious state, so zooming out hides detail but no failure.
import type { ObjectState } from '../../sim/kinds/kind.ts'
import type { TraceSpan } from '../../sim/trace.ts'
import { type Viewport, xOf } from './axis.ts'
import type { Mark } from './mark-list.ts'
import type { Lane } from './model.ts'
import { offShapes, type OffShape } from './off.ts'
import { moreSevere, type Row } from './row.ts'

const TICK_ROW = 20
const BAR_HEIGHT = 14
const ATTEMPT_HEIGHT = 8
const GAP = 3
const LANE_PADDING = 6
const LANE_MIN = 32
/** Narrower bars are merged with their neighbours. */
const MERGE_PX = 3
const BAR_MIN_PX = 2
/** A gap narrower than this is not seen. */
const MERGE_GAP_PX = 0.75
/** Ordinary firings closer than this share one sign. */
const TICK_APART_PX = 2
/** Ticks closer than this are drawn as short strokes. */
const TICK_ROOM_PX = 11

export interface LaneBox {
  lane: Lane
  y: number
  height: number
}

export interface BarShape {
  type: 'bar'
  x: number
  y: number
  width: number
  height: number
  state: ObjectState
  /** The bar continues to the right edge: it has not ended. */
  open: boolean
  /** Undefined for several merged ones. */
  span: TraceSpan | undefined
  merged: number
}

export interface TickShapePlaced {
  type: 'tick'
  x: number
  y: number
  /** Where its Job was started; its own place when none was. */
  startedX: number
  mark: Mark
  lane: Lane
  /** The next one is too close for a full sign. */
  dense: boolean
}

export interface GhostShape {
  type: 'ghost'
  x: number
  y: number
  at: number
  /** What it depends on; ''. */
  condition: string
}

/** A node's Ready state, behind its pods. */
export interface BandShape {
  type: 'band'
  x: number
  y: number
  width: number
  height: number
  state: ObjectState
  span: TraceSpan
}

export type Shape = BarShape | TickShapePlaced | GhostShape | BandShape | OffShape

/** All lanes one below the other. */
export function layoutLanes(lanes: readonly Lane[]): { boxes: LaneBox[]; height: number } {
  const boxes: LaneBox[] = []
  let y = 0
  for (const lane of lanes) {
    const height = Math.max(LANE_MIN, laneContentHeight(lane) + 2 * LANE_PADDING)
    boxes.push({ lane, y, height })
    y += height
  }
  return { boxes, height: y }
}

function laneContentHeight(lane: Lane): number {
  let height = lane.rules.fires ? TICK_ROW : 0
  for (const track of lane.tracks) {
    if (track.bars.spans.length > 0) height += BAR_HEIGHT + GAP
    height += track.attempts.length * (ATTEMPT_HEIGHT + GAP - 1)
  }
  return height
}

/** The shapes of one lane that are in sight, in drawing order. */
export function layoutLane(box: LaneBox, view: Viewport, now: number): Shape[] {
  const { lane } = box
  const shapes: Shape[] = []
  let y = box.y + LANE_PADDING
  if (lane.rules.fires) {
    const height = box.height - 2 * LANE_PADDING
    shapes.push(...offShapes(lane.marks.suspensions, view, { now, y, height, label: 'suspended' }))
    placeTicks(shapes, lane, y + TICK_ROW / 2 - 2, view, now)
    y += TICK_ROW
  }
  for (const track of lane.tracks) {
    if (track.bars.spans.length > 0) {
      if (lane.rules.span === 'band') placeBands(shapes, track.bars, y, view, now)
      else placeBars(shapes, track.bars, y, BAR_HEIGHT, view, now)
      y += BAR_HEIGHT + GAP
    }
    for (const row of track.attempts) {
      placeBars(shapes, row, y, ATTEMPT_HEIGHT, view, now)
      y += ATTEMPT_HEIGHT + GAP - 1
    }
  }
  return shapes
}

function placeTicks(shapes: Shape[], lane: Lane, y: number, view: Viewport, now: number): void {
  let lastX = -Infinity
  // The one before the left edge decides whether the first in sight has room for a full sign.
  const from = view.from - msOf(view, TICK_ROOM_PX)
  for (const mark of lane.marks.read(from, view.to, msOf(view, TICK_APART_PX))) {
    const x = xOf(view, mark.scheduledAt)
    const ordinary = mark.sign === 'fired'
    if (ordinary && x - lastX < TICK_APART_PX) continue
    const dense = ordinary && x - lastX < TICK_ROOM_PX
    const before = shapes.at(-1)
    // The first of a row that is close together is drawn as the others are.
    if (dense && before?.type === 'tick' && before.mark.sign === 'fired') before.dense = true
    lastX = x
    if (x < 0) continue
    const startedX = xOf(view, mark.startedAt ?? mark.scheduledAt)
    shapes.push({ type: 'tick', x, y, startedX, mark, lane, dense })
  }
  lastX = -Infinity
  for (const at of lane.upcoming) {
    if (at <= now || at < view.from || at > view.to) continue
    const x = xOf(view, at)
    if (x - lastX < TICK_ROOM_PX) continue
    shapes.push({ type: 'ghost', x, y, at, condition: lane.condition })
    lastX = x
  }
}

function placeBands(shapes: Shape[], row: Row, y: number, view: Viewport, now: number): void {
  for (const span of row.spans) {
    span.states.forEach(({ at, state }, i) => {
      const until = span.states[i + 1]?.at ?? span.to ?? now
      if (until < view.from || at > view.to) return
      const x = Math.max(-1, xOf(view, at))
      const right = Math.min(view.width + 1, xOf(view, until))
      shapes.push({ type: 'band', x, y, width: right - x, height: BAR_HEIGHT, state, span })
    })
  }
}

function placeBars(
  shapes: Shape[],
  row: Row,
  y: number,
  height: number,
  view: Viewport,
  now: number,
): void {
  let last: BarShape | undefined
  row.read(
    view.from,
    view.to,
    msOf(view, MERGE_GAP_PX),
    ({ from, end: ends, state, span, count }) => {
      const end = Math.min(ends, now)
      if (end < view.from) return
      const x = Math.max(-4, xOf(view, from))
      const width = Math.max(BAR_MIN_PX, Math.min(view.width + 4, xOf(view, end)) - x)
      if (last !== undefined && width < MERGE_PX && merges(last, x, state)) {
        last.width = Math.max(last.width, x + width - last.x)
        last.state = moreSevere(last.state, state)
        last.merged += count
        last.span = undefined
        return
      }
      last = {
        type: 'bar',
        x,
        y,
        width,
        height,
        state,
        open: ends === Infinity,
        span,
        merged: count,
      }
      shapes.push(last)
    },
  )
}

/** How long `pixels` are. */
function msOf(view: Viewport, pixels: number): number {
  return ((view.to - view.from) / view.width) * pixels
}

/** A narrow bar joins the one it touches, unless that would paint much of it another colour. */
function merges(last: BarShape, x: number, state: ObjectState): boolean {
  if (last.width >= MERGE_PX && last.merged === 1) return false
  if (x >= last.x + last.width + MERGE_GAP_PX) return false
  return last.state === state || last.width < MERGE_PX
}
