// Instructions that build words.

import { ArithmeticError, evaluate } from './arithmetic.ts'
import type { Instruction } from './code.ts'
import { fieldsOf, joinSegments, patternOf } from './fields.ts'
import { VALUE_BYTES_MAX } from '../kernel/limits.ts'
import { charge } from '../kernel/meter.ts'
import { replacePattern, stripPattern } from './pattern.ts'
import { ShellFailure, type Shell } from './shell.ts'
import type { Segment } from './state.ts'
import { assign, lookup, require, valueOf } from './variables.ts'

type Op<T extends Instruction['op']> = Extract<Instruction, { op: T }>

/** The accumulator being filled. */
function current(shell: Shell): Segment[] {
  const top = shell.state.words.at(-1)
  if (top !== undefined) return top
  const fresh: Segment[] = []
  shell.state.words.push(fresh)
  return fresh
}

/** Adds a value to the current word. */
export function addValue(shell: Shell, text: string, quoted: boolean): void {
  if (text.length > VALUE_BYTES_MAX) throw new ShellFailure('out of memory')
  if (quoted || text !== '') current(shell).push({ text, kind: quoted ? 'quoted' : 'split' })
}

/** Closes the accumulator. */
function takeWord(shell: Shell): Segment[] {
  const segments = shell.state.words.pop() ?? []
  let length = 0
  for (const segment of segments) length += segment.text.length
  if (length > VALUE_BYTES_MAX) throw new ShellFailure('out of memory')
  charge(shell.proc, length >> 8)
  return segments
}

export function takeString(shell: Shell): string {
  return shell.state.strings.pop() ?? ''
}

/** Runs a word instruction; false if it is none. Jumps set `state.pc`. */
export function runWordInstruction(shell: Shell, step: Instruction): boolean {
  const { state } = shell
  switch (step.op) {
    case 'word':
      state.words.push([])
      return true
    case 'text':
      current(shell).push({ text: step.text, kind: step.kind })
      return true
    case 'tilde':
      current(shell).push({ text: home(shell, step.user), kind: 'quoted' })
      return true
    case 'parameter':
      runParameter(shell, step)
      return true
    case 'unless':
      runUnless(shell, step)
      return true
    case 'setDefault': {
      const value = takeString(shell)
      assign(shell, step.name, value)
      addValue(shell, value, step.quoted)
      return true
    }
    case 'complain':
      throw new ShellFailure(`${step.name}: ${requireMessage(takeString(shell), step.colon)}`)
    case 'strip':
    case 'replace':
    case 'slice':
      addValue(shell, changed(shell, step), step.quoted)
      return true
    case 'letters':
      addValue(shell, changeLetters(shell, step.name, step.mode), step.quoted)
      return true
    case 'arithmetic':
      addValue(shell, arithmetic(shell, takeString(shell)), step.quoted)
      return true
    case 'fields':
      for (const field of fieldsOf(shell, takeWord(shell))) state.fields.push(field)
      return true
    case 'field':
      state.fields.push(joinSegments(takeWord(shell)))
      return true
    case 'string':
      state.strings.push(joinSegments(takeWord(shell)))
      return true
    case 'pattern':
      state.strings.push(patternOf(takeWord(shell)))
      return true
    default:
      return false
  }
}

function home(shell: Shell, user: string): string {
  if (user === '') return valueOf(shell, 'HOME') ?? '~'
  return user === 'root' ? '/root' : `~${user}`
}

function requireMessage(message: string, colon: boolean): string {
  if (message !== '') return message
  return colon ? 'parameter null or not set' : 'parameter not set'
}

function runParameter(shell: Shell, step: Op<'parameter'>): void {
  const { name, quoted } = step
  if (step.form === 'length') {
    const isList = name === '@' || name === '*'
    const length = isList ? shell.state.params.length : require(shell, name).length
    addValue(shell, String(length), quoted)
  } else if (step.form === 'indirect') {
    addValue(shell, lookup(shell, require(shell, name)) ?? '', quoted)
  } else if (name === '@' || (name === '*' && !quoted)) addParameters(shell, quoted)
  else addValue(shell, require(shell, name), quoted)
}

// `"$@"` gives one field per parameter, and none at all without parameters.
function addParameters(shell: Shell, quoted: boolean): void {
  const word = current(shell)
  for (const [index, param] of shell.state.params.entries()) {
    if (index > 0) word.push({ text: '', kind: 'break' })
    if (quoted || param !== '') word.push({ text: param, kind: quoted ? 'quoted' : 'split' })
  }
}

function runUnless(shell: Shell, step: Op<'unless'>): void {
  const value = lookup(shell, step.name)
  const isSet = value !== undefined && !(step.colon && value === '')
  if (isSet !== (step.want === 'set')) return
  if (step.value) {
    if (step.name === '@' && step.quoted) addParameters(shell, true)
    else addValue(shell, value ?? '', step.quoted)
  }
  shell.state.pc = step.to
}

function changed(shell: Shell, step: Op<'strip'> | Op<'replace'> | Op<'slice'>): string {
  if (step.op === 'strip') {
    const pattern = takeString(shell)
    return stripPattern(shell.proc, require(shell, step.name), pattern, step.suffix, step.longest)
  }
  if (step.op === 'replace') {
    const by = takeString(shell)
    const pattern = takeString(shell)
    return replacePattern(shell.proc, require(shell, step.name), pattern, by, step.all)
  }
  const length = step.hasLength ? Number(arithmetic(shell, takeString(shell))) : undefined
  const offset = Number(arithmetic(shell, takeString(shell)))
  return slice(require(shell, step.name), offset, length)
}

// `${x^^}` and its kind are bash's alone.
function changeLetters(shell: Shell, name: string, mode: string): string {
  if (shell.state.flavour !== 'bash') throw new ShellFailure('syntax error: bad substitution')
  const text = require(shell, name)
  const count = mode.length > 1 ? text.length : 1
  const part = text.slice(0, count)
  const changed = mode.startsWith('^') ? part.toUpperCase() : part.toLowerCase()
  return changed + text.slice(count)
}

function slice(text: string, offset: number, length: number | undefined): string {
  const start = offset < 0 ? Math.max(0, text.length + offset) : offset
  if (offset < 0 && text.length + offset < 0) return ''
  if (length === undefined) return text.slice(start)
  return length < 0 ? text.slice(start, text.length + length) : text.slice(start, start + length)
}

/** The value of an arithmetic expression as text; a bad one ends the shell. */
export function arithmetic(shell: Shell, text: string): string {
  const variables = {
    get: (name: string) => lookup(shell, name),
    set: (name: string, value: string) => assign(shell, name, value),
  }
  try {
    return String(evaluate(text, variables))
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ShellFailure(error.message)
    throw error
  }
}
