// The working folder: the files of the editor's tabs, which are the files the terminal sees.
import { dismissNotice, notify, usePage } from './store.ts'

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

export function openFile(name: string): void {
  const { files } = usePage.getState()
  if (Object.hasOwn(files, name)) usePage.setState({ activeFile: name })
}

export function createFile(name: string, text = ''): void {
  usePage.setState(({ files, appliedFiles }) => ({
    files: { ...files, [name]: text },
    appliedFiles: { ...appliedFiles, [name]: text },
    activeFile: name,
  }))
}

export function editFile(name: string, text: string): void {
  const { files } = usePage.getState()
  if (files[name] !== text) usePage.setState({ files: { ...files, [name]: text } })
}

export function renameFile(from: string, to: string): void {
  const { files, appliedFiles, activeFile } = usePage.getState()
  const moved = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(all).map(([name, text]) => [name === from ? to : name, text]))
  usePage.setState({
    files: moved(files),
    appliedFiles: moved(appliedFiles),
    activeFile: activeFile === from ? to : activeFile,
  })
}

/** Deletes at once and offers to take it back. */
export function deleteFile(name: string): void {
  const { files, activeFile } = usePage.getState()
  const text = files[name]
  if (text === undefined) return
  const names = Object.keys(files)
  const left = names.filter((one) => one !== name)
  const next = left[Math.max(0, names.indexOf(name) - 1)]
  usePage.setState({
    files: Object.fromEntries(left.map((one) => [one, files[one]!])),
    activeFile: activeFile === name ? next : activeFile,
  })
  const id = notify(`Deleted ${name}.`, {
    action: {
      label: 'Undo',
      run: () => {
        createFile(name, text)
        dismissNotice(id)
      },
    },
  })
}

/** Remembers what was handed to `kubectl apply`: from here on, edits make the tab dirty. */
export function markApplied(name: string): void {
  usePage.setState(({ files, appliedFiles }) => ({
    appliedFiles: { ...appliedFiles, [name]: files[name] ?? '' },
  }))
}

/** Takes over what commands of the terminal did to the files. */
export function adoptFiles(found: Readonly<Record<string, string>>): void {
  const { files, appliedFiles, activeFile } = usePage.getState()
  const names = Object.keys(found)
  const same =
    names.length === Object.keys(files).length && names.every((name) => files[name] === found[name])
  if (same) return
  // The order of tabs stays; new files come last.
  const kept = Object.keys(files).filter((name) => Object.hasOwn(found, name))
  const order = [...kept, ...names.filter((name) => !kept.includes(name))]
  const next = Object.fromEntries(order.map((name) => [name, found[name]!]))
  const added = Object.fromEntries(
    names.filter((name) => appliedFiles[name] === undefined).map((name) => [name, found[name]!]),
  )
  usePage.setState({
    files: next,
    appliedFiles: { ...appliedFiles, ...added },
    activeFile: activeFile !== undefined && next[activeFile] !== undefined ? activeFile : order[0],
  })
}
