// What the timeline's signs mean, a click away.
import { Info } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import {
  STATE_LOOKS,
  StateGlyph,
  TICK_LOOKS,
  type TickShape,
  type TickSign,
} from '../shared/states.tsx'
import type { ViewState } from '../../worker/protocol.ts'

export function Legend(): ReactElement {
  const [open, setOpen] = useState(false)
  return (
    <div
      className="legend-place"
      onBlur={() => setOpen(false)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false)
      }}
    >
      <button
        type="button"
        className="icon-button"
        aria-label="What the signs mean"
        aria-expanded={open}
        data-hint="What the signs mean"
        onClick={() => setOpen(!open)}
      >
        <Info size={15} aria-hidden />
      </button>
      {open && <Signs />}
    </div>
  )
}

function Signs(): ReactElement {
  return (
    <div className="tooltip legend">
      <div>
        <h3>Firings</h3>
        <ul>
          {(Object.keys(TICK_LOOKS) as TickSign[]).map((sign) => (
            <li key={sign}>
              <TickGlyph shape={TICK_LOOKS[sign].shape} color={TICK_LOOKS[sign].color} />
              {TICK_LOOKS[sign].label}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3>Jobs and pods</h3>
        <ul>
          {(Object.keys(STATE_LOOKS) as ViewState[]).map((state) => (
            <li key={state}>
              <StateGlyph state={state} />
              {STATE_LOOKS[state].label}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** The canvas' signs once more, for the legend. */
function TickGlyph({ shape, color }: { shape: TickShape; color: string }): ReactElement {
  const stroke = { stroke: `var(${color})`, strokeWidth: 1.8, fill: 'none' }
  const ring = <circle cx="8" cy="8" r="4.5" {...stroke} />
  const dot = <circle cx="8" cy="8" r="4.5" fill={`var(${color})`} />
  const signs: Readonly<Record<TickShape, ReactElement>> = {
    dot,
    'dot-tail': (
      <>
        {dot}
        <path d="M8 8h8" {...stroke} />
      </>
    ),
    ring,
    'ring-through': (
      <>
        {ring}
        <path d="M1 8h14" {...stroke} />
      </>
    ),
    cross: <path d="M4 4 12 12 M12 4 4 12" {...stroke} />,
    pause: <path d="M6 4v8 M10 4v8" {...stroke} />,
    ghost: <circle cx="8" cy="8" r="4.5" {...stroke} strokeDasharray="2 2" />,
  }
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      {signs[shape]}
    </svg>
  )
}
