// Tools that pass lines on: cat, head, tail, tee, tac, rev, nl, wc.

import { readFrom } from '../kernel/descriptors.ts'
import { fileAt, writeFile } from '../kernel/files.ts'
import {
  eachLine,
  fail,
  failure,
  isGnu,
  inputNames,
  isSpent,
  linesOf,
  mustPause,
  out,
  pathOf,
  readFiles,
  recall,
  warn,
  type Io,
  type Line,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions } from './options.ts'
import { utf8Length } from '../../base/utf8.ts'

function lineText(line: Line): string {
  return line.ended ? `${line.text}\n` : line.text
}

function cat(io: Io): Result {
  const options = parseOptions(io, 'nbsuvetAET')
  if (options === undefined) return 1
  if (options.flags.size === 0) return copy(io, options.rest)
  const state = recall(io, 'cat', () => ({ number: 0 }))
  const each = (line: Line): undefined => {
    const isCounted = options.flags.has('n') || (options.flags.has('b') && line.text !== '')
    const number = isCounted ? `${String(++state.number).padStart(6)}\t` : ''
    const end = options.flags.has('e') || options.flags.has('E') || options.flags.has('A')
    out(io, `${number}${line.text}${end ? '$' : ''}${line.ended ? '\n' : ''}`)
  }
  return eachLine(io, options.rest, each, () => failure(io))
}

// Plain cat passes on what is there, without waiting for the line to end.
function copy(io: Io, operands: readonly string[]): Result {
  const names = inputNames(io, operands)
  const files = names.length === 0 ? ['-'] : names
  const state = recall(io, 'copy', () => ({ index: 0 }))
  while (state.index < files.length) {
    const name = files[state.index] ?? '-'
    if (name !== '-') {
      const text = readFiles(io, [name])
      out(io, text ?? '')
      state.index++
      continue
    }
    if (isSpent(io) || mustPause(io)) return 'wait'
    const text = readFrom(io.container, io.proc, 0, 65_536)
    if (text === undefined) {
      io.proc.block = { on: 'input', fd: 0 }
      return 'wait'
    }
    if (text === '') state.index++
    else out(io, text)
  }
  return failure(io)
}

function head(io: Io): Result {
  const args = io.args.map((arg, i) =>
    /^-\d+$/.test(arg) && !/^-[nc]$/.test(io.args[i - 1] ?? '') ? `-n${arg.slice(1)}` : arg,
  )
  const options = parseOptions({ ...io, args }, 'qv', 'nc')
  if (options === undefined) return 1
  if (options.values['c'] !== undefined) return headBytes(io, options.rest, options.values['c'])
  const count = Number(options.values['n'] ?? '10')
  if (Number.isNaN(count)) return fail(io, `invalid number '${options.values['n'] ?? ''}'`)
  const many = options.rest.length > 1 && !options.flags.has('q')
  const state = recall(io, 'head', () => ({ file: '', left: count }))
  if (count < 0) return headAllBut(io, options.rest, -count)
  if (!many && count === 0) return 0
  const each = (line: Line): number | undefined => {
    if (many && line.file !== state.file) {
      out(io, `${state.file === '' ? '' : '\n'}==> ${line.file} <==\n`)
      state.file = line.file
      state.left = count
    }
    if (state.left-- > 0) out(io, lineText(line))
    return !many && state.left <= 0 && options.rest.length <= 1 ? failure(io) : undefined
  }
  return eachLine(io, options.rest, each, () => failure(io))
}

function headBytes(io: Io, operands: readonly string[], count: string): Result {
  const names = inputNames(io, operands)
  const unit = /k$/i.test(count) ? 1024 : /m$/i.test(count) ? 1_048_576 : 1
  const max = parseInt(count) * unit
  if (names.length > 0) {
    out(io, (readFiles(io, names) ?? '').slice(0, max))
    return failure(io)
  }
  const state = recall(io, 'bytes', () => ({ left: max }))
  while (state.left > 0) {
    if (isSpent(io) || mustPause(io)) return 'wait'
    const text = readFrom(io.container, io.proc, 0, state.left)
    if (text === undefined) {
      io.proc.block = { on: 'input', fd: 0 }
      return 'wait'
    }
    if (text === '') break
    state.left -= text.length
    out(io, text)
  }
  return 0
}

function headAllBut(io: Io, names: readonly string[], count: number): Result {
  const text = readFiles(io, names)
  if (text === undefined) return 'wait'
  for (const line of linesOf(text).slice(0, -count)) out(io, `${line}\n`)
  return failure(io)
}

