// What the editor knows of the open file beyond its text: the API server's opinion, its repair, and
// where the cursor is to go. A store of its own, one a run, because nothing else on the page needs it.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ManifestMarker } from '../../worker/protocol.ts'

/** The answer to one text of one file. */
export interface Checked {
  name: string
  text: string
  problems: readonly ManifestMarker[]
  /** The text with its lost indentation found again, if it had lost it. */
  repaired: string | undefined
}

/** Lines and columns count from 1. */
export interface EditorPlace {
  line: number
  column: number
}

/** Something typed, pasted or pressed before the editor was there: it does it when it is. */
interface EarlyEdit {
  /** Of Monaco: `type`, `paste`, `deleteLeft`, `cursorDown`. */
  command: string
  text: string
}

export interface EditorState {
  /** Monaco is to be there; until then a file is only shown. */
  monacoWanted: boolean
  /** Whoever asked for it wants to type. */
  focusWanted: boolean
  /** What was done before the editor was there, in order. */
  early: readonly EarlyEdit[]
  checked: Checked | undefined
  /** Files whose repair was declined. */
  left: readonly string[]
  /** Where the cursor is to go; a new object each time. */
  target: EditorPlace | undefined
  /** Where the cursor stands. */
  cursor: EditorPlace
  /** What an Apply would change is being worked out: asking again then asks nothing new. */
  asking: boolean
  /** For screen readers: what was just gone to. */
  spoken: string
}

export type EditorStore = StoreApi<EditorState>

export function createEditorStore(): EditorStore {
  return createStore<EditorState>()(() => ({
    monacoWanted: false,
    focusWanted: false,
    early: [],
    checked: undefined,
    left: [],
    target: undefined,
    cursor: { line: 1, column: 0 },
    asking: false,
    spoken: '',
  }))
}

/** Brings the editor, and the cursor into it. */
export function wantToType(editor: EditorStore): void {
  editor.setState({ monacoWanted: true, focusWanted: true })
}

/** Has something done by the editor as soon as it is there. */
export function doEarly(editor: EditorStore, edit: EarlyEdit): void {
  editor.setState(({ early }) => ({ early: [...early, edit] }))
  wantToType(editor)
}

/** What the API server can be asked about. */
export function isManifest(name: string): boolean {
  return /\.(ya?ml|json)$/.test(name)
}

const NO_PROBLEMS: readonly ManifestMarker[] = []

/** The problems last found in a file, perhaps in a slightly older text of it. */
export function problemsOf(checked: Checked | undefined, name: string): readonly ManifestMarker[] {
  return checked?.name === name ? checked.problems : NO_PROBLEMS
}
