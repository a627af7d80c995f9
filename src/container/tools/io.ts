// What a tool sees of its proc: arguments, input, output, time. A tool is a function that is called
// again after every wait; what it must remember is in the proc's memory.

import { isCongested, readFrom, setDescriptor, writeTo } from '../kernel/descriptors.ts'
import { fileAt, resolvePath } from '../kernel/files.ts'
import { BUSY_STEPS, VALUE_BYTES_MAX } from '../kernel/limits.ts'
import { openPath } from '../kernel/open.ts'
import type { Container, Plain, Proc } from '../kernel/types.ts'

export interface Io {
  container: Container
  proc: Proc
  /** The name it was called by, for messages. */
  name: string
  args: string[]
}

/** An exit code, or 'wait': call again when `proc.block` is over. */
export type Result = number | 'wait'

export interface Tool {
  run: (io: Io) => Result
  /** Signals it handles, and the exit code it then has at once. */
  signals?: Record<string, number>
  /** What it still writes then. */
  farewell?: (io: Io) => void
}

export function out(io: Io, text: string): void {
  writeTo(io.container, io.proc, 1, text)
}

/** Writes `name: message` to stderr. */
export function warn(io: Io, message: string): void {
  writeTo(io.container, io.proc, 2, `${io.name}: ${message}\n`)
}

/** Warns, and the tool will end with 1. */
export function failed(io: Io, message: string): void {
  warn(io, message)
  io.proc.memory['failed'] = 1
}

/** Warns and gives the exit code. */
export function fail(io: Io, message: string, code = 1): number {
  warn(io, message)
  return code
}

/** Whether the tool has done too much at one instant, or nobody reads it any more. */
export function isSpent(io: Io, steps = 1): boolean {
  io.proc.spent += steps
  return io.proc.spent > BUSY_STEPS || io.proc.broken
}

/** Keeps a value between calls. */
export function recall<T extends Plain>(io: Io, key: string, initial: () => T): T {
  const { memory } = io.proc
  if (!Object.hasOwn(memory, key)) memory[key] = initial()
  return memory[key] as T
}

export function isGnu(io: Io): boolean {
  return io.container.tools === 'gnu'
}

export function pathOf(io: Io, name: string): string {
  return resolvePath(io.proc.cwd, name)
}

/** The complaint about a file that cannot be read, as this image's tools word it. */
function cannotOpen(io: Io, name: string, why = 'No such file or directory'): string {
  return isGnu(io) || PLAIN.includes(io.name) ? `${name}: ${why}` : `can't open '${name}': ${why}`
}

// BusyBox tools that name only the file.
const PLAIN = 'grep egrep fgrep head wc sed ls sort cut awk rev tac nl paste fold'.split(' ')

/** A file's text; a problem is reported and gives undefined. */
export function fileText(io: Io, name: string): string | undefined {
  const node = fileAt(io.container, pathOf(io, name))
  if (node?.kind === 'file') return node.text.startsWith('\x7fELF') ? '\x7fELF\n' : node.text
  if (node === undefined) warn(io, cannotOpen(io, name))
  else warn(io, isGnu(io) ? `${name}: Is a directory` : `read error: Is a directory`)
  return undefined
}

/** The whole standard input, or undefined while more may come; at most `max` characters. */
export function readAll(io: Io, max = Infinity): string | undefined {
  for (;;) {
    const before = recall(io, 'stdin', () => '')
    if (before.length >= max) return before
    const text = readFrom(io.container, io.proc, 0, Math.min(65_536, max - before.length))
    if (text === '') return before
    if (text === undefined) {
      io.proc.block = { on: 'input', fd: 0 }
      return undefined
    }
    if (before.length + text.length > VALUE_BYTES_MAX * 4) {
      io.proc.block = { on: 'nothing' }
      return undefined
    }
    io.proc.memory['stdin'] = before + text
    if (isSpent(io, text.length >> 6)) return undefined
  }
}

/**
 * A device as the only operand is read like standard input: it is opened in its place, and no name
 * is left.
 */
export function inputNames(io: Io, names: readonly string[]): readonly string[] {
  const [name] = names
  if (name === undefined || names.length > 1 || !pathOf(io, name).startsWith('/dev/')) return names
  if (io.proc.memory['device'] === undefined) {
    const open = openPath(io.container, io.proc, name, '<')
    if (typeof open === 'string') return names
    setDescriptor(io.container, io.proc, 0, open)
    io.proc.memory['device'] = name
  }
  return []
}

