// The way back: where a session stands, remembered before something replaces it, and the notice that
// offers to return there.
import type { KeptPage, SharedSession } from '../worker/protocol.ts'
import { messageOf } from './engine.ts'
import type { PageRun } from './page-run.ts'
import { dismissNotice, notify } from './store.ts'

/** A session at a moment, with the page's own part of it. */
interface Standing {
  shared: SharedSession
  page: KeptPage
}

/** The page's own part of what a reload or a way back brings back. */
export function pageOf({ store, console }: PageRun): KeptPage {
  const { files, appliedFiles, activeFile, beat, playing } = store.getState()
  return { files, appliedFiles, activeFile, beat, playing, ...console.memory() }
}

/** Shows the page as it was kept. */
export function showPage(run: PageRun, page: KeptPage): void {
  const { files, appliedFiles, activeFile, beat, playing } = page
  run.store.setState({ files, appliedFiles, activeFile, beat, playing })
  run.console.reset({ transcript: page.transcript, history: page.history })
}

/**
 * Remembers where the session stands, as of this call; undefined when there is nothing to lose: no
 * line was typed and no file changed. It never rejects.
 */
export async function standingOf(run: PageRun): Promise<Standing | undefined> {
  const { ready, fault, session, files } = run.store.getState()
  const page = pageOf(run)
  const untouched = page.transcript === '' && sameFiles(files, session?.files ?? {})
  if (!ready || fault !== undefined || untouched) return undefined
  return await run.engine.host.share().then(
    (shared) => ({ shared, page }),
    () => undefined,
  )
}

/** Says what has happened, and for a while offers to take it back. */
export function offerBack(run: PageRun, text: string, standing: Standing): void {
  const id = notify(run.store, text, {
    action: {
      label: 'Undo',
      run: () => {
        dismissNotice(run.store, id)
        void goBack(run, standing)
      },
    },
  })
}

async function goBack(run: PageRun, { shared, page }: Standing): Promise<void> {
  try {
    run.console.reset()
    await run.engine.enterShared({ ...shared, files: page.files })
    showPage(run, page)
    const { chapter } = shared.session
    const hash = chapter === undefined ? '' : `#${chapter}`
    history.replaceState(null, '', `${location.pathname}${location.search}${hash}`)
  } catch (error) {
    notify(run.store, `There is no way back: ${messageOf(error)}`, { tone: 'problem' })
  }
}

function sameFiles(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
