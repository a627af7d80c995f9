// The list of all chapters with a sentence on each: where a class meets and a reader returns.
import { Check } from 'lucide-react'
import type { ReactElement } from 'react'
import { openChapter } from '../sessions.ts'
import { usePage, useRun } from '../use-run.ts'
import { currentChapter } from './current.ts'

export function ChapterList(): ReactElement {
  const chapters = usePage((state) => state.chapters)
  const current = usePage(currentChapter)
  const run = useRun()
  const solved = usePage((state) => state.solved)
  return (
    <ol className="chapter-list">
      {chapters.map((chapter) => (
        <li key={chapter.slug}>
          <button
            type="button"
            aria-current={chapter === current ? 'true' : undefined}
            onClick={() => void openChapter(run, chapter.slug)}
          >
            <span className="chapter-number">{chapter.number}</span>
            <span>
              <strong>{chapter.title}</strong>
              {solved.includes(chapter.slug) && (
                <span className="chapter-solved">
                  <Check size={14} aria-hidden /> solved
                </span>
              )}
              <span className="chapter-summary">{chapter.summary}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}
