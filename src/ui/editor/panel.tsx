// The editor: the files of the working folder in tabs, and "Apply", which types the command that
// anybody could type. Monaco is large and is loaded when it is needed; until then the file is shown
// as coloured text, which a click or a key turns into the editor.
import { FileDiff } from 'lucide-react'
import { lazy, Suspense, useEffect, type KeyboardEvent, type ReactElement } from 'react'
import { MaximiseButton } from '../pane.tsx'
import { createFile, editFile, freeName } from '../files.ts'
import { EmptyState, IconButton } from '../shared/controls.tsx'
import { openDialog } from '../store.ts'
import type { PageRun } from '../page-run.ts'
import { useEditor, usePage, useRun } from '../use-run.ts'
import { applyFile, saveFile } from './actions.ts'
import { FileTabs } from './file-tabs.tsx'
import { ProblemList } from './problem-list.tsx'
import { goToProblem } from './problems.ts'
import { RepairBar } from './repair-bar.tsx'
import { isManifest } from './state.ts'
import { StaticFile } from './static-file.tsx'
import { useCheck } from './use-check.ts'

const MonacoEditor = lazy(async () => {
  const { MonacoEditor: component } = await import('./monaco-editor.tsx')
  return { default: component }
})

/** After this long without anything to do, the editor is loaded ahead of its first use. */
const IDLE_MS = 4_000
/** Above this speed a pause of the page can be seen. */
const CALM_SPEED = 120

export function EditorPanel(): ReactElement {
  const name = usePage((state) => state.activeFile)
  const text = usePage(({ files, activeFile }) =>
    activeFile === undefined ? undefined : files[activeFile],
  )
  const monaco = useMonaco(name !== undefined)
  const run = useRun()
  const spoken = useEditor((state) => state.spoken)
  useCheck(name, text)
  return (
    <section
      className="panel editor"
      aria-label="Editor"
      onKeyDown={(event) => onKey(run, event, name)}
    >
      <div className="editor-head">
        <FileTabs />
        <DiffButton />
        <ApplyButton />
        <MaximiseButton pane="editor" />
      </div>
      {name === undefined || text === undefined ? (
        <NoFile />
      ) : (
        <>
          <RepairBar name={name} text={text} />
          {monaco ? (
            <Suspense fallback={<StaticFile name={name} text={text} />}>
              <MonacoEditor
                name={name}
                text={text}
                onEdit={(file, next) => editFile(run.store, file, next)}
                onApply={() => void applyFile(run, name)}
                onSave={() => void saveFile(run, name)}
              />
            </Suspense>
          ) : (
            <StaticFile name={name} text={text} />
          )}
          <ProblemList name={name} />
        </>
      )}
      <p className="visually-hidden" aria-live="assertive">
        {spoken}
      </p>
    </section>
  )
}

/** Loads Monaco ahead of its first use when there is nothing else to do. */
function useMonaco(hasFile: boolean): boolean {
  const wanted = useEditor((state) => state.monacoWanted)
  const { store, editor } = useRun()
  useEffect(() => {
    if (wanted || !hasFile) return
    // Evaluating it takes a tenth of a second: not while days pass before the learner's eyes.
    const load = (): void => {
      const { playing, speed } = store.getState()
      if (playing && speed > CALM_SPEED) later()
      else editor.setState({ monacoWanted: true })
    }
    let timer: ReturnType<typeof setTimeout>
    let idle = 0
    const later = (): void => {
      timer = setTimeout(() => (idle = requestIdleCallback(load)), IDLE_MS)
    }
    later()
    return () => {
      clearTimeout(timer)
      cancelIdleCallback(idle)
    }
  }, [store, editor, wanted, hasFile])
  return wanted
}

/** The keys of the editor work in all of its panel; Monaco answers them itself. */
function onKey(run: PageRun, event: KeyboardEvent, name: string | undefined): void {
  if (event.defaultPrevented || name === undefined) return
  const control = event.ctrlKey || event.metaKey
  if (event.key === 'F8') goToProblem(run, event.shiftKey ? -1 : 1)
  else if (control && event.key === 'Enter' && isManifest(name)) void applyFile(run, name)
  else if (control && event.key.toLowerCase() === 's') void saveFile(run, name)
  else return
  event.preventDefault()
}

function NoFile(): ReactElement {
  const { store } = useRun()
  return (
    <EmptyState title="No file is open.">
      <button
        type="button"
        className="button"
        onClick={() => createFile(store, freeName(store.getState().files))}
      >
        New file
      </button>
    </EmptyState>
  )
}

/** Shows what Apply would change. */
function DiffButton(): ReactElement | null {
  const manifest = usePage(({ activeFile }) => isManifest(activeFile ?? ''))
  const ready = usePage((state) => state.ready)
  const { store } = useRun()
  if (!manifest) return null
  return (
    <IconButton
      label="What would Apply change?"
      disabled={!ready}
      onClick={() => openDialog(store, 'preview')}
    >
      <FileDiff size={16} aria-hidden />
    </IconButton>
  )
}

function ApplyButton(): ReactElement {
  const name = usePage((state) => state.activeFile)
  const ready = usePage((state) => state.ready)
  const run = useRun()
  const manifest = name !== undefined && isManifest(name)
  return (
    <button
      type="button"
      className="button primary apply-button"
      disabled={!ready || !manifest}
      title={`Types: kubectl apply -f ${name ?? 'FILE'} (Ctrl+Enter)`}
      onClick={() => name !== undefined && void applyFile(run, name)}
    >
      Apply
    </button>
  )
}
