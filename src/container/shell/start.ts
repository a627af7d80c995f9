// A shell's command line and its beginnings.

import { readFrom, writeTo } from '../kernel/descriptors.ts'
import { fileAt, resolvePath } from '../kernel/files.ts'
import { VALUE_BYTES_MAX } from '../kernel/limits.ts'
import { exitProc } from '../kernel/procs.ts'
import type { Container, Proc } from '../kernel/types.ts'
import { sourceIndex } from './sources.ts'
import { newShell, type Flavour, type ShellState } from './state.ts'

/** Gives a proc that has just become a shell its state: it runs what its arguments say. */
export function startShell(container: Container, proc: Proc): ShellState {
  const { program } = proc
  const state = newShell(flavourOf(container, program), proc.argv[0] ?? program, proc.pid)
  for (const [name, value] of Object.entries(proc.env)) {
    if (/^[A-Za-z_]\w*$/.test(name) && name !== '__proto__') {
      state.variables[name] = { value, exported: true, readOnly: false }
    }
  }
  setDefault(state, 'PS4', '+ ')
  setDefault(state, 'IFS', ' \t\n')
  setDefault(state, 'OPTIND', '1')
  if (state.flavour === 'bash') setDefault(state, 'BASH_VERSION', '5.2.37(1)-release')
  state.variables['PWD'] = { value: proc.cwd, exported: true, readOnly: false }
  proc.shell = state
  const script = readArguments(container, proc, state)
  if (script === undefined) proc.memory['stdin'] = ''
  else begin(container, state, script)
  return state
}

function flavourOf(container: Container, program: string): Flavour {
  if (program === 'bash') return 'bash'
  return container.tools === 'gnu' ? 'dash' : 'ash'
}

function setDefault(state: ShellState, name: string, value: string): void {
  if (!Object.hasOwn(state.variables, name) || name === 'IFS') {
    state.variables[name] = { value, exported: false, readOnly: false }
  }
}

function begin(container: Container, state: ShellState, script: string): void {
  state.source = sourceIndex(container, script)
  state.pc = 0
}

/** The script to run; undefined means standard input. */
function readArguments(container: Container, proc: Proc, state: ShellState): string | undefined {
  const rest = proc.argv.slice(1)
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
    if (script === undefined) return refuse(container, proc, `-c requires an argument`, 2)
    if (rest.length > 0) {
      state.name = rest.shift() ?? ''
      state.origin = 'named'
    }
    state.params = rest
    return script
  }
  if (rest.length === 0 || isInput) {
    state.params = rest
    return undefined
  }
  const name = rest.shift() ?? ''
  state.params = rest
  const node = fileAt(container, resolvePath(proc.cwd, name))
  if (node?.kind !== 'file') return refuse(container, proc, `can't open '${name}'`, 2)
  state.name = name
  state.origin = 'file'
  return node.text
}

// A script that only ends, after the message.
function refuse(container: Container, proc: Proc, message: string, code: number): string {
  const why = message.startsWith("can't open") ? ': No such file or directory' : ''
  writeTo(container, proc, 2, `${proc.argv[0] ?? 'sh'}: ${message}${why}\n`)
  return `exit ${code}`
}

/** Reads a script from standard input; true when all of it is there and begins. */
export function readScript(container: Container, proc: Proc, state: ShellState): boolean {
  for (;;) {
    const before = String(proc.memory['stdin'] ?? '')
    const text = readFrom(container, proc, 0, 65_536)
    if (text === undefined) {
      proc.block = { on: 'input', fd: 0 }
      return false
    }
    if (text !== '' && before.length < VALUE_BYTES_MAX) {
      proc.memory['stdin'] = before + text
      continue
    }
    delete proc.memory['stdin']
    if (before.trim() === '') exitProc(container, proc, 0)
    else begin(container, state, before)
    return before.trim() !== ''
  }
}
