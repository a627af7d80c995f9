// What the parts of the interpreter pass to each other, and the errors that end a shell.

import { writeTo } from '../kernel/descriptors.ts'
import type { Container, Proc } from '../kernel/types.ts'
import type { BuiltinTable } from './builtins/builtin.ts'
import type { ShellState } from './state.ts'
import { inWordsOf } from './wording.ts'

export interface Shell {
  container: Container
  proc: Proc
  state: ShellState
  /** The commands it runs itself; handed in, since some of them run others. */
  builtins: BuiltinTable
}

/** An error after which a shell that is not interactive ends (with code 2). */
export class ShellFailure extends Error {
  override name = 'ShellFailure'
  readonly code: number
  /** The builtin that complains, if it is one. */
  readonly command: string | undefined

  constructor(message: string, command?: string, code = 2) {
    super(message)
    this.command = command
    this.code = code
  }
}

/** Writes to a descriptor; what cannot be written is lost, as the shells do with messages. */
export function put(shell: Shell, fd: number, text: string): string {
  return writeTo(shell.container, shell.proc, fd, text)
}

/** An error message with the shell's name (and line, as dash and bash show it). */
export function complain(shell: Shell, message: string, command?: string): void {
  const words = inWordsOf(shell.state.flavour, message)
  put(shell, 2, `${prefix(shell, message, command)}${words}\n`)
}

// ash names the line for builtins, and for everything when the script has a name (a file, or what
// follows `-c script`). In the text of `-c` it counts from 0.
function prefix(shell: Shell, message: string, command: string | undefined): string {
  const { flavour, name, line, origin } = shell.state
  const builtin = command === undefined ? '' : `${command}: `
  if (flavour === 'dash') return `${name}: ${line}: ${builtin}`
  if (flavour === 'bash') {
    const where = message.startsWith('syntax error') ? '-c: line' : 'line'
    return `${name}: ${where} ${line}: ${builtin}`
  }
  const isNumbered = command !== undefined || origin !== 'command'
  return `${name}: ${builtin}${isNumbered ? `line ${ashLine(shell.state)}: ` : ''}`
}

/** The line as ash counts it. */
export function ashLine({ line, origin }: ShellState): number {
  return origin === 'file' ? line : line - 1
}

/** A message of a tool that BusyBox's shell runs without a process: named after the applet. */
export function complainAs(shell: Shell, tool: string, message: string): void {
  if (shell.state.flavour !== 'ash') complain(shell, message, tool)
  else put(shell, 2, `${shell.state.name.replace(/^.*\//s, '')}: ${message}\n`)
}
