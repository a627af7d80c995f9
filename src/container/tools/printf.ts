// `printf`: formats and escapes.

import { joinBytes, rawByte } from '../../base/utf8.ts'

const SIMPLE: Record<string, string> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
}

const WIDTH_MAX = 10_000

/** Resolves backslash escapes; `\c` ends the output. */
export function unescapeText(text: string): { text: string; stopped: boolean } {
  let result = ''
  let pos = 0
  const pattern = /\\(?:0?([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(c)|(.))/gs
  for (const match of text.matchAll(pattern)) {
    result += text.slice(pos, match.index)
    pos = match.index + match[0].length
    const [all, octal, hex, stop, simple] = match
    if (stop !== undefined) return { text: joinBytes(result), stopped: true }
    if (octal !== undefined) result += rawByte(parseInt(octal, 8) & 255)
    else if (hex !== undefined) result += rawByte(parseInt(hex, 16))
    else result += (Object.hasOwn(SIMPLE, simple ?? '') ? SIMPLE[simple ?? ''] : undefined) ?? all
  }
  return { text: joinBytes(result + text.slice(pos)), stopped: false }
}

const DIRECTIVE = /%([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?(?:hh|h|ll|l|q|j|z|t|L)?([a-zA-Z%])/y

interface Formatter {
  args: string[]
  used: boolean
  problems: string[]
  stopped: boolean
}

/** The output of `printf format arguments…`; the format repeats while arguments are left. */
export function formatText(words: readonly string[]): { text: string; problems: string[] } {
  const [format = '', ...args] = words
  const state: Formatter = { args, used: false, problems: [], stopped: false }
  let text = ''
  do {
    state.used = false
    text += formatOnce(format, state)
  } while (state.args.length > 0 && state.used && !state.stopped && text.length < 1_000_000)
  return { text, problems: state.problems }
}

function formatOnce(format: string, state: Formatter): string {
  let text = ''
  let pos = 0
  while (pos < format.length && !state.stopped) {
    const char = format[pos] ?? ''
    if (char === '\\') {
      const escape = /\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)?/sy
      escape.lastIndex = pos
      const found = escape.exec(format)?.[0] ?? char
      const shown = unescapeText(found)
      text += shown.text
      state.stopped = shown.stopped
      pos += found.length
      continue
    }
    DIRECTIVE.lastIndex = pos
    const match = char === '%' ? DIRECTIVE.exec(format) : null
    if (match === null && char === '%') {
      state.problems.push('%: invalid format')
      state.stopped = true
      break
    }
    if (match === null) {
      text += char
      pos++
      continue
    }
    pos += match[0].length
    text += directive(match, state)
  }
  return text
}

function directive(match: RegExpExecArray, state: Formatter): string {
  const [, flags = '', widthText = '', precisionText, kind = ''] = match
  if (kind === '%') return '%'
  const next = (): string => {
    state.used = true
    return state.args.shift() ?? ''
  }
  const number = (text: string): number =>
    Math.max(-WIDTH_MAX, Math.min(Number(text) || 0, WIDTH_MAX))
  let width = widthText === '*' ? number(next()) : number(widthText)
  const wanted =
    precisionText === undefined ? undefined : number(precisionText === '*' ? next() : precisionText)
  const precision = wanted === undefined || wanted < 0 ? undefined : wanted
  const isLeft = flags.includes('-') || width < 0
  width = Math.abs(width)
  const body = convert(kind, flags, precision, next(), state)
  if (body.length >= width) return body
  if (isLeft) return body.padEnd(width)
  const isZero = flags.includes('0') && 'diouxXfFeEgG'.includes(kind)
  if (!isZero || (precision !== undefined && 'diouxX'.includes(kind))) return body.padStart(width)
  const sign = /^[-+ ]?(?:0[xX])?/.exec(body)?.[0] ?? ''
  return sign + body.slice(sign.length).padStart(width - sign.length, '0')
}

function convert(
  kind: string,
  flags: string,
  precision: number | undefined,
  argument: string,
  state: Formatter,
): string {
  switch (kind) {
    case 's':
      return argument.slice(0, precision)
    case 'c':
      return argument.slice(0, 1)
    case 'b': {
      const { text, stopped } = unescapeText(argument)
      state.stopped = stopped
      return text.slice(0, precision)
    }
    case 'q':
      return /^[\w@%+:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return integer(kind, flags, precision, readInteger(argument, state))
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return formatFloat(kind, flags, precision, readFloat(argument, state))
    default:
      state.problems.push(`%${kind}: invalid format`)
      state.stopped = true
      return ''
  }
}

function readInteger(text: string, state: Formatter): bigint {
  const trimmed = text.trim()
  if (/^["']/.test(trimmed)) return BigInt(trimmed.codePointAt(1) ?? 0)
  if (trimmed === '') return 0n
  const match = /^([-+]?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(trimmed)
  if (match === null) {
    state.problems.push(`invalid number '${text}'`)
    const digits = /^[-+]?\d+/.exec(trimmed)?.[0]
    return digits === undefined ? 0n : BigInt(digits)
  }
  const digits = match[2] ?? '0'
  const isOctal = /^0[0-7]+$/.test(digits)
  const value = BigInt(isOctal ? `0o${digits}` : digits)
  return match[1] === '-' ? -value : value
}

function readFloat(text: string, state: Formatter): number {
  if (/^["']/.test(text)) return text.codePointAt(1) ?? 0
  const value = Number(text.trim() === '' ? 0 : text)
  if (!Number.isNaN(value)) return value
  state.problems.push(`invalid number '${text}'`)
  return parseFloat(text) || 0
}

function integer(
  kind: string,
  flags: string,
  precision: number | undefined,
  value: bigint,
): string {
  const isSigned = kind === 'd' || kind === 'i'
  const shown = isSigned ? value : BigInt.asUintN(64, value)
  const negative = shown < 0n
  const base = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10
  let digits = (negative ? -shown : shown).toString(base)
  if (precision !== undefined) digits = digits.padStart(precision, '0')
  if (flags.includes('#') && base === 16) digits = `0x${digits}`
  if (flags.includes('#') && base === 8) digits = `0${digits}`
  if (kind === 'X') digits = digits.toUpperCase()
  if (negative) return `-${digits}`
  if (!isSigned) return digits
  return flags.includes('+') ? `+${digits}` : flags.includes(' ') ? ` ${digits}` : digits
}

/** C's floating point formats. */
export function formatFloat(
  kind: string,
  flags: string,
  precision: number | undefined,
  value: number,
): string {
  const places = Math.min(precision ?? 6, 100)
  let text: string
  if (!Number.isFinite(value)) text = Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  else if (kind === 'f' || kind === 'F') {
    text = Math.abs(value) < 1e21 ? value.toFixed(places) : BigInt(Math.trunc(value)).toString()
  } else if (kind === 'e' || kind === 'E') text = exponent(value.toExponential(places))
  else text = general(value, places === 0 ? 1 : places)
  if (kind === 'E' || kind === 'G') text = text.toUpperCase()
  if (value >= 0 && flags.includes('+')) return `+${text}`
  return value >= 0 && flags.includes(' ') ? ` ${text}` : text
}

function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2')
}

function general(value: number, places: number): string {
  if (value === 0) return '0'
  const scientific = value.toExponential(places - 1)
  const power = Number(scientific.slice(scientific.indexOf('e') + 1))
  if (power >= -4 && power < places) {
    const fixed = value.toFixed(places - 1 - power)
    return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed
  }
  return exponent(scientific.replace(/\.?0+e/, 'e'))
}
