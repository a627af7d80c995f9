// The presenter's view: the story large enough for the last row, the cluster and the timeline
// beside it. Arrow keys, Page Up and Page Down and `.` (a clicker's keys) turn the page.
import type { ReactElement } from 'react'
import { Middle } from '../middle.tsx'
import { Panels } from '../shared/panels.tsx'
import { usePage } from '../store.ts'
import { currentChapter } from './current.ts'
import { Goals } from './goals.tsx'
import { BeatView } from './panel.tsx'

export function Presenter(): ReactElement {
  return (
    <Panels
      id="presenter"
      orientation="horizontal"
      parts={[
        { id: 'beat', size: 46, min: 280, content: <PresentedBeat /> },
        { id: 'middle', size: 54, min: 280, content: <Middle /> },
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