function tail(io: Io): Result {
  const args = io.args.map((arg, i) =>
    /^[-+]\d+$/.test(arg) && !/^-[nc]$/.test(io.args[i - 1] ?? '')
      ? `-n${arg.replace(/^-/, '')}`
      : arg,
  )
  const options = parseOptions({ ...io, args }, 'fFqv', 'nc')
  if (options === undefined) return 1
  if (options.flags.has('f') || options.flags.has('F')) return follow(io, options.rest)
  const text = readFiles(io, options.rest)
  if (text === undefined) return 'wait'
  if (failure(io) === 1 && options.rest.length === 1) return fail(io, 'no files')
  const bytes = options.values['c']
  const count = bytes ?? options.values['n'] ?? '10'
  const number = Math.abs(parseInt(count))
  if (Number.isNaN(number)) return fail(io, `invalid number '${count}'`)
  const fromStart = count.startsWith('+')
  if (bytes !== undefined) {
    out(io, fromStart ? text.slice(number - 1) : text.slice(Math.max(0, text.length - number)))
    return failure(io)
  }
  const lines = text.split(/(?<=\n)/)
  const shown = fromStart
    ? lines.slice(Math.max(0, number - 1))
    : number === 0
      ? []
      : lines.slice(-number)
  if (text !== '') out(io, shown.join(''))
  return failure(io)
}

// `tail -f`: what is there, then what is added, looked at every second. /dev/null has no end.
function follow(io: Io, names: readonly string[]): Result {
  const { container, proc } = io
  const [name] = names
  if (name === undefined) return copy(io, [])
  const path = pathOf(io, name)
  const state = recall(io, 'follow', () => ({ offset: -1 }))
  if (path.startsWith('/dev/')) {
    proc.block = { on: 'signal' }
    return 'wait'
  }
  const text = fileAt(container, path)?.text
  if (text === undefined) {
    warn(io, `can't open '${name}': No such file or directory`)
    return fail(io, 'no files')
  }
  if (state.offset < 0) {
    out(
      io,
      text
        .split(/(?<=\n)/)
        .slice(-10)
        .join(''),
    )
  } else out(io, text.slice(state.offset))
  state.offset = text.length
  // Only another proc can add something; alone, the tool waits for ever.
  if (container.procs.length > 1) {
    proc.block = { on: 'time', until: (container.now + 1000) as typeof container.now }
  } else proc.block = { on: 'signal' }
  return 'wait'
}

function tee(io: Io): Result {
  const options = parseOptions(io, 'ai')
  if (options === undefined) return 1
  const { container, proc } = io
  const state = recall<{ opened: boolean }>(io, 'tee', () => ({ opened: false }))
  const write = (text: string): void => {
    for (const name of options.rest) {
      const path = pathOf(io, name)
      if (path === '/dev/stderr' || path === '/dev/null') continue
      const keep = state.opened || options.flags.has('a')
      const old = keep ? (fileAt(container, path)?.text ?? '') : ''
      const problem = writeFile(container, path, old + text)
      if (problem !== '' && !state.opened) warn(io, `${name}: ${problem}`)
    }
    state.opened = true
  }
  if (!state.opened) write('')
  for (;;) {
    if (isSpent(io) || mustPause(io)) return 'wait'
    const text = readFrom(container, proc, 0, 65_536)
    if (text === '') return 0
    if (text === undefined) {
      proc.block = { on: 'input', fd: 0 }
      return 'wait'
    }
    out(io, text)
    write(text)
  }
}

function tac(io: Io): Result {
  const text = readFiles(io, io.args)
  if (text === undefined) return 'wait'
  out(
    io,
    linesOf(text)
      .toReversed()
      .map((line) => `${line}\n`)
      .join(''),
  )
  return failure(io)
}

function rev(io: Io): Result {
  const each = (line: Line): undefined => {
    const text = [...line.text].reverse().join('')
    out(io, lineText({ ...line, text }))
  }
  return eachLine(io, io.args, each, () => failure(io))
}

function nl(io: Io): Result {
  const options = parseOptions(io, 'p', 'bwsvin')
  if (options === undefined) return 1
  const width = Number(options.values['w'] ?? '6')
  const separator = options.values['s'] ?? '\t'
  const state = recall(io, 'nl', () => ({ number: Number(options.values['v'] ?? '1') }))
  const each = (line: Line): undefined => {
    const style = options.values['b'] ?? 't'
    const isCounted = style === 'a' || (style === 't' && line.text !== '')
    if (isCounted) out(io, `${String(state.number++).padStart(width)}${separator}${line.text}\n`)
    else out(io, `${' '.repeat(width + separator.length)}${line.text}\n`)
  }
  return eachLine(io, options.rest, each, () => failure(io))
}

