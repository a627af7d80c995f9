// The ruler above the lanes. A click on it travels there: into the past by replay, into the future
// by running.
import type { ReactElement } from 'react'
import { clockText } from '../shared/time.ts'
import type { AxisTick } from './axis.ts'

interface AxisProps {
  ticks: readonly AxisTick[]
  now: number
  nowX: number
  width: number
  onPick: (x: number) => void
}

export function Axis({ ticks, now, nowX, width, onPick }: AxisProps): ReactElement {
  const inSight = nowX >= 0 && nowX <= width
  return (
    <div className="axis">
      <span className="axis-zone">UTC</span>
      {/* A pointer's shortcut; keys have the transport bar. */}
      <div
        className="axis-ruler"
        title="Click to travel to this moment"
        onClick={(event) => onPick(event.clientX - event.currentTarget.getBoundingClientRect().x)}
      >
        {ticks.map((tick) => (
          <span
            key={tick.at}
            className="axis-tick"
            data-major={tick.major}
            style={{ transform: `translateX(${tick.x}px)` }}
          >
            {tick.label}
          </span>
        ))}
        {inSight && (
          <span className="axis-now" style={{ transform: `translateX(${nowX}px)` }}>
            {clockText(now)}
          </span>
        )}
      </div>
    </div>
  )
}
