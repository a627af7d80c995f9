// Running a simple command: assignments alone, functions, builtins, programs.

import { closeDescriptor, CAPTURE_FD, isCongested } from '../kernel/descriptors.ts'
import { execProc, findProgram, DEFAULT_PATH, type ExecProblem } from '../kernel/exec.ts'
import { exitProc, forkProc } from '../kernel/procs.ts'
import type { Proc } from '../kernel/types.ts'
import { builtinOf, SPECIAL_BUILTINS } from './builtins/builtin.ts'
import { compileScript } from './compile.ts'
import { applyRedirects, restoreDescriptors } from './redirects.ts'
import { complain, put, ShellFailure, type Shell } from './shell.ts'
import { checkDepth, type SavedDescriptor, type ShellState, type Variable } from './state.ts'
import { redirectStatus } from './wording.ts'
import { assign, environment, valueOf } from './variables.ts'

/** Runs the command whose words, assignments and redirections have been collected. */
export function runCommand(shell: Shell): void {
  const { state } = shell
  const [name, ...args] = state.fields
  if (state.options.includes('x')) trace(shell)
  if (name === undefined) runAssignments(shell)
  else if (Object.hasOwn(state.functions, name)) callFunction(shell, name, args)
  else if (builtinOf(shell, name) !== undefined) runBuiltin(shell, name, args)
  else startProgram(shell, state.fields)
}

// `set -x`: the command as it will be run, quoted where needed.
function trace(shell: Shell): void {
  const { fields, assignments } = shell.state
  const words = assignments.map(([name, value]) => `${name}=${quoteWord(value, true)}`)
  const text = [...words, ...fields.map((field) => quoteWord(field, false))].join(' ')
  put(shell, 2, `${valueOf(shell, 'PS4') ?? '+ '}${text}\n`)
}

/** Quotes a word as `set -x` and `trap` print it. */
function quoteWord(text: string, isValue: boolean): string {
  const isPlain = isValue ? /^[\w@%+:,./=-]*$/ : /^[\w@%+:,./\]-]+$/
  return isPlain.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`
}

function runAssignments(shell: Shell): void {
  const { container, proc, state } = shell
  const saved: SavedDescriptor[] = []
  const problem = applyRedirects(container, proc, state.redirects, saved)
  restoreDescriptors(container, proc, saved)
  if (problem !== '') {
    complain(shell, problem)
    state.status = redirectStatus(state.flavour)
    return
  }
  for (const [name, value] of state.assignments) assign(shell, name, value)
  state.status = state.captured ?? 0
}

function callFunction(shell: Shell, name: string, args: string[]): void {
  const { container, proc, state } = shell
  const body = state.functions[name]
  if (body === undefined) return
  checkDepth(state)
  const saved: SavedDescriptor[] = []
  const problem = applyRedirects(container, proc, state.redirects, saved)
  if (problem !== '') {
    restoreDescriptors(container, proc, saved)
    complain(shell, problem)
    state.status = redirectStatus(state.flavour)
    return
  }
  const locals = setTemporarily(shell)
  const { source, pc, params } = state
  state.control.push({ type: 'function', name, source, pc, params, locals, saved })
  state.params = args
  state.source = body.source
  state.pc = body.pc
}

// Assignments before a function or builtin last as long as it runs.
function setTemporarily(shell: Shell): [string, Variable | null][] {
  const { state } = shell
  return state.assignments.map(([name, value]) => {
    const old = Object.hasOwn(state.variables, name) ? (state.variables[name] ?? null) : null
    assign(shell, name, value, true)
    return [name, old]
  })
}

function runBuiltin(shell: Shell, name: string, args: string[]): void {
  const { container, proc, state } = shell
  const builtin = builtinOf(shell, name)
  if (builtin === undefined) return
  const isSpecial = SPECIAL_BUILTINS.includes(name)
  const saved: SavedDescriptor[] = []
  const problem = applyRedirects(container, proc, state.redirects, saved)
  if (problem !== '') {
    restoreDescriptors(container, proc, saved)
    if (isSpecial) throw new ShellFailure(problem, undefined, redirectStatus(state.flavour))
    complain(shell, problem)
    state.status = redirectStatus(state.flavour)
    return
  }
  if (isSpecial) for (const [key, value] of state.assignments) assign(shell, key, value)
  const locals = isSpecial ? [] : setTemporarily(shell)
  const result = builtin(shell, args, saved)
  for (const [key, old] of locals) {
    if (old === null) delete state.variables[key]
    else state.variables[key] = old
  }
  restoreDescriptors(container, proc, saved)
  if (result === 'again') state.pc--
  else if (result !== 'continues') state.status = result
  if (proc.block.on === 'ready' && isCongested(container, proc, 1)) {
    proc.block = { on: 'output', fd: 1 }
  }
}

/** Starts a program in a child, or in place of a shell that has nothing else to do. */
export function startProgram(shell: Shell, argv: string[]): void {
  const { container, proc, state } = shell
  const env = environment(shell, state.assignments)
  if (isLast(shell) && canFind(shell, argv[0] ?? '')) {
    const problem = applyRedirects(container, proc, state.redirects)
    if (problem !== '') {
      complain(shell, problem)
      exitProc(container, proc, redirectStatus(state.flavour))
      return
    }
    proc.env = env
    closeDescriptor(container, proc, CAPTURE_FD)
    execProc(container, proc, argv)
    return
  }
  const child = forkProc(container, proc)
  if (child === undefined) throw new ShellFailure("can't fork: Resource temporarily unavailable")
  child.env = env
  child.ignored = [...child.ignored, ...ignoredSignals(state)]
  state.awaited = { pids: [child.pid], purpose: 'command' }
  const problem = applyRedirects(container, child, state.redirects)
  if (problem !== '') {
    complain({ ...shell, proc: child }, problem)
    exitProc(container, child, redirectStatus(state.flavour))
    return
  }
  const failed = execProc(container, child, argv)
  if (failed !== undefined) refuse(shell, child, argv[0] ?? '', failed)
}

// Signals that a trap makes nothing of stay ignored in programs.
function ignoredSignals(state: ShellState): string[] {
  return Object.keys(state.traps).filter((name) => state.traps[name] === '')
}

function canFind(shell: Shell, name: string): boolean {
  const path = valueOf(shell, 'PATH') ?? DEFAULT_PATH
  return typeof findProgram(shell.container, shell.proc.cwd, name, path) !== 'string'
}

// Whether nothing follows, so that no child is needed. A trap must still run.
function isLast(shell: Shell): boolean {
  const { state, container } = shell
  if (state.control.length > 0 || Object.keys(state.traps).length > 0) return false
  const { code } = compileScript(container.sources[state.source] ?? '')
  return code[state.pc]?.op === 'check' && code[state.pc + 1]?.op === 'end'
}

function refuse(shell: Shell, child: Proc, name: string, problem: ExecProblem): void {
  const { container, state } = shell
  const message = execMessage(state.flavour, name, problem)
  complain({ ...shell, proc: child }, message)
  exitProc(container, child, problem === 'denied' ? 126 : 127)
}

/** What a shell says about a command it cannot run. */
export function execMessage(flavour: string, name: string, problem: ExecProblem): string {
  if (problem === 'denied') return `${name}: Permission denied`
  if (flavour !== 'bash') return `${name}: not found`
  return name.includes('/') ? `${name}: No such file or directory` : `${name}: command not found`
}
