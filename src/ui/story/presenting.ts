// The presenter's view: one beat of the story at a time in large type, turned by arrow keys or a
// clicker, with the cluster and the timeline beside it.
import { notify, type PageStore } from '../store.ts'
import type { PageRun } from '../page-run.ts'
import { openChapter } from '../sessions.ts'
import { currentChapter } from './current.ts'

export function togglePresenting(store: PageStore): void {
  store.setState(({ presenting }) => ({ presenting: !presenting, maximised: undefined }))
}

/** Whether the address asks for the presenter's view (`?present`). */
export function wantsPresenting(search: string): boolean {
  return new URLSearchParams(search).has('present')
}

/** Turns to the next or the previous beat; at a chapter's end to the neighbouring chapter. */
export function presentBeat(run: PageRun, by: 1 | -1): void {
  const state = run.store.getState()
  const chapter = currentChapter(state)
  if (chapter === undefined) return
  const beat = state.beat + by
  if (beat >= 0 && beat < chapter.beats.length) {
    run.store.setState({ beat })
    return
  }
  const neighbour = state.chapters[state.chapters.indexOf(chapter) + by]
  if (neighbour === undefined)
    notify(run.store, by > 0 ? 'The end of the story.' : 'The beginning.')
  else void openChapter(run, neighbour.slug)
}
