// awk's own functions.

import { randomUint32 } from '../../../base/rng.ts'
import { VALUE_BYTES_MAX } from '../../kernel/limits.ts'
import { charge } from '../../kernel/meter.ts'
import { allMatches, replaceMatches } from '../../regex/regex.ts'
import { formatDate } from '../date-format.ts'
import type { Io } from '../io.ts'
import { formatText } from '../printf.ts'
import {
  arrayOf,
  expression,
  fromInput,
  splitBy,
  splitText,
  toNumber,
  toText,
  type AwkState,
  type Value,
} from './runtime.ts'
import { AwkError, type Expression } from './syntax.ts'

/** A function's variables; `arrays` maps array parameters to the caller's arrays. */
export interface Scope {
  locals: Record<string, Value> | undefined
  arrays: Record<string, string>
  program: string
  depth: number
  files: string[]
}

/** What every part of a running awk program is given. */
export interface Awk {
  io: Io
  state: AwkState
  /** The value of an expression; handed in, since functions are part of expressions. */
  evaluate: (awk: Awk, scope: Scope, node: Expression) => Value
}

type Call = (awk: Awk, args: Value[]) => Value

const text = (awk: Awk, args: Value[], index: number): string =>
  toText(awk.state, args[index] ?? (index === 0 ? fromInput(awk.state.record) : ''))
const number = (args: Value[], index: number): number => toNumber(args[index] ?? 0)

const FUNCTIONS: Record<string, Call> = {
  length: (awk, args) => text(awk, args, 0).length,
  substr: (awk, args) => {
    const whole = text(awk, args, 0)
    const start = Math.round(number(args, 1))
    const length = args[2] === undefined ? Infinity : Math.round(number(args, 2))
    // As BusyBox and mawk have it: a start before the text does not shorten the piece.
    const from = Math.max(0, start - 1)
    return length > 0 ? whole.slice(from, from + length) : ''
  },
  index: (awk, args) => {
    const [whole, part] = [text(awk, args, 0), text(awk, args, 1)]
    charge(awk.io.proc, Math.floor((whole.length * part.length) / 0x10000))
    return whole.indexOf(part) + 1
  },
  toupper: (awk, args) => text(awk, args, 0).toUpperCase(),
  tolower: (awk, args) => text(awk, args, 0).toLowerCase(),
  sprintf: (awk, args) => formatValues(awk, args),
  int: (_, args) => Math.trunc(number(args, 0)),
  sqrt: (_, args) => Math.sqrt(number(args, 0)),
  exp: (_, args) => Math.exp(number(args, 0)),
  log: (_, args) => Math.log(number(args, 0)),
  sin: (_, args) => Math.sin(number(args, 0)),
  cos: (_, args) => Math.cos(number(args, 0)),
  atan2: (_, args) => Math.atan2(number(args, 0), number(args, 1)),
  and: (_, args) => Number(BigInt(number(args, 0)) & BigInt(number(args, 1))),
  or: (_, args) => Number(BigInt(number(args, 0)) | BigInt(number(args, 1))),
  xor: (_, args) => Number(BigInt(number(args, 0)) ^ BigInt(number(args, 1))),
  lshift: (_, args) => number(args, 0) * 2 ** number(args, 1),
  rshift: (_, args) => Math.floor(number(args, 0) / 2 ** number(args, 1)),
  srand: (awk, args) => {
    const before = awk.state.randomSeed
    awk.state.randomSeed =
      args[0] === undefined ? Math.floor(awk.io.container.now / 1000) : number(args, 0)
    return before
  },
  // Without srand every run gives the same numbers, as in awk.
  rand: (awk) => {
    const rng = { state: awk.state.randomSeed >>> 0 }
    const value = randomUint32(rng) / 0x1_0000_0000
    awk.state.randomSeed = rng.state
    return value
  },
  systime: (awk) => Math.floor(awk.io.container.now / 1000),
  strftime: (awk, args) => {
    const format = args[0] === undefined ? '%a %b %e %H:%M:%S %Z %Y' : text(awk, args, 0)
    return formatDate(format, args[1] === undefined ? awk.io.container.now : number(args, 1) * 1000)
  },
  fflush: () => 0,
  close: (awk, args) => {
    const name = text(awk, args, 0)
    delete awk.state.files[name]
    awk.state.opened = awk.state.opened.filter((other) => other !== name)
    return 0
  },
  system: () => {
    throw new AwkError('system() is not supported here')
  },
}

