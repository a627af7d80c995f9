// The chapter menu: where the learner is in the story, and the way to any other chapter.
import * as Menu from '@radix-ui/react-dropdown-menu'
import { ArrowRight, ChevronDown } from 'lucide-react'
import type { ReactElement } from 'react'
import { openChapter, resetChapter } from '../sessions.ts'
import { openDialog } from '../store.ts'
import { usePage, useRun } from '../use-run.ts'
import { currentChapter } from '../story/current.ts'

export function ChapterMenu(): ReactElement {
  const chapters = usePage((state) => state.chapters)
  const current = usePage(currentChapter)
  const run = useRun()
  const solved = usePage((state) => state.solved)
  return (
    <Menu.Root>
      <Menu.Trigger asChild>
        <button type="button" className="chapter-button">
          {current === undefined ? 'Chapters' : `Chapter ${current.number}`}
          <ChevronDown size={15} aria-hidden />
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align="start" sideOffset={6} collisionPadding={8}>
          {chapters.map((chapter) => (
            <Menu.Item
              key={chapter.slug}
              className="menu-item"
              onSelect={() => void openChapter(run, chapter.slug)}
            >
              <span className="menu-check">
                {chapter === current && <ArrowRight size={14} aria-label="open now" />}
              </span>
              <span>
                {chapter.number}. {chapter.title}
              </span>
              {solved.includes(chapter.slug) && <span className="menu-note">solved</span>}
            </Menu.Item>
          ))}
          <Menu.Separator className="menu-line" />
          <Menu.Item className="menu-item" onSelect={() => void resetChapter(run)}>
            <span className="menu-check" />
            Begin this chapter again
          </Menu.Item>
          <Menu.Item className="menu-item" onSelect={() => openDialog(run.store, 'chapters')}>
            <span className="menu-check" />
            All chapters with summaries…
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
