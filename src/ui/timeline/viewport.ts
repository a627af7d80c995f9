// How the timeline is looked at: which span of time, and whether it follows "now". A hook, because
// it lives and dies with the view.
import { useCallback, useEffect, useRef, useState } from 'react'
import { clockNow } from '../engine.ts'
import { useLatest } from '../shared/latest.ts'
import { usePage } from '../store.ts'
import { fitted, following, panned, zoomed, type Viewport } from './axis.ts'

/** What is in sight at the beginning of a session. */
const FIRST_SPAN_MS = 4 * 60_000

export interface TimelineView {
  view: Viewport
  follow: boolean
  pan: (pixels: number) => void
  zoom: (factor: number, x?: number) => void
  fit: () => void
  setFollow: (follow: boolean) => void
}

export function useViewport(width: number, now: number, start: number): TimelineView {
  const [range, setRange] = useState({ from: now - FIRST_SPAN_MS / 2, to: now + FIRST_SPAN_MS / 2 })
  const [follow, setFollow] = useState(true)
  const session = usePage((state) => state.session)
  const lastSession = useRef(session)
  useEffect(() => {
    if (lastSession.current === session) return
    lastSession.current = session
    const at = clockNow()
    setRange({ from: at - FIRST_SPAN_MS * 0.4, to: at + FIRST_SPAN_MS * 0.6 })
    setFollow(true)
  }, [session])
  const base: Viewport = { ...range, width }
  const view = follow ? following(base, now) : base
  const latest = useLatest(view)

  const pan = useCallback(
    (pixels: number) => {
      setFollow(false)
      setRange(panned(latest.current, pixels))
    },
    [latest],
  )
  const zoom = useCallback(
    (factor: number, x?: number) => {
      const current = latest.current
      setRange(zoomed(current, factor, x ?? current.width * 0.72))
    },
    [latest],
  )
  const fit = useCallback(() => {
    setFollow(false)
    setRange(fitted(latest.current, start, clockNow()))
  }, [latest, start])
  return { view, follow, pan, zoom, fit, setFollow }
}
