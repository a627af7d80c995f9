// The story: one beat of the chapter at a time, things to try, and the goals that tick.
import { ArrowLeft, ArrowRight, RotateCcw } from 'lucide-react'
import { useEffect, useRef, type ReactElement, type RefObject } from 'react'
import type { Beat, Chapter } from '../../story/chapter.ts'
import { MaximiseButton } from '../pane.tsx'
import { openChapter, resetChapter } from '../sessions.ts'
import { EmptyState, IconButton, PanelHead } from '../shared/controls.tsx'
import { usePage, useRun } from '../use-run.ts'
import { currentChapter, nextChapter } from './current.ts'
import { Goals } from './goals.tsx'
import { ProseView } from './prose.tsx'
import { TryIt } from './try-it.tsx'

export function StoryPanel(): ReactElement {
  const run = useRun()
  const chapter = usePage(currentChapter)
  const ready = usePage((state) => state.ready)
  return (
    <section className="panel story" aria-label="Story">
      <PanelHead title="Story">
        {chapter !== undefined && (
          <IconButton label="Begin this chapter again" onClick={() => void resetChapter(run)}>
            <RotateCcw size={15} aria-hidden />
          </IconButton>
        )}
        <MaximiseButton pane="story" />
      </PanelHead>
      {chapter === undefined ? (
        <NoChapter ready={ready} />
      ) : (
        <ChapterBeat key={chapter.slug} chapter={chapter} />
      )}
    </section>
  )
}

function NoChapter({ ready }: { ready: boolean }): ReactElement {
  return (
    <div className="story-scroll">
      <EmptyState title={ready ? 'A session without a chapter' : 'Opening…'}>
        {ready && 'Explore freely, or choose a chapter from the menu at the top left.'}
      </EmptyState>
    </div>
  )
}

function ChapterBeat({ chapter }: { chapter: Chapter }): ReactElement {
  const index = usePage((state) => Math.min(state.beat, chapter.beats.length - 1))
  const beat = chapter.beats[index]
  const begin = useFocusAtTurn(index)
  if (beat === undefined) return <NoChapter ready />
  return (
    <>
      {/* A new beat is a new element, which begins at its top. */}
      <div className="story-scroll" key={index} ref={begin} tabIndex={-1}>
        <p className="story-place">
          Chapter {chapter.number}
          <span className="narrow-only">: {chapter.title}</span> · {index + 1} of{' '}
          {chapter.beats.length}
        </p>
        <BeatView beat={beat} />
      </div>
      <Goals />
      <BeatButtons chapter={chapter} index={index} />
    </>
  )
}

/** Who has turned a page reads on at its top: the focus goes there, not below the text. */
function useFocusAtTurn(index: number): RefObject<HTMLDivElement | null> {
  const begin = useRef<HTMLDivElement>(null)
  const shown = useRef(index)
  useEffect(() => {
    if (shown.current === index) return
    shown.current = index
    const { activeElement } = document
    if (activeElement === document.body || activeElement?.closest('.story') != null)
      begin.current?.focus()
  }, [index])
  return begin
}

/** The text of a beat with what can be tried in it. */
export function BeatView({ beat }: { beat: Beat }): ReactElement {
  return (
    <article className="beat">
      <h3 className="beat-title">{beat.title}</h3>
      {beat.blocks.map((block, i) =>
        block.type === 'text' ? (
          <ProseView key={i} prose={block.prose} />
        ) : (
          <TryIt key={i} block={block} />
        ),
      )}
    </article>
  )
}

function BeatButtons({ chapter, index }: { chapter: Chapter; index: number }): ReactElement {
  const run = useRun()
  const next = usePage(nextChapter)
  const last = index === chapter.beats.length - 1
  const turn = (beat: number): void => run.store.setState({ beat })
  return (
    <nav className="beat-buttons" aria-label="Story pages">
      <button
        type="button"
        className="button"
        disabled={index === 0}
        onClick={() => turn(index - 1)}
      >
        <ArrowLeft size={15} aria-hidden /> Back
      </button>
      <span className="beat-dots" aria-hidden="true">
        {chapter.beats.map((one, i) => (
          <i key={one.title} data-current={i === index} />
        ))}
      </span>
      {last && next !== undefined ? (
        <button type="button" className="button" onClick={() => void openChapter(run, next.slug)}>
          Chapter {next.number} <ArrowRight size={15} aria-hidden />
        </button>
      ) : (
        <button type="button" className="button" disabled={last} onClick={() => turn(index + 1)}>
          Next <ArrowRight size={15} aria-hidden />
        </button>
      )}
    </nav>
  )
}
