// The terminal's panel: its screen (loaded when first seen), and beside it the coach's line, which
// is never part of the output.
import { Eraser, Lightbulb, OctagonX, X } from 'lucide-react'
import { lazy, Suspense, type ReactElement } from 'react'
import { MaximiseButton } from '../pane.tsx'
import { togglePlaying } from '../playback.ts'
import { IconButton, PanelHead } from '../shared/controls.tsx'
import { usePage, useRun } from '../use-run.ts'
import { COACH_FOR_PAUSED, coachForWaiting } from './coach.ts'

const TerminalScreen = lazy(async () => {
  const { TerminalScreen: component } = await import('./screen.tsx')
  return { default: component }
})

const CTRL_L = '\x0c'

export function TerminalPanel(): ReactElement {
  const busy = usePage((state) => state.terminalBusy !== undefined)
  const { console } = useRun()
  return (
    <section className="panel terminal" aria-label="Terminal">
      <PanelHead title="Terminal">
        <div className="head-tools">
          {busy ? (
            <IconButton label="Stop the command (Ctrl-C)" onClick={() => void console.interrupt()}>
              <OctagonX size={15} aria-hidden />
            </IconButton>
          ) : (
            <IconButton label="Clear (Ctrl-L)" onClick={() => console.typeKeys(CTRL_L)}>
              <Eraser size={15} aria-hidden />
            </IconButton>
          )}
          <MaximiseButton pane="terminal" />
        </div>
      </PanelHead>
      <Suspense fallback={<div className="terminal-loading">$ </div>}>
        <TerminalScreen />
      </Suspense>
      <CoachLine />
    </section>
  )
}

function CoachLine(): ReactElement | null {
  const coach = usePage(({ coaching, coach: text, playing: runs }) =>
    coaching && !(runs && text === COACH_FOR_PAUSED) ? text : undefined,
  )
  const busy = usePage((state) => state.terminalBusy)
  const playing = usePage((state) => state.playing)
  const { store } = useRun()
  const waiting = busy === undefined ? undefined : coachForWaiting(busy, playing)
  const text = waiting ?? coach
  return (
    <div className="coach" role="status" data-shown={text !== undefined}>
      {text !== undefined && (
        <>
          <Lightbulb size={15} aria-hidden />
          <span>{text}</span>
          {!playing && (waiting !== undefined || coach === COACH_FOR_PAUSED) && (
            <button type="button" className="link-button" onClick={() => togglePlaying(store)}>
              Let time run
            </button>
          )}
          {waiting === undefined && (
            <button
              type="button"
              className="link-button"
              onClick={() => store.setState({ coaching: false })}
            >
              No more hints
            </button>
          )}
          {waiting === undefined && (
            <button
              type="button"
              className="entry-go"
              aria-label="Hide the hint"
              onClick={() => store.setState({ coach: undefined })}
            >
              <X size={13} aria-hidden />
            </button>
          )}
        </>
      )}
    </div>
  )
}
