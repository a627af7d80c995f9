// How the timeline is looked at: which span of time, and whether it follows "now". A hook, because
// it lives and dies with the view.
import { useMemo, useState } from 'react'
import { useLatest } from '../shared/latest.ts'
import { usePage, useRun } from '../use-run.ts'
import { fitted, following, panned, spanForSpeed, zoomed, type Viewport } from './axis.ts'

export interface TimelineView {
  /** What is in sight while the clock shows `now`. */
  viewAt: (now: number) => Viewport
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
  /** The session's beginning: another session is fitted again. */
  start: number
}

function firstLook(start: number): Look {
  return { from: start, to: start + spanForSpeed(1), follow: true, suited: true, start }
}

/** Does not itself follow the clock, so that only the picture is drawn again as time passes. */
export function useViewport(width: number): TimelineView {
  const speed = usePage((state) => state.speed)
  const start = usePage((state) => state.start)
  const [saved, setLook] = useState(() => firstLook(start))
  const look = saved.start === start ? saved : firstLook(start)
  const latest = useLatest({ look, width, speed })
  const { engine, store } = useRun()

  const moves = useMemo(() => {
    const view = (): Viewport => {
      const { look: current, width: wide, speed: fast } = latest.current
      const { now, start: begin } = store.getState()
      return shown(current, { width: wide, now, start: begin, speed: fast })
    }
    return {
      pan(pixels: number): void {
        const { from, to } = panned(view(), pixels)
        setLook({ ...latest.current.look, from, to, follow: false, suited: false })
      },
      zoom(factor: number, x?: number): void {
        const current = view()
        const { from, to } = zoomed(current, factor, x ?? current.width * 0.72)
        setLook({ ...latest.current.look, from, to, suited: false })
      },
      fit(): void {
        const before = latest.current.look
        const { from, to } = fitted(view(), before.start, engine.clockNow())
        setLook({ ...before, from, to, follow: false, suited: false })
      },
      setFollow(follow: boolean): void {
        const { from, to } = view()
        setLook({ ...latest.current.look, from, to, follow, suited: follow })
      },
    }
  }, [latest, engine, store])
  return useMemo(
    () => ({
      ...moves,
      follow: look.follow,
      viewAt: (now: number) => shown(look, { width, now, start, speed }),
    }),
    [moves, look, width, start, speed],
  )
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
