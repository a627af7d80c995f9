// Values, variables and the current record of a running awk program: plain data.

import { formatFloat } from '../printf.ts'
import { allMatches, compileRegex, type Regex } from '../../regex/regex.ts'
import { RegexError } from '../../regex/syntax.ts'
import type { Meter } from '../../kernel/meter.ts'
import { trimEnd } from '../../trim.ts'
import { AwkError } from './syntax.ts'

/** A number, a text, or a text from input that looks like a number. */
export type Value = number | string | { text: string }

export interface AwkState {
  [key: string]: unknown
  variables: Record<string, Value>
  arrays: Record<string, Record<string, Value>>
  record: string
  /** The record's fields, once they were asked for. */
  fields: string[] | undefined
  /** For each rule with a range: whether it is inside. */
  ranges: boolean[]
  begun: boolean
  ended: boolean
  exitCode: number
  randomSeed: number
  files: Record<string, { text: string; offset: number }>
  opened: string[]
}

export function newState(rules: number): AwkState {
  return {
    variables: {
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      NR: 0,
      FNR: 0,
      NF: 0,
      FILENAME: '',
      SUBSEP: '\x1c',
      CONVFMT: '%.6g',
      OFMT: '%.6g',
      RSTART: 0,
      RLENGTH: -1,
    },
    arrays: {},
    record: '',
    fields: undefined,
    ranges: Array.from({ length: rules }, () => false),
    begun: false,
    ended: false,
    exitCode: 0,
    randomSeed: 0,
    files: {},
    opened: [],
  }
}

const NUMERIC = /^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\s*$/
const LEADING = /^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value : value.text
  return Number(LEADING.exec(text)?.[0] ?? 0)
}

export function toText(state: AwkState, value: Value, format = 'CONVFMT'): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object') return value.text
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value === 0 ? 0 : value)
  const spec = state.variables[format] ?? '%.6g'
  const match = /%\.?(\d*)([efg])/.exec(typeof spec === 'string' ? spec : '%.6g')
  return formatFloat(match?.[2] ?? 'g', '', Number(match?.[1] || 6), value)
}

export function toTruth(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value !== ''
  return NUMERIC.test(value.text) ? Number(value.text) !== 0 : value.text !== ''
}

/** Text from outside: a number where it looks like one. */
export function fromInput(text: string): Value {
  return NUMERIC.test(text) ? { text } : text
}

/** Negative, zero or positive, numerically if both sides are numbers. */
export function compareValues(state: AwkState, left: Value, right: Value): number {
  if (typeof left !== 'string' && typeof right !== 'string') return toNumber(left) - toNumber(right)
  const [a, b] = [toText(state, left), toText(state, right)]
  return a < b ? -1 : a > b ? 1 : 0
}

export function getVariable(meter: Meter, state: AwkState, name: string): Value {
  if (name === 'NF') return fieldsOf(meter, state).length
  return Object.hasOwn(state.variables, name) ? (state.variables[name] ?? '') : UNSET
}

/** An unset variable is both "" and 0. */
const UNSET: Value = { text: '' }

export function setVariable(meter: Meter, state: AwkState, name: string, value: Value): void {
  if (name === '__proto__') return
  // The record that is there keeps the separator it was read with.
  if (name === 'FS' && state.record !== '') fieldsOf(meter, state)
  state.variables[name] = value
  if (name !== 'NF') return
  const fields = fieldsOf(meter, state).slice(0, toNumber(value))
  while (fields.length < Math.min(toNumber(value), FIELDS_MAX)) fields.push('')
  setFields(state, fields)
}

export function arrayOf(state: AwkState, name: string): Record<string, Value> {
  if (name === '__proto__') return {}
  const known = Object.hasOwn(state.arrays, name) ? state.arrays[name] : undefined
  return known ?? (state.arrays[name] = {})
}

const FIELDS_MAX = 10_000

/** The record's fields, split when first needed. */
function fieldsOf(meter: Meter, state: AwkState): string[] {
  state.fields ??= splitText(meter, state.record, toText(state, state.variables['FS'] ?? ' '))
  return state.fields
}

/** Splits as FS does: a blank means runs of blanks, one character itself, else an expression. */
export function splitText(meter: Meter, text: string, separator: string): string[] {
  if (text === '') return []
  if (separator === ' ') {
    const trimmed = trimEnd(text, ' \t\n').replace(/^[ \t\n]+/, '')
    return trimmed === '' ? [] : trimmed.split(/[ \t\n]+/)
  }
  if (separator === '') return [...text]
  if (separator.length === 1 && separator !== '\\') return text.split(separator)
  return splitBy(meter, text, expression(separator))
}

/** Splits at the matches of an expression; an empty match separates nothing. */
export function splitBy(meter: Meter, text: string, separator: Regex): string[] {
  if (text === '') return []
  const parts: string[] = []
  let pos = 0
  for (const { start, end } of allMatches(separator, meter, text)) {
    if (end === start) continue
    parts.push(text.slice(pos, start))
    pos = end
  }
  parts.push(text.slice(pos))
  return parts
}

export function setRecord(state: AwkState, text: string): void {
  state.record = text
  state.fields = undefined
}

function setFields(state: AwkState, fields: string[]): void {
  state.fields = fields
  state.variables['NF'] = fields.length
  state.record = fields.join(toText(state, state.variables['OFS'] ?? ' '))
}

export function getField(meter: Meter, state: AwkState, index: number): Value {
  if (index === 0) return fromInput(state.record)
  if (index < 0) throw new AwkError('Access to negative field')
  const text = fieldsOf(meter, state)[index - 1]
  return text === undefined ? UNSET : fromInput(text)
}

export function setField(meter: Meter, state: AwkState, index: number, text: string): void {
  if (index === 0) {
    setRecord(state, text)
    return
  }
  if (index < 0 || index > FIELDS_MAX) throw new AwkError('attempt to access bad field')
  const fields = [...fieldsOf(meter, state)]
  while (fields.length < index) fields.push('')
  fields[index - 1] = text
  setFields(state, fields)
}

/** A compiled regular expression; a bad one ends the program. */
export function expression(source: string): Regex {
  try {
    return compileRegex(source, { extended: true })
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new AwkError(`bad regex '${source}': ${error.message}`)
  }
}
