// The keys that work everywhere on the page. They keep out of the way of whoever is typing: in a
// field, the editor or the terminal only keys with Ctrl or Alt are ours.
import { togglePlaying } from './playback.ts'
import type { PageRun } from './page-run.ts'
import { onPaneKey } from './panes.ts'
import { openDialog, select } from './store.ts'
import {
  changeSpeed,
  jumpToFiring,
  stepBack,
  stepForward,
  stepTask,
} from './transport/navigation.ts'
import { presentBeat, togglePresenting } from './story/presenting.ts'

interface Shortcut {
  keys: readonly string[]
  label: string
  does: string
  run: (run: PageRun) => void
}

/** In the order in which the help lists them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: [' '], label: 'Space', does: 'Play or pause', run: ({ store }) => togglePlaying(store) },
  { keys: ['.'], label: '.', does: 'Step to the next change', run: (run) => void stepForward(run) },
  { keys: [','], label: ',', does: 'Back to the change before', run: (run) => void stepBack(run) },
  { keys: ['>'], label: '>', does: 'Step a single task', run: (run) => void stepTask(run) },
  { keys: ['n'], label: 'N', does: 'Run to the next firing', run: (run) => void jumpToFiring(run) },
  { keys: ['['], label: '[', does: 'Slower', run: ({ store }) => changeSpeed(store, -1) },
  { keys: [']'], label: ']', does: 'Faster', run: ({ store }) => changeSpeed(store, 1) },
  { keys: ['p'], label: 'P', does: 'Presenter view', run: ({ store }) => togglePresenting(store) },
  { keys: ['c'], label: 'C', does: 'Chapters', run: ({ store }) => openDialog(store, 'chapters') },
  { keys: ['?'], label: '?', does: 'This help', run: ({ store }) => openDialog(store, 'help') },
]

/** Keys of a presenter's clicker. */
const CLICKER: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  PageDown: 1,
  '.': 1,
  ArrowLeft: -1,
  PageUp: -1,
}

/** Listens for a run until the returned function is called. */
export function listenToKeys(run: PageRun): () => void {
  const onKeyDown = (event: KeyboardEvent): void => onKey(run, event)
  // Taken before the editor or the terminal sees them: they are for leaving these.
  const onPane = (event: KeyboardEvent): void => {
    if (run.store.getState().dialog !== undefined || !onPaneKey(run, event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('keydown', onKeyDown)
  window.addEventListener('keydown', onPane, { capture: true })
  return () => {
    window.removeEventListener('keydown', onKeyDown)
    window.removeEventListener('keydown', onPane, { capture: true })
  }
}

function onKey(run: PageRun, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  const { dialog, presenting, selection, maximised } = run.store.getState()
  if (dialog !== undefined || isTyping(event.target)) return
  if (event.key === 'Escape') {
    if (presenting) togglePresenting(run.store)
    else if (selection !== undefined) select(run.store, undefined)
    else if (maximised !== undefined) run.store.setState({ maximised: undefined })
    return
  }
  const turn = presenting ? CLICKER[event.key] : undefined
  if (turn !== undefined && !isOperated(event)) {
    event.preventDefault()
    presentBeat(run, turn)
    return
  }
  const shortcut = SHORTCUTS.find(({ keys }) => keys.includes(event.key.toLowerCase()))
  if (shortcut === undefined || isOperated(event)) return
  event.preventDefault()
  shortcut.run(run)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable || target.closest('input, textarea, select, .xterm, .monaco') !== null
  )
}

/** A key that the focused control needs itself: Space on a button, arrows in tabs or a slider. */
function isOperated(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement)) return false
  const control = event.target.closest('button, a, summary, [role]')
  if (control === null) return false
  if (event.key === ' ')
    return control.matches('button, a, summary, [role="tab"], [role="menuitem"]')
  if (!/^(Arrow|Page)/.test(event.key)) return false
  return control.matches('[role="tab"], [role="slider"], [role="separator"], [data-arrows]')
}
