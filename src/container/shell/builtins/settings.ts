// Builtins that change the shell itself: options, parameters, variables, directory, traps.

import { fileAt, resolvePath } from '../../kernel/files.ts'
import { signalName, SIGNALS } from '../../kernel/signals.ts'
import { complain, put, ShellFailure, type Shell } from '../shell.ts'
import { assign, isName, unset, valueOf } from '../variables.ts'
import { arithmetic } from '../words.ts'
import { numberArgument, type Builtin, type BuiltinResult } from './builtin.ts'

const OPTION_NAMES: Record<string, string> = {
  errexit: 'e',
  noglob: 'f',
  ignoreeof: 'I',
  monitor: 'm',
  noexec: 'n',
  xtrace: 'x',
  verbose: 'v',
  noclobber: 'C',
  allexport: 'a',
  notify: 'b',
  nounset: 'u',
  errtrace: 'E',
  vi: 'V',
  pipefail: 'pipefail',
}

function set(shell: Shell, args: string[]): BuiltinResult {
  const { state } = shell
  if (args.length === 0) {
    printVariables(shell, () => true, '')
    return 0
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (!/^[-+]./.test(arg) || arg === '--') {
      state.params = args.slice(arg === '--' ? i + 1 : i)
      return 0
    }
    if (/^[-+]o$/.test(arg)) {
      const name = args[++i]
      if (name === undefined) printOptions(shell)
      else setOption(shell, OPTION_NAMES[name], arg.startsWith('-'), `-o ${name}`)
      continue
    }
    for (const letter of arg.slice(1)) {
      if (letter === 'o') setOption(shell, OPTION_NAMES[args[++i] ?? ''], arg.startsWith('-'), arg)
      else if (letter === 'h' || letter === 'B' || letter === 'H') continue
      else {
        const known = Object.values(OPTION_NAMES).includes(letter) ? letter : undefined
        setOption(shell, known, arg.startsWith('-'), `-${letter}`)
      }
    }
  }
  return 0
}

function setOption(shell: Shell, key: string | undefined, on: boolean, text: string): void {
  const { state } = shell
  if (key === undefined) throw new ShellFailure(`illegal option ${text}`, 'set')
  state.options = state.options.filter((option) => option !== key)
  if (on) state.options.push(key)
}

function printOptions(shell: Shell): void {
  for (const [name, key] of Object.entries(OPTION_NAMES)) {
    put(shell, 1, `${name.padEnd(16)}${shell.state.options.includes(key) ? 'on' : 'off'}\n`)
  }
}

