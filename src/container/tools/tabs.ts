// `expand` and `unexpand`: tabs to blanks and back.

import { failure, out, readFiles, type Io, type Result, type Tool } from './io.ts'
import { parseOptions } from './options.ts'

const LONG = { initial: 'i', tabs: 't', 'first-only': 'f', all: 'a' }

function expand(io: Io): Result {
  const options = parseOptions(io, 'i', 't', LONG)
  if (options === undefined) return 1
  const text = readFiles(io, options.rest)
  if (text === undefined) return 'wait'
  const width = Number(options.values['t'] ?? 8) || 8
  const lines = text.split('\n').map((line) => expandLine(line, width, options.flags.has('i')))
  out(io, lines.join('\n'))
  return failure(io)
}

function expandLine(line: string, width: number, onlyFirst: boolean): string {
  let result = ''
  let column = 0
  let isInitial = true
  for (const char of line) {
    if (char === '\t' && (isInitial || !onlyFirst)) {
      const blanks = width - (column % width)
      result += ' '.repeat(blanks)
      column += blanks
    } else {
      if (char !== ' ') isInitial = false
      result += char
      column++
    }
  }
  return result
}

function unexpand(io: Io): Result {
  const options = parseOptions(io, 'af', 't', LONG)
  if (options === undefined) return 1
  const text = readFiles(io, options.rest)
  if (text === undefined) return 'wait'
  const { flags, values } = options
  const width = Number(values['t'] ?? 8) || 8
  const everywhere = !flags.has('f') && (flags.has('a') || values['t'] !== undefined)
  const lines = text.split('\n').map((line) => unexpandLine(line, width, everywhere))
  out(io, lines.join('\n'))
  return failure(io)
}

// Blanks that reach a tab stop become a tab; the rest of them stay.
function unexpandLine(line: string, width: number, everywhere: boolean): string {
  let result = ''
  let column = 0
  const pieces = line.match(/[ \t]+|[^ \t]+/g) ?? []
  for (const [index, piece] of pieces.entries()) {
    const isBlank = /^[ \t]/.test(piece)
    const start = column
    for (const char of piece) column += char === '\t' ? width - (column % width) : 1
    result += isBlank && (index === 0 || everywhere) ? blanks(start, column, width) : piece
  }
  return result
}

function blanks(start: number, end: number, width: number): string {
  const stop = Math.floor(end / width) * width
  if (stop <= start) return ' '.repeat(end - start)
  const tabs = stop / width - Math.floor(start / width)
  return '\t'.repeat(tabs) + ' '.repeat(end - stop)
}

export const tabTools: Record<string, Tool> = {
  expand: { run: expand },
  unexpand: { run: unexpand },
}
