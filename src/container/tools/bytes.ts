// Tools that work on bytes: base64, dd and checksums.

import { randomInt } from '../../base/rng.ts'
import { writeTo } from '../kernel/descriptors.ts'
import { writeFile } from '../kernel/files.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { md5, sha1, sha256 } from './digest.ts'
import {
  fail,
  failure,
  fileText,
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
import { rawByte, utf8Bytes, utf8Length, utf8Text } from '../../base/utf8.ts'

function base64(io: Io): Result {
  const options = parseOptions(io, 'di', 'w')
  if (options === undefined) return 1
  const text = readFiles(io, options.rest)
  if (text === undefined) return 'wait'
  isSpent(io, text.length >> 2)
  if (options.flags.has('d')) {
    const bytes = decodeBase64(text)
    if (bytes === undefined) return fail(io, 'truncated input')
    out(io, utf8Text(bytes))
    return failure(io)
  }
  const encoded = encodeBase64(utf8Bytes(text))
  const width = Number(options.values['w'] ?? '76')
  const lines = width > 0 ? (encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? []) : [encoded]
  out(io, width > 0 ? lines.map((line) => `${line}\n`).join('') : encoded)
  return failure(io)
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
  while (text.length < length) text += rawByte(randomInt(io.container.rng, 256))
  return text
}

export const bytes: Record<string, Tool> = {
  base64: { run: base64 },
  dd: { run: dd },
  md5sum: checksum(md5),
  sha1sum: checksum(sha1),
  sha256sum: checksum(sha256),
}
