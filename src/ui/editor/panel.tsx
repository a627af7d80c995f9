// The editor: the files of the working folder in tabs, and "Apply", which types the command that
// anybody could type. Monaco is large and is loaded when it is needed; until then the file is shown
// as coloured text, which a click or a key turns into the editor.
import { FileDiff } from 'lucide-react'
import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react'
import { createFile, editFile, freeName } from '../files.ts'
import { Yaml } from '../shared/code-block.tsx'
import { EmptyState, IconButton } from '../shared/controls.tsx'
import { openDialog, usePage } from '../store.ts'
import { runInTerminal } from '../terminal/console.ts'
import { RepairBar } from './repair-bar.tsx'
import { FileTabs } from './file-tabs.tsx'

const MonacoEditor = lazy(async () => {
  const { MonacoEditor: component } = await import('./monaco-editor.tsx')
  return { default: component }
})

/** After this long without anything to do, the editor is loaded ahead of its first use. */
const IDLE_MS = 4_000

export function EditorPanel(): ReactElement {
  const name = usePage((state) => state.activeFile)
  const text = usePage(({ files, activeFile }) =>
    activeFile === undefined ? undefined : files[activeFile],
  )
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (wanted || name === undefined) return
    const timer = setTimeout(() => requestIdleCallback(() => setWanted(true)), IDLE_MS)
    return () => clearTimeout(timer)
  }, [wanted, name])
  return (
    <section className="panel editor" aria-label="Editor">
      <div className="editor-head">
        <FileTabs />
        <DiffButton />
        <ApplyButton />
      </div>
      {name === undefined || text === undefined ? (
        <NoFile />
      ) : wanted ? (
        <Suspense fallback={<StaticFile name={name} text={text} />}>
          <MonacoEditor name={name} text={text} onEdit={editFile} onApply={() => apply(name)} />
        </Suspense>
      ) : (
        <StaticFile name={name} text={text} onWant={() => setWanted(true)} />
      )}
      {name !== undefined && text !== undefined && <RepairBar name={name} text={text} />}
    </section>
  )
}

function NoFile(): ReactElement {
  return (
    <EmptyState title="No file is open.">
      <button
        type="button"
        className="button"
        onClick={() => createFile(freeName(usePage.getState().files))}
      >
        New file
      </button>
    </EmptyState>
  )
}

interface StaticFileProps {
  name: string
  text: string
  onWant?: () => void
}

/** The file as it will look in the editor, at a hundredth of its cost. */
function StaticFile({ name, text, onWant }: StaticFileProps): ReactElement {
  return (
    <pre
      className="static-file"
      tabIndex={0}
      aria-label={`${name}; press a key to edit`}
      onFocus={onWant}
      onPointerDown={onWant}
      onKeyDown={onWant}
    >
      <code className="numbered">
        <Yaml text={text.replace(/\n$/, '')} />
      </code>
    </pre>
  )
}

/** Shows what Apply would change. */
function DiffButton(): ReactElement | null {
  const manifest = usePage(({ activeFile }) => /\.ya?ml$/.test(activeFile ?? ''))
  const ready = usePage((state) => state.ready)
  if (!manifest) return null
  return (
    <IconButton
      label="What would Apply change?"
      disabled={!ready}
      onClick={() => openDialog('preview')}
    >
      <FileDiff size={16} aria-hidden />
    </IconButton>
  )
}

function ApplyButton(): ReactElement {
  const name = usePage((state) => state.activeFile)
  const ready = usePage((state) => state.ready)
  const manifest = name !== undefined && /\.(ya?ml|json)$/.test(name)
  return (
    <button
      type="button"
      className="button primary apply-button"
      disabled={!ready || !manifest}
      title={`Types: kubectl apply -f ${name ?? 'FILE'} (Ctrl+S)`}
      onClick={() => name !== undefined && apply(name)}
    >
      Apply
    </button>
  )
}

function apply(name: string): void {
  void runInTerminal(`kubectl apply -f ${name}`)
}
