// One cycle of `sed`: the script applied to one line, on a copy of the state, so that it can be
// begun again when it asks for a line that is not there yet.

import { fileAt } from '../kernel/files.ts'
import { isSpent, pathOf, type Io } from './io.ts'
import type { Address, SedCommand } from './sed-script.ts'

export interface SedState {
  [key: string]: string | number | boolean | string[] | number[]
  hold: string
  number: number
  /**
   * For each command: the line where its range ends, -1 while it looks for the end, 0 if closed.
   */
  ranges: number[]
  /** Lines read ahead. */
  queue: string[]
  atEnd: boolean
  /** How many lines a cycle may need. */
  wanted: number
  ended: boolean
}

/** A cycle in progress. */
interface Cycle {
  io: Io
  commands: SedCommand[]
  quiet: boolean
  state: SedState
  pattern: string
  output: string
  after: string
  substituted: boolean
  last: RegExp | undefined
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
  const [pattern = '', ...queue] = before.queue
  const state: SedState = {
    ...before,
    ranges: [...before.ranges],
    queue,
    number: before.number + 1,
  }
  const cycle: Cycle = {
    io,
    commands,
    quiet,
    state,
    pattern,
    output: '',
    after: '',
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

function runCommands(cycle: Cycle): void {
  let index = 0
  for (;;) {
    const command = cycle.commands[index]
    if (command === undefined) break
    if (isSpent(cycle.io)) return
    if (selects(cycle, command, index) === command.negated) {
      index = command.name === '{' ? command.target : index + 1
      continue
    }
    const next = runOne(cycle, command, index)
    if (next === 'delete') {
      cycle.output += cycle.after
      return
    }
    if (next === 'quit') break
    index = next
  }
  if (!cycle.quiet) cycle.output += `${cycle.pattern}\n`
  cycle.output += cycle.after
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
      pattern.lastIndex = 0
      return pattern.test(cycle.pattern)
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
  if (range === 0) {
    if (!matchesAddress(cycle, from)) return false
    if (to.type === 'count') state.ranges[index] = to.lines === 0 ? 0 : state.number + to.lines
    else if (to.type === 'line') state.ranges[index] = to.number > state.number ? to.number : 0
    else state.ranges[index] = to.type === 'last' && isLastLine(cycle) ? 0 : -1
    return true
  }
  const isOver = range > 0 ? state.number >= range : matchesAddress(cycle, to)
  if (isOver) state.ranges[index] = 0
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
        state.queue = [cycle.pattern.slice(newline + 1), ...state.queue]
        state.number--
      }
      return 'delete'
    }
    case 'p':
      cycle.output += `${cycle.pattern}\n`
      return index + 1
    case 'P':
      cycle.output += `${cycle.pattern.split('\n')[0] ?? ''}\n`
      return index + 1
    case '=':
      cycle.output += `${state.number}\n`
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
      if (command.to === undefined || (state.ranges[index] ?? 0) === 0) {
        cycle.output += `${command.text}\n`
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
    if (!cycle.quiet) cycle.output += `${cycle.pattern}\n`
    cycle.pattern = line
  } else cycle.pattern += `\n${line}`
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
      cycle.after += `${command.text}\n`
      return
    case 'i':
      cycle.output += `${command.text}\n`
      return
    case 'r': {
      const text = fileAt(cycle.io.container, pathOf(cycle.io, command.text))?.text
      cycle.after += text ?? ''
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
      cycle.output += `${JSON.stringify(cycle.pattern).slice(1, -1)}$\n`
  }
}

const PATTERN_MAX = 256 * 1024

function substitute(cycle: Cycle, command: SedCommand): void {
  const pattern = command.pattern ?? cycle.last
  if (pattern === undefined) return
  cycle.last = pattern
  let count = 0
  const global = pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`)
  const before = cycle.pattern
  cycle.pattern = before.replace(global, (...found: unknown[]) => {
    count++
    const all = String(found[0])
    if (count < command.nth || (count > command.nth && !command.all)) return all
    cycle.substituted = true
    return replacement(command.replacement, found)
  })
  cycle.pattern = cycle.pattern.slice(0, PATTERN_MAX)
  if (count >= command.nth && command.print) cycle.output += `${cycle.pattern}\n`
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