/** All named files (`-` is standard input) joined; undefined while input may still come. */
export function readFiles(io: Io, operands: readonly string[]): string | undefined {
  const names = inputNames(io, operands)
  const isNeeded = names.length === 0 || names.includes('-')
  const stdin = isNeeded ? readAll(io) : ''
  if (stdin === undefined) return undefined
  if (names.length === 0) return stdin
  let text = ''
  for (const name of names) {
    const part = name === '-' ? stdin : fileText(io, name)
    if (part === undefined) io.proc.memory['failed'] = 1
    text += part ?? ''
  }
  return text
}

/** 1 if a file could not be read. */
export function failure(io: Io): number {
  return io.proc.memory['failed'] === 1 ? 1 : 0
}

/** Whether the output's pipe is full; the proc then waits for its reader. */
export function mustPause(io: Io): boolean {
  if (!isCongested(io.container, io.proc, 1)) return false
  io.proc.block = { on: 'output', fd: 1 }
  return true
}

/** A text's lines; a missing last newline is no empty line. */
export function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

export interface Line {
  text: string
  /** Whether a newline ended it. */
  ended: boolean
  file: string
  /** Which of the named files. */
  index: number
}

interface Reader {
  [key: string]: Plain
  index: number
  /** The current file's text and position; undefined: standard input or no file open. */
  text: string | undefined
  offset: number
  partial: string
}

/**
 * The next line of the named files, or of standard input without names, as soon as it is there.
 * 'wait' when none is there yet or nobody takes the output.
 */
export function nextLine(io: Io, operands: readonly string[]): Line | 'end' | 'wait' {
  const names = inputNames(io, operands)
  if (isSpent(io, 4) || mustPause(io)) return 'wait'
  const files = names.length === 0 ? ['-'] : names
  const reader = recall<Reader>(io, 'reader', () => ({
    index: 0,
    text: undefined,
    offset: 0,
    partial: '',
  }))
  for (;;) {
    const file = files[reader.index]
    if (file === undefined) return 'end'
    const line = file === '-' ? inputLine(io, reader) : fileLine(io, reader, file)
    if (line === 'wait') return 'wait'
    if (line !== 'end') return { ...line, file, index: reader.index }
    reader.index++
    reader.text = undefined
  }
}

type Piece = { text: string; ended: boolean } | 'end' | 'wait'

function inputLine(io: Io, reader: Reader): Piece {
  for (;;) {
    const text = readFrom(io.container, io.proc, 0, 65_536, true)
    if (text === undefined) {
      io.proc.block = { on: 'input', fd: 0 }
      return 'wait'
    }
    if (text === '' && reader.partial === '') return 'end'
    reader.partial += text
    if (text !== '' && !text.endsWith('\n')) {
      if (reader.partial.length < VALUE_BYTES_MAX && !isSpent(io, text.length >> 6)) continue
      io.proc.block = { on: 'nothing' }
      return 'wait'
    }
    const line = reader.partial
    reader.partial = ''
    const ended = line.endsWith('\n')
    return { text: ended ? line.slice(0, -1) : line, ended }
  }
}

function fileLine(io: Io, reader: Reader, file: string): Piece {
  if (reader.text === undefined) {
    const text = fileText(io, file)
    if (text === undefined) {
      io.proc.memory['failed'] = 1
      return 'end'
    }
    reader.text = text
    reader.offset = 0
  }
  if (reader.offset >= reader.text.length) return 'end'
  const newline = reader.text.indexOf('\n', reader.offset)
  const end = newline < 0 ? reader.text.length : newline
  const line = reader.text.slice(reader.offset, end)
  reader.offset = end + 1
  return { text: line, ended: newline >= 0 }
}

/** Calls `each` for every line until it gives a code; `end` gives the code after the last. */
export function eachLine(
  io: Io,
  names: readonly string[],
  each: (line: Line) => number | undefined,
  end: () => number,
): Result {
  for (;;) {
    const line = nextLine(io, names)
    if (line === 'wait') return 'wait'
    if (line === 'end') return end()
    const code = each(line)
    if (code !== undefined) return code
  }
}
