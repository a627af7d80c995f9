// Shell patterns: `*`, `?`, `[…]`. A pattern is a list of pieces, matched without recursion, so
// that no pattern is slow.

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

/** Whether a whole text matches. Backtracks only to the last `*`, which suffices. */
export function matchPieces(pieces: Piece[], text: string): boolean {
  let piece = 0
  let pos = 0
  let star = -1
  let starPos = 0
  while (pos < text.length) {
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

export function matchPattern(pattern: string, text: string): boolean {
  return matchPieces(parsePattern(pattern), text)
}

/** `${x#p}`, `${x%p}`: removes the shortest or longest matching end. */
export function stripPattern(
  text: string,
  pattern: string,
  suffix: boolean,
  longest: boolean,
): string {
  const pieces = parsePattern(pattern)
  for (let i = 0; i <= text.length; i++) {
    const length = longest ? text.length - i : i
    const part = suffix ? text.slice(text.length - length) : text.slice(0, length)
    if (!matchPieces(pieces, part)) continue
    return suffix ? text.slice(0, text.length - length) : text.slice(length)
  }
  return text
}

/** `${x/p/by}`: replaces the longest match at the first place, or everywhere. */
export function replacePattern(text: string, pattern: string, by: string, all: boolean): string {
  const anchor = pattern.startsWith('#') ? 'start' : pattern.startsWith('%') ? 'end' : ''
  const pieces = parsePattern(anchor === '' ? pattern : pattern.slice(1))
  if (pieces.length === 0) return text
  let result = ''
  let pos = 0
  while (pos < text.length) {
    const end = anchor === 'start' && pos > 0 ? -1 : longestMatch(pieces, text, pos)
    if (end > pos && (anchor !== 'end' || end === text.length)) {
      result += by
      pos = end
      if (!all) break
    } else result += text[pos++] ?? ''
  }
  return result + text.slice(pos)
}

function longestMatch(pieces: Piece[], text: string, start: number): number {
  const fixed = pieces.every((piece) => piece.type !== 'any')
  if (fixed) {
    const end = start + pieces.length
    return end <= text.length && matchPieces(pieces, text.slice(start, end)) ? end : -1
  }
  for (let end = text.length; end > start; end--) {
    if (matchPieces(pieces, text.slice(start, end))) return end
  }
  return -1
}
