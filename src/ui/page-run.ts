// One run on the page: its host, its store and what works on them. Nothing of it is global, so two can
// live side by side.
import type { HostLink } from '../worker/client.ts'
import { createEditorStore, type EditorStore } from './editor/state.ts'
import { createEngine, type Engine } from './engine.ts'
import { createPageStore, type PageStore } from './store.ts'
import { createConsole, type CommandConsole } from './terminal/console.ts'
import { createLineRunner } from './terminal/line-runner.ts'
import { createShellClient, type ShellWorker } from './terminal/shell-client.ts'

export interface PageRun {
  readonly store: PageStore
  readonly engine: Engine
  readonly console: CommandConsole
  readonly editor: EditorStore
}

/** A run with nothing open; `startShell` begins a worker when a line needs a shell. */
export function createPageRun(link: HostLink, startShell: () => ShellWorker): PageRun {
  const store = createPageStore()
  const engine = createEngine(link, store)
  const shell = createShellClient(startShell, engine.startProgram)
  const runner = createLineRunner(store, engine, shell)
  const console = createConsole(engine, store, runner)
  return { store, engine, console, editor: createEditorStore() }
}