/** `printf` and `sprintf`. Numbers are passed as text that the formatter reads back. */
export function formatValues(awk: Awk, args: Value[]): string {
  const [format = '', ...rest] = args
  const spec = toText(awk.state, format)
  const kinds = [...spec.matchAll(/%[-+ #0]*(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z%])/g)]
    .filter((match) => match[3] !== '%')
    .flatMap((match) => [
      ...(match[1] === '*' ? ['d'] : []),
      ...(match[2] === '*' ? ['d'] : []),
      match[3] ?? 's',
    ])
  const words = kinds.map((kind, i) => formatArgument(awk, kind, rest[i] ?? ''))
  return formatText([spec, ...words]).text
}

function formatArgument(awk: Awk, kind: string, value: Value): string {
  if (kind === 's') return toText(awk.state, value)
  if (kind === 'c') {
    return typeof value === 'number'
      ? String.fromCodePoint(value & 0xffff)
      : toText(awk.state, value)
  }
  const numeric = toNumber(value)
  if ('diouxX'.includes(kind)) {
    return Number.isFinite(numeric) ? BigInt(Math.trunc(numeric)).toString() : '0'
  }
  return String(numeric)
}

/** Calls a builtin, or undefined if there is none of that name. */
export function callBuiltin(
  awk: Awk,
  scope: Scope,
  name: string,
  args: Expression[],
): Value | undefined {
  if (name === 'split') return split(awk, scope, args)
  if (name === 'sub' || name === 'gsub') return substitute(awk, scope, name === 'gsub', args)
  if (name === 'match') return match(awk, scope, args)
  if (name === 'gensub') return gensub(awk, scope, args)
  const [first] = args
  if (name === 'length' && first?.type === 'variable') {
    const array = scope.arrays[first.name] ?? first.name
    if (Object.hasOwn(awk.state.arrays, array)) return Object.keys(arrayOf(awk.state, array)).length
  }
  if (!Object.hasOwn(FUNCTIONS, name)) return undefined
  const values = args.map((arg) => awk.evaluate(awk, scope, arg))
  for (const value of values) charge(awk.io.proc, toText(awk.state, value).length >> 8)
  return FUNCTIONS[name]?.(awk, values)
}

function patternSource(awk: Awk, scope: Scope, arg: Expression | undefined): string {
  if (arg === undefined) return ''
  return arg.type === 'regex' ? arg.source : toText(awk.state, awk.evaluate(awk, scope, arg))
}

function split(awk: Awk, scope: Scope, args: Expression[]): number {
  const [source, target, separator] = args
  if (source === undefined || target?.type !== 'variable') throw new AwkError('bad split')
  const whole = toText(awk.state, awk.evaluate(awk, scope, source))
  const by =
    separator === undefined
      ? toText(awk.state, awk.state.variables['FS'] ?? ' ')
      : patternSource(awk, scope, separator)
  const isPattern = separator?.type === 'regex'
  const parts = isPattern
    ? splitBy(awk.io.proc, whole, expression(by))
    : splitText(awk.io.proc, whole, by)
  const array: Record<string, Value> = {}
  for (const [index, part] of parts.entries()) array[String(index + 1)] = fromInput(part)
  awk.state.arrays[scope.arrays[target.name] ?? target.name] = array
  return parts.length
}

function substitute(awk: Awk, scope: Scope, all: boolean, args: Expression[]): number {
  const pattern = expression(patternSource(awk, scope, args[0]))
  const by = args[1] === undefined ? '' : toText(awk.state, awk.evaluate(awk, scope, args[1]))
  const target: Expression = args[2] ?? { type: 'field', index: { type: 'number', value: 0 } }
  const before = toText(awk.state, awk.evaluate(awk, scope, target))
  const found = allMatches(pattern, awk.io.proc, before, all ? Infinity : 1)
  const count = found.length
  const after = replaceMatches(before, found, ({ texts: [whole = ''] }) =>
    by.replace(/\\\\&|\\&|&/g, (mark) =>
      mark === '&' ? whole : mark === '\\&' ? '&' : `\\${whole}`,
    ),
  )
  checkLength(after)
  if (count > 0) {
    awk.evaluate(awk, scope, {
      type: 'assign',
      operator: '',
      target,
      value: { type: 'string', value: after },
    })
  }
  return count
}

// gensub(expression, by, how, target): `\\0` to `\\9` and `&` stand for parts of the match.
function gensub(awk: Awk, scope: Scope, args: Expression[]): Value {
  const pattern = expression(patternSource(awk, scope, args[0]))
  const textAt = (index: number): string => {
    const arg = args[index]
    return arg === undefined ? '' : toText(awk.state, awk.evaluate(awk, scope, arg))
  }
  const by = textAt(1)
  const how = textAt(2)
  const before = args[3] === undefined ? awk.state.record : textAt(3)
  const nth = /^[gG]/.test(how) ? 0 : Math.max(1, Math.trunc(toNumber(how)))
  const found = allMatches(pattern, awk.io.proc, before, nth === 0 ? Infinity : nth)
  const wanted = nth === 0 ? found : found.slice(nth - 1)
  const after = replaceMatches(before, wanted, ({ texts }) =>
    by.replace(/\\(\d)|\\(.?)|&/gs, (mark, digit, other) => {
      if (mark === '&') return texts[0] ?? ''
      if (digit !== undefined) return texts[Number(digit)] ?? ''
      return other === '' ? '\\' : String(other)
    }),
  )
  checkLength(after)
  return after
}

function checkLength(text: string): void {
  if (text.length > VALUE_BYTES_MAX) throw new AwkError('out of memory')
}

function match(awk: Awk, scope: Scope, args: Expression[]): number {
  const [source] = args
  const whole = source === undefined ? '' : toText(awk.state, awk.evaluate(awk, scope, source))
  const found = expression(patternSource(awk, scope, args[1])).find(awk.io.proc, whole)
  awk.state.variables['RSTART'] = found === undefined ? 0 : found.start + 1
  awk.state.variables['RLENGTH'] = found === undefined ? -1 : found.end - found.start
  return found === undefined ? 0 : found.start + 1
}
