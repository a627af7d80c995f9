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

/** Half of the flag with the time of now, with air: a label that would touch it is left out. */
const FLAG_HALF_PX = 40
/** One letter of a label, and the room before the first. */
const LETTER_PX = 6.6
const LABEL_LEAD_PX = 5

export function Axis({ ticks, now, nowX, width, onPick }: AxisProps): ReactElement {
  const inSight = nowX >= 0 && nowX <= width
  // At the ends of the ruler the flag stays whole; the line below it shows the exact place.
  const flagX = Math.max(FLAG_HALF_PX, Math.min(width - FLAG_HALF_PX, nowX))
  const isCovered = ({ x, label }: AxisTick): boolean => {
    const end = x + LABEL_LEAD_PX + label.length * LETTER_PX
    return inSight && end > flagX - FLAG_HALF_PX && x < flagX + FLAG_HALF_PX
  }
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
            {!isCovered(tick) && tick.label}
          </span>
        ))}
        {inSight && (
          <span className="axis-now" style={{ transform: `translateX(${flagX}px)` }}>
            {clockText(now)}
          </span>
        )}
      </div>
    </div>
  )
}
