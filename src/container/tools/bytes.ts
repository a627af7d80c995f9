// Tools that look at bytes: od, hexdump, base64, dd and checksums.

import { randomInt } from '../../base/rng.ts'
import { writeTo } from '../kernel/descriptors.ts'
import { writeFile } from '../kernel/files.ts'
import { md5, sha1, sha256 } from './digest.ts'
import {
  fail,
  failure,
  fileText,
  inputNames,
  isSpent,
  linesOf,
  mustPause,
  out,
  pathOf,
  readAll,
  readFiles,
  type Io,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions } from './options.ts'
import { utf8Bytes, utf8Length, utf8Text } from '../../base/utf8.ts'

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

function od(io: Io): Result {
  const options = parseOptions(io, 'bcdoxvBD', 'tANjw')
  if (options === undefined) return 1
  const limit = Number(options.values['N'] ?? Infinity)
  const names = inputNames(io, options.rest)
  const text = names.length === 0 ? readAll(io, limit) : readFiles(io, names)
  if (text === undefined) return 'wait'
  const bytes = utf8Bytes(text).slice(0, limit)
  isSpent(io, bytes.length)
  const type =
    options.values['t'] ?? (options.flags.has('c') ? 'c' : options.flags.has('x') ? 'x2' : 'o2')
  if (!/^(?:[ac]|[xuod][1248]?)$/.test(type)) return fail(io, `invalid type string '${type}'`)
  const base = options.values['A'] ?? 'o'
  const address = (at: number): string => {
    if (base === 'n') return ''
    return base === 'x'
      ? hex(at, 6)
      : base === 'd'
        ? String(at).padStart(7, '0')
        : at.toString(8).padStart(7, '0')
  }
  let result = ''
  for (let at = 0; at < bytes.length; at += 16) {
    result += `${address(at)}${odCells(bytes.slice(at, at + 16), type)}\n`
  }
  if (base !== 'n') result += `${address(bytes.length)}\n`
  out(io, result)
  return failure(io)
}

const NAMED: Record<number, string> = {
  0: '\\0',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  12: '\\f',
  13: '\\r',
}

function odCells(bytes: number[], type: string): string {
  if (type.startsWith('c') || type.startsWith('a')) {
    return bytes
      .map(
        (byte) =>
          NAMED[byte] ??
          (byte < 32 || byte > 126 ? byte.toString(8).padStart(3, '0') : String.fromCharCode(byte)),
      )
      .map((cell) => cell.padStart(4))
      .join('')
  }
  const size = Number(/\d/.exec(type)?.[0] ?? (type.startsWith('x') ? 4 : 2))
  const cells: string[] = []
  for (let i = 0; i < bytes.length; i += size) {
    let value = 0n
    for (let k = size - 1; k >= 0; k--) value = value * 256n + BigInt(bytes[i + k] ?? 0)
    if (type.startsWith('x')) cells.push(` ${value.toString(16).padStart(size * 2, '0')}`)
    else if (type.startsWith('u') || type.startsWith('d')) {
      const width = [0, 3, 5, 0, 10, 0, 0, 0, 20][size] ?? 10
      cells.push(` ${value.toString().padStart(width)}`)
    } else cells.push(` ${value.toString(8).padStart([0, 3, 6, 0, 11][size] ?? 22, '0')}`)
  }
  return cells.join('')
}

function hexdump(io: Io): Result {
  const options = parseOptions(io, 'Cv', 'nse')
  if (options === undefined) return 1
  const text = readFiles(io, options.rest)
  if (text === undefined) return 'wait'
  const bytes = utf8Bytes(text).slice(0, Number(options.values['n'] ?? Infinity))
  isSpent(io, bytes.length)
  const isCanonical = options.flags.has('C')
  let result = ''
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16)
    result += isCanonical ? canonicalRow(row, at) : `${hex(at, 7)}${odCells(row, 'x2')}\n`
  }
  if (bytes.length > 0) result += `${hex(bytes.length, isCanonical ? 8 : 7)}\n`
  out(io, result)
  return failure(io)
}

function canonicalRow(row: number[], at: number): string {
  const cells = Array.from({ length: 16 }, (_, i) => (row[i] === undefined ? '  ' : hex(row[i], 2)))
  const shown = row.map((byte) => (byte < 32 || byte > 126 ? '.' : String.fromCharCode(byte)))
  const [left, right] = [cells.slice(0, 8).join(' '), cells.slice(8).join(' ')]
  return `${hex(at, 8)}  ${left}  ${right}  |${shown.join('')}|\n`
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64(io: Io): Result {
  const options = parseOptions(io, 'di', 'w')
  if (options === undefined) return 1
  const text = readFiles(io, options.rest)
  if (text === undefined) return 'wait'
  isSpent(io, text.length >> 2)
  if (options.flags.has('d')) {
    const bytes = decode(text)
    if (bytes === undefined) return fail(io, 'truncated input')
    out(io, utf8Text(bytes))
    return failure(io)
  }
  const encoded = encode(utf8Bytes(text))
  const width = Number(options.values['w'] ?? '76')
  const lines = width > 0 ? (encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? []) : [encoded]
  out(io, width > 0 ? lines.map((line) => `${line}\n`).join('') : encoded)
  return failure(io)
}

function encode(bytes: number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += (ALPHABET[bits >> 18] ?? '') + (ALPHABET[(bits >> 12) & 63] ?? '')
    text += left > 1 ? (ALPHABET[(bits >> 6) & 63] ?? '') : '='
    text += left > 2 ? (ALPHABET[bits & 63] ?? '') : '='
  }
  return text
}

