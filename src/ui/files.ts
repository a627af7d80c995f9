// The working folder: the files of the editor's tabs, which are the files the terminal sees.
import { dismissNotice, notify, type PageStore } from './store.ts'

const NEW_NAME = 'manifest.yaml'

/** Every text that may be a file's name; the rest are refused with a reason. */
export function nameProblem(
  name: string,
  files: Readonly<Record<string, string>>,
  own?: string,
): string | undefined {
  if (name.trim() === '') return 'A file needs a name.'
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(name)) return 'Letters, digits, dots, dashes and / only.'
  if (name !== own && Object.hasOwn(files, name)) return 'There is a file of this name already.'
  return undefined
}

/** A name that is free: `manifest.yaml`, `manifest-2.yaml`. */
export function freeName(files: Readonly<Record<string, string>>): string {
  if (!Object.hasOwn(files, NEW_NAME)) return NEW_NAME
  for (let number = 2; ; number++) {
    const name = NEW_NAME.replace('.', `-${number}.`)
    if (!Object.hasOwn(files, name)) return name
  }
}

export function openFile(store: PageStore, name: string): void {
  const { files } = store.getState()
  if (Object.hasOwn(files, name)) store.setState({ activeFile: name })
}

export function createFile(store: PageStore, name: string, text = ''): void {
  store.setState(({ files, appliedFiles }) => ({
    files: { ...files, [name]: text },
    appliedFiles: { ...appliedFiles, [name]: text },
    activeFile: name,
  }))
}

export function editFile(store: PageStore, name: string, text: string): void {
  const { files } = store.getState()
  if (files[name] !== text) store.setState({ files: { ...files, [name]: text } })
}

export function renameFile(store: PageStore, from: string, to: string): void {
  const { files, appliedFiles, activeFile } = store.getState()
  const moved = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(all).map(([name, text]) => [name === from ? to : name, text]))
  store.setState({
    files: moved(files),
    appliedFiles: moved(appliedFiles),
    activeFile: activeFile === from ? to : activeFile,
  })
}

/** Deletes at once and offers to take it back. */
export function deleteFile(store: PageStore, name: string): void {
  const { files, activeFile } = store.getState()
  const text = files[name]
  if (text === undefined) return
  const names = Object.keys(files)
  const left = names.filter((one) => one !== name)
  const next = left[Math.max(0, names.indexOf(name) - 1)]
  store.setState({
    files: Object.fromEntries(left.map((one) => [one, files[one]!])),
    activeFile: activeFile === name ? next : activeFile,
  })
  const id = notify(store, `Deleted ${name}.`, {
    action: {
      label: 'Undo',
      run: () => {
        createFile(store, name, text)
        dismissNotice(store, id)
      },
    },
  })
}

/** A command has written over files, or removed them: for a while they can be had again. */
function offerOld(
  store: PageStore,
  names: readonly string[],
  old: Readonly<Record<string, string>>,
): void {
  const id = notify(store, `The command has changed ${names.join(', ')}.`, {
    action: {
      label: 'Undo',
      run: () => {
        for (const name of names)
          if (Object.hasOwn(store.getState().files, name)) editFile(store, name, old[name]!)
          else createFile(store, name, old[name])
        dismissNotice(store, id)
      },
    },
  })
}

/** Remembers what was handed to `kubectl apply`: from here on, edits make the tab dirty. */
export function markApplied(store: PageStore, name: string): void {
  store.setState(({ files, appliedFiles }) => ({
    appliedFiles: { ...appliedFiles, [name]: files[name] ?? '' },
  }))
}

/** Takes over what commands of the terminal did to the files. */
export function adoptFiles(store: PageStore, found: Readonly<Record<string, string>>): void {
  const { files, appliedFiles, activeFile } = store.getState()
  const names = Object.keys(found)
  const same =
    names.length === Object.keys(files).length && names.every((name) => files[name] === found[name])
  if (same) return
  const replaced = Object.keys(files).filter((name) => found[name] !== files[name])
  if (replaced.length > 0) offerOld(store, replaced, files)
  // The order of tabs stays; new files come last.
  const kept = Object.keys(files).filter((name) => Object.hasOwn(found, name))
  const order = [...kept, ...names.filter((name) => !kept.includes(name))]
  const next = Object.fromEntries(order.map((name) => [name, found[name]!]))
  const added = Object.fromEntries(
    names.filter((name) => appliedFiles[name] === undefined).map((name) => [name, found[name]!]),
  )
  store.setState({
    files: next,
    appliedFiles: { ...appliedFiles, ...added },
    activeFile: activeFile !== undefined && next[activeFile] !== undefined ? activeFile : order[0],
  })
}
