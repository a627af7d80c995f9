// The panes of the page by name: one key goes to each from anywhere, also out of the editor and the
// terminal, and one key gives it the whole page and takes it back.
import type { PageRun } from './page-run.ts'
import type { PageStore, PaneName } from './store.ts'

/** In reading order, which is that of their keys, from 1. */
const PANES: readonly PaneName[] = ['story', 'cluster', 'editor', 'timeline', 'terminal']

/** Where a pane takes the keyboard; a pane without any of these takes it itself. */
const HOMES: Readonly<Record<PaneName, string>> = {
  story: '.story-scroll',
  cluster: '.node-head',
  editor: '.static-file, .monaco-editor .native-edit-context, .monaco-editor textarea',
  timeline: 'canvas, table',
  terminal: '.xterm-helper-textarea',
}

/** The tab that shows a pane where there is no room for all. */
function tabOf(pane: PaneName): Exclude<PaneName, 'timeline'> {
  return pane === 'timeline' ? 'cluster' : pane
}

/** Acts on a key that is for the panes; false for any other. */
export function onPaneKey(run: PageRun, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey) return false
  if (event.key === 'F6') return cycle(run, event.shiftKey ? -1 : 1)
  if (!event.altKey || !/^Digit[0-5]$/.test(event.code)) return false
  const pane = PANES[Number(event.code.at(-1)) - 1]
  if (pane === undefined) run.store.setState({ maximised: undefined })
  else if (event.shiftKey) toggleMaximised(run.store, pane)
  if (pane !== undefined) goTo(run, pane)
  return true
}

/** The key that goes to a pane, and with Shift maximises it. */
export function paneKey(pane: PaneName): string {
  return `Alt+Shift+${PANES.indexOf(pane) + 1}`
}

/** Gives a pane the whole page, or gives back what it had. */
export function toggleMaximised(store: PageStore, pane: PaneName): void {
  const { maximised } = store.getState()
  store.setState({ maximised: maximised === pane ? undefined : pane, tab: tabOf(pane) })
}

function cycle(run: PageRun, by: 1 | -1): true {
  const at = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane']
  const index = PANES.findIndex((pane) => pane === at)
  const from = index < 0 && by < 0 ? 0 : index
  goTo(run, PANES.at((from + by) % PANES.length)!)
  return true
}

/** Shows a pane and puts the keyboard into it. */
function goTo({ store }: PageRun, pane: PaneName): void {
  const { maximised } = store.getState()
  // Another one that fills the page makes room.
  if (maximised !== pane) store.setState({ maximised: undefined })
  store.setState({ tab: tabOf(pane) })
  // A pane that was not there is there after the next drawing.
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`)
    const home = element?.querySelector<HTMLElement>(HOMES[pane])
    const place = home ?? element
    place?.focus()
  })
}
