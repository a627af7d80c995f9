// One cycle of `sed`: the script applied to one line, on a copy of the state, so that it can be
// begun again when it asks for a line that is not there yet.

import { fileAt } from '../kernel/files.ts'
import { VALUE_BYTES_MAX } from '../kernel/limits.ts'
import { charge } from '../kernel/meter.ts'
import { allMatches, replaceMatches, type Regex } from '../regex/regex.ts'
import { isSpent, pathOf, type Io } from './io.ts'
import { SedError, type Address, type SedCommand } from './sed-script.ts'

export interface SedState {
  [key: string]: string | number | boolean | string[] | number[]
  hold: string
  number: number
  /**
   * For each command: the line where its range ends, -1 while it looks for the end, 0 if closed,
   * -2 if it began at a line number and is over for good.
   */
  ranges: number[]
  /** Lines read ahead, with their newlines. */
  queue: string[]
  atEnd: boolean
  /** How many lines a cycle may need. */
  wanted: number
  /** The output, and each file of `w`, that ends without a newline. */
  open: string[]
  /** Files of `w` that are begun. */
  written: string[]
}

/** A cycle in progress. */
export interface Cycle {
  io: Io
  commands: SedCommand[]
  quiet: boolean
  state: SedState
  pattern: string
  /** Whether the line in the pattern space had a newline. */
  ended: boolean
  output: string
  /** What `a` and `r` add behind the line. */
  after: { text: string; isLine: boolean }[]
  /** What `w` writes, once the cycle is complete. */
  writes: { name: string; text: string }[]
  substituted: boolean
  last: Regex | undefined
  exit: number | undefined
}

class NeedsLine extends Error {}

/** One cycle on a copy of the state; undefined if it needs a line that has not been read. */
export function runCycle(
  io: Io,
  commands: SedCommand[],
  quiet: boolean,
  before: SedState,
): Cycle | undefined {
  const [line = '', ...queue] = before.queue
  const state: SedState = {
    ...before,
    ranges: [...before.ranges],
    open: [...before.open],
    queue,
    number: before.number + 1,
  }
  const cycle: Cycle = {
    io,
    commands,
    quiet,
    state,
    pattern: withoutNewline(line),
    ended: line.endsWith('\n'),
    output: '',
    after: [],
    writes: [],
    substituted: false,
    last: undefined,
    exit: undefined,
  }
  try {
    runCommands(cycle)
  } catch (error) {
    if (error instanceof NeedsLine) return undefined
    throw error
  }
  return cycle
}

function withoutNewline(line: string): string {
  return line.endsWith('\n') ? line.slice(0, -1) : line
}

/** Text as a line of its own: one that was left open is ended first. */
function lineText(state: SedState, name: string, text: string, ended: boolean): string {
  const before = state.open.includes(name) ? '\n' : ''
  state.open = state.open.filter((other) => other !== name)
  if (!ended) state.open.push(name)
  return `${before}${text}${ended ? '\n' : ''}`
}

function printLine(cycle: Cycle, text: string, ended = true): void {
  cycle.output += lineText(cycle.state, '', text, ended)
}

function flushAfter(cycle: Cycle): void {
  for (const { text, isLine } of cycle.after) {
    if (isLine) printLine(cycle, text)
    else if (text !== '') {
      printLine(cycle, text.endsWith('\n') ? text.slice(0, -1) : text, text.endsWith('\n'))
    }
  }
  cycle.after = []
}

function writeLine(cycle: Cycle, name: string): void {
  if (name === '/dev/stdout') printLine(cycle, cycle.pattern, cycle.ended)
  else cycle.writes.push({ name, text: lineText(cycle.state, name, cycle.pattern, cycle.ended) })
}

