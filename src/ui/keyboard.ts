// The keys that work everywhere on the page. They keep out of the way of whoever is typing: in a
// field, the editor or the terminal only keys with Ctrl or Alt are ours.
import { togglePlaying } from './playback.ts'
import { openDialog, select, usePage } from './store.ts'
import {
  changeSpeed,
  jumpToFiring,
  stepBack,
  stepForward,
  stepTask,
} from './transport/navigation.ts'
import { presentBeat, togglePresenting } from './story/presenting.ts'

export interface Shortcut {
  keys: readonly string[]
  label: string
  does: string
  run: () => void
}

/** In the order in which the help lists them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: [' '], label: 'Space', does: 'Play or pause', run: togglePlaying },
  { keys: ['.'], label: '.', does: 'Step to the next change', run: () => void stepForward() },
  { keys: [','], label: ',', does: 'Back to the change before', run: () => void stepBack() },
  { keys: ['>'], label: '>', does: 'Step a single task', run: () => void stepTask() },
  { keys: ['n'], label: 'N', does: 'Run to the next firing', run: () => void jumpToFiring() },
  { keys: ['['], label: '[', does: 'Slower', run: () => changeSpeed(-1) },
  { keys: [']'], label: ']', does: 'Faster', run: () => changeSpeed(1) },
  { keys: ['p'], label: 'P', does: 'Presenter view', run: togglePresenting },
  { keys: ['c'], label: 'C', does: 'Chapters', run: () => openDialog('chapters') },
  { keys: ['?'], label: '?', does: 'This help', run: () => openDialog('help') },
]

/** Keys of a presenter's clicker. */
const CLICKER: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  PageDown: 1,
  '.': 1,
  ArrowLeft: -1,
  PageUp: -1,
}

/** Listens until the returned function is called. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  const { dialog, presenting, selection } = usePage.getState()
  if (dialog !== undefined || isTyping(event.target)) return
  if (event.key === 'Escape') {
    if (presenting) togglePresenting()
    else if (selection !== undefined) select(undefined)
    return
  }
  const turn = presenting ? CLICKER[event.key] : undefined
  if (turn !== undefined && !isOperated(event)) {
    event.preventDefault()
    presentBeat(turn)
    return
  }
  const shortcut = SHORTCUTS.find(({ keys }) => keys.includes(event.key.toLowerCase()))
  if (shortcut === undefined || isOperated(event)) return
  event.preventDefault()
  shortcut.run()
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
