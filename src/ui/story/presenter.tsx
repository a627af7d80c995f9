// The presenter's view: the story large enough for the last row, the cluster and the timeline
// beside it, the terminal beneath. Arrow keys, Page Up and Page Down and `.` (a clicker's keys)
// turn the page.
import type { ReactElement } from 'react'
import { CenterPane } from '../center-pane.tsx'
import { Panels } from '../shared/panels.tsx'
import { usePage } from '../use-run.ts'
import { TerminalPanel } from '../terminal/panel.tsx'
import { currentChapter } from './current.ts'
import { Goals } from './goals.tsx'
import { BeatView } from './panel.tsx'

export function Presenter(): ReactElement {
  return (
    <Panels
      id="presenter"
      orientation="horizontal"
      parts={[
        { id: 'left', size: 48, min: 280, content: <BeatAndTerminal /> },
        { id: 'middle', size: 52, min: 280, content: <CenterPane /> },
      ]}
    />
  )
}

/** What a command answers belongs to the story that is presented. */
function BeatAndTerminal(): ReactElement {
  return (
    <Panels
      id="presented"
      orientation="vertical"
      parts={[
        { id: 'beat', size: 72, min: 160, content: <PresentedBeat /> },
        { id: 'terminal', size: 28, min: 60, content: <TerminalPanel /> },
      ]}
    />
  )
}

function PresentedBeat(): ReactElement {
  const chapter = usePage(currentChapter)
  const beat = usePage((state) => state.beat)
  const shown = chapter?.beats[beat]
  return (
    <section className="panel presented" aria-label="Story" key={shown?.title}>
      {chapter !== undefined && shown !== undefined && (
        <>
          <p className="story-place">
            {chapter.number}. {chapter.title} · {beat + 1} of {chapter.beats.length}
          </p>
          <BeatView beat={shown} />
          <Goals />
          <p className="quiet presented-keys">← → turn the page · P leaves</p>
        </>
      )}
    </section>
  )
}
