// Beginning, continuing and keeping a session: which chapter is open, what a reload brings back,
// what a link carries.
import type { KeptPage } from '../worker/protocol.ts'
import { clockNow, enterChapter, enterShared, host, messageOf, recall, seek } from './engine.ts'
import { createFile } from './files.ts'
import { sessionFromHash } from './share.ts'
import { notify, usePage } from './store.ts'
import { consoleMemory, resetConsole, runInTerminal } from './terminal/console.ts'

/** Saving waits this long after a change, and while time plays happens no more often. */
const SAVE_MS = 1_500
const SAVE_PLAYING_MS = 30_000

/** Opens what there is to open, and whatever the address asks for later. */
export async function boot(): Promise<void> {
  window.addEventListener('hashchange', () => {
    const wanted = chapterInHash()
    if (wanted !== undefined && wanted !== usePage.getState().session?.chapter)
      void openChapter(wanted)
  })
  await openAtStart()
}

/** A link's session, the one kept last, or the first chapter. */
async function openAtStart(): Promise<void> {
  const shared = await sessionFromHash(location.hash)
  if (shared === 'unreadable')
    notify('The link could not be read. It may have been cut short.', { tone: 'problem' })
  else if (shared !== undefined) return await openShared(shared.json)
  const wanted = chapterInHash()
  if (shared === undefined && wanted === undefined && hashText() !== '')
    notify(
      `There is no chapter called “${hashText().slice(0, 60)}”. All of them are in the list above.`,
    )
  const found = await recall(wanted)
  if (found === 'damaged')
    notify('What was kept here could not be read, so the chapter begins anew.', { tone: 'problem' })
  if (typeof found === 'object') return continuePage(found)
  if (wanted === undefined) await openFirst()
  else await openChapter(wanted)
}

/** The chapter the address names: `#05-scheduled-report`, or without its number. */
function chapterInHash(): string | undefined {
  const name = hashText()
  const { chapters } = usePage.getState()
  return chapters.find(({ slug }) => slug === name || slug.replace(/^\d+-/, '') === name)?.slug
}

function hashText(): string {
  return location.hash.replace(/^#\/?/, '')
}

async function openShared(link: unknown): Promise<void> {
  history.replaceState(null, '', location.pathname + location.search)
  let files: Readonly<Record<string, string>>
  try {
    files = await enterShared(link)
  } catch (error) {
    notify(`The link could not be opened (${messageOf(error)}).`, { tone: 'problem' })
    return await openFirst()
  }
  usePage.setState({ files, appliedFiles: files, activeFile: Object.keys(files)[0], beat: 0 })
  resetConsole({ transcript: '', history: [] })
  // The address no longer has it: a reload opens what is kept.
  saveNow().catch(() => undefined)
  notify('Opened the moment from the link. Time is paused there.')
}

async function openFirst(): Promise<void> {
  const first = usePage.getState().chapters[0]?.slug
  if (first !== undefined) await openChapter(first)
}

function continuePage(page: KeptPage): void {
  const { files, appliedFiles, activeFile, beat, playing } = page
  usePage.setState({ files, appliedFiles, activeFile, beat, playing })
  resetConsole({ transcript: page.transcript, history: page.history })
}

/** Begins a chapter: its cluster, its files, what has happened before the learner comes. */
export async function openChapter(slug: string): Promise<void> {
  resetConsole()
  usePage.setState({ dialog: undefined, playing: false, selection: undefined, beat: 0 })
  if (!(await enterChapter(slug))) return
  usePage.setState({ playing: true })
  history.replaceState(null, '', `${location.pathname}${location.search}#${slug}`)
}

/** The current chapter from its beginning. */
export async function resetChapter(): Promise<void> {
  const slug = usePage.getState().session?.chapter
  if (slug !== undefined) await openChapter(slug)
}

/** Types the chapter's solution into the terminal, letting time pass where it has to. */
export async function showSolution(): Promise<void> {
  const slug = usePage.getState().session?.chapter
  if (slug === undefined) return
  const { files, steps } = await host().solution(slug)
  for (const [name, text] of Object.entries(files)) createFile(name, text)
  for (const { afterMs, run } of steps) {
    if (afterMs > 0) await seek(clockNow() + afterMs)
    if (run !== '') await runInTerminal(run)
    if (usePage.getState().session?.chapter !== slug) return
  }
}

/** Saves now. */
export async function saveNow(): Promise<void> {
  const { ready, fault, files, appliedFiles, activeFile, beat, playing } = usePage.getState()
  if (!ready || fault !== undefined) return
  await host().keep({ files, appliedFiles, activeFile, beat, playing, ...consoleMemory() })
}

/** Keeps the session saved from now on. */
export function keepSaved(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let savedAt = 0
  let dueAt = Infinity
  const save = (): void => {
    clearTimeout(timer)
    dueAt = Infinity
    savedAt = performance.now()
    saveNow().catch(() => undefined)
  }
  // The earlier time counts: a pause is not kept waiting by what playing would have had.
  const soon = (ms: number): void => {
    const at = performance.now() + ms
    if (at >= dueAt) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(save, ms)
  }
  const stop = usePage.subscribe((state, before) => {
    if (!state.ready) return
    if (state.files !== before.files || state.ranAt !== before.ranAt || state.beat !== before.beat)
      soon(SAVE_MS)
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

/** Throws everything away and begins the chapter anew: the way out of a fault. */
export async function startOver(): Promise<void> {
  await host().forget()
  location.reload()
}
