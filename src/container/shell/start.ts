// A shell's command line and its beginnings.

import { readFrom, writeTo } from '../kernel/descriptors.ts'
import { fileAt, resolvePath } from '../kernel/files.ts'
import { VALUE_BYTES_MAX } from '../kernel/limits.ts'
import { exitTask } from '../kernel/tasks.ts'
import type { Machine, Task } from '../kernel/types.ts'
import { sourceIndex } from './sources.ts'
import { newShell, type Flavour, type ShellState } from './state.ts'

/** Turns a task into a shell that runs what its arguments say. */
export function startShell(machine: Machine, task: Task, program: string): void {
  const state = newShell(flavourOf(machine, program), task.argv[0] ?? program, task.pid)
  for (const [name, value] of Object.entries(task.env)) {
    if (/^[A-Za-z_]\w*$/.test(name) && name !== '__proto__') {
      state.variables[name] = { value, exported: true, readOnly: false }
    }
  }
  setDefault(state, 'PS4', '+ ')
  setDefault(state, 'IFS', ' \t\n')
  setDefault(state, 'OPTIND', '1')
  if (state.flavour === 'bash') setDefault(state, 'BASH_VERSION', '5.2.37(1)-release')
  state.variables['PWD'] = { value: task.cwd, exported: true, readOnly: false }
  task.shell = state
  const script = readArguments(machine, task, state)
  if (script === undefined) task.memory['stdin'] = ''
  else begin(machine, state, script)
}

function flavourOf(machine: Machine, program: string): Flavour {
  if (program === 'bash') return 'bash'
  return machine.tools === 'gnu' ? 'dash' : 'ash'
}

function setDefault(state: ShellState, name: string, value: string): void {
  if (!Object.hasOwn(state.variables, name) || name === 'IFS') {
    state.variables[name] = { value, exported: false, readOnly: false }
  }
}

function begin(machine: Machine, state: ShellState, script: string): void {
  state.source = sourceIndex(machine, script)
  state.pc = 0
}

/** The script to run; undefined means standard input. */
function readArguments(machine: Machine, task: Task, state: ShellState): string | undefined {
  const rest = task.argv.slice(1)
  let isCommand = false
  let isInput = false
  while (rest.length > 0 && /^[-+]./.test(rest[0] ?? '')) {
    const option = rest.shift() ?? ''
    if (option === '--') break
    if (option === '-o' || option === '+o') state.options.push(rest.shift() ?? '')
    else if (!option.startsWith('--')) {
      if (option.includes('c')) isCommand = true
      if (option.includes('s')) isInput = true
      for (const letter of option.slice(1)) {
        if ('aefnuvx'.includes(letter)) state.options.push(letter)
      }
    }
  }
  if (isCommand) {
    const script = rest.shift()
    if (script === undefined) return refuse(machine, task, `-c requires an argument`, 2)
    if (rest.length > 0) state.name = rest.shift() ?? ''
    state.params = rest
    return script
  }
  if (rest.length === 0 || isInput) {
    state.params = rest
    return undefined
  }
  const name = rest.shift() ?? ''
  state.params = rest
  const node = fileAt(machine, resolvePath(task.cwd, name))
  if (node?.kind !== 'file') return refuse(machine, task, `can't open '${name}'`, 2)
  state.name = name
  return node.text
}

// A script that only ends, after the message.
function refuse(machine: Machine, task: Task, message: string, code: number): string {
  const why = message.startsWith("can't open") ? ': No such file or directory' : ''
  writeTo(machine, task, 2, `${task.argv[0] ?? 'sh'}: ${message}${why}\n`)
  return `exit ${code}`
}

/** Reads a script from standard input; true when all of it is there and begins. */
export function readScript(machine: Machine, task: Task, state: ShellState): boolean {
  for (;;) {
    const before = String(task.memory['stdin'] ?? '')
    const text = readFrom(machine, task, 0, 65_536)
    if (text === undefined) {
      task.wait = { on: 'input', fd: 0 }
      return false
    }
    if (text !== '' && before.length < VALUE_BYTES_MAX) {
      task.memory['stdin'] = before + text
      continue
    }
    delete task.memory['stdin']
    if (before.trim() === '') exitTask(machine, task, 0)
    else begin(machine, state, before)
    return before.trim() !== ''
  }
}
