// Mounts the page, starts the loop, opens the session. Nothing else.
import { createRoot } from 'react-dom/client'
import { CHAPTERS } from './story/chapters.ts'
import { App } from './ui/app.tsx'
import { fault, messageOf } from './ui/engine.ts'
import { listenToKeys } from './ui/keyboard.ts'
import { startOffline } from './ui/offline.ts'
import { startPlayback } from './ui/playback.ts'
import { boot, keepSaved } from './ui/sessions.ts'
import { keepLayout, usePage } from './ui/store.ts'
import { keepProgress, loadSolved } from './ui/story/progress.ts'
import { wantsPresenting } from './ui/story/presenting.ts'
import './ui/styles/index.css'

usePage.setState({
  chapters: CHAPTERS,
  solved: loadSolved(),
  presenting: wantsPresenting(location.search),
})
createRoot(document.getElementById('root')!).render(<App />)
startPlayback()
listenToKeys()
keepLayout()
keepProgress()
boot().then(keepSaved, (error: unknown) => fault(messageOf(error)))
startOffline()
