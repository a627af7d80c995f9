// The timeline's picture: lane names as elements, everything else on one canvas that covers what is
// in sight. Spaces: lane space (from the top of all lanes) and view space (from the top of what is
// in sight) differ by the scroll position; time becomes pixels by the viewport.
import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { ThemeName } from '../store.ts'
import { usePage, useRun, useSelect } from '../use-run.ts'
import { axisTicks, timeAt, xOf } from './axis.ts'
import { describeShape } from './describe.ts'
import { drawScene, paletteFor } from './draw.ts'
import { centre, neighbour } from './hit.ts'
import { layoutLane, layoutLanes, type LaneBox, type Shape } from './layout.ts'
import { Axis } from './axis-view.tsx'
import { LaneHeads } from './lane-heads.tsx'
import { outageShapes } from './off.ts'
import { pickShape } from './pick.ts'
import { usePointer } from './pointer.ts'
import type { TimelineView } from './viewport.ts'

interface ChartProps {
  viewport: TimelineView
  headWidth: number
}

const KEYS =
  'Timeline. Arrow keys go from mark to mark, Enter selects, plus and minus zoom, ' +
  'F shows the whole run.'

export function Chart({ viewport, headWidth }: ChartProps): ReactElement {
  const now = usePage((state) => state.now)
  // The lanes are changed in place; their revision says when.
  usePage((state) => state.traceRevision)
  const { engine } = useRun()
  const view = viewport.viewAt(now)
  const start = usePage((state) => state.start)
  const selectedUid = usePage((state) => state.selection?.uid)
  const theme = usePage((state) => state.themeName)
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { height, scroll, onScroll } = useScroll(scroller)
  const [focusedKey, setFocusedKey] = useState<string>()
  const { boxes, height: lanesHeight } = layoutLanes(engine.timeline.lanes())
  const tall = Math.max(lanesHeight, height)
  const shapes: Shape[] = [
    ...outageShapes(engine.timeline.outages, view, { now, height: tall }),
    ...inSight(boxes, scroll, height).flatMap((box) => layoutLane(box, view, now)),
  ]
  const ticks = axisTicks(view)
  const focused = shapes.find((shape) => keyOf(shape) === focusedKey)
  const pick = usePick()
  const hover = usePointer({ element: canvas, shapes, scroll, viewport, pick })

  const laneLines = boxes.map((box) => box.y + box.height)
  const scene = { view, height, scroll, now, start, ticks, shapes, laneLines, selectedUid, focused }
  useDrawing(canvas, scene, theme)

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const handled = onChartKey(event.key, viewport, shapes, focused, {
      focus: setFocusedKey,
      pick,
    })
    if (handled) event.preventDefault()
  }
  const shown = hover ?? focused
  return (
    <div className="chart" style={{ '--head-width': `${headWidth}px` } as React.CSSProperties}>
      <Axis
        ticks={ticks}
        now={now}
        nowX={xOf(view, now)}
        width={view.width}
        onPick={(x) => void engine.seek(Math.round(timeAt(view, x)))}
      />
      <div className="chart-scroll" ref={scroller} onScroll={onScroll}>
        <div className="chart-lanes" style={{ height: tall }}>
          <LaneHeads boxes={boxes} selectedUid={selectedUid} />
          <div className="chart-view" style={{ height }}>
            <canvas
              ref={canvas}
              data-arrows
              tabIndex={0}
              role="application"
              aria-roledescription="timeline"
              aria-label={KEYS}
              onKeyDown={onKeyDown}
              onBlur={() => setFocusedKey(undefined)}
            />
            {shown !== undefined && <ShapeTip shape={shown} scroll={scroll} width={view.width} />}
          </div>
        </div>
      </div>
      <div className="visually-hidden" aria-live="polite">
        {focused !== undefined && spoken(focused, engine.clockNow())}
      </div>
    </div>
  )
}

