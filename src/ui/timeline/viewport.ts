// How the timeline is looked at: which span of time, and whether it follows "now". A hook, because
// it lives and dies with the view.
import { useCallback, useState } from 'react'
import { clockNow } from '../engine.ts'
import { useLatest } from '../shared/latest.ts'
import { usePage } from '../store.ts'
import { fitted, following, panned, spanForSpeed, zoomed, type Viewport } from './axis.ts'

export interface TimelineView {
  view: Viewport
  follow: boolean
  pan: (pixels: number) => void
  zoom: (factor: number, x?: number) => void
  fit: () => void
  setFollow: (follow: boolean) => void
}

interface Look {
  from: number
  to: number
  /** "Now" keeps its place in the picture. */
  follow: boolean
  /** The span suits the speed; not after the learner has zoomed. */
  suited: boolean
  /** The session's beginning: another session is looked at anew. */
  start: number
}

function firstLook(start: number): Look {
  return { from: start, to: start + spanForSpeed(1), follow: true, suited: true, start }
}

export function useViewport(width: number, now: number, start: number): TimelineView {
  const speed = usePage((state) => state.speed)
  const [saved, setLook] = useState(() => firstLook(start))
  const look = saved.start === start ? saved : firstLook(start)
  const view = shown(look, { width, now, start, speed })
  const latest = useLatest({ look, view })

  const pan = useCallback(
    (pixels: number) => {
      const { from, to } = panned(latest.current.view, pixels)
      setLook({ ...latest.current.look, from, to, follow: false, suited: false })
    },
    [latest],
  )
  const zoom = useCallback(
    (factor: number, x?: number) => {
      const current = latest.current.view
      const { from, to } = zoomed(current, factor, x ?? current.width * 0.72)
      setLook({ ...latest.current.look, from, to, suited: false })
    },
    [latest],
  )
  const fit = useCallback(() => {
    const { look: before, view: current } = latest.current
    const { from, to } = fitted(current, before.start, clockNow())
    setLook({ ...before, from, to, follow: false, suited: false })
  }, [latest])
  const setFollow = useCallback(
    (follow: boolean) => {
      const { look: before, view: current } = latest.current
      const { from, to } = current
      setLook({ ...before, from, to, follow, suited: follow })
    },
    [latest],
  )
  return { view, follow: look.follow, pan, zoom, fit, setFollow }
}

function shown(
  look: Look,
  at: { width: number; now: number; start: number; speed: number },
): Viewport {
  const { width, now, start, speed } = at
  const span = look.suited ? spanForSpeed(speed) : look.to - look.from
  if (!look.follow) return { from: look.from, to: look.to, width }
  return following({ from: look.from, to: look.from + span, width }, start, now)
}
