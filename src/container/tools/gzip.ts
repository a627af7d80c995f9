// `gzip`, `gunzip` and `zcat`. What is packed is stored as it is, which every gunzip reads; what
// others have packed is unpacked.

import { baseName, fileAt, removeFile, writeFile } from '../kernel/files.ts'
import { charge, type Meter } from '../kernel/meter.ts'
import { failed, failure, out, pathOf, readAll, type Io, type Result, type Tool } from './io.ts'
import { parseOptions } from './options.ts'
import { utf8Bytes, utf8Text } from '../../base/utf8.ts'

const BLOCK_MAX = 65_535
const OUTPUT_MAX = 4 * 1024 * 1024

function checksum(bytes: readonly number[]): number {
  let sum = ~0
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb8_8320 : 0)
  }
  return ~sum >>> 0
}

const little = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 255)

/** The bytes as a gzip file. */
export function pack(meter: Meter, bytes: readonly number[]): number[] {
  charge(meter, bytes.length >> 4)
  const packed = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
  for (let at = 0; at === 0 || at < bytes.length; at += BLOCK_MAX) {
    const block = bytes.slice(at, at + BLOCK_MAX)
    const isLast = at + BLOCK_MAX >= bytes.length
    packed.push(isLast ? 1 : 0, ...little(block.length, 2), ...little(block.length ^ 0xffff, 2))
    for (const byte of block) packed.push(byte)
  }
  return [...packed, ...little(checksum(bytes), 4), ...little(bytes.length, 4)]
}

interface Bits {
  bytes: readonly number[]
  pos: number
}

function take(bits: Bits, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++, bits.pos++) {
    const byte = bits.bytes[bits.pos >> 3]
    if (byte === undefined) throw new RangeError('short file')
    value |= ((byte >> (bits.pos & 7)) & 1) << i
  }
  return value
}

/** How many codes of each length there are, and the symbols in the order of their codes. */
interface Codes {
  counts: number[]
  symbols: number[]
}

function codesOf(lengths: readonly number[]): Codes {
  const counts = Array.from({ length: 16 }, () => 0)
  const symbols: number[] = []
  for (let length = 1; length < 16; length++) {
    for (const [symbol, own] of lengths.entries()) {
      if (own !== length) continue
      counts[length] = (counts[length] ?? 0) + 1
      symbols.push(symbol)
    }
  }
  return { counts, symbols }
}

function symbolAt(bits: Bits, { counts, symbols }: Codes): number {
  let [code, first, index] = [0, 0, 0]
  for (let length = 1; length < 16; length++) {
    code |= take(bits, 1)
    const count = counts[length] ?? 0
    if (code - first < count) return symbols[index + code - first] ?? 0
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new RangeError('invalid code')
}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function dynamicCodes(bits: Bits): [Codes, Codes] {
  const [literals, distances, given] = [take(bits, 5) + 257, take(bits, 5) + 1, take(bits, 4) + 4]
  const sizes = Array.from({ length: 19 }, () => 0)
  for (const place of ORDER.slice(0, given)) sizes[place] = take(bits, 3)
  const codes = codesOf(sizes)
  const lengths: number[] = []
  while (lengths.length < literals + distances) {
    const symbol = symbolAt(bits, codes)
    if (symbol < 16) lengths.push(symbol)
    else {
      const count = [3 + (symbol === 16 ? take(bits, 2) : 0), 0, 0][symbol - 16] ?? 0
      const times = symbol === 16 ? count : symbol === 17 ? 3 + take(bits, 3) : 11 + take(bits, 7)
      const value = symbol === 16 ? (lengths.at(-1) ?? 0) : 0
      for (let i = 0; i < times; i++) lengths.push(value)
    }
  }
  return [codesOf(lengths.slice(0, literals)), codesOf(lengths.slice(literals))]
}

function fixedCodes(): [Codes, Codes] {
  const size = (i: number): number => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)
  const literals = Array.from({ length: 288 }, (_, i) => size(i))
  return [codesOf(literals), codesOf(Array.from({ length: 30 }, () => 5))]
}