function printVariables(shell: Shell, wanted: (name: string) => boolean, before: string): void {
  for (const name of Object.keys(shell.state.variables).sort()) {
    const value = valueOf(shell, name) ?? ''
    if (wanted(name)) put(shell, 1, `${before}${name}='${value.replaceAll("'", `'"'"'`)}'\n`)
  }
}

function shift(shell: Shell, args: string[]): BuiltinResult {
  const count = args[0] === undefined ? 1 : numberArgument(args[0], 'shift')
  if (count > shell.state.params.length) return 1
  shell.state.params = shell.state.params.slice(count)
  return 0
}

// `export` and `readonly`, with and without values.
function mark(command: 'export' | 'readonly'): Builtin {
  return (shell, args) => {
    const { variables } = shell.state
    const names = args.filter((arg) => arg !== '-p' && arg !== '--')
    const remove = command === 'export' && names[0] === '-n'
    if (names.length === 0) {
      const key = command === 'export' ? 'exported' : 'readOnly'
      printVariables(shell, (name) => variables[name]?.[key] === true, `${command} `)
      return 0
    }
    for (const arg of remove ? names.slice(1) : names) {
      const equals = arg.indexOf('=')
      const name = equals < 0 ? arg : arg.slice(0, equals)
      if (!isName(name)) throw new ShellFailure(`${name}: bad variable name`, command)
      if (equals >= 0) assign(shell, name, arg.slice(equals + 1))
      const old = Object.hasOwn(variables, name) ? variables[name] : undefined
      if (old === undefined) {
        if (command === 'readonly' || remove) continue
        continue
      }
      variables[name] =
        command === 'export' ? { ...old, exported: !remove } : { ...old, readOnly: true }
    }
    return 0
  }
}

function local(shell: Shell, args: string[]): BuiltinResult {
  const { state } = shell
  const marker = state.control.findLast((other) => other.type === 'function')
  if (marker?.type !== 'function') throw new ShellFailure('not in a function', 'local')
  for (const arg of args) {
    if (/^-\w$/.test(arg)) continue
    const [name = '', ...value] = arg.split('=')
    if (!isName(name)) throw new ShellFailure(`${name}: bad variable name`, 'local')
    const old = Object.hasOwn(state.variables, name) ? (state.variables[name] ?? null) : null
    if (!marker.locals.some(([known]) => known === name)) marker.locals.push([name, old])
    if (arg.includes('=')) assign(shell, name, value.join('='))
    else if (old === null || state.flavour !== 'dash') delete state.variables[name]
  }
  return 0
}

// bash's `declare`: local in a function, a plain or exported variable elsewhere.
function declare(shell: Shell, args: string[]): BuiltinResult {
  const { state } = shell
  if (state.control.some((other) => other.type === 'function')) local(shell, args)
  else {
    for (const arg of args.filter((word) => /^[A-Za-z_]\w*=/.test(word))) {
      const equals = arg.indexOf('=')
      assign(shell, arg.slice(0, equals), arg.slice(equals + 1))
    }
  }
  const names = args.filter((arg) => !arg.startsWith('-'))
  const command = args.some((arg) => /^-\w*r/.test(arg)) ? 'readonly' : 'export'
  if (args.some((arg) => /^-\w*[rx]/.test(arg))) {
    return mark(command)(
      shell,
      names.map((name) => name.replace(/=.*/s, '')),
      [],
    )
  }
  return 0
}

function unsets(shell: Shell, args: string[]): BuiltinResult {
  const isFunction = args[0] === '-f'
  for (const name of args.filter((arg) => !/^-[fv]$/.test(arg))) {
    if (!isFunction && !isName(name)) throw new ShellFailure(`${name}: bad variable name`, 'unset')
    if (!isFunction) unset(shell, name)
    if (isFunction) delete shell.state.functions[name]
  }
  return 0
}

function cd(shell: Shell, args: string[]): BuiltinResult {
  const { container, proc } = shell
  const target = args.find((arg) => arg !== '--' && !/^-[LP]$/.test(arg))
  const name = target ?? valueOf(shell, 'HOME') ?? '/'
  const back = name === '-'
  const path = resolvePath(proc.cwd, back ? (valueOf(shell, 'OLDPWD') ?? '/') : name)
  const node = fileAt(container, path)
  if (node?.kind !== 'directory') {
    const why = node === undefined ? 'No such file or directory' : 'Not a directory'
    if (shell.state.flavour === 'bash') complain(shell, `${name}: ${why}`, 'cd')
    else if (shell.state.flavour === 'dash') complain(shell, `can't cd to ${name}`, 'cd')
    else complain(shell, `can't cd to ${name}: ${why}`, 'cd')
    return shell.state.flavour === 'bash' ? 1 : 2
  }
  assign(shell, 'OLDPWD', proc.cwd, true)
  proc.cwd = path
  assign(shell, 'PWD', path, true)
  if (back) put(shell, 1, `${path}\n`)
  return 0
}

function trap(shell: Shell, args: string[]): BuiltinResult {
  const { traps } = shell.state
  const words = args[0] === '--' ? args.slice(1) : args
  if (words[0] === '-l') return 0
  if (words.length === 0 || words[0] === '-p') {
    const order = ['EXIT', ...Object.keys(SIGNALS)]
    for (const name of order.filter((other) => Object.hasOwn(traps, other))) {
      put(shell, 1, `trap -- '${(traps[name] ?? '').replaceAll("'", `'"'"'`)}' ${name}\n`)
    }
    return 0
  }
  const resets = words.length === 1 || words[0] === '-' || /^\d+$/.test(words[0] ?? '')
  const isAction = !(words.length === 1 || /^\d+$/.test(words[0] ?? ''))
  const action = resets ? undefined : words[0]
  let status = 0
  for (const word of isAction ? words.slice(1) : words) {
    const name = signalName(word)
    if (name === undefined) {
      complain(shell, `${word}: invalid signal specification`, 'trap')
      status = 1
    } else if (action === undefined) delete traps[name]
    else traps[name] = action
  }
  return status
}

function letBuiltin(shell: Shell, args: string[]): BuiltinResult {
  let value = '0'
  for (const arg of args) value = arithmetic(shell, arg)
  return value === '0' ? 1 : 0
}

export const settings: Record<string, Builtin> = {
  set,
  shift,
  export: mark('export'),
  readonly: mark('readonly'),
  local,
  declare,
  typeset: declare,
  unset: unsets,
  cd,
  chdir: cd,
  trap,
  let: letBuiltin,
  pwd: (shell) => {
    put(shell, 1, `${shell.proc.cwd}\n`)
    return 0
  },
  umask: (shell, args) => {
    const mask = args.find((arg) => /^[0-7]+$/.test(arg))
    if (mask !== undefined) shell.proc.umask = parseInt(mask, 8) & 0o777
    else put(shell, 1, `${shell.proc.umask.toString(8).padStart(4, '0')}\n`)
    return 0
  },
  ulimit: (shell, args) => {
    if (!args.some((arg) => /^\d+$/.test(arg))) put(shell, 1, 'unlimited\n')
    return 0
  },
  times: (shell) => {
    put(shell, 1, '0m0.000000s 0m0.000000s\n0m0.000000s 0m0.000000s\n')
    return 0
  },
  alias: () => 0,
  unalias: () => 0,
  hash: () => 0,
}
