// The pointer on the timeline: hovering explains, dragging pans, the wheel pans, with Ctrl (or two
// fingers) it zooms, a click selects.
import { useEffect, useState } from 'react'
import { useLatest } from '../shared/latest.ts'
import { hitShape } from './hit.ts'
import type { Shape } from './layout.ts'
import type { TimelineView } from './viewport.ts'

interface PointerOptions {
  element: React.RefObject<HTMLCanvasElement | null>
  shapes: readonly Shape[]
  scroll: number
  viewport: TimelineView
  /** Called for a click. */
  pick: (shape: Shape | undefined) => void
}

/** A press that moved less than this is a click. */
const CLICK_PX = 4
const WHEEL_ZOOM = 0.0022

/** The shape under the pointer. */
export function usePointer(options: PointerOptions): Shape | undefined {
  const [hover, setHover] = useState<Shape>()
  const latest = useLatest(options)
  const { element } = options
  useEffect(() => {
    const canvas = element.current
    if (canvas === null) return
    const drag = new Drag()
    const place = (event: MouseEvent): [number, number] => {
      const box = canvas.getBoundingClientRect()
      return [event.clientX - box.x, event.clientY - box.y + latest.current.scroll]
    }
    const onDown = (event: PointerEvent): void => {
      drag.down(event)
      canvas.setPointerCapture(event.pointerId)
    }
    const onMove = (event: PointerEvent): void => {
      const moved = drag.move(event)
      const [x, y] = place(event)
      if (moved === undefined) return setHover(hitShape(latest.current.shapes, x, y))
      setHover(undefined)
      if (moved.factor !== 1) latest.current.viewport.zoom(moved.factor, x)
      else if (drag.far) latest.current.viewport.pan(-moved.dx)
    }
    const onUp = (event: PointerEvent): void => {
      const click = drag.up(event)
      if (click) latest.current.pick(hitShape(latest.current.shapes, ...place(event)))
    }
    const onLeave = (): void => setHover(undefined)
    const onWheel = (event: WheelEvent): void => {
      const { viewport } = latest.current
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        viewport.zoom(Math.exp(event.deltaY * WHEEL_ZOOM), place(event)[0])
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
        event.preventDefault()
        viewport.pan(event.shiftKey ? event.deltaY + event.deltaX : event.deltaX)
      }
    }
    canvas.addEventListener('pointerdown', onDown)
    canvas.addEventListener('pointermove', onMove)
    canvas.addEventListener('pointerup', onUp)
    canvas.addEventListener('pointercancel', onUp)
    canvas.addEventListener('pointerleave', onLeave)
    canvas.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      canvas.removeEventListener('pointerdown', onDown)
      canvas.removeEventListener('pointermove', onMove)
      canvas.removeEventListener('pointerup', onUp)
      canvas.removeEventListener('pointercancel', onUp)
      canvas.removeEventListener('pointerleave', onLeave)
      canvas.removeEventListener('wheel', onWheel)
    }
  }, [element, latest])
  return hover
}

/** One or two pointers that are down, and how they move. */
class Drag {
  far = false
  private readonly pointers = new Map<number, { x: number; y: number }>()
  private travelled = 0

  down(event: PointerEvent): void {
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    this.travelled = 0
    this.far = false
  }

  /** How far it moved since the last call; undefined when nothing is pressed. */
  move(event: PointerEvent): { dx: number; factor: number } | undefined {
    const before = this.pointers.get(event.pointerId)
    if (before === undefined) return undefined
    const widthBefore = this.width()
    const dx = event.clientX - before.x
    this.travelled += Math.abs(dx) + Math.abs(event.clientY - before.y)
    this.far = this.travelled > CLICK_PX
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const width = this.width()
    const factor = widthBefore > 20 && width > 20 ? widthBefore / width : 1
    return { dx: this.pointers.size > 1 ? 0 : dx, factor }
  }

  /** Whether the press that ends was a click. */
  up(event: PointerEvent): boolean {
    const known = this.pointers.delete(event.pointerId)
    return known && event.type === 'pointerup' && this.travelled <= CLICK_PX
  }

  private width(): number {
    const [a, b] = [...this.pointers.values()]
    return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y)
  }
}
