// Shapes to canvas. Everything drawn here was placed by `layout.ts`; colours and signs come from
// `shared/states.tsx`. One instance of `Palette` is read from the CSS variables per theme.
import { STATE_LOOKS, TICK_LOOKS } from '../shared/states.tsx'
import type { ObjectState } from '../../sim/kinds/kind.ts'
import { type AxisTick, type Viewport, xOf } from './axis.ts'
import type { BandShape, BarShape, GhostShape, Shape, TickShapePlaced } from './layout.ts'
import type { OffShape } from './off.ts'

/** CSS variables resolved to colours, by their names. */
type Palette = Readonly<Record<string, string>>

const NAMES = [
  '--paper',
  '--paper-raised',
  '--ink',
  '--ink-2',
  '--ink-3',
  '--line',
  '--line-strong',
  '--now',
  '--select',
  ...new Set(
    [...Object.values(STATE_LOOKS), ...Object.values(TICK_LOOKS)].map(({ color }) => color),
  ),
]

const palettes = new Map<string, Palette>()

/** The colours of a theme, read from the style sheets when it is first shown. */
export function paletteFor(theme: string, element: Element): Palette {
  const known = palettes.get(theme)
  if (known !== undefined) return known
  const style = getComputedStyle(element)
  const entries = NAMES.map((name) => [name, style.getPropertyValue(name).trim()])
  const palette: Palette = { ...Object.fromEntries(entries), font: style.fontFamily }
  palettes.set(theme, palette)
  return palette
}

interface Scene {
  view: Viewport
  height: number
  /** How far the lanes are scrolled. */
  scroll: number
  now: number
  start: number
  ticks: readonly AxisTick[]
  shapes: readonly Shape[]
  laneLines: readonly number[]
  selectedUid: string | undefined
  focused: Shape | undefined
}

/** Paints the lanes: grid, future, shapes, now line. */
export function drawScene(c: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const { view, height } = scene
  c.clearRect(0, 0, view.width, height)
  drawGrid(c, scene, palette)
  c.save()
  c.translate(0, -scene.scroll)
  for (const shape of scene.shapes) drawShape(c, shape, scene, palette)
  if (scene.focused !== undefined) drawFocus(c, scene.focused, palette)
  c.restore()
  drawNow(c, scene, palette)
}

function drawGrid(c: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const { view, height } = scene
  const startX = xOf(view, scene.start)
  if (startX > 0) {
    c.fillStyle = palette['--line']!
    c.globalAlpha = 0.35
    c.fillRect(0, 0, Math.min(startX, view.width), height)
    c.globalAlpha = 1
  }
  c.lineWidth = 1
  for (const tick of scene.ticks) {
    c.strokeStyle = palette[tick.major ? '--line-strong' : '--line']!
    line(c, Math.round(tick.x) + 0.5, 0, Math.round(tick.x) + 0.5, height)
  }
  c.strokeStyle = palette['--line']!
  for (const y of scene.laneLines)
    line(c, 0, y - scene.scroll + 0.5, view.width, y - scene.scroll + 0.5)
}

function drawNow(c: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const x = Math.round(xOf(scene.view, scene.now)) + 0.5
  if (x < -2 || x > scene.view.width + 2) return
  c.strokeStyle = palette['--now']!
  c.lineWidth = 2
  line(c, x, 0, x, scene.height)
}

function drawShape(
  c: CanvasRenderingContext2D,
  shape: Shape,
  scene: Scene,
  palette: Palette,
): void {
  if (shape.type === 'bar') drawBar(c, shape, scene, palette)
  else if (shape.type === 'band') drawBand(c, shape, palette)
  else if (shape.type === 'off') drawOff(c, shape, palette)
  else if (shape.type === 'tick') drawTick(c, shape, palette)
  else drawGhost(c, shape, palette)
}

function colorOf(state: ObjectState, palette: Palette): string {
  return palette[STATE_LOOKS[state].color]!
}

function drawOff(c: CanvasRenderingContext2D, off: OffShape, palette: Palette): void {
  const color = palette['--state-suspended']!
  c.fillStyle = color
  c.globalAlpha = 0.1
  c.fillRect(off.x, off.y, off.width, off.height)
  c.globalAlpha = 0.55
  c.strokeStyle = color
  c.lineWidth = 1
  c.setLineDash([3, 3])
  for (const x of [off.x, off.x + off.width]) line(c, x, off.y, x, off.y + off.height)
  c.setLineDash([])
  c.globalAlpha = 1
  const left = Math.max(0, off.x) + 4
  if (off.x + off.width - left < 6 * off.label.length) return
  text(c, off.label, left, off.y + off.height - 4, palette, color)
}

