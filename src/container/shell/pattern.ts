// Shell patterns: `*`, `?`, `[…]`. A pattern is a list of pieces, matched without recursion, so
// that no pattern is slow.

import { charge, type Meter } from '../kernel/meter.ts'

type Piece =
  | { type: 'text'; text: string }
  | { type: 'any' }
  | { type: 'one' }
  | { type: 'set'; negated: boolean; ranges: [string, string][] }

/** In pattern texts, this marks the next character as quoted. */
const QUOTE = '\\'

/** Makes a text match only itself inside a pattern. */
export function quotePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&')
}

export function hasPattern(text: string): boolean {
  if (!/[*?[]/.test(text)) return false
  return /(?:^|[^\\])(?:\\\\)*(?:[*?]|\[[^]+\])/.test(text)
}

/** Removes the quoting of a pattern text that is no pattern after all. */
export function unquotePattern(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1')
}

const CLASSES: Record<string, [string, string][]> = {
  alpha: [
    ['a', 'z'],
    ['A', 'Z'],
  ],
  digit: [['0', '9']],
  alnum: [
    ['a', 'z'],
    ['A', 'Z'],
    ['0', '9'],
  ],
  upper: [['A', 'Z']],
  lower: [['a', 'z']],
  space: [
    [' ', ' '],
    ['\t', '\r'],
  ],
  blank: [
    [' ', ' '],
    ['\t', '\t'],
  ],
  punct: [
    ['!', '/'],
    [':', '@'],
    ['[', '`'],
    ['{', '~'],
  ],
  xdigit: [
    ['0', '9'],
    ['a', 'f'],
    ['A', 'F'],
  ],
}

/** Splits a pattern text into pieces. */
export function parsePattern(pattern: string): Piece[] {
  const pieces: Piece[] = []
  let pos = 0
  while (pos < pattern.length) {
    const char = pattern[pos] ?? ''
    if (char === '*') {
      if (pieces.at(-1)?.type !== 'any') pieces.push({ type: 'any' })
      pos++
    } else if (char === '?') {
      pieces.push({ type: 'one' })
      pos++
    } else {
      const set = char === '[' ? parseSet(pattern, pos) : undefined
      if (set !== undefined) {
        pieces.push(set.piece)
        pos = set.end
      } else {
        const isQuoted = char === QUOTE && pos + 1 < pattern.length
        pieces.push({ type: 'text', text: isQuoted ? (pattern[pos + 1] ?? '') : char })
        pos += isQuoted ? 2 : 1
      }
    }
  }
  return pieces
}

function parseSet(pattern: string, start: number): { piece: Piece; end: number } | undefined {
  let pos = start + 1
  const negated = pattern[pos] === '!' || pattern[pos] === '^'
  if (negated) pos++
  const ranges: [string, string][] = []
  for (let first = true; ; first = false) {
    let char = pattern[pos]
    if (char === undefined) return undefined
    if (char === ']' && !first) return { piece: { type: 'set', negated, ranges }, end: pos + 1 }
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(pos, pos + 12))
    if (named !== null) {
      ranges.push(...(CLASSES[named[1] ?? ''] ?? []))
      pos += named[0].length
      continue
    }
    if (char === QUOTE) char = pattern[++pos] ?? ''
    const upper = pattern[pos + 2]
    if (pattern[pos + 1] === '-' && upper !== undefined && upper !== ']') {
      ranges.push([char, upper])
      pos += 3
    } else {
      ranges.push([char, char])
      pos++
    }
  }
}

function matchesOne(piece: Piece, char: string): boolean {
  if (piece.type === 'text') return piece.text === char
  if (piece.type !== 'set') return true
  return piece.ranges.some(([low, high]) => char >= low && char <= high) !== piece.negated
}

/** So many comparisons of a character with a piece are one step. */
const COMPARE_SHIFT = 6

