// Bytes as numbers: `od`, `hexdump` and `xxd`.

import { failure, fail, inputNames, isSpent, out, readAll, readFiles } from './io.ts'
import type { Io, Result, Tool } from './io.ts'
import { parseOptions } from './options.ts'
import { formatFloat } from './printf.ts'
import { utf8Bytes, utf8Text } from '../../base/utf8.ts'

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

/** Letters of `od` that stand for a type of `-t`. */
const TYPES: Record<string, string> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  D: 'u4',
  e: 'f8',
  f: 'f4',
  F: 'f8',
  h: 'x2',
  H: 'x4',
  i: 'd4',
  I: 'd8',
  l: 'd8',
  L: 'd8',
  o: 'o2',
  B: 'o2',
  O: 'o4',
  s: 'd2',
  x: 'x2',
  X: 'x4',
}

function od(io: Io): Result {
  const options = parseOptions(io, `${Object.keys(TYPES).join('')}v`, 'tANjw')
  if (options === undefined) return 1
  const limit = Number(options.values['N'] ?? Infinity)
  const names = inputNames(io, options.rest)
  const skip = Number(options.values['j'] ?? 0)
  const text = names.length === 0 ? readAll(io, limit + skip) : readFiles(io, names)
  if (text === undefined) return 'wait'
  const bytes = utf8Bytes(text).slice(skip, skip + limit)
  isSpent(io, bytes.length)
  const letters = [...options.flags].filter((flag) => Object.hasOwn(TYPES, flag))
  const types = options.lists['t'] ?? letters.map((letter) => TYPES[letter] ?? 'o2')
  if (types.length === 0) types.push('o2')
  const wrong = types.find((type) => !/^(?:[ac]|[xuod][1248CSIL]?|f[48FDL]?)$/.test(type))
  if (wrong !== undefined) return fail(io, `invalid type string '${wrong}'`)
  const address = addressOf(options.values['A'] ?? 'o')
  let result = ''
  let before = ''
  let isStarred = false
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16)
    const key = row.join(' ')
    const isSame = key === before && row.length === 16 && !options.flags.has('v')
    if (isSame && !isStarred) result += '*\n'
    isStarred = isSame
    before = key
    if (isSame) continue
    for (const [index, type] of types.entries()) {
      const head = address(at + skip)
      result += `${index === 0 ? head : ' '.repeat(head.length)}${odCells(row, type)}\n`
    }
  }
  const last = address(bytes.length + skip)
  out(io, last === '' ? result : `${result}${last}\n`)
  return failure(io)
}

function addressOf(base: string): (at: number) => string {
  if (base === 'n') return () => ''
  if (base === 'x') return (at) => hex(at, 6)
  return (at) => at.toString(base === 'd' ? 10 : 8).padStart(7, '0')
}

const NAMED: Record<number, string> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}
const CONTROLS = (
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si ' +
  'dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'
).split(' ')

function letterOf(byte: number, type: string): string {
  if (type === 'a') {
    const low = byte & 127
    return low === 127 ? 'del' : (CONTROLS[low] ?? String.fromCharCode(low))
  }
  const isPlain = byte >= 32 && byte <= 126
  return NAMED[byte] ?? (isPlain ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
}

const SIZES: Record<string, number> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 }

function odCells(bytes: readonly number[], type: string): string {
  if (type === 'c' || type === 'a') {
    return bytes.map((byte) => letterOf(byte, type).padStart(4)).join('')
  }
  const sign = type[1] ?? (type.startsWith('f') ? '8' : type.startsWith('x') ? '4' : '2')
  const size = SIZES[sign] ?? Number(sign)
  let cells = ''
  for (let i = 0; i < bytes.length; i += size) {
    const value = numberAt(bytes, i, size)
    if (type.startsWith('x')) cells += ` ${value.toString(16).padStart(size * 2, '0')}`
    else if (type.startsWith('o')) {
      cells += ` ${value.toString(8).padStart([0, 3, 6, 0, 11][size] ?? 22, '0')}`
    } else if (type.startsWith('f')) cells += ` ${floatCell(value, size)}`
    else {
      const signed = type.startsWith('d') ? BigInt.asIntN(size * 8, value) : value
      const width = (type.startsWith('d') ? [0, 4, 6, 0, 11] : [0, 3, 5, 0, 10])[size] ?? 20
      cells += ` ${signed.toString().padStart(width)}`
    }
  }
  return cells
}

function numberAt(bytes: readonly number[], at: number, size: number): bigint {
  let value = 0n
  for (let k = size - 1; k >= 0; k--) value = value * 256n + BigInt(bytes[at + k] ?? 0)
  return value
}

// IEEE numbers from their bits, printed as od does.
function floatCell(value: bigint, size: number): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, value)
  const number = size === 4 ? view.getFloat32(4) : view.getFloat64(0)
  const text = formatFloat('e', '', size === 4 ? 7 : 14, number)
  return text.padStart(size === 4 ? 15 : 22)
}

function hexdump(io: Io): Result {
  const options = parseOptions(io, 'bcCdovx', 'nse')
  if (options === undefined) return 1
  const text = readFiles(io, options.rest)
  if (text === undefined) return 'wait'
  const bytes = utf8Bytes(text).slice(0, Number(options.values['n'] ?? Infinity))
  isSpent(io, bytes.length)
  const format = options.values['e']
  const row = format === undefined ? undefined : formatRow(format)
  if (format !== undefined && row === undefined) return fail(io, `bad format {${format}}`)
  const isCanonical = options.flags.has('C')
  const width = row?.width ?? 16
  let result = ''
  let before = ''
  let isStarred = false
  for (let at = 0; at < bytes.length; at += width) {
    const part = bytes.slice(at, at + width)
    const key = part.join(' ')
    const isSame = key === before && part.length === width && !options.flags.has('v')
    if (isSame && !isStarred) result += '*\n'
    isStarred = isSame
    before = key
    if (isSame) continue
    if (row !== undefined) result += row.text(part)
    else result += isCanonical ? canonicalRow(part, at) : `${hex(at, 7)}${odCells(part, 'x2')}\n`
  }
  if (bytes.length > 0 && row === undefined) {
    result += `${hex(bytes.length, isCanonical ? 8 : 7)}\n`
  }
  out(io, result)
  return failure(io)
}