const BAND_LABELS: Readonly<Partial<Record<ObjectState, string>>> = {
  unknown: 'Unknown',
  suspended: 'Cordoned',
}

function drawBand(c: CanvasRenderingContext2D, band: BandShape, palette: Palette): void {
  const color = colorOf(band.state, palette)
  const middle = band.y + band.height / 2
  c.strokeStyle = color
  c.fillStyle = color
  if (band.state === 'running') {
    c.globalAlpha = 0.5
    c.fillRect(band.x, middle - 1, band.width, 2)
    c.globalAlpha = 1
    return
  }
  c.lineWidth = 2
  c.setLineDash(band.state === 'unknown' ? [5, 4] : [])
  line(c, band.x, middle, band.x + band.width, middle)
  c.setLineDash([])
  const label = BAND_LABELS[band.state] ?? 'NotReady'
  if (band.width > 60) text(c, label, band.x + 4, middle - 3, palette, color)
}

function drawBar(c: CanvasRenderingContext2D, bar: BarShape, scene: Scene, palette: Palette): void {
  const { span } = bar
  const color = colorOf(bar.state, palette)
  const right = bar.x + bar.width
  const solidFrom = solidFromX(bar, scene.view)
  if (solidFrom - bar.x > 1.5) waiting(c, bar, solidFrom, palette)
  if (right - solidFrom > 0) solid(c, bar, solidFrom, right, color)
  if (
    span !== undefined &&
    bar.width > 18 &&
    bar.height >= 14 &&
    (bar.state === 'succeeded' || bar.state === 'failed')
  )
    endSign(c, bar.state, right - 8, bar.y + bar.height / 2, palette)
  if (span !== undefined && bar.height >= 14 && bar.width > 70)
    barLabel(c, span.name, solidFrom > bar.x + 40 ? bar.x : solidFrom, bar, palette)
  if (span !== undefined && span.uid === scene.selectedUid) outline(c, bar, palette['--select']!)
}

/** What ran only for a moment, after a long start, still shows how it ended. */
const SOLID_MIN_PX = 4

/** Where a bar's outline (pending, starting) ends and its colour begins. */
export function solidFromX(bar: BarShape, view: Viewport): number {
  const { span, x } = bar
  const right = x + bar.width
  if (span === undefined) return x
  const began = span.states.find(({ state }) => state !== 'pending' && state !== 'starting')
  if (began === undefined) return right
  return clamp(xOf(view, began.at), x, Math.max(x, right - SOLID_MIN_PX))
}

/** Pending and starting: an outline only. */
function waiting(
  c: CanvasRenderingContext2D,
  bar: BarShape,
  until: number,
  palette: Palette,
): void {
  c.strokeStyle = palette[STATE_LOOKS.pending.color]!
  c.lineWidth = 1
  c.strokeRect(bar.x + 0.5, bar.y + 0.5, Math.max(1, until - bar.x - 1), bar.height - 1)
}

function solid(
  c: CanvasRenderingContext2D,
  bar: BarShape,
  from: number,
  to: number,
  color: string,
): void {
  c.fillStyle = color
  const width = Math.max(1, to - from)
  if (bar.state === 'terminating' || bar.state === 'suspended') {
    c.globalAlpha = 0.25
    c.fillRect(from, bar.y, width, bar.height)
    c.globalAlpha = 1
    c.strokeStyle = color
    c.lineWidth = 1
    hatch(c, from, bar.y, width, bar.height)
    return
  }
  if (bar.state === 'unknown') {
    c.strokeStyle = color
    c.setLineDash([4, 3])
    c.strokeRect(from + 0.5, bar.y + 0.5, width - 1, bar.height - 1)
    c.setLineDash([])
    return
  }
  c.globalAlpha = bar.height >= 14 ? 0.9 : 0.75
  c.fillRect(from, bar.y, width, bar.height)
  c.globalAlpha = 1
}

