// `$name` and `${name…}`.

import { nested, peek, ScriptError, type Cursor } from './cursor.ts'
import type { Form, Part, Word } from './syntax.ts'

const BAD = 'syntax error: bad substitution'

/** A word whose leading unquoted `~` or `~user` stands for a home directory. */
export function withTilde(word: Word): Word {
  const first = word[0]
  if (first?.type !== 'text' || first.quoted) return word
  const match = /^~([\w-]*)(?=\/|$)/.exec(first.text)
  if (match === null || (match[0] === first.text && word.length > 1)) return word
  const rest = first.text.slice(match[0].length)
  const tail: Word = rest === '' ? word.slice(1) : [{ ...first, text: rest }, ...word.slice(1)]
  return [{ type: 'tilde', user: match[1] ?? '' }, ...tail]
}

/** The expansion at the `$`, or undefined where the dollar stands for itself. */
export function parameterExpansion(cursor: Cursor, quoted: boolean): Part | undefined {
  const rest = cursor.text.slice(cursor.pos + 1, cursor.pos + 2)
  if (rest === '{') return braced(cursor, quoted)
  const name = nameAt(cursor, cursor.pos + 1)
  if (name === '') return undefined
  // `$10` is `$1` and a zero.
  const used = /^\d/.test(name) ? name.slice(0, 1) : name
  cursor.pos += 1 + used.length
  return { type: 'parameter', name: used, quoted, form: { op: 'value' } }
}

function nameAt(cursor: Cursor, pos: number): string {
  const pattern = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]/y
  pattern.lastIndex = pos
  return pattern.exec(cursor.text)?.[0] ?? ''
}

function braced(cursor: Cursor, quoted: boolean): Part {
  cursor.pos += 2
  const isLength =
    peek(cursor) === '#' && nameAt(cursor, cursor.pos + 1) !== '' && !isHashOperator(cursor)
  const isIndirect = peek(cursor) === '!' && /\w/.test(peek(cursor, 1))
  if (isLength || isIndirect) cursor.pos++
  const name = nameAt(cursor, cursor.pos)
  if (name === '') throw new ScriptError(BAD)
  cursor.pos += name.length
  let form: Form = { op: 'value' }
  if (isLength) form = { op: 'length' }
  else if (isIndirect) form = { op: 'indirect' }
  else if (peek(cursor) !== '}') form = parseForm(cursor, quoted)
  if (peek(cursor) === '') {
    throw new ScriptError("syntax error: missing '}'")
  }
  if (peek(cursor) !== '}') throw new ScriptError(BAD)
  cursor.pos++
  return { type: 'parameter', name, quoted, form }
}

// `${#}` and `${#-x}`, `${##x}` are operators on `$#`; `${#x}` is a length.
function isHashOperator(cursor: Cursor): boolean {
  const next = peek(cursor, 1)
  return '#-?'.includes(next) && peek(cursor, 2) !== '}'
}

function parseForm(cursor: Cursor, quoted: boolean): Form {
  if (peek(cursor) === '') throw new ScriptError("syntax error: missing '}'")
  const colon = peek(cursor) === ':' && '-=?+'.includes(peek(cursor, 1)) && peek(cursor, 1) !== ''
  if (colon) cursor.pos++
  const char = peek(cursor)
  cursor.pos++
  if (char === '-') return { op: 'default', colon, word: braceWord(cursor, quoted) }
  if (char === '+') return { op: 'alternative', colon, word: braceWord(cursor, quoted) }
  if (char === '=') return { op: 'assign', colon, word: braceWord(cursor, quoted) }
  if (char === '?') return { op: 'require', colon, word: braceWord(cursor, quoted) }
  if (char === '%' || char === '#') {
    const longest = peek(cursor) === char
    if (longest) cursor.pos++
    const pattern = braceWord(cursor, false)
    return { op: char === '#' ? 'prefix' : 'suffix', longest, pattern }
  }
  if (char === '/') return replaceForm(cursor)
  if (char === ':') return sliceForm(cursor)
  if (char === '^' || char === ',') {
    const all = peek(cursor) === char
    if (all) cursor.pos++
    return { op: 'letters', mode: all ? char + char : char }
  }
  throw new ScriptError(BAD)
}

function braceWord(cursor: Cursor, quoted: boolean, stops = ''): Word {
  const ends = (c: Cursor): boolean => peek(c) === '}' || stops.includes(peek(c))
  return withTilde(
    nested(cursor, () => cursor.grammar.parts(cursor, { ends, quoted, quotes: true })),
  )
}

function replaceForm(cursor: Cursor): Form {
  const all = peek(cursor) === '/'
  if (all) cursor.pos++
  // A slash right at the beginning belongs to the pattern.
  const head: Word = peek(cursor) === '/' ? [{ type: 'text', text: '/', quoted: true }] : []
  cursor.pos += head.length
  const pattern = [...head, ...braceWord(cursor, false, '/')]
  let by: Word = []
  if (peek(cursor) === '/') {
    cursor.pos++
    by = braceWord(cursor, false)
  }
  return { op: 'replace', all, pattern, by }
}

function sliceForm(cursor: Cursor): Form {
  const offset = braceWord(cursor, true, ':')
  if (peek(cursor) !== ':') return { op: 'slice', offset, length: undefined }
  cursor.pos++
  return { op: 'slice', offset, length: braceWord(cursor, true) }
}