interface Row {
  width: number
  text: (bytes: readonly number[]) => string
}

// `-e '16/1 " %3d" "\n"'`: units of count, size and format.
function formatRow(format: string): Row | undefined {
  const pattern = /\s*(?:(\d+)?(?:\/(\d+))?)?\s*"([^"]*)"\s*/y
  const units: { count: number; size: number; format: string }[] = []
  while (pattern.lastIndex < format.length) {
    const match = pattern.exec(format)
    if (match === null) return undefined
    const size = /%/.test(match[3] ?? '') ? Number(match[2] ?? 1) : 0
    const shown = (match[3] ?? '').replace(/\\n/g, '\n').replace(/\\t/g, '\t')
    units.push({ count: Number(match[1] ?? 1), size, format: shown })
  }
  const width = units.reduce((sum, { count, size }) => sum + count * size, 0)
  if (width === 0) return undefined
  const text = (bytes: readonly number[]): string => {
    let at = 0
    let result = ''
    for (const unit of units) {
      for (let i = 0; i < unit.count; i++) {
        result += unit.format.replace(/%[-0 ]*(\d*)(_[a-z]|[a-z])/gi, (_, digits, kind) =>
          unitCell(bytes, at, unit.size, String(kind)).padStart(Number(digits)),
        )
        at += unit.size
      }
    }
    return result
  }
  return { width, text }
}

function unitCell(bytes: readonly number[], at: number, size: number, kind: string): string {
  if (at >= bytes.length) return ''
  const value = numberAt(bytes, at, size)
  if (kind === 'x') return value.toString(16)
  if (kind === 'o') return value.toString(8)
  if (kind === 'u') return value.toString()
  if (kind === '_u') return hexdumpName(Number(value))
  if (kind.startsWith('_') || kind === 'c') return letterOf(Number(value), 'c')
  return BigInt.asIntN(size * 8, value).toString()
}

function hexdumpName(byte: number): string {
  if (byte === 127) return 'del'
  if (byte > 127) return hex(byte, 2)
  if (byte === 10) return 'lf'
  return byte < 32 ? (CONTROLS[byte] ?? '') : String.fromCharCode(byte)
}

function canonicalRow(row: readonly number[], at: number): string {
  const cells = Array.from({ length: 16 }, (_, i) => (row[i] === undefined ? '  ' : hex(row[i], 2)))
  const shown = row.map((byte) => (byte < 32 || byte > 126 ? '.' : String.fromCharCode(byte)))
  const [left, right] = [cells.slice(0, 8).join(' '), cells.slice(8).join(' ')]
  return `${hex(at, 8)}  ${left}  ${right}  |${shown.join('')}|\n`
}

function xxd(io: Io): Result {
  const options = parseOptions(io, 'pri', 'gclso')
  if (options === undefined) return 1
  const text = readFiles(io, options.rest)
  if (text === undefined) return 'wait'
  isSpent(io, text.length)
  const isPlain = options.flags.has('p')
  if (options.flags.has('r')) {
    out(io, utf8Text(isPlain ? plainBytes(text) : text.split('\n').flatMap(rowBytes)))
    return failure(io)
  }
  const bytes = utf8Bytes(text).slice(0, Number(options.values['l'] ?? Infinity))
  const columns = Number(options.values['c'] ?? (isPlain ? 30 : 16)) || 16
  const group = Number(options.values['g'] ?? 2)
  let result = ''
  for (let at = 0; at < bytes.length; at += columns) {
    const row = bytes.slice(at, at + columns)
    result += isPlain ? row.map((byte) => hex(byte, 2)).join('') : xxdRow(row, at, columns, group)
    result += '\n'
  }
  out(io, result)
  return failure(io)
}

function xxdRow(row: readonly number[], at: number, columns: number, group: number): string {
  let cells = ''
  let width = 0
  for (let i = 0; i < columns; i++) {
    const gap = group > 0 && i > 0 && i % group === 0 ? ' ' : ''
    width += 2 + gap.length
    const byte = row[i]
    if (byte !== undefined) cells += gap + hex(byte, 2)
  }
  const shown = row.map((byte) => (byte < 32 || byte > 126 ? '.' : String.fromCharCode(byte)))
  return `${hex(at, 8)}: ${cells.padEnd(width)}  ${shown.join('')}`
}

function plainBytes(text: string): number[] {
  return (text.match(/[0-9a-fA-F]{2}/g) ?? []).map((pair) => parseInt(pair, 16))
}

// The bytes of one row of a dump, up to two blanks.
function rowBytes(line: string): number[] {
  const body = /^\s*[0-9a-fA-F]+:?\s(.*)$/.exec(line)?.[1] ?? ''
  return plainBytes((body.split('  ')[0] ?? '').replaceAll(' ', ''))
}

export const dumpTools: Record<string, Tool> = {
  od: { run: od },
  hexdump: { run: hexdump },
  hd: { run: (io) => hexdump({ ...io, args: ['-C', ...io.args] }) },
  xxd: { run: xxd },
}
