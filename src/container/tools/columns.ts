// Tools that work on parts of lines: cut, paste, uniq, fold, expand.

import { setDescriptor } from '../kernel/descriptors.ts'
import { openPath } from '../kernel/open.ts'
import {
  eachLine,
  fail,
  failure,
  linesOf,
  out,
  readFiles,
  recall,
  type Io,
  type Line,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions } from './options.ts'

type Range = [from: number, to: number]

function parseRanges(text: string): Range[] | undefined {
  const ranges: Range[] = []
  for (const part of text.split(',')) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part)
    if (match === null || part === '' || part === '-') return undefined
    const from = match[1] === '' ? 1 : Number(match[1])
    const to = match[2] === '' ? from : match[3] === '' ? Infinity : Number(match[3])
    if (from === 0) return undefined
    ranges.push([from, to])
  }
  return ranges
}

function cut(io: Io): Result {
  const options = parseOptions(io, 'sn', 'dfcbO', { 'output-delimiter': 'O', fields: 'f' })
  if (options === undefined) return 1
  const { values, flags, rest } = options
  const list = values['f'] ?? values['c'] ?? values['b']
  const ranges = list === undefined ? undefined : parseRanges(list)
  if (ranges === undefined) {
    return fail(io, 'expected a list of bytes, characters, or fields')
  }
  const inRange = (position: number): boolean =>
    ranges.some(([from, to]) => position >= from && position <= to)
  const delimiter = values['d'] ?? '\t'
  const each = (line: Line): undefined => {
    if (values['f'] === undefined) {
      out(io, `${[...line.text].filter((_, index) => inRange(index + 1)).join('')}\n`)
      return
    }
    if (!line.text.includes(delimiter)) {
      if (!flags.has('s')) out(io, `${line.text}\n`)
      return
    }
    const fields = line.text.split(delimiter).filter((_, index) => inRange(index + 1))
    out(io, `${fields.join(values['O'] ?? delimiter)}\n`)
  }
  return eachLine(io, rest, each, () => failure(io))
}

function paste(io: Io): Result {
  const options = parseOptions(io, 's', 'd')
  if (options === undefined) return 1
  const { flags, values, rest } = options
  const delimiters = [...(values['d'] ?? '\t').replaceAll('\\n', '\n').replaceAll('\\t', '\t')]
  const names = rest.length === 0 ? ['-'] : rest
  const all: string[][] = []
  for (const name of new Set(names)) {
    const text = readFiles(io, name === '-' ? [] : [name])
    if (text === undefined) return 'wait'
    all.push(linesOf(text))
  }
  const join = (cells: string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell : (delimiters[(i - 1) % delimiters.length] ?? '') + cell))
      .join('')
  if (flags.has('s')) {
    for (const lines of all) out(io, `${join(lines)}\n`)
    return failure(io)
  }
  // `paste - -` takes lines in turns from the same input.
  const shared = names.filter((name) => name === '-').length
  const sources = names.map((name) => all[[...new Set(names)].indexOf(name)] ?? [])
  const height = Math.max(
    ...sources.map((lines, i) => Math.ceil(lines.length / (names[i] === '-' ? shared : 1))),
  )
  for (let row = 0; row < height; row++) {
    let turn = 0
    const cells = sources.map((lines, i) =>
      names[i] === '-' ? (lines[row * shared + turn++] ?? '') : (lines[row] ?? ''),
    )
    out(io, `${join(cells)}\n`)
  }
  return failure(io)
}

function uniq(io: Io): Result {
  const options = parseOptions(io, 'cdui', 'fsw')
  if (options === undefined) return 1
  const { flags, values, rest } = options
  const target = rest[1]
  if (target !== undefined && target !== '-' && io.proc.memory['opened'] !== true) {
    const open = openPath(io.container, io.proc, target, '>')
    if (typeof open === 'string') return fail(io, open)
    setDescriptor(io.container, io.proc, 1, open)
    io.proc.memory['opened'] = true
  }
  const state = recall(io, 'uniq', () => ({ text: '', count: 0 }))
  const key = (text: string): string => {
    let part = text
    for (let i = Math.min(Number(values['f'] ?? 0), 1000); i > 0; i--)
      part = part.replace(/^\s*\S*/, '')
    part = part.slice(Number(values['s'] ?? 0), Number(values['w'] ?? 0) || undefined)
    return flags.has('i') ? part.toLowerCase() : part
  }
  const flush = (): void => {
    if (state.count === 0) return
    if ((flags.has('d') && state.count === 1) || (flags.has('u') && state.count > 1)) return
    const count = flags.has('c') ? `${String(state.count).padStart(7)} ` : ''
    out(io, `${count}${state.text}\n`)
  }
  const each = (line: Line): undefined => {
    if (state.count > 0 && key(line.text) === key(state.text)) {
      state.count++
      return
    }
    flush()
    state.text = line.text
    state.count = 1
  }
  return eachLine(io, rest.slice(0, 1), each, () => {
    flush()
    return failure(io)
  })
}

function fold(io: Io): Result {
  const options = parseOptions(io, 'sb', 'w')
  if (options === undefined) return 1
  const width = Number(options.values['w'] ?? '80')
  if (!(width >= 1)) return fail(io, `invalid number '${options.values['w'] ?? ''}'`)
  const each = (line: Line): undefined => {
    const pieces = foldLine(line.text, width, options.flags.has('s'), options.flags.has('b'))
    out(io, line.ended ? `${pieces.join('\n')}\n` : pieces.join('\n'))
  }
  return eachLine(io, options.rest, each, () => failure(io))
}

/** A line in pieces of at most `width` columns, with `atBlanks` cut behind the last blank. */
function foldLine(text: string, width: number, atBlanks: boolean, plain: boolean): string[] {
  const pieces: string[] = []
  let piece = ''
  let column = 0
  const columnsOf = (char: string, at: number): number =>
    char === '\t' && !plain ? 8 - (at % 8) : 1
  for (const char of text) {
    if (column + columnsOf(char, column) > width && piece !== '') {
      const cut = atBlanks ? Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\t')) + 1 : 0
      pieces.push(cut > 0 ? piece.slice(0, cut) : piece)
      piece = cut > 0 ? piece.slice(cut) : ''
      column = 0
      for (const other of piece) column += columnsOf(other, column)
    }
    piece += char
    column += columnsOf(char, column)
  }
  return [...pieces, piece]
}

export const columns: Record<string, Tool> = {
  cut: { run: cut },
  paste: { run: paste },
  uniq: { run: uniq },
  fold: { run: fold },
}