function wc(io: Io): Result {
  const options = parseOptions(io, 'lwcmL')
  if (options === undefined) return 1
  const names = options.rest.length === 0 ? ['-'] : options.rest
  const wanted = [...'lwmcL'].filter((letter) => options.flags.has(letter))
  const letters = wanted.length === 0 ? ['l', 'w', 'c'] : wanted
  const totals = letters.map(() => 0)
  const rows: string[] = []
  const row = (counts: number[], name: string): string => {
    // One number of one file is not padded.
    const isBare = counts.length === 1 && names.length === 1
    const cells = isBare ? counts.map(String) : counts.map((count) => String(count).padStart(9))
    return `${cells.join(' ')}${name === '' ? '' : ` ${name}`}\n`
  }
  for (const name of names) {
    const text = readFiles(io, name === '-' ? [] : [name])
    if (text === undefined && name === '-') return 'wait'
    if (text === undefined || failure(io) === 1) continue
    const counts = letters.map((letter) => countOf(letter, text))
    for (const [index, count] of counts.entries()) totals[index] = (totals[index] ?? 0) + count
    rows.push(row(counts, name === '-' ? '' : name))
  }
  if (names.length > 1) rows.push(row(totals, 'total'))
  out(io, rows.join(''))
  return failure(io)
}

function countOf(letter: string, text: string): number {
  if (letter === 'l') return text.split('\n').length - 1
  if (letter === 'w') return text.split(/\s+/).filter((word) => word !== '').length
  if (letter === 'c') return utf8Length(text)
  if (letter === 'm') return [...text].length
  return Math.max(0, ...linesOf(text).map((line) => line.length))
}

function yes(io: Io): Result {
  const text = `${io.args.length === 0 ? 'y' : io.args.join(' ')}\n`
  while (!isSpent(io) && !mustPause(io)) out(io, text)
  return 'wait'
}

function seq(io: Io): Result {
  const options = parseOptions(
    { ...io, args: io.args.map((arg) => (/^-[\d.]/.test(arg) ? `\0${arg}` : arg)) },
    'w',
    's',
  )
  if (options === undefined) return 1
  const words = options.rest.map((word) => word.replace(/^\0/, ''))
  const numbers = words.map(Number)
  const bad = words.find((word) => word === '' || Number.isNaN(Number(word)))
  if (bad !== undefined || words.length === 0) return fail(io, `invalid number '${bad ?? ''}'`)
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0] ?? 0]
      : numbers.length === 2
        ? [numbers[0] ?? 1, 1, numbers[1] ?? 0]
        : [numbers[0] ?? 1, numbers[1] ?? 1, numbers[2] ?? 0]
  // The end has no say in the form, except in its width.
  const shaping = words.length === 1 ? words : words.slice(0, -1)
  const placesOf = (word: string): number => /\.(\d+)$/.exec(word)?.[1]?.length ?? 0
  const places = Math.max(...shaping.map(placesOf))
  const widths = [...shaping, words.at(-1) ?? ''].map((word) => {
    const whole = word.replace(/^\+/, '').replace(/\.\d*$/, '').length
    return whole + (places > 0 ? places + 1 : 0)
  })
  const width = options.flags.has('w') ? Math.max(...widths) : 0
  const separator = options.values['s'] ?? '\n'
  const state = recall(io, 'seq', () => ({ index: 0 }))
  if (step === 0 && isGnu(io)) return fail(io, 'increment is 0')
  for (;;) {
    const value = first + state.index * step
    if (step >= 0 ? value > last + 1e-9 : value < last - 1e-9) break
    if (isSpent(io, 2) || mustPause(io)) return 'wait'
    const shown = value.toFixed(places).padStart(width, '0')
    out(io, state.index === 0 ? shown : `${separator}${shown}`)
    state.index++
  }
  if (state.index > 0) out(io, '\n')
  return 0
}

export const lineTools: Record<string, Tool> = {
  cat: { run: cat },
  head: { run: head },
  tail: { run: tail },
  tee: { run: tee },
  tac: { run: tac },
  rev: { run: rev },
  nl: { run: nl },
  wc: { run: wc },
  yes: { run: yes },
  seq: { run: seq },
  more: { run: cat },
  less: { run: cat },
}