function inflateBlock(
  meter: Meter,
  bits: Bits,
  [literals, distances]: [Codes, Codes],
  to: number[],
): void {
  for (;;) {
    charge(meter, 1)
    const symbol = symbolAt(bits, literals)
    if (symbol === 256) return
    if (symbol < 256) {
      to.push(symbol)
      continue
    }
    const step = symbol - 257
    const extra = step < 8 || step === 28 ? 0 : (step >> 2) - 1
    const base = step < 8 ? step + 3 : step === 28 ? 258 : ((4 + (step & 3)) << extra) + 3
    const length = base + take(bits, extra)
    const code = symbolAt(bits, distances)
    const more = code < 4 ? 0 : (code >> 1) - 1
    const distance = (code < 4 ? code + 1 : ((2 + (code & 1)) << more) + 1) + take(bits, more)
    if (to.length + length > OUTPUT_MAX || distance > to.length) throw new RangeError('bad data')
    for (let i = 0; i < length; i++) to.push(to[to.length - distance] ?? 0)
  }
}

/** What a gzip file holds; undefined if it is none. */
export function unpack(meter: Meter, bytes: readonly number[]): number[] | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined
  const flags = bytes[3] ?? 0
  let start = 10
  if (flags & 4) start += 2 + (bytes[start] ?? 0) + 256 * (bytes[start + 1] ?? 0)
  for (const flag of [8, 16]) {
    if (flags & flag) start = bytes.indexOf(0, start) + 1
  }
  const bits: Bits = { bytes, pos: start * 8 }
  const result: number[] = []
  try {
    for (let isLast = false; !isLast;) {
      isLast = take(bits, 1) === 1
      const kind = take(bits, 2)
      if (kind === 0) {
        const at = ((bits.pos + 7) >> 3) + 4
        const length = (bytes[at - 4] ?? 0) + 256 * (bytes[at - 3] ?? 0)
        for (const byte of bytes.slice(at, at + length)) result.push(byte)
        bits.pos = (at + length) * 8
      } else inflateBlock(meter, bits, kind === 1 ? fixedCodes() : dynamicCodes(bits), result)
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
  return result
}

function convert(io: Io, text: string, unpacks: boolean): string | undefined {
  const bytes = unpacks ? unpack(io.proc, utf8Bytes(text)) : pack(io.proc, utf8Bytes(text))
  return bytes === undefined ? undefined : utf8Text(bytes)
}

function gzip(io: Io): Result {
  const options = parseOptions(io, 'cdfkqtv123456789n')
  if (options === undefined) return 1
  const { flags, rest } = options
  const unpacks = flags.has('d') || flags.has('t') || io.name === 'gunzip' || io.name === 'zcat'
  for (const name of rest.length === 0 ? ['-'] : rest) {
    const path = pathOf(io, name)
    const text = name === '-' ? readAll(io) : fileAt(io.container, path)?.text
    if (text === undefined) {
      if (name === '-') return 'wait'
      failed(io, `${name}: No such file or directory`)
      continue
    }
    if (unpacks && name !== '-' && io.name !== 'zcat' && !flags.has('c') && !name.endsWith('.gz')) {
      failed(io, `${name}: unknown suffix - ignored`)
      continue
    }
    const result = convert(io, text, unpacks)
    if (result === undefined) failed(io, 'invalid magic')
    else if (flags.has('t')) continue
    else if (name === '-' || flags.has('c') || io.name === 'zcat') out(io, result)
    else {
      const target = unpacks ? path.replace(/\.gz$/, '') : `${path}.gz`
      const isThere = fileAt(io.container, target) !== undefined && !flags.has('f')
      const problem = isThere ? 'File exists' : writeFile(io.container, target, result)
      if (problem !== '') failed(io, `can't open '${baseName(target)}': ${problem}`)
      else if (!flags.has('k')) removeFile(io.container, path)
    }
  }
  return failure(io)
}

export const gzipTools: Record<string, Tool> = {
  gzip: { run: gzip },
  gunzip: { run: gzip },
  zcat: { run: gzip },
}
