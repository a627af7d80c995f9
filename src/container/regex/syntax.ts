// The syntax of POSIX regular expressions, basic and extended, with GNU's additions (`\+`, `\|`,
// `\w`, `\<`), as text → tree.

export type Node =
  | { type: 'char'; text: string }
  | { type: 'any' }
  /** `[…]`, in a notation that RE2 and JavaScript share. */
  | { type: 'set'; source: string }
  /** A place without width: `^`, `\b` and the like, in RE2's notation. */
  | { type: 'place'; source: string }
  | { type: 'group'; index: number; body: Node }
  | { type: 'either'; options: Node[] }
  | { type: 'sequence'; items: Node[] }
  | { type: 'repeat'; item: Node; min: number; max: number }
  | { type: 'reference'; index: number }

export interface Syntax {
  node: Node
  groups: number
  hasReferences: boolean
}

/** What is wrong with an expression, in the C library's words. */
export class RegexError extends Error {
  override name = 'RegexError'
}

interface Reader {
  readonly text: string
  readonly extended: boolean
  pos: number
  groups: number
  depth: number
  hasReferences: boolean
}

const DEPTH_MAX = 200
/** The C library's own bound is 32,767; the engine's is this. */
const REPEAT_MAX = 1000

/** The tree of an expression; throws a RegexError. */
export function parseRegex(text: string, extended: boolean): Syntax {
  const reader: Reader = { text, extended, pos: 0, groups: 0, depth: 0, hasReferences: false }
  const node = either(reader)
  if (reader.pos < text.length) throw new RegexError('Unmatched ) or \\)')
  return { node, groups: reader.groups, hasReferences: reader.hasReferences }
}

/** Takes an operator that a backslash makes special in a basic expression, and plain in another. */
function accept(reader: Reader, operator: string): boolean {
  const token = reader.extended ? operator : `\\${operator}`
  if (!reader.text.startsWith(token, reader.pos)) return false
  reader.pos += token.length
  return true
}

function stands(reader: Reader, operator: string): boolean {
  return reader.text.startsWith(reader.extended ? operator : `\\${operator}`, reader.pos)
}

function either(reader: Reader): Node {
  if (++reader.depth > DEPTH_MAX) throw new RegexError('Memory exhausted')
  const options = [sequence(reader)]
  while (accept(reader, '|')) options.push(sequence(reader))
  reader.depth--
  return options.length === 1 && options[0] !== undefined ? options[0] : { type: 'either', options }
}

function endsSequence(reader: Reader): boolean {
  if (reader.pos >= reader.text.length || stands(reader, '|')) return true
  if (!stands(reader, ')')) return false
  // In an extended expression a lone `)` stands for itself.
  return !reader.extended || reader.depth > 1
}

function sequence(reader: Reader): Node {
  const items: Node[] = []
  const start = reader.pos
  while (!endsSequence(reader)) {
    const isFirst = items.length === 0
    if (reader.extended && isFirst && '*+?{'.includes(reader.text[reader.pos] ?? ' ')) {
      reader.pos++
      continue
    }
    items.push(repeated(reader, atom(reader, start)))
  }
  return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'sequence', items }
}

function repeated(reader: Reader, atomNode: Node): Node {
  let item = atomNode
  const isAnchor = item.type === 'place' && item.source === '^'
  for (;;) {
    const char = reader.text[reader.pos] ?? ''
    if (char === '*' && (reader.extended || !isAnchor)) {
      reader.pos++
      item = { type: 'repeat', item, min: 0, max: Infinity }
    } else if (accept(reader, '+')) item = { type: 'repeat', item, min: 1, max: Infinity }
    else if (accept(reader, '?')) item = { type: 'repeat', item, min: 0, max: 1 }
    else {
      const bounds = stands(reader, '{') ? interval(reader) : undefined
      if (bounds === undefined) return item
      item = { type: 'repeat', item, ...bounds }
    }
  }
}

// `{2}`, `{2,}`, `{,3}`, `{2,3}`; in an extended expression anything else is plain text.
function interval(reader: Reader): { min: number; max: number } | undefined {
  const end = reader.extended ? '}' : '\\}'
  const start = reader.pos + (reader.extended ? 1 : 2)
  const close = reader.text.indexOf(end, start)
  const inner = close < 0 ? undefined : reader.text.slice(start, close)
  const match = inner === undefined ? null : /^(\d*)(?:(,)(\d*))?$/.exec(inner)
  if (match === null || inner === '') {
    if (reader.extended) return undefined
    throw new RegexError(close < 0 ? 'Unmatched \\{' : 'Invalid content of \\{\\}')
  }
  const min = Number(match[1] ?? 0)
  const max = match[2] === undefined ? min : match[3] === '' ? Infinity : Number(match[3])
  if (max < min) throw new RegexError('Invalid content of \\{\\}')
  if (min > REPEAT_MAX || (max > REPEAT_MAX && max !== Infinity)) {
    throw new RegexError('Regular expression too big')
  }
  reader.pos = close + end.length
  return { min, max }
}

