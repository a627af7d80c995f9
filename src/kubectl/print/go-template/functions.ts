// The functions of Go templates, with the two that kubectl adds (exists, base64decode). Data comes
// from JSON, so its numbers are Go floats: they do not compare with whole literals.
import { goQuote } from '../../../sim/lib/go-quote.ts'
import { goFloat } from '../go-number.ts'
import { goText } from '../go-value.ts'

/** A number written in the template: Go tells it from the floats that JSON data holds. */
export class Literal {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

type Args = readonly unknown[]

/** Functions by name; a thrown Error's message is what Go says of the call. */
export const FUNCTIONS: Readonly<Record<string, (args: Args) => unknown>> = {
  and: (args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1),
  or: (args) => args.find(isTrue) ?? args.at(-1),
  not: ([value]) => !isTrue(value),
  eq: ([first, ...rest]) => rest.some((value) => equal(first, value)),
  ne: ([left, right]) => !equal(left, right),
  lt: ([left, right]) => less(left, right),
  le: ([left, right]) => less(left, right) || equal(left, right),
  gt: ([left, right]) => !less(left, right) && !equal(left, right),
  ge: ([left, right]) => !less(left, right),
  len: ([value]) => new Literal(length(value)),
  index: ([value, ...keys]) => keys.reduce(indexOne, value),
  slice: ([value, from, to]) => sliceOf(value, from, to),
  print: printAll,
  call: () => undefined,
  println: (args) => `${args.map(textOf).join(' ')}\n`,
  printf: ([format, ...args]) => formatText(String(format), args),
  html: (args) => escapeHtml(args.map(textOf).join('')),
  js: (args) =>
    args
      .map(textOf)
      .join('')
      .replace(/['"\\]/g, '\\$&'),
  urlquery: (args) => encodeURIComponent(args.map(textOf).join('')),
  exists: ([value, ...keys]) => exists(value, keys),
  base64decode: ([value]) => decodeBase64(String(value)),
}

/** Go's truth: not false, zero, empty or nil. */
export function isTrue(value: unknown): boolean {
  if (value instanceof Literal) return value.value !== 0
  if (value === null || value === undefined) return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value === 'object' ? Object.keys(value).length > 0 : Boolean(value)
}

/** A value as a template prints it. */
export function textOf(value: unknown): string {
  if (value === undefined) return '<no value>'
  return value instanceof Literal ? String(value.value) : goText(value)
}

/** How many arguments a function needs at least. */
export const ARGUMENTS_MIN: Readonly<Record<string, number>> = {
  and: 1,
  or: 1,
  not: 1,
  eq: 1,
  ne: 2,
  lt: 2,
  le: 2,
  gt: 2,
  ge: 2,
  len: 1,
  index: 1,
  slice: 1,
  call: 1,
  printf: 1,
  exists: 1,
  base64decode: 1,
}

/** fmt.Sprint: a space between two values of which neither is a text. */
function printAll(args: Args): string {
  return args
    .map((arg, index) => {
      const spaced = index > 0 && typeof arg !== 'string' && typeof args[index - 1] !== 'string'
      return (spaced ? ' ' : '') + textOf(arg)
    })
    .join('')
}

type Basic = 'bool' | 'int' | 'float' | 'string'

function basicKind(value: unknown): Basic {
  if (value instanceof Literal) return Number.isInteger(value.value) ? 'int' : 'float'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  throw new Error('incompatible types for comparison')
}

function bare(value: unknown): unknown {
  return value instanceof Literal ? value.value : value
}

function equal(left: unknown, right: unknown): boolean {
  const isNil = (value: unknown): boolean => value === null || value === undefined
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right)
  if (basicKind(left) !== basicKind(right)) throw new Error('incompatible types for comparison')
  return bare(left) === bare(right)
}

function less(left: unknown, right: unknown): boolean {
  const kind = basicKind(left)
  if (kind !== basicKind(right)) throw new Error('incompatible types for comparison')
  if (kind === 'bool') throw new Error('invalid type for comparison')
  return (bare(left) as string) < (bare(right) as string)
}

function length(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  if (typeof value === 'object' && value !== null) return Object.keys(value).length
  if (value === undefined) throw new Error('reflect: call of reflect.Value.Type on zero Value')
  throw new Error(value === null ? 'len of nil pointer' : `len of type ${goType(value)}`)
}

/** `%T`. Numbers of JSON are whole ones where they can be. */
export function goType(value: unknown): string {
  if (value instanceof Literal) return Number.isInteger(value.value) ? 'int' : 'float64'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'string'
  if (value === null || value === undefined) return '<nil>'
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}'
}

function indexOne(value: unknown, key: unknown): unknown {
  const at = bare(key)
  if (Array.isArray(value)) {
    if (typeof at !== 'number') throw new Error(`cannot index slice/array with type ${typeof at}`)
    if (at < 0 || at >= value.length) throw new Error(`index out of range: ${at}`)
    return value[at]
  }
  if (typeof value === 'string') {
    if (typeof at !== 'number') throw new Error(`cannot index slice/array with type ${typeof at}`)
    if (at < 0 || at >= value.length) throw new Error(`index out of range: ${at}`)
    return new Literal(value.charCodeAt(at))
  }
  if (value === null || value === undefined) throw new Error('index of untyped nil')
  if (typeof value !== 'object') throw new Error(`can't index item of type ${goType(value)}`)
  return (value as Record<string, unknown>)[String(at)]
}

function sliceOf(value: unknown, from: unknown, to: unknown): unknown {
  const [start, end] = [bare(from), bare(to)] as [number | undefined, number | undefined]
  if (typeof value === 'string' || Array.isArray(value)) return value.slice(start, end)
  throw new Error("can't slice item of that type")
}

function exists(value: unknown, keys: Args): boolean {
  const found = keys.reduce((inner, key) => {
    if (typeof inner !== 'object' || inner === null) return undefined
    return (inner as Record<string, unknown>)[String(bare(key))]
  }, value)
  return found !== undefined && found !== null
}

const VERB = /%(-?)(0?)(\d*)(?:\.(\d+))?([a-zA-Z%])/g

function formatText(format: string, args: Args): string {
  let next = 0
  return format.replace(
    VERB,
    (_all, left: string, zero: string, width: string, precision: string, verb: string) => {
      if (verb === '%') return '%'
      if (next >= args.length) return `%!${verb}(MISSING)`
      const text = verbText(verb, args[next++], precision)
      const size = Number(width || '0')
      return left === '-' ? text.padEnd(size) : text.padStart(size, zero === '0' ? '0' : ' ')
    },
  )
}

function verbText(verb: string, value: unknown, precision: string | undefined): string {
  const plain = bare(value)
  const isInteger = typeof plain === 'number' && Number.isInteger(plain)
  const places = Number(precision ?? '6')
  switch (verb) {
    case 'v':
      return textOf(value)
    case 'T':
      return goType(value)
    case 'q':
      return typeof plain === 'string' ? goQuote(plain) : wrong(verb, value)
    case 't':
      return typeof plain === 'boolean' ? String(plain) : wrong(verb, value)
    case 'd':
      return isInteger ? String(plain) : wrong(verb, value)
    case 'x':
    case 'X': {
      const text = isInteger ? plain.toString(16) : typeof plain === 'string' ? hex(plain) : ''
      if (text === '' && plain !== '') return wrong(verb, value)
      return verb === 'x' ? text : text.toUpperCase()
    }
    case 'f':
      return typeof plain === 'number' && !isInteger ? plain.toFixed(places) : wrong(verb, value)
    case 'g':
      return typeof plain === 'number' && !isInteger ? goFloat(plain) : wrong(verb, value)
    case 's':
      if (typeof plain === 'number' || typeof plain === 'boolean') return wrong(verb, value)
      return plain === null || plain === undefined ? '%!s(<nil>)' : textOf(value)
    default:
      return wrong(verb, value)
  }
}

/** fmt's words for a value that the verb is not for. */
function wrong(verb: string, value: unknown): string {
  if (value === null || value === undefined) return `%!${verb}(<nil>)`
  return `%!${verb}(${goType(value)}=${textOf(value)})`
}

function hex(text: string): string {
  const bytes = encodeURIComponent(text).match(/%[\da-f]{2}|./gi) ?? []
  return bytes
    .map((byte) =>
      byte.length === 3 ? byte.slice(1).toLowerCase() : byte.charCodeAt(0).toString(16),
    )
    .join('')
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => HTML[char] ?? char)
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function decodeBase64(text: string): string {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const char of text.replace(/=+$/, '')) {
    const value = BASE64.indexOf(char)
    if (value < 0) throw new Error('base64 decode failed: illegal base64 data')
    held = (held << 6) | value
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  const escaped = bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  return decodeURIComponent(escaped)
}
