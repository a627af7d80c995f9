// A call of one of the lab's programs, and the lines that are nothing but one: they need no shell and
// go straight to the World, so that their output streams as virtual time passes.
import { plainProgram } from '../kubectl/programs/words.ts'

export interface ProgramCall {
  program: string
  argv: readonly string[]
  stdin: string
  /** The files as the program sees them: path from its folder → text. */
  files: Readonly<Record<string, string>>
  /** The line as typed: the cause that the log keeps. */
  line: string
}

/** Where the working folder is in the shell's file system. */
export const HOME = '/home/alex'

/**
 * The call that a line is, when it is one program and plain words; undefined for what only a shell
 * can run. `files` are those of the working folder, `cwd` is where the line is typed.
 */
export function plainCall(
  line: string,
  files: Readonly<Record<string, string>>,
  cwd: string,
): ProgramCall | undefined {
  const plain = plainProgram(line)
  return plain && programCall({ ...plain, stdin: '', line }, files, cwd)
}

/** A call from a folder: `k` is kubectl, and paths are read from where one is. */
export function programCall(
  call: Omit<ProgramCall, 'files'>,
  files: Readonly<Record<string, string>>,
  cwd: string,
): ProgramCall {
  const program = call.program === 'k' ? 'kubectl' : call.program
  return { ...call, program, files: filesFrom(cwd, files) }
}

/** The files of the working folder by their paths from `cwd`: `../job.yaml`. */
function filesFrom(
  cwd: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (cwd === HOME) return files
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [pathFrom(cwd, `${HOME}/${path}`), text]),
  )
}

function pathFrom(folder: string, path: string): string {
  const from = folder.split('/').filter((part) => part !== '')
  const to = path.split('/').filter((part) => part !== '')
  let shared = 0
  while (shared < from.length && from[shared] === to[shared]) shared++
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}
