// Beginning, continuing and keeping a session: which chapter is open, what a reload brings back,
// what a link carries.
import { currentSlug } from '../story/former-names.ts'
import { messageOf } from './engine.ts'
import { createFile } from './files.ts'
import type { PageRun } from './page-run.ts'
import { sessionFromHash } from './share.ts'
import { offerBack, pageOf, showPage, standingOf } from './standing.ts'
import { notify } from './store.ts'
import { currentChapter } from './story/current.ts'

/** Saving waits this long after a change, and while time plays happens no more often. */
const SAVE_MS = 1_500
/** What a command has done is kept at once. */
const SAVE_RAN_MS = 20
const SAVE_PLAYING_MS = 30_000

/** Opens what there is to open, and whatever the address asks for later. */
export async function boot(run: PageRun): Promise<void> {
  window.addEventListener('hashchange', () => {
    const wanted = chapterInHash(run)
    if (wanted !== undefined && wanted !== run.store.getState().session?.chapter)
      void openChapter(run, wanted)
  })
  await openAtStart(run)
}

/** A link's session, the one kept last, or the first chapter. */
async function openAtStart(run: PageRun): Promise<void> {
  const shared = await sessionFromHash(location.hash)
  if (shared === 'unreadable')
    notify(run.store, 'The link could not be read. It may have been cut short.', {
      tone: 'problem',
    })
  else if (shared !== undefined) return await openShared(run, shared.json)
  const wanted = chapterInHash(run)
  if (shared === undefined && wanted === undefined && hashText() !== '')
    notify(
      run.store,
      `There is no chapter called “${hashText().slice(0, 60)}”. All of them are in the list above.`,
    )
  const found = await run.engine.recall(wanted)
  if (found === 'damaged')
    notify(run.store, 'What was kept here could not be read, so the chapter begins again.', {
      tone: 'problem',
    })
  if (typeof found === 'object') return showPage(run, found)
  if (wanted === undefined) await openFirst(run)
  else await openChapter(run, wanted)
}

/** The chapter the address names: `#05-the-nightly-report`, or without its number. */
function chapterInHash({ store }: PageRun): string | undefined {
  const name = currentSlug(hashText())
  const { chapters } = store.getState()
  return chapters.find(({ slug }) => slug === name || slug.replace(/^\d+-/, '') === name)?.slug
}

function hashText(): string {
  return location.hash.replace(/^#\/?/, '')
}

async function openShared(run: PageRun, link: unknown): Promise<void> {
  history.replaceState(null, '', location.pathname + location.search)
  let files: Readonly<Record<string, string>>
  try {
    files = await run.engine.enterShared(link)
  } catch (error) {
    notify(run.store, `The link could not be opened (${messageOf(error)}).`, { tone: 'problem' })
    return await openFirst(run)
  }
  run.store.setState({ files, appliedFiles: files, activeFile: Object.keys(files)[0], beat: 0 })
  run.console.reset({ transcript: '', history: [] })
  // The address no longer has it: a reload opens what is kept.
  saveNow(run).catch(() => undefined)
  notify(run.store, 'Opened the moment from the link. Time is paused there.')
}

async function openFirst(run: PageRun): Promise<void> {
  const first = run.store.getState().chapters[0]?.slug
  if (first !== undefined) await openChapter(run, first)
}

/** Begins a chapter: its cluster, its files, what has happened before the learner comes. */
export async function openChapter(run: PageRun, slug: string): Promise<void> {
  const left = currentChapter(run.store.getState())
  const standing = standingOf(run)
  if (run.console.reset())
    notify(run.store, 'A chapter begins, so the command that was running has ended.')
  run.store.setState({ dialog: undefined, playing: false, selection: undefined, beat: 0 })
  if (!(await run.engine.enterChapter(slug))) return
  run.store.setState({ playing: true })
  history.replaceState(null, '', `${location.pathname}${location.search}#${slug}`)
  const lost = await standing
  if (lost === undefined || run.store.getState().session?.chapter !== slug) return
  const again = left?.slug === slug || left === undefined
  offerBack(run, again ? 'It has begun anew.' : `You have left “${left.title}”.`, lost)
}

/** The current chapter from its beginning. */
export async function resetChapter(run: PageRun): Promise<void> {
  const slug = run.store.getState().session?.chapter
  if (slug !== undefined) await openChapter(run, slug)
}

/** Types the chapter's solution into the terminal, letting time pass where it has to. */
export async function showSolution(run: PageRun): Promise<void> {
  const slug = run.store.getState().session?.chapter
  if (slug === undefined) return
  const { store, engine } = run
  const { session } = store.getState()
  const isOpen = (): boolean => store.getState().session === session
  const standing = await standingOf(run)
  const { steps } = await engine.host.solution(slug)
  if (standing !== undefined && isOpen()) offerBack(run, 'The solution is being typed.', standing)
  for (const { afterMs, run: line, files } of steps) {
    if (!isOpen()) return
    if (afterMs > 0) await engine.seek(engine.clockNow() + afterMs)
    if (!isOpen()) return
    for (const [name, text] of Object.entries(files ?? {})) createFile(store, name, text)
    if (line !== '' && !(await run.console.run(line))) return
  }
}

/** Saves now. */
export async function saveNow(run: PageRun): Promise<void> {
  const { ready, fault } = run.store.getState()
  if (!ready || fault !== undefined) return
  await run.engine.host.keep(pageOf(run))
}

/** Keeps the session saved from now on. */
export function keepSaved(run: PageRun): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let savedAt = 0
  let dueAt = Infinity
  const save = (): void => {
    clearTimeout(timer)
    dueAt = Infinity
    savedAt = performance.now()
    saveNow(run).catch(() => undefined)
  }
  // The earlier time counts: a pause is not kept waiting by what playing would have had.
  const soon = (ms: number): void => {
    const at = performance.now() + ms
    if (at >= dueAt) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(save, ms)
  }
  const stop = run.store.subscribe((state, before) => {
    if (!state.ready) return
    if (state.ranAt !== before.ranAt) soon(SAVE_RAN_MS)
    else if (state.files !== before.files || state.beat !== before.beat) soon(SAVE_MS)
    else if (state.playing !== before.playing || state.activeFile !== before.activeFile)
      soon(SAVE_MS)
    else if (state.now !== before.now)
      soon(Math.max(SAVE_MS, savedAt + SAVE_PLAYING_MS - performance.now()))
  })
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') save()
  }
  document.addEventListener('visibilitychange', onHide)
  window.addEventListener('pagehide', save)
  return () => {
    stop()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onHide)
    window.removeEventListener('pagehide', save)
  }
}

/** Throws everything away and begins the chapter again: the way out of a fault. */
export async function startOver(run: PageRun): Promise<void> {
  // A host that is gone cannot forget; a reload brings another either way.
  await run.engine.host.forget().catch(() => undefined)
  location.reload()
}
