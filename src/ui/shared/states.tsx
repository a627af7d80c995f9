// The one place where a state gets its colour and its shape. Tile, bar, badge, tick and table all
// ask here, so that a learner meets the same sign everywhere and no meaning hangs on colour alone.
import type { ReactElement } from 'react'
import type { TickOutcome } from '../../sim/ledger/ticks.ts'
import type { ViewState } from '../../worker/protocol.ts'

/** The sign inside the circle or bar. */
type StateShape = 'hollow' | 'half' | 'filled' | 'check' | 'cross' | 'hatched' | 'dashed' | 'pause'

interface StateLook {
  label: string
  shape: StateShape
  /** The CSS variable with its colour (`tokens.css`). */
  color: string
}

export const STATE_LOOKS: Readonly<Record<ViewState, StateLook>> = {
  pending: { label: 'Pending', shape: 'hollow', color: '--state-pending' },
  starting: { label: 'Starting', shape: 'half', color: '--state-running' },
  running: { label: 'Running', shape: 'filled', color: '--state-running' },
  succeeded: { label: 'Succeeded', shape: 'check', color: '--state-succeeded' },
  failed: { label: 'Failed', shape: 'cross', color: '--state-failed' },
  terminating: { label: 'Terminating', shape: 'hatched', color: '--state-terminating' },
  unknown: { label: 'Unknown', shape: 'dashed', color: '--state-unknown' },
  suspended: { label: 'Suspended', shape: 'pause', color: '--state-suspended' },
}

/** The sign of one scheduled time of a CronJob; `future` is one that has not come yet. */
export type TickShape = 'dot' | 'dot-tail' | 'ring' | 'ring-through' | 'cross' | 'pause' | 'ghost'

interface TickLook {
  label: string
  shape: TickShape
  color: string
}

/** What a scheduled time is shown as: its outcome, or that it ended another run, or is to come. */
export type TickSign = TickOutcome | 'replaced' | 'future'

export const TICK_LOOKS: Readonly<Record<TickSign, TickLook>> = {
  fired: { label: 'Fired', shape: 'dot', color: '--ink' },
  late: { label: 'Fired late', shape: 'dot-tail', color: '--ink' },
  deferred: { label: 'Deferred by Forbid', shape: 'dot-tail', color: '--ink' },
  skipped: { label: 'Skipped', shape: 'ring', color: '--state-pending' },
  replaced: { label: 'Replaced the running Job', shape: 'ring-through', color: '--ink' },
  'missed-deadline': { label: 'Missed its deadline', shape: 'cross', color: '--state-failed' },
  'missed-controller': {
    label: 'Missed: controller manager off',
    shape: 'cross',
    color: '--state-failed',
  },
  'missed-too-many': { label: 'Too many missed', shape: 'cross', color: '--state-failed' },
  'missed-suspended': { label: 'Missed: suspended', shape: 'pause', color: '--state-suspended' },
  future: { label: 'Will fire', shape: 'ghost', color: '--state-pending' },
}

const CHECK = 'M4.2 8.3 7 11 11.8 5.4'
const CROSS = 'M5 5 11 11 M11 5 5 11'
const HATCH = 'M2.6 9.4 9.4 2.6 M4.4 12.4 12.4 4.4 M7.6 13.6 13.6 7.6'

/** A 16-unit sign of a state. It is decoration beside text: the text names the state. */
export function StateGlyph({
  state,
  size = 14,
}: {
  state: ViewState
  size?: number
}): ReactElement {
  const { shape, color } = STATE_LOOKS[state]
  return (
    <svg
      className="glyph"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={{ color: `var(${color})` }}
    >
      {glyphBody(shape)}
    </svg>
  )
}

function glyphBody(shape: StateShape): ReactElement {
  const ring = <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" />
  const sign = (path: string): ReactElement => (
    <path d={path} fill="none" stroke="var(--paper-raised)" strokeWidth="1.9" />
  )
  const disc = <circle cx="8" cy="8" r="6.9" fill="currentColor" />
  switch (shape) {
    case 'hollow':
      return ring
    case 'half':
      return (
        <>
          {ring}
          <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
        </>
      )
    case 'filled':
      return disc
    case 'check':
      return (
        <>
          {disc}
          {sign(CHECK)}
        </>
      )
    case 'cross':
      return (
        <>
          {disc}
          {sign(CROSS)}
        </>
      )
    case 'hatched':
      return (
        <>
          {ring}
          <path d={HATCH} stroke="currentColor" strokeWidth="1.3" />
        </>
      )
    case 'dashed':
      return (
        <circle
          cx="8"
          cy="8"
          r="6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          strokeDasharray="3 2.3"
        />
      )
    case 'pause':
      return (
        <>
          {ring}
          <path d="M6.3 5.5v5 M9.7 5.5v5" stroke="currentColor" strokeWidth="1.6" />
        </>
      )
  }
}

/** Sign and word of a state: how it is shown in tables and headings. */
export function StateBadge({ state, text }: { state: ViewState; text?: string }): ReactElement {
  const look = STATE_LOOKS[state]
  return (
    <span className="state-badge" style={{ color: `var(${look.color})` }}>
      <StateGlyph state={state} />
      <span>{text ?? look.label}</span>
    </span>
  )
}
