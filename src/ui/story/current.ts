// Which chapter is open, from what the session says.
import type { Chapter } from '../../story/chapter.ts'
import { currentSlug } from '../../story/former-names.ts'
import type { PageState } from '../store.ts'

type Needed = Pick<PageState, 'session' | 'chapters'>

/** The open chapter; undefined for a session without one (a shared free session). */
export function currentChapter({ session, chapters }: Needed): Chapter | undefined {
  const current = session?.chapter === undefined ? undefined : currentSlug(session.chapter)
  return chapters.find(({ slug }) => slug === current)
}

/** The chapter after the open one. */
export function nextChapter(state: Needed): Chapter | undefined {
  const chapter = currentChapter(state)
  return chapter === undefined ? undefined : state.chapters[state.chapters.indexOf(chapter) + 1]
}