function runCommands(cycle: Cycle): void {
  let index = 0
  for (;;) {
    const command = cycle.commands[index]
    if (command === undefined) break
    if (isSpent(cycle.io, 1 + ((cycle.pattern.length + cycle.state.hold.length) >> 8))) return
    checkSizes(cycle)
    if (selects(cycle, command, index) === command.negated) {
      index = command.name === '{' ? command.target : index + 1
      continue
    }
    const next = runOne(cycle, command, index)
    if (next === 'delete') {
      flushAfter(cycle)
      return
    }
    if (next === 'quit') break
    index = next
  }
  if (!cycle.quiet) printLine(cycle, cycle.pattern, cycle.ended)
  flushAfter(cycle)
}

// A script that doubles its text again and again stops here.
function checkSizes({ pattern, state, output }: Cycle): void {
  const longest = Math.max(pattern.length, state.hold.length, output.length >> 2)
  if (longest > VALUE_BYTES_MAX) throw new SedError('out of memory')
}

function matchesAddress(cycle: Cycle, address: Address): boolean {
  const { state } = cycle
  switch (address.type) {
    case 'line':
      return state.number === address.number
    case 'last':
      return isLastLine(cycle)
    case 'step':
      return address.step === 0
        ? state.number === address.first
        : state.number >= address.first && (state.number - address.first) % address.step === 0
    case 'match': {
      const pattern = address.pattern ?? cycle.last
      cycle.last = pattern
      if (pattern === undefined) return false
      return pattern.test(cycle.io.proc, cycle.pattern)
    }
    case 'count':
      return false
  }
}

function isLastLine(cycle: Cycle): boolean {
  if (cycle.state.queue.length > 0) return false
  if (!cycle.state.atEnd) throw new NeedsLine()
  return true
}

function selects(cycle: Cycle, command: SedCommand, index: number): boolean {
  const { from, to } = command
  const { state } = cycle
  if (from === undefined) return true
  if (to === undefined) return matchesAddress(cycle, from)
  const range = state.ranges[index] ?? 0
  if (range === -2) return false
  if (range === 0) {
    // A start that was passed while other commands took the lines still begins the range.
    const isPassed = from.type === 'line' && state.number > from.number && from.number > 0
    if (!isPassed && !matchesAddress(cycle, from)) return false
    const over = from.type === 'line' ? -2 : 0
    if (to.type === 'count') state.ranges[index] = to.lines === 0 ? over : state.number + to.lines
    else if (to.type === 'line') state.ranges[index] = to.number > state.number ? to.number : over
    else state.ranges[index] = to.type === 'last' && isLastLine(cycle) ? over : -1
    return true
  }
  const isOver = range > 0 ? state.number >= range : matchesAddress(cycle, to)
  if (isOver) state.ranges[index] = from.type === 'line' ? -2 : 0
  return true
}

function runOne(cycle: Cycle, command: SedCommand, index: number): number | 'delete' | 'quit' {
  const { state } = cycle
  switch (command.name) {
    case 'd':
      return 'delete'
    case 'D': {
      const newline = cycle.pattern.indexOf('\n')
      if (newline >= 0) {
        const rest = cycle.pattern.slice(newline + 1)
        state.queue = [rest + (cycle.ended ? '\n' : ''), ...state.queue]
        state.number--
      }
      return 'delete'
    }
    case 'p':
      printLine(cycle, cycle.pattern, cycle.ended)
      return index + 1
    case 'P':
      printLine(cycle, cycle.pattern.split('\n')[0] ?? '')
      return index + 1
    case '=':
      printLine(cycle, String(state.number))
      return index + 1
    case 'n':
    case 'N':
      return takeNext(cycle, command.name, index)
    case 'q':
    case 'Q':
      cycle.exit = Number(command.text || '0')
      return command.name === 'Q' ? 'delete' : 'quit'
    case 'b':
      return command.target
    case 't':
    case 'T': {
      const jumps = cycle.substituted === (command.name === 't')
      cycle.substituted = false
      return jumps ? command.target : index + 1
    }
    case 'c':
      if (command.to === undefined || (state.ranges[index] ?? 0) % 2 === 0) {
        printLine(cycle, command.text)
      }
      return 'delete'
    default:
      change(cycle, command)
      return index + 1
  }
}

