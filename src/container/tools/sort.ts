// `sort` and `shuf`.

import { randomInt } from '../../base/rng.ts'
import { writeFile } from '../kernel/files.ts'
import {
  failure,
  isSpent,
  linesOf,
  out,
  pathOf,
  readFiles,
  type Io,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions } from './options.ts'

interface Key {
  from: number
  fromChar: number
  to: number
  flags: string
}

function parseKey(text: string): Key {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(text)
  return {
    from: Number(match?.[1] ?? 1),
    fromChar: Number(match?.[2] ?? 1),
    to: match?.[4] === undefined ? Infinity : Number(match[4]),
    flags: `${match?.[3] ?? ''}${match?.[5] ?? ''}`,
  }
}

function keyText(line: string, key: Key, separator: string | undefined): string {
  const fields =
    separator === undefined ? (line.match(/\s*\S+|\s+$/g) ?? []) : line.split(separator)
  const part = fields.slice(key.from - 1, key.to).join(separator ?? '')
  const text = separator === undefined ? part.replace(/^\s+/, '') : part
  return text.slice(key.fromChar - 1)
}

const SUFFIXES = ' KMGTPE'

function compareKeys(a: string, b: string, flags: string): number {
  if (flags.includes('n') || flags.includes('g')) return numberOf(a) - numberOf(b)
  if (flags.includes('h')) return humanOf(a) - humanOf(b)
  if (flags.includes('V')) return compareVersions(a, b)
  if (flags.includes('M')) return monthOf(a) - monthOf(b)
  const [left, right] = flags.includes('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b]
  return left < right ? -1 : left > right ? 1 : 0
}

function numberOf(text: string): number {
  return parseFloat(/^\s*-?[\d.]+/.exec(text)?.[0] ?? '0') || 0
}

function humanOf(text: string): number {
  const unit = /^\s*-?[\d.]+\s*([KMGTPE])/i.exec(text)?.[1] ?? ' '
  return numberOf(text) * 1024 ** SUFFIXES.indexOf(unit.toUpperCase())
}

function monthOf(text: string): number {
  return 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'.indexOf(text.trim().slice(0, 3).toUpperCase())
}

function compareVersions(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? ''
    const y = right[i] ?? ''
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : compareKeys(x, y, '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

function sort(io: Io): Result {
  const options = parseOptions(io, 'nrufghMVbdisczR', 'kto')
  if (options === undefined) return 2
  const { flags, values, rest } = options
  const text = readFiles(io, rest)
  if (text === undefined) return 'wait'
  const letters = [...flags].join('')
  const parsed = (options.lists['k'] ?? []).map(parseKey)
  const compare = (a: string, b: string): number => {
    for (const key of parsed) {
      const used = key.flags === '' ? letters : key.flags
      const order = compareKeys(keyText(a, key, values['t']), keyText(b, key, values['t']), used)
      if (order !== 0) return used.includes('r') ? -order : order
    }
    const order = parsed.length === 0 ? compareKeys(a, b, letters) : 0
    if (order !== 0) return flags.has('r') ? -order : order
    if (flags.has('s') || flags.has('u')) return 0
    const last = compareKeys(a, b, '')
    return flags.has('r') ? -last : last
  }
  const lines = linesOf(text)
  isSpent(io, lines.length)
  const sorted = lines.sort(compare)
  const shown = flags.has('u')
    ? sorted.filter((line, i) => i === 0 || compare(sorted[i - 1] ?? '', line) !== 0)
    : sorted
  const result = shown.map((line) => `${line}\n`).join('')
  if (values['o'] === undefined) out(io, result)
  else writeFile(io.container, pathOf(io, values['o']), result)
  return failure(io) === 0 ? 0 : 2
}

function shuf(io: Io): Result {
  const options = parseOptions(io, 'er', 'nio')
  if (options === undefined) return 1
  const { flags, values, rest } = options
  let items: string[]
  const range = /^(\d+)-(\d+)$/.exec(values['i'] ?? '')
  if (range !== null) {
    const [low, high] = [Number(range[1]), Math.min(Number(range[2]), Number(range[1]) + 100_000)]
    items = Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => String(low + i))
  } else if (flags.has('e')) items = [...rest]
  else {
    const text = readFiles(io, rest)
    if (text === undefined) return 'wait'
    items = linesOf(text)
  }
  isSpent(io, items.length)
  for (let i = items.length - 1; i > 0; i--) {
    const other = randomInt(io.container.rng, i + 1)
    const item = items[i] ?? ''
    items[i] = items[other] ?? ''
    items[other] = item
  }
  for (const item of items.slice(0, Number(values['n'] ?? Infinity))) out(io, `${item}\n`)
  return 0
}

export const sortTools: Record<string, Tool> = { sort: { run: sort }, shuf: { run: shuf } }
