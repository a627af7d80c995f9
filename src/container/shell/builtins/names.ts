// Builtins about names: type, command -v, getopts.

import { DEFAULT_PATH, findProgram } from '../../kernel/exec.ts'
import { complain, put, type Shell } from '../shell.ts'
import { assign, unset, valueOf } from '../variables.ts'
import { builtinOf, SPECIAL_BUILTINS, type Builtin, type BuiltinResult } from './builtin.ts'

const KEYWORDS =
  '! case do done elif else esac fi for function if in then until while { } [['.split(' ')

type NameKind = 'keyword' | 'function' | 'special' | 'builtin' | { path: string } | undefined

function kindOf(shell: Shell, name: string): NameKind {
  const { container, proc, state } = shell
  if (KEYWORDS.includes(name)) return 'keyword'
  if (Object.hasOwn(state.functions, name)) return 'function'
  if (SPECIAL_BUILTINS.includes(name)) return 'special'
  if (builtinOf(shell, name) !== undefined) return 'builtin'
  const found = findProgram(container, proc.cwd, name, valueOf(shell, 'PATH') ?? DEFAULT_PATH)
  return typeof found === 'string' ? undefined : { path: found.path }
}

function describe(name: string, kind: NameKind): string {
  if (kind === undefined) return `${name}: not found`
  if (kind === 'keyword') return `${name} is a shell keyword`
  if (kind === 'function') return `${name} is a function`
  if (kind === 'special') return `${name} is a special shell builtin`
  return kind === 'builtin' ? `${name} is a shell builtin` : `${name} is ${kind.path}`
}

/** `type name…`; with `-v` or `-V` in front also `command -v`. */
function type(shell: Shell, args: string[]): BuiltinResult {
  const short = args[0] === '-v'
  const names = args.filter((arg) => !/^-[vVpat]$/.test(arg))
  let status = 0
  for (const name of short ? names.slice(0, 1) : names) {
    const kind = kindOf(shell, name)
    if (kind === undefined) status = 127
    if (!short) put(shell, 1, `${describe(name, kind)}\n`)
    else if (kind !== undefined) put(shell, 1, `${typeof kind === 'object' ? kind.path : name}\n`)
  }
  return status
}

// ash and dash write this without their name in front.
function refuseOption(shell: Shell, message: string): void {
  if (shell.state.flavour === 'bash')
    complain(shell, message.charAt(0).toLowerCase() + message.slice(1))
  else put(shell, 2, `${message}\n`)
}

// One option per call; the position inside bundled letters is kept beside OPTIND.
function getopts(shell: Shell, args: string[]): BuiltinResult {
  const { state } = shell
  const [spec = '', variable = 'opt', ...given] = args
  const params = given.length > 0 ? given : state.params
  const index = Number(valueOf(shell, 'OPTIND') ?? '1') || 1
  if (index !== state.getopts.index) state.getopts = { index, offset: 0 }
  const word = params[index - 1] ?? ''
  const offset = state.getopts.offset === 0 ? 1 : state.getopts.offset
  const isOption = /^-./.test(word) && word !== '--'
  if (!isOption) {
    unset(shell, 'OPTARG')
    if (word === '--') assign(shell, 'OPTIND', String(index + 1))
    assign(shell, variable, '?')
    state.getopts = { index: Number(valueOf(shell, 'OPTIND')), offset: 0 }
    return 1
  }
  const letter = word[offset] ?? ''
  const position = letter === ':' ? -1 : spec.indexOf(letter)
  let next = offset + 1 < word.length ? index : index + 1
  let result = letter
  unset(shell, 'OPTARG')
  if (position < 0) {
    result = '?'
    if (spec.startsWith(':')) assign(shell, 'OPTARG', letter)
    else refuseOption(shell, `Illegal option -${letter}`)
  } else if (spec[position + 1] === ':') {
    const attached = word.slice(offset + 1)
    const value = attached === '' ? params[index] : attached
    next = attached === '' ? index + 2 : index + 1
    if (value !== undefined) assign(shell, 'OPTARG', value)
    else {
      result = spec.startsWith(':') ? ':' : '?'
      if (spec.startsWith(':')) assign(shell, 'OPTARG', letter)
      else refuseOption(shell, `No arg for -${letter} option`)
      next = index + 1
    }
  }
  assign(shell, variable, result)
  assign(shell, 'OPTIND', String(next))
  state.getopts = { index: next, offset: next === index ? offset + 1 : 0 }
  return 0
}

export const names: Record<string, Builtin> = { type, getopts }