function takeNext(cycle: Cycle, name: string, index: number): number | 'delete' | 'quit' {
  const { state } = cycle
  const [line, ...queue] = state.queue
  if (line === undefined) {
    if (!state.atEnd) throw new NeedsLine()
    cycle.exit = 0
    return 'quit'
  }
  if (name === 'n') {
    if (!cycle.quiet) printLine(cycle, cycle.pattern, cycle.ended)
    cycle.pattern = withoutNewline(line)
  } else cycle.pattern += `\n${withoutNewline(line)}`
  cycle.ended = line.endsWith('\n')
  state.queue = queue
  state.number++
  return index + 1
}

function change(cycle: Cycle, command: SedCommand): void {
  const { state } = cycle
  switch (command.name) {
    case 's':
      substitute(cycle, command)
      return
    case 'y':
      cycle.pattern = [...cycle.pattern].map((char) => command.map[char] ?? char).join('')
      return
    case 'a':
      cycle.after.push({ text: command.text, isLine: true })
      return
    case 'i':
      printLine(cycle, command.text)
      return
    case 'w':
      writeLine(cycle, command.text)
      return
    case 'r': {
      const text = fileAt(cycle.io.container, pathOf(cycle.io, command.text))?.text
      cycle.after.push({ text: text ?? '', isLine: false })
      return
    }
    case 'g':
      cycle.pattern = state.hold
      return
    case 'G':
      cycle.pattern += `\n${state.hold}`
      return
    case 'h':
      state.hold = cycle.pattern
      return
    case 'H':
      state.hold += `\n${cycle.pattern}`
      return
    case 'x':
      ;[cycle.pattern, state.hold] = [state.hold, cycle.pattern]
      return
    case 'z':
      cycle.pattern = ''
      return
    case 'l':
      printLine(cycle, `${JSON.stringify(cycle.pattern).slice(1, -1)}$`)
  }
}

function substitute(cycle: Cycle, command: SedCommand): void {
  const pattern = command.pattern ?? cycle.last
  if (pattern === undefined) return
  cycle.last = pattern
  const { proc } = cycle.io
  const before = cycle.pattern
  const found = allMatches(pattern, proc, before, command.all ? Infinity : command.nth)
  const wanted = found.slice(command.nth - 1)
  if (wanted.length === 0) return
  cycle.substituted = true
  charge(proc, before.length >> 6)
  cycle.pattern = replaceMatches(before, wanted, ({ texts }) =>
    replacement(command.replacement, texts),
  )
  if (command.print) printLine(cycle, cycle.pattern, cycle.ended)
  if (command.text !== '') writeLine(cycle, command.text)
}

function replacement(text: string, found: readonly unknown[]): string {
  const group = (index: number): string => {
    const value = found[index]
    return typeof value === 'string' ? value : ''
  }
  const parts = text.replace(
    /\\(\d)|\\(n|t|r)|\\([LUElu])|\\([\s\S])|&/g,
    (all, digit, control, mode, other) => {
      if (all === '&') return group(0)
      if (digit !== undefined) return group(Number(digit))
      if (control !== undefined) return { n: '\n', t: '\t', r: '\r' }[control as 'n' | 't' | 'r']
      return mode !== undefined ? `\u{f0000}${String(mode)}` : String(other)
    },
  )
  return parts.includes('\u{f0000}') ? withCase(parts) : parts
}

// GNU's case changes: \U and \L until \E, \u and \l for one character.
function withCase(text: string): string {
  const [first = '', ...rest] = text.split('\u{f0000}')
  let result = first
  for (const part of rest) {
    const body = part.slice(1)
    if (part[0] === 'U') result += body.toUpperCase()
    else if (part[0] === 'L') result += body.toLowerCase()
    else if (part[0] === 'u') result += body.slice(0, 1).toUpperCase() + body.slice(1)
    else if (part[0] === 'l') result += body.slice(0, 1).toLowerCase() + body.slice(1)
    else result += body
  }
  return result
}