function atom(reader: Reader, start: number): Node {
  const char = reader.text[reader.pos] ?? ''
  if (accept(reader, '(')) return group(reader)
  if (char === '[') return bracket(reader)
  if (char === '\\') return escape(reader)
  reader.pos++
  if (char === '.') return { type: 'any' }
  if (char === '^' && (reader.extended || reader.pos - 1 === start)) {
    return { type: 'place', source: '^' }
  }
  if (char === '$' && (reader.extended || endsSequence(reader))) {
    return { type: 'place', source: '$' }
  }
  return { type: 'char', text: char }
}

function group(reader: Reader): Node {
  const index = ++reader.groups
  const body = either(reader)
  if (!accept(reader, ')')) throw new RegexError('Unmatched ( or \\(')
  return { type: 'group', index, body }
}

const PLACES: Record<string, string> = {
  b: '\\b',
  B: '\\B',
  '<': '\\b(?<!\\w)',
  '>': '\\b(?<=\\w)',
  '`': '\\A',
  "'": '\\z',
}
const SETS: Record<string, string> = {
  w: '[A-Za-z0-9_]',
  W: '[^A-Za-z0-9_]',
  s: '[ \\t-\\r]',
  S: '[^ \\t-\\r]',
}

function escape(reader: Reader): Node {
  const char = reader.text[reader.pos + 1]
  if (char === undefined) throw new RegexError('Trailing backslash')
  reader.pos += 2
  const place = Object.hasOwn(PLACES, char) ? PLACES[char] : undefined
  if (place !== undefined) return { type: 'place', source: place }
  const set = Object.hasOwn(SETS, char) ? SETS[char] : undefined
  if (set !== undefined) return { type: 'set', source: set }
  if (/[1-9]/.test(char)) {
    if (Number(char) > reader.groups) throw new RegexError('Invalid back reference')
    reader.hasReferences = true
    return { type: 'reference', index: Number(char) }
  }
  const control = { n: '\n', t: '\t', r: '\r' }[char]
  return { type: 'char', text: control ?? char }
}

const CLASSES: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t-\\r',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
}

function bracket(reader: Reader): Node {
  const { text } = reader
  let pos = reader.pos + 1
  let source = '['
  if (text[pos] === '^') {
    source += '^'
    pos++
  }
  for (let isFirst = true; ; isFirst = false) {
    const char = text[pos]
    if (char === undefined) throw new RegexError('Unmatched [, [^, [:, [., or [=')
    if (char === ']' && !isFirst) break
    const named = /^\[:([^\]]*):\]/.exec(text.slice(pos, pos + 14))
    if (named !== null) {
      const set = Object.hasOwn(CLASSES, named[1] ?? '') ? CLASSES[named[1] ?? ''] : undefined
      if (set === undefined) throw new RegexError('Invalid character class name')
      source += set
      pos += named[0].length
      continue
    }
    const low = setChar(text, pos)
    const isRange = text[low.end] === '-' && text[low.end + 1] !== ']' && low.end + 1 < text.length
    const high = isRange ? setChar(text, low.end + 1) : low
    if (high.char < low.char) throw new RegexError('Invalid range end')
    source += setSource(low.char) + (isRange ? `-${setSource(high.char)}` : '')
    pos = high.end
  }
  reader.pos = pos + 1
  return { type: 'set', source: `${source}]` }
}

// One character of a set: itself, `[.x.]`, `[=x=]`, or an escape that tools put in.
function setChar(text: string, pos: number): { char: string; end: number } {
  const collated = /^\[([.=])(.)\1\]/s.exec(text.slice(pos, pos + 5))
  if (collated !== null) return { char: collated[2] ?? '', end: pos + 5 }
  const control =
    text[pos] === '\\' ? { n: '\n', t: '\t', r: '\r' }[text[pos + 1] ?? ''] : undefined
  if (control !== undefined) return { char: control, end: pos + 2 }
  const char = String.fromCodePoint(text.codePointAt(pos) ?? 0)
  return { char, end: pos + char.length }
}

function setSource(char: string): string {
  if (char === '\n') return '\\n'
  return /[\\\]^[-]/.test(char) ? `\\${char}` : char
}