function decode(text: string): number[] | undefined {
  const chars = [...text.replace(/[\s=]/g, '')]
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const char of chars) {
    const value = ALPHABET.indexOf(char)
    if (value < 0) return undefined
    bits = ((bits << 6) | value) & 0xff_ffff
    count += 6
    if (count >= 8) {
      count -= 8
      bytes.push((bits >> count) & 255)
    }
  }
  return bytes
}

function checksum(digest: (bytes: number[]) => string): Tool {
  return {
    run: (io) => {
      const options = parseOptions(io, 'cbs')
      if (options === undefined) return 1
      const names = options.rest.length === 0 ? ['-'] : options.rest
      for (const name of names) {
        const text = name === '-' ? readAll(io) : fileText(io, name)
        if (text === undefined && name === '-') return 'wait'
        if (text === undefined) {
          io.proc.memory['failed'] = 1
          continue
        }
        isSpent(io, text.length)
        if (options.flags.has('c')) verify(io, text, digest)
        else out(io, `${digest(utf8Bytes(text))}  ${name}\n`)
      }
      return failure(io)
    },
  }
}

function verify(io: Io, list: string, digest: (bytes: number[]) => string): void {
  for (const line of linesOf(list)) {
    const [, sum, name] = /^([0-9a-f]+) [ *](.*)$/.exec(line) ?? []
    const text = name === undefined ? undefined : fileText(io, name)
    const isGood = text !== undefined && digest(utf8Bytes(text)) === sum
    out(io, `${name ?? ''}: ${isGood ? 'OK' : 'FAILED'}\n`)
    if (!isGood) io.proc.memory['failed'] = 1
  }
}

const UNITS: Record<string, number> = {
  '': 1,
  c: 1,
  k: 1024,
  K: 1024,
  M: 1_048_576,
  G: 1_073_741_824,
}
const DD_MAX = 1_048_576

function size(text: string | undefined, normal: number): number {
  const match = /^(\d+)([ckKMG]?)B?$/.exec(text ?? '')
  return match === null ? normal : Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1)
}

// A minimal dd: copies at most 1 MiB, but reports what was asked for.
function dd(io: Io): Result {
  const given = Object.fromEntries(io.args.map((arg) => arg.split(/=(.*)/s).slice(0, 2))) as Record<
    string,
    string
  >
  const block = size(given['bs'], 512)
  const count = given['count'] === undefined ? Infinity : size(given['count'], 1)
  const asked = block * count
  let text: string | undefined
  if (given['if'] === undefined) {
    text = readAll(io)
    if (text === undefined) return 'wait'
  } else if (/^\/dev\/(?:zero|urandom|random)$/.test(given['if'])) {
    if (asked === Infinity) {
      io.proc.block = { on: 'nothing' }
      return 'wait'
    }
    const zero = given['if'] === '/dev/zero'
    text = zero ? '\0'.repeat(Math.min(asked, DD_MAX)) : randomBytes(io, Math.min(asked, DD_MAX))
  } else text = given['if'] === '/dev/null' ? '' : fileText(io, given['if'])
  if (text === undefined) return 1
  const skipped = text.slice(size(given['skip'], 0) * block)
  const copied = skipped.slice(0, Math.min(asked, DD_MAX))
  if (mustPause(io)) return 'wait'
  if (given['of'] === undefined) out(io, copied)
  else if (given['of'] !== '/dev/null') {
    const problem = writeFile(io.container, pathOf(io, given['of']), copied)
    if (problem !== '') return fail(io, `error writing '${given['of']}': ${problem}`)
  }
  const isDevice = given['if'] === '/dev/zero' || given['if'] === '/dev/urandom'
  const total = isDevice ? asked : utf8Length(copied)
  const records = `${Math.floor(total / block)}+${total % block === 0 ? 0 : 1}`
  writeTo(io.container, io.proc, 2, `${records} records in\n${records} records out\n`)
  return 0
}

function randomBytes(io: Io, length: number): string {
  isSpent(io, length >> 3)
  let text = ''
  while (text.length < length) text += String.fromCharCode(randomInt(io.container.rng, 256))
  return text
}

export const bytes: Record<string, Tool> = {
  od: { run: od },
  hexdump: { run: hexdump },
  base64: { run: base64 },
  dd: { run: dd },
  md5sum: checksum(md5),
  sha1sum: checksum(sha1),
  sha256sum: checksum(sha256),
}