function hatch(c: CanvasRenderingContext2D, x: number, y: number, width: number, height: number) {
  c.save()
  c.beginPath()
  c.rect(x, y, width, height)
  c.clip()
  for (let i = x - height; i < x + width; i += 5) line(c, i, y + height, i + height, y)
  c.restore()
}

function endSign(
  c: CanvasRenderingContext2D,
  state: ObjectState,
  x: number,
  y: number,
  palette: Palette,
): void {
  c.strokeStyle = palette['--paper-raised']!
  c.lineWidth = 1.8
  if (state === 'failed') {
    line(c, x - 3, y - 3, x + 3, y + 3)
    line(c, x + 3, y - 3, x - 3, y + 3)
    return
  }
  c.beginPath()
  c.moveTo(x - 3.5, y)
  c.lineTo(x - 1, y + 2.8)
  c.lineTo(x + 3.8, y - 3)
  c.stroke()
}

function barLabel(
  c: CanvasRenderingContext2D,
  name: string,
  from: number,
  bar: BarShape,
  palette: Palette,
): void {
  const onSolid = from > bar.x || bar.state !== 'pending'
  const left = Math.max(from, 0) + 5
  const room = bar.x + bar.width - left - 16
  if (room < 40) return
  c.save()
  c.beginPath()
  c.rect(left, bar.y, room, bar.height)
  c.clip()
  const ink = onSolid ? palette['--paper-raised']! : palette['--ink-2']!
  text(c, name, left, bar.y + bar.height - 3.5, palette, ink)
  c.restore()
}

function drawTick(c: CanvasRenderingContext2D, tick: TickShapePlaced, palette: Palette): void {
  const look = TICK_LOOKS[tick.mark.sign]
  const color = palette[look.color]!
  const { x, y } = tick
  c.strokeStyle = color
  c.fillStyle = color
  c.lineWidth = 1.8
  if (tick.dense) return line(c, x, y - 3, x, y + 3)
  switch (look.shape) {
    case 'dot':
      return disc(c, x, y, 4.5)
    case 'dot-tail':
      line(c, x, y, Math.max(tick.startedX, x + 11), y)
      return disc(c, x, y, 4.5)
    case 'ring':
      return ring(c, x, y, 4.5)
    case 'ring-through':
      line(c, x - 7, y, x + 7, y)
      return ring(c, x, y, 4.5)
    case 'cross':
      line(c, x - 4, y - 4, x + 4, y + 4)
      return line(c, x + 4, y - 4, x - 4, y + 4)
    case 'pause':
      line(c, x - 2, y - 4, x - 2, y + 4)
      return line(c, x + 2, y - 4, x + 2, y + 4)
    case 'ghost':
      return ring(c, x, y, 4.5)
  }
}

function drawGhost(c: CanvasRenderingContext2D, ghost: GhostShape, palette: Palette): void {
  c.strokeStyle = palette[TICK_LOOKS.future.color]!
  c.lineWidth = 1.2
  c.globalAlpha = 0.75
  c.setLineDash([2, 2])
  ring(c, ghost.x, ghost.y, 4.5)
  c.setLineDash([])
  c.globalAlpha = 1
}

function drawFocus(c: CanvasRenderingContext2D, shape: Shape, palette: Palette): void {
  c.strokeStyle = palette['--select']!
  c.lineWidth = 2
  if (shape.type === 'tick' || shape.type === 'ghost') return ring(c, shape.x, shape.y, 9)
  outline(c, shape, palette['--select']!)
}

function outline(
  c: CanvasRenderingContext2D,
  box: { x: number; y: number; width: number; height: number },
  color: string,
): void {
  c.strokeStyle = color
  c.lineWidth = 2
  c.strokeRect(box.x - 2, box.y - 2, box.width + 4, box.height + 4)
}

function line(c: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  c.beginPath()
  c.moveTo(x1, y1)
  c.lineTo(x2, y2)
  c.stroke()
}

function disc(c: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  c.beginPath()
  c.arc(x, y, radius, 0, 2 * Math.PI)
  c.fill()
}

function ring(c: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  c.beginPath()
  c.arc(x, y, radius, 0, 2 * Math.PI)
  c.stroke()
}

function text(
  c: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  palette: Palette,
  color: string,
): void {
  c.font = `11px ${palette['font']}`
  c.fillStyle = color
  c.fillText(words, x, y)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
