// Mounts the page with its one run, starts the loop, opens the session. Nothing else.
import { createRoot } from 'react-dom/client'
import { CHAPTERS } from './story/chapters.ts'
import { App } from './ui/app.tsx'
import { messageOf } from './ui/engine.ts'
import { listenToKeys } from './ui/keyboard.ts'
import { startOffline } from './ui/offline.ts'
import { createPageRun } from './ui/page-run.ts'
import { startPlayback } from './ui/playback.ts'
import { boot, keepSaved } from './ui/sessions.ts'
import { keepLayout } from './ui/store.ts'
import { keepProgress, loadSolved } from './ui/story/progress.ts'
import { wantsPresenting } from './ui/story/presenting.ts'
import { startShellWorker } from './ui/terminal/shell-client.ts'
import { startSimWorker } from './worker/client.ts'
import './ui/styles/index.css'

const run = createPageRun(startSimWorker(), startShellWorker)
run.store.setState({
  chapters: CHAPTERS,
  solved: loadSolved(),
  presenting: wantsPresenting(location.search),
})
createRoot(document.getElementById('root')!).render(<App run={run} />)
startPlayback(run.engine, run.store)
listenToKeys(run)
keepLayout(run.store)
keepProgress(run.store)
boot(run).then(
  () => keepSaved(run),
  (error: unknown) => run.engine.fault(messageOf(error)),
)
startOffline()