/** Whether a whole text matches. Backtracks only to the last `*`, which suffices. */
export function matchPieces(meter: Meter, pieces: Piece[], text: string): boolean {
  let piece = 0
  let pos = 0
  let star = -1
  let starPos = 0
  for (let compared = 0; pos < text.length; compared++) {
    if ((compared & 0xffff) === 0xffff) charge(meter, 0x10000 >> COMPARE_SHIFT)
    const current = pieces[piece]
    if (current !== undefined && current.type !== 'any' && matchesOne(current, text[pos] ?? '')) {
      piece++
      pos++
    } else if (current?.type === 'any') {
      star = piece++
      starPos = pos
    } else if (star >= 0) {
      piece = star + 1
      pos = ++starPos
    } else return false
  }
  while (pieces[piece]?.type === 'any') piece++
  return piece === pieces.length
}

export function matchPattern(meter: Meter, pattern: string, text: string): boolean {
  return matchPieces(meter, parsePattern(pattern), text)
}

/**
 * How long the shortest or longest match at `start` is; -1: none. All places of the pattern where
 * a match may stand are followed at once, character by character.
 */
function prefixLength(
  meter: Meter,
  pieces: Piece[],
  text: string,
  start: number,
  longest: boolean,
): number {
  let places = closed(pieces, [0])
  let found = -1
  for (let pos = start; ; pos++) {
    if (places.at(-1) === pieces.length) {
      found = pos - start
      if (!longest) return found
    }
    const char = text[pos]
    if (char === undefined || places.length === 0) return found
    if ((pos & 0xff) === 0xff) charge(meter, (places.length << 8) >> COMPARE_SHIFT)
    places = closed(pieces, following(pieces, places, char))
  }
}

// The places after one more character; both lists ascend without doubles.
function following(pieces: Piece[], places: readonly number[], char: string): number[] {
  const next: number[] = []
  for (const place of places) {
    const piece = pieces[place]
    if (piece === undefined) continue
    if (piece.type === 'any') {
      if (next.at(-1) !== place) next.push(place)
    } else if (matchesOne(piece, char)) next.push(place + 1)
  }
  return next
}

// A `*` may match nothing: the place behind it is reached as well.
function closed(pieces: Piece[], places: readonly number[]): number[] {
  const all: number[] = []
  for (const place of places) {
    if (all.at(-1) !== place) all.push(place)
    if (pieces[place]?.type === 'any') all.push(place + 1)
  }
  return all
}

function reversed(text: string): string {
  let result = ''
  for (let i = text.length - 1; i >= 0; i--) result += text[i] ?? ''
  return result
}

/** `${x#p}`, `${x%p}`: removes the shortest or longest matching end. */
export function stripPattern(
  meter: Meter,
  text: string,
  pattern: string,
  suffix: boolean,
  longest: boolean,
): string {
  const pieces = parsePattern(pattern)
  const length = suffix
    ? prefixLength(meter, pieces.toReversed(), reversed(text), 0, longest)
    : prefixLength(meter, pieces, text, 0, longest)
  if (length <= 0) return text
  return suffix ? text.slice(0, text.length - length) : text.slice(length)
}

/** `${x/p/by}`: replaces the longest match at the first place, or everywhere. */
export function replacePattern(
  meter: Meter,
  text: string,
  pattern: string,
  by: string,
  all: boolean,
): string {
  const anchor = pattern.startsWith('#') ? 'start' : pattern.startsWith('%') ? 'end' : ''
  const pieces = parsePattern(anchor === '' ? pattern : pattern.slice(1))
  if (pieces.length === 0) return text
  if (text === '') return matchPieces(meter, pieces, text) ? by : text
  let result = ''
  let pos = 0
  while (pos < text.length) {
    const length = anchor === 'start' && pos > 0 ? -1 : prefixLength(meter, pieces, text, pos, true)
    if (length > 0 && (anchor !== 'end' || pos + length === text.length)) {
      result += by
      pos += length
      if (!all) break
    } else result += text[pos++] ?? ''
  }
  return result + text.slice(pos)
}
