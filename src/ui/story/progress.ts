// Which chapters the learner has solved, remembered by the browser: all goals reached, once.
import { readJson, writeJson } from '../shared/preferences.ts'
import type { PageStore } from '../store.ts'

const KEY = 'odyssey.solved'

/** The slugs of solved chapters, as remembered. */
export function loadSolved(): readonly string[] {
  const saved = readJson(KEY)
  return Array.isArray(saved)
    ? saved.filter((slug): slug is string => typeof slug === 'string')
    : []
}

/** Remembers a chapter as solved when its last goal ticks, and says so. */
export function keepProgress(store: PageStore): () => void {
  return store.subscribe((state, before) => {
    if (state.goals === before.goals || state.goals.length === 0) return
    const slug = state.session?.chapter
    if (slug === undefined || !state.goals.every(({ done }) => done)) return
    if (state.solved.includes(slug)) return
    const solved = [...state.solved, slug]
    store.setState({ solved })
    writeJson(KEY, solved)
  })
}
