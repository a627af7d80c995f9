// The files of the working folder as tabs: open, make, rename (double click or F2), delete.
import { Plus, X } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { createFile, deleteFile, freeName, nameProblem, openFile, renameFile } from '../files.ts'
import { IconButton } from '../shared/controls.tsx'
import { notify } from '../store.ts'
import { usePage, useRun } from '../use-run.ts'
import { wantToType } from './state.ts'

export function FileTabs(): ReactElement {
  const files = usePage((state) => state.files)
  const applied = usePage((state) => state.appliedFiles)
  const active = usePage((state) => state.activeFile)
  const { store } = useRun()
  const [renaming, setRenaming] = useState<string>()
  const names = Object.keys(files)
  const make = (): void => {
    const name = freeName(files)
    createFile(store, name)
    setRenaming(name)
  }
  const finish = (from: string, to: string): void => {
    setRenaming(undefined)
    const name = to.trim()
    if (name === from) return
    const problem = nameProblem(name, files, from)
    if (problem === undefined) renameFile(store, from, name)
    else notify(store, problem, { tone: 'problem' })
  }
  return (
    <div className="file-tabs">
      <ul aria-label="Files">
        {names.map((name) => (
          <li key={name} className="file-tab" data-active={name === active}>
            {name === renaming ? (
              <NameField name={name} onDone={(to) => finish(name, to)} />
            ) : (
              <FileTab
                name={name}
                active={name === active}
                dirty={files[name] !== applied[name]}
                onRename={() => setRenaming(name)}
              />
            )}
          </li>
        ))}
      </ul>
      <IconButton label="New file" onClick={make}>
        <Plus size={15} aria-hidden />
      </IconButton>
    </div>
  )
}

interface FileTabProps {
  name: string
  active: boolean
  dirty: boolean
  onRename: () => void
}

function FileTab({ name, active, dirty, onRename }: FileTabProps): ReactElement {
  const { store } = useRun()
  return (
    <>
      <button
        type="button"
        className="file-name"
        aria-current={active ? 'true' : undefined}
        title={active ? `${name} (F2 renames)` : name}
        onClick={() => openFile(store, name)}
        onDoubleClick={onRename}
        onKeyDown={(event) => {
          if (event.key === 'F2') onRename()
          if (event.key === 'Delete') deleteFile(store, name)
        }}
      >
        {name}
        {dirty && (
          <span className="dirty-dot" title="Changed since it was applied">
            <span className="visually-hidden"> (changed since it was applied)</span>
          </span>
        )}
      </button>
      {active && (
        <button
          type="button"
          className="file-close"
          aria-label={`Delete ${name}`}
          title="Delete"
          onClick={() => deleteFile(store, name)}
        >
          <X size={13} aria-hidden />
        </button>
      )}
    </>
  )
}

function NameField({ name, onDone }: { name: string; onDone: (to: string) => void }): ReactElement {
  const { editor } = useRun()
  const [text, setText] = useState(name)
  return (
    <input
      className="file-field"
      aria-label="File name"
      value={text}
      size={Math.max(8, text.length)}
      autoFocus
      onFocus={(event) => event.target.setSelectionRange(0, text.lastIndexOf('.'))}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        else if (event.key === 'Escape') onDone(name)
        else return
        // The field goes away: who types on writes in the file, not to the page's shortcuts.
        event.preventDefault()
        wantToType(editor)
      }}
    />
  )
}
