// What a run is given from outside, each at its time: commands, interruptions of them, and edits of
// the working folder. Nothing else reaches a World, so a beginning and its inputs say everything.
import type { SimTime } from '../base/time.ts'

/** A command that was started. */
export interface RunInput {
  readonly kind: 'run'
  readonly at: SimTime
  readonly program: string
  readonly argv: readonly string[]
  /** As typed: what the log says of it. */
  readonly line: string
  readonly stdin: string
}

/** Ctrl-C for a command that was still running. */
interface InterruptInput {
  readonly kind: 'interrupt'
  readonly at: SimTime
  /** The index, in the same timeline, of the run that it ends. */
  readonly run: number
}

/** A change of the working folder: by the editor, or by a shell that redirects output. */
interface FileInput {
  readonly kind: 'file'
  readonly at: SimTime
  readonly path: string
  /** The whole text from now on; undefined: the file is gone. */
  readonly text: string | undefined
}

/**
 * One input. In a timeline they are in the order in which they were given, and so in the order of
 * time. An input stands at the end of its instant: what was due then has happened, and so have the
 * inputs of the same instant before it.
 */
export type Input = RunInput | InterruptInput | FileInput

/** The working folder: path → text. */
export type Files = Readonly<Record<string, string>>

/** The working folder after these inputs. */
export function filesAfter(files: Files, inputs: readonly Input[]): Files {
  const edits = inputs.filter((input) => input.kind === 'file')
  if (edits.length === 0) return files
  const result = new Map(Object.entries(files))
  for (const { path, text } of edits)
    if (text === undefined) result.delete(path)
    else result.set(path, text)
  return Object.fromEntries(result)
}

/** The edits that make one working folder of another. */
export function editsBetween(before: Files, after: Files, at: SimTime): FileInput[] {
  if (before === after) return []
  const edits: FileInput[] = []
  for (const path of Object.keys(before))
    if (!Object.hasOwn(after, path)) edits.push({ kind: 'file', at, path, text: undefined })
  for (const [path, text] of Object.entries(after))
    if (!Object.hasOwn(before, path) || before[path] !== text)
      edits.push({ kind: 'file', at, path, text })
  return edits
}
