// Turning a proc into a program: finding it by name, and naming what it runs from its next turn on.

import { fileAt, resolvePath } from './files.ts'
import type { Container, Proc } from './types.ts'

/** Why a command cannot be run. */
export type ExecProblem = 'not found' | 'denied'

interface Found {
  /** The name of the program to run. */
  program: string
  path: string
  /** For a script: the words before its path. */
  interpreter?: string[]
}

/** Finds a command as execvp does. */
export function findProgram(
  container: Container,
  cwd: string,
  name: string,
  searchPath: string,
): Found | ExecProblem {
  if (name === '') return 'not found'
  if (name.includes('/')) return inspect(container, resolvePath(cwd, name))
  let problem: ExecProblem = 'not found'
  for (const directory of searchPath.split(':')) {
    const path = resolvePath(cwd, `${directory === '' ? '.' : directory}/${name}`)
    const found = inspect(container, path)
    if (typeof found !== 'string') return found
    if (found === 'denied' && fileAt(container, path)?.kind === 'file') problem = found
  }
  return problem
}

function inspect(container: Container, path: string): Found | ExecProblem {
  const node = fileAt(container, path)
  if (node === undefined) return 'not found'
  if (node.kind === 'directory' || (node.mode & 0o111) === 0) return 'denied'
  const program = /^\x7fELF (\S+)$/.exec(node.text)?.[1]
  if (program !== undefined) return { program, path }
  const line = /^#! *([^\n]+)/.exec(node.text)?.[1]
  return { program: 'sh', path, interpreter: (line ?? '/bin/sh').trim().split(/\s+/) }
}

/**
 * Replaces a proc's program. The caller has prepared descriptors and environment. A problem leaves
 * the proc as it was.
 */
export function execProc(
  container: Container,
  proc: Proc,
  argv: string[],
): ExecProblem | undefined {
  const found = findProgram(container, proc.cwd, argv[0] ?? '', proc.env['PATH'] ?? DEFAULT_PATH)
  if (typeof found === 'string') return found
  if (found.interpreter !== undefined) {
    const script =
      resolvePath('/', found.interpreter[0] ?? '') === found.path ? ['/bin/sh'] : found.interpreter
    const name = argv[0] ?? ''
    const path = name.includes('/') ? name : found.path
    return execProc(container, proc, [...script, path, ...argv.slice(1)])
  }
  proc.argv = argv
  proc.memory = {}
  proc.pending = []
  proc.shell = undefined
  proc.block = { on: 'ready' }
  proc.program = found.program
  proc.handlers = {}
  return undefined
}

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