/** Selects what a shape stands for; of a firing it is asked why it came out as it did. */
function usePick(): (shape: Shape | undefined) => void {
  const { store } = useRun()
  const select = useSelect()
  return (shape) => {
    pickShape(shape, select)
    if (shape?.type === 'tick') store.setState({ inspectorTab: 'why' })
  }
}

type Scene = Parameters<typeof drawScene>[1]

/** Draws the picture whenever it may have changed. */
function useDrawing(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  scene: Scene,
  theme: ThemeName,
): void {
  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (element === null || context === null || context === undefined) return
    fitCanvas(element, context, scene.view.width, scene.height)
    drawScene(context, scene, paletteFor(theme, element))
  })
}

interface ChartMoves {
  focus: (key: string | undefined) => void
  pick: (shape: Shape | undefined) => void
}

/** What keys do on the focused picture; false for those it does not know. */
function onChartKey(
  key: string,
  viewport: TimelineView,
  shapes: readonly Shape[],
  focused: Shape | undefined,
  { focus, pick }: ChartMoves,
): boolean {
  const directions: Readonly<Record<string, 'left' | 'right' | 'up' | 'down'>> = {
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
  }
  const direction = directions[key]
  if (direction !== undefined) {
    const next = neighbour(shapes, focused, direction)
    if (next !== undefined) focus(keyOf(next))
    else if (direction === 'left') viewport.pan(-80)
    else if (direction === 'right') viewport.pan(80)
    return true
  }
  switch (key) {
    case 'Enter':
      pick(focused)
      return true
    case '+':
    case '=':
      viewport.zoom(1 / 1.6, focused === undefined ? undefined : centre(focused)[0])
      return true
    case '-':
      viewport.zoom(1.6, focused === undefined ? undefined : centre(focused)[0])
      return true
    case 'f':
      viewport.fit()
      return true
    case 'Home':
      viewport.setFollow(true)
      return true
    default:
      return false
  }
}

function keyOf(shape: Shape): string {
  if (shape.type === 'ghost') return `g${shape.y}/${shape.at}`
  if (shape.type === 'tick') return `t${shape.y}/${shape.mark.scheduledAt}`
  if (shape.type === 'off') return `o${shape.y}/${shape.from}`
  return `${shape.type}${shape.y}/${shape.span?.uid ?? Math.round(shape.x)}`
}

function spoken(shape: Shape, now: number): string {
  const { title, lines } = describeShape(shape, now)
  return [title, ...lines].join('. ')
}

function ShapeTip({
  shape,
  scroll,
  width,
}: {
  shape: Shape
  scroll: number
  width: number
}): ReactElement {
  const { title, lines } = describeShape(shape, useRun().engine.clockNow())
  const [x, y] = centre(shape)
  const left = Math.max(8, Math.min(width - 250, x - 110))
  const top = y - scroll + 16
  return (
    <div className="tooltip shape-tip" style={{ left, top }} role="presentation">
      <strong>{title}</strong>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  )
}

function inSight(boxes: readonly LaneBox[], scroll: number, height: number): readonly LaneBox[] {
  return boxes.filter((box) => box.y + box.height > scroll && box.y < scroll + height)
}

function useScroll(scroller: React.RefObject<HTMLDivElement | null>): {
  height: number
  scroll: number
  onScroll: () => void
} {
  const [height, setHeight] = useState(0)
  const [scroll, setScroll] = useState(0)
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  return { height, scroll, onScroll: () => setScroll(scroller.current?.scrollTop ?? 0) }
}

/** Device pixels for a sharp picture, CSS pixels for those who draw. */
function fitCanvas(
  element: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
): void {
  const ratio = devicePixelRatio
  const wide = Math.round(width * ratio)
  const high = Math.round(height * ratio)
  if (element.width !== wide || element.height !== high) {
    element.width = wide
    element.height = high
    element.style.width = `${width}px`
    element.style.height = `${height}px`
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
}
