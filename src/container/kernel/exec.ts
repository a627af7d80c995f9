// Turning a task into a program: finding it by name, and starting a shell or a tool.

import { isTool } from '../tools/index.ts'
import { startShell } from '../shell/start.ts'
import { fileAt, resolvePath } from './files.ts'
import type { Machine, Task } from './types.ts'

/** Why a command cannot be run. */
export type ExecProblem = 'not found' | 'denied'

export interface Found {
  /** The tool or shell to run. */
  program: string
  path: string
  /** For a script: the words before its path. */
  interpreter?: string[]
}

/** Finds a command as execvp does. */
export function findProgram(
  machine: Machine,
  cwd: string,
  name: string,
  searchPath: string,
): Found | ExecProblem {
  if (name === '') return 'not found'
  if (name.includes('/')) return inspect(machine, resolvePath(cwd, name))
  let problem: ExecProblem = 'not found'
  for (const directory of searchPath.split(':')) {
    const path = resolvePath(cwd, `${directory === '' ? '.' : directory}/${name}`)
    const found = inspect(machine, path)
    if (typeof found !== 'string') return found
    if (found === 'denied' && fileAt(machine, path)?.kind === 'file') problem = found
  }
  return problem
}

function inspect(machine: Machine, path: string): Found | ExecProblem {
  const node = fileAt(machine, path)
  if (node === undefined) return 'not found'
  if (node.kind === 'directory' || (node.mode & 0o111) === 0) return 'denied'
  const program = /^\x7fELF (\S+)$/.exec(node.text)?.[1]
  if (program !== undefined) return isTool(program) ? { program, path } : 'not found'
  const line = /^#! *([^\n]+)/.exec(node.text)?.[1]
  return { program: 'sh', path, interpreter: (line ?? '/bin/sh').trim().split(/\s+/) }
}

/**
 * Replaces a task's program. The caller has prepared descriptors and environment. A problem leaves
 * the task as it was.
 */
export function execTask(machine: Machine, task: Task, argv: string[]): ExecProblem | undefined {
  const found = findProgram(machine, task.cwd, argv[0] ?? '', task.env['PATH'] ?? DEFAULT_PATH)
  if (typeof found === 'string') return found
  if (found.interpreter !== undefined) {
    const script =
      resolvePath('/', found.interpreter[0] ?? '') === found.path ? ['/bin/sh'] : found.interpreter
    const name = argv[0] ?? ''
    const path = name.includes('/') ? name : found.path
    return execTask(machine, task, [...script, path, ...argv.slice(1)])
  }
  task.argv = argv
  task.memory = {}
  task.shell = undefined
  task.wait = { on: 'ready' }
  if (isShell(found.program)) startShell(machine, task, found.program)
  else task.memory['program'] = found.program
  return undefined
}

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export function isShell(program: string): boolean {
  return ['sh', 'ash', 'bash', 'dash'].includes(program)
}
