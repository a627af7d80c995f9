// Values and expressions of the small Python: numbers, texts, comparisons.

import { formatDate } from '../tools/date-format.ts'
import type { Io } from '../tools/io.ts'

type Value = number | string | boolean | null
export type Names = Record<string, number | string | boolean | null>

/** An exception that nobody catches: kind and message as the traceback shows them. */
export class PythonError extends Error {
  override name = 'PythonError'
  readonly kind: string
  constructor(kind: string, message: string) {
    super(message)
    this.kind = kind
  }
}

/** `str(value)`. */
export function show(value: Value): string {
  if (value === true) return 'True'
  if (value === false) return 'False'
  return value === null ? 'None' : String(value)
}

const TOKEN =
  /\s*(?:([fr]?)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+\.?\d*)|([A-Za-z_][\w.]*)|(\*\*|\/\/|[=!<>]=|[-+*/%()<>,[\]]))/sy

interface Reader {
  io: Io
  names: Names
  text: string
  pos: number
  depth: number
}

/** The value of an expression. */
export function evaluateText(io: Io, names: Names, text: string, depth = 0): Value {
  const reader: Reader = { io, names, text, pos: 0, depth }
  const value = either(reader)
  if (reader.text.slice(reader.pos).trim() !== '') throw invalid()
  return value
}

function invalid(): PythonError {
  return new PythonError('SyntaxError', "this lab's Python does not know this expression")
}

function match(reader: Reader): RegExpExecArray | null {
  TOKEN.lastIndex = reader.pos
  return TOKEN.exec(reader.text)
}

/** Takes one of the words or operators if it comes next. */
function take(reader: Reader, ...wanted: string[]): string | undefined {
  const found = match(reader)
  const text = found?.[4] ?? found?.[5]
  if (found === null || text === undefined || !wanted.includes(text)) return undefined
  reader.pos += found[0].length
  return text
}

function isTrue(value: Value): boolean {
  return value !== '' && value !== 0 && value !== false && value !== null
}

function either(reader: Reader): Value {
  if (++reader.depth > 100) throw invalid()
  let value = both(reader)
  while (take(reader, 'or') !== undefined) {
    const right = both(reader)
    if (!isTrue(value)) value = right
  }
  reader.depth--
  return value
}

function both(reader: Reader): Value {
  let value = negation(reader)
  while (take(reader, 'and') !== undefined) {
    const right = negation(reader)
    if (isTrue(value)) value = right
  }
  return value
}

function negation(reader: Reader): Value {
  if (take(reader, 'not') !== undefined) return !isTrue(negation(reader))
  const left = sum(reader)
  const operator = take(reader, '==', '!=', '<', '<=', '>', '>=')
  if (operator === undefined) return left
  const right = sum(reader)
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  const [a, b] = [left ?? 0, right ?? 0]
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

// Texts longer than this are more than the lab's memory.
const LENGTH_MAX = 100_000

function sum(reader: Reader): Value {
  let left = product(reader)
  for (;;) {
    const operator = take(reader, '+', '-')
    if (operator === undefined) return left
    const right = product(reader)
    if (operator === '+' && typeof left === 'string' && typeof right === 'string') {
      left += right
      if (left.length > LENGTH_MAX) throw new PythonError('MemoryError', '')
    } else if (typeof left === 'string' || typeof right === 'string') {
      throw new PythonError('TypeError', 'can only concatenate str (not "int") to str')
    } else left = operator === '+' ? Number(left) + Number(right) : Number(left) - Number(right)
  }
}

function product(reader: Reader): Value {
  let left = unary(reader)
  for (;;) {
    const operator = take(reader, '*', '/', '//', '%')
    if (operator === undefined) return left
    const right = unary(reader)
    if (operator === '*' && typeof left === 'string') {
      left = left.repeat(
        Math.max(0, Math.min(Number(right), LENGTH_MAX / Math.max(1, left.length))),
      )
    } else if (operator === '*') left = Number(left) * Number(right)
    else if (Number(right) === 0) throw new PythonError('ZeroDivisionError', 'division by zero')
    else if (operator === '/') left = Number(left) / Number(right)
    else {
      const quotient = Math.floor(Number(left) / Number(right))
      left = operator === '//' ? quotient : Number(left) - quotient * Number(right)
    }
  }
}

function unary(reader: Reader): Value {
  if (take(reader, '-') !== undefined) return -Number(unary(reader))
  const base = primary(reader)
  return take(reader, '**') === undefined ? base : Number(base) ** Number(unary(reader))
}

function primary(reader: Reader): Value {
  if (take(reader, '(') !== undefined) {
    const value = either(reader)
    if (take(reader, ')') === undefined) throw invalid()
    return value
  }
  const found = match(reader)
  if (found === null || found[5] !== undefined) throw invalid()
  reader.pos += found[0].length
  const [, prefix, quoted, digits, name = ''] = found
  if (quoted !== undefined) return textOf(reader, prefix ?? '', quoted.slice(1, -1))
  return digits === undefined ? named(reader, name) : Number(digits)
}

function textOf(reader: Reader, prefix: string, raw: string): string {
  if (prefix === 'r') return raw
  const text = raw.replace(/\\(.)/gs, (_, char: string) => ({ n: '\n', t: '\t' })[char] ?? char)
  if (prefix !== 'f') return text
  return text.replace(/\{([^{}:!]+)(?::[^{}]*)?\}/g, (_, inner: string) =>
    show(evaluateText(reader.io, reader.names, inner, reader.depth + 1)),
  )
}

function named(reader: Reader, name: string): Value {
  const constants: Record<string, Value> = { True: true, False: false, None: null }
  if (Object.hasOwn(constants, name)) return constants[name] ?? null
  if (take(reader, '[') !== undefined) return item(reader, name)
  if (take(reader, '(') !== undefined) return call(reader, name)
  if (Object.hasOwn(reader.names, name)) return reader.names[name] ?? null
  throw new PythonError('NameError', `name '${name}' is not defined`)
}

function item(reader: Reader, name: string): Value {
  const key = show(either(reader))
  if (take(reader, ']') === undefined || name !== 'os.environ') throw invalid()
  const { env } = reader.io.proc
  if (!Object.hasOwn(env, key)) throw new PythonError('KeyError', `'${key}'`)
  return env[key] ?? ''
}

function call(reader: Reader, name: string): Value {
  const args: Value[] = []
  while (take(reader, ')') === undefined) {
    args.push(either(reader))
    if (take(reader, ',') === undefined && match(reader)?.[5] !== ')') throw invalid()
  }
  const { io } = reader
  const [first = null, second = null] = args
  switch (name) {
    case 'str':
      return show(first)
    case 'int':
    case 'float': {
      const value = Number(first)
      if (!Number.isNaN(value)) return name === 'int' ? Math.trunc(value) : value
      const shown = `invalid literal for int() with base 10: '${show(first)}'`
      throw new PythonError('ValueError', shown)
    }
    case 'len':
      return show(first).length
    case 'os.environ.get':
    case 'os.getenv':
      return io.proc.env[show(first)] ?? second
    case 'time.time':
      return io.container.now / 1000
    case 'datetime.now':
    case 'datetime.datetime.now':
      return formatDate('%Y-%m-%d %H:%M:%S.%3N000', io.container.now)
    case 'socket.gethostname':
      return io.container.hostname
    default:
      throw new PythonError('NameError', `name '${name}' is not known to this lab's Python`)
  }
}
