// The chapter's goals: they tick by themselves when the cluster reaches them. A hint is a click
// away, the solution two.
import { useState, type ReactElement } from 'react'
import type { GoalState } from '../../worker/protocol.ts'
import { ROOMY_QUERY } from '../pane.tsx'
import { showSolution } from '../sessions.ts'
import { useMedia } from '../shared/media.ts'
import { usePage, useRun } from '../use-run.ts'

export function Goals(): ReactElement | null {
  const goals = usePage((state) => state.goals)
  const busy = usePage((state) => state.terminalBusy !== undefined)
  const run = useRun()
  // On a phone the text needs the room, and the top bar has the count.
  const roomy = useMedia(ROOMY_QUERY)
  const [asked, setAsked] = useState(false)
  if (goals.length === 0) return null
  const count = goals.filter((goal) => goal.done).length
  const done = count === goals.length
  return (
    <details className="goals" open={roomy}>
      <summary>
        <h3>Goals</h3>
        <span className="quiet">
          {count} of {goals.length}
        </span>
      </summary>
      <ul aria-live="polite">
        {goals.map((goal) => (
          <Goal key={goal.text} goal={goal} />
        ))}
      </ul>
      {done ? (
        <p className="goals-done">All done. Read on when you like.</p>
      ) : asked ? (
        <p className="goals-more">
          The commands will be typed in the terminal.{' '}
          <button
            type="button"
            className="link-button"
            disabled={busy}
            onClick={() => void showSolution(run)}
          >
            Type them
          </button>
          {' · '}
          <button type="button" className="link-button" onClick={() => setAsked(false)}>
            not yet
          </button>
        </p>
      ) : (
        <p className="goals-more">
          <button type="button" className="link-button" onClick={() => setAsked(true)}>
            Show the solution
          </button>
        </p>
      )}
    </details>
  )
}

function Goal({ goal }: { goal: GoalState }): ReactElement {
  const [open, setOpen] = useState(false)
  return (
    <li className="goal" data-done={goal.done}>
      <svg className="goal-tick" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <rect x="1.5" y="1.5" width="13" height="13" rx="2" />
        {goal.done && <path d="M4 8.4 7 11.2 12 5" />}
      </svg>
      <span>
        {goal.text}
        <span className="visually-hidden">{goal.done ? ' (done)' : ' (open)'}</span>
        {!goal.done && goal.hint !== undefined && (
          <>
            {' '}
            <button
              type="button"
              className="link-button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {open ? 'hide hint' : 'hint'}
            </button>
          </>
        )}
        {open && !goal.done && <span className="goal-hint">{goal.hint}</span>}
      </span>
    </li>
  )
}
