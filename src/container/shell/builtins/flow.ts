// Builtins that change where the shell continues.

import { fileAt, resolvePath } from '../../kernel/files.ts'
import { leaveLoops, unwindFunction } from '../control.ts'
import { execProc } from '../../kernel/exec.ts'
import { forgetDescriptors } from '../redirects.ts'
import { execMessage, startProgram } from '../run.ts'
import { complain, ShellFailure, type Shell } from '../shell.ts'
import { environment, valueOf } from '../variables.ts'
import { exitShell } from '../exit.ts'
import { jumpToSource } from '../sources.ts'
import { checkDepth, type SavedDescriptor } from '../state.ts'
import { builtinOf, numberArgument, type Builtin, type BuiltinResult } from './builtin.ts'

function exit(shell: Shell, args: string[]): BuiltinResult {
  const { state } = shell
  // In a trap, `exit` alone means the status before the trap.
  const trap = state.control.find((marker) => marker.type === 'trap' || marker.type === 'exit')
  const before = trap !== undefined && 'status' in trap ? trap.status : state.status
  const [text] = args
  exitShell(shell, text === undefined ? before : numberArgument(text, 'exit'))
  return 'continues'
}

function leave(again: boolean): Builtin {
  return (shell, args) => {
    const name = again ? 'continue' : 'break'
    const count = args[0] === undefined ? 1 : numberArgument(args[0], name)
    if (count < 1) throw new ShellFailure(`Illegal number: ${args[0] ?? ''}`, name)
    shell.state.status = 0
    if (!leaveLoops(shell, count, again) && shell.state.inLoop) exitShell(shell, 0)
    return 'continues'
  }
}

function returns(shell: Shell, args: string[]): BuiltinResult {
  const { state } = shell
  if (args[0] !== undefined) state.status = numberArgument(args[0], 'return') & 255
  if (!unwindFunction(shell)) exitShell(shell, state.status)
  return 'continues'
}

function evaluate(shell: Shell, args: string[], saved: SavedDescriptor[]): BuiltinResult {
  const text = args.join(' ')
  if (text.trim() === '') return 0
  enterSource(shell, text, undefined, saved, false)
  return 'continues'
}

// The redirections last until the text has been run.
function enterSource(
  shell: Shell,
  text: string,
  params: string[] | undefined,
  saved: SavedDescriptor[],
  hasOwn: boolean,
): void {
  const { state } = shell
  checkDepth(state)
  const kept = saved.splice(0)
  const { source, pc } = state
  state.control.push({ type: 'source', source, pc, params, hasOwn, saved: kept })
  state.status = 0
  jumpToSource(shell, text)
}

function source(shell: Shell, args: string[], saved: SavedDescriptor[]): BuiltinResult {
  const { container, proc, state } = shell
  const [name, ...params] = args
  if (name === undefined) throw new ShellFailure('filename argument required', '.')
  const found = sourcePaths(shell, name).find((path) => fileAt(container, path)?.kind === 'file')
  if (found === undefined) {
    const why = name.includes('/')
      ? `can't open '${name}': No such file or directory`
      : `${name}: not found`
    if (shell.state.flavour !== 'bash') throw new ShellFailure(why, '.')
    complain(shell, why)
    return 1
  }
  const text = fileAt(container, resolvePath(proc.cwd, found))?.text ?? ''
  enterSource(shell, text, state.params, saved, params.length > 0)
  if (params.length > 0) state.params = params
  return 'continues'
}

function sourcePaths(shell: Shell, name: string): string[] {
  if (name.includes('/')) return [resolvePath(shell.proc.cwd, name)]
  const search = (valueOf(shell, 'PATH') ?? '').split(':')
  const directories = shell.state.flavour === 'bash' ? [...search, shell.proc.cwd] : search
  return directories.map((directory) => resolvePath(shell.proc.cwd, `${directory}/${name}`))
}

function exec(shell: Shell, args: string[], saved: SavedDescriptor[]): BuiltinResult {
  const { container, proc, state } = shell
  forgetDescriptors(container, saved)
  const argv = args[0] === '--' ? args.slice(1) : args
  if (argv.length === 0) return 0
  proc.env = environment(shell, state.assignments)
  const problem = execProc(container, proc, argv)
  if (problem === undefined) return 'continues'
  const message = execMessage(state.flavour, argv[0] ?? '', problem)
  throw new ShellFailure(message, 'exec', problem === 'denied' ? 126 : 127)
}

// `command name …`: without functions.
function command(shell: Shell, args: string[], saved: SavedDescriptor[]): BuiltinResult {
  const { state } = shell
  if (args[0] === '-v' || args[0] === '-V')
    return builtinOf(shell, 'type')?.(shell, args, saved) ?? 127
  const rest = args[0] === '-p' || args[0] === '--' ? args.slice(1) : args
  const [name] = rest
  if (name === undefined) return 0
  const builtin = builtinOf(shell, name)
  if (builtin !== undefined) return builtin(shell, rest.slice(1), saved)
  // The redirections are in force already.
  state.redirects = []
  startProgram(shell, rest)
  return 'continues'
}

export const flow: Record<string, Builtin> = {
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  exit,
  break: leave(false),
  continue: leave(true),
  return: returns,
  eval: evaluate,
  '.': source,
  source,
  exec,
  command,
}
