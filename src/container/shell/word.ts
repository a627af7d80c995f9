// Words: literal text, quotes and expansions.

import {
  cursorOf,
  isWordEnd,
  nested,
  peek,
  ScriptError,
  startsWith,
  type Cursor,
  type WordContext,
} from './cursor.ts'
import { joinBytes, rawByte } from '../../base/utf8.ts'
import { parameterExpansion, withTilde } from './expansion.ts'
import type { Part, Word } from './syntax.ts'

const PLAIN: WordContext = { ends: (c) => isWordEnd(peek(c)), quoted: false, quotes: true }

/** The word at the cursor, which stands on its first character. */
export function parseWord(cursor: Cursor): Word {
  const start = cursor.pos
  const word = parseParts(cursor, PLAIN)
  if (peek({ ...cursor, pos: start }) === '~') return withTilde(word)
  return word
}

/** Parts up to where the context ends; a missing end is an error of the caller's. */
export function parseParts(cursor: Cursor, context: WordContext): Word {
  const word: Word = []
  while (cursor.pos < cursor.text.length && !context.ends(cursor)) {
    const char = peek(cursor)
    if (char === '\\') parseBackslash(cursor, context, word)
    else if (char === "'" && context.quotes && !context.quoted) singleQuotes(cursor, word)
    else if (char === '"' && context.quotes) doubleQuotes(cursor, context, word)
    else if (char === '$' || char === '`') parseDollar(cursor, context, word)
    else addText(word, char, context.quoted, cursor)
  }
  return word
}

function addText(word: Word, text: string, quoted: boolean, cursor?: Cursor): void {
  if (cursor !== undefined) cursor.pos += text.length
  const last = word.at(-1)
  if (last?.type === 'text' && last.quoted === quoted) last.text += text
  else word.push({ type: 'text', text, quoted })
}

function parseBackslash(cursor: Cursor, context: WordContext, word: Word): void {
  const next = peek(cursor, 1)
  cursor.pos += 2
  if (next === '\n') return
  if (next === '') addText(word, '\\', true)
  else if (!context.quoted || '$`\\'.includes(next)) addText(word, next, true)
  else if (context.quotes && (next === '"' || next === '}')) addText(word, next, true)
  else addText(word, `\\${next}`, true)
}

function singleQuotes(cursor: Cursor, word: Word): void {
  const end = cursor.text.indexOf("'", cursor.pos + 1)
  if (end < 0) throw new ScriptError('syntax error: unterminated quoted string')
  addText(word, cursor.text.slice(cursor.pos + 1, end), true)
  cursor.pos = end + 1
}

const IN_DOUBLE_QUOTES: WordContext = {
  ends: (cursor) => peek(cursor) === '"',
  quoted: true,
  quotes: true,
}

function doubleQuotes(cursor: Cursor, context: WordContext, word: Word): void {
  cursor.pos++
  // Within "${x:-…}" a quote only toggles; the text stays quoted either way.
  if (context.quoted) return
  const inner = nested(cursor, () => parseParts(cursor, IN_DOUBLE_QUOTES))
  if (peek(cursor) !== '"') throw new ScriptError('syntax error: unterminated quoted string')
  cursor.pos++
  addText(word, '', true)
  for (const part of inner) {
    if (part.type === 'text') addText(word, part.text, true)
    else word.push(part)
  }
}

function parseDollar(cursor: Cursor, context: WordContext, word: Word): void {
  const { quoted } = context
  if (peek(cursor) === '`') word.push(backquotes(cursor, quoted))
  else if (startsWith(cursor, "$'") && !quoted) ansiQuotes(cursor, word)
  else if (startsWith(cursor, '$((')) word.push(arithmeticOrCommand(cursor, quoted))
  else if (startsWith(cursor, '$(')) word.push(commandSubstitution(cursor, quoted))
  else {
    const part = nested(cursor, () => parameterExpansion(cursor, quoted))
    if (part === undefined) addText(word, '$', quoted, cursor)
    else word.push(part)
  }
}

function commandSubstitution(cursor: Cursor, quoted: boolean): Part {
  cursor.pos += 2
  const body = nested(cursor, () => cursor.grammar.list(cursor, ')'))
  cursor.pos++
  return { type: 'command', body, quoted }
}

function backquotes(cursor: Cursor, quoted: boolean): Part {
  let text = ''
  let pos = cursor.pos + 1
  while (cursor.text[pos] !== '`') {
    let char = cursor.text[pos]
    const next = cursor.text[pos + 1] ?? ''
    if (char === undefined) {
      throw new ScriptError('syntax error: EOF in backquote substitution')
    }
    if (char === '\\' && ('$`\\'.includes(next) || (quoted && next === '"')) && next !== '') {
      char = next
      pos++
    }
    text += char
    pos++
  }
  cursor.pos = pos + 1
  const body = nested(cursor, () =>
    cursor.grammar.list(cursorOf(cursor.grammar, text, cursor.depth), ''),
  )
  return { type: 'command', body, quoted }
}

// `$((` opens arithmetic if a `))` closes it at the same level, else a subshell inside `$( … )`.
function arithmeticOrCommand(cursor: Cursor, quoted: boolean): Part {
  const start = cursor.pos
  const documents = cursor.documents.length
  cursor.pos += 3
  const expression = nested(cursor, () => parseArithmetic(cursor))
  if (startsWith(cursor, '))')) {
    cursor.pos += 2
    return { type: 'arithmetic', expression, quoted }
  }
  cursor.pos = start
  cursor.documents.length = documents
  return commandSubstitution(cursor, quoted)
}

/** An arithmetic expression, up to the parenthesis that closes it or a `stop`. */
export function parseArithmetic(cursor: Cursor, stop = ''): Word {
  let level = 0
  const ends = (c: Cursor): boolean => {
    if (level === 0 && stop !== '' && peek(c) === stop) return true
    if (peek(c) === '(') level++
    if (peek(c) === ')' && --level < 0) return true
    return false
  }
  return parseParts(cursor, { ends, quoted: true, quotes: true })
}

const ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

function ansiQuotes(cursor: Cursor, word: Word): void {
  let text = ''
  cursor.pos += 2
  while (peek(cursor) !== "'") {
    if (peek(cursor) === '') throw new ScriptError('syntax error: unterminated quoted string')
    if (peek(cursor) !== '\\') {
      text += peek(cursor)
      cursor.pos++
      continue
    }
    const number = /^\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/.exec(
      cursor.text.slice(cursor.pos, cursor.pos + 5),
    )
    if (number === null) {
      const next = peek(cursor, 1)
      text += ESCAPES[next] ?? (`'"\\?`.includes(next) ? next : `\\${next}`)
      cursor.pos += 2
    } else {
      const [all, hex, octal] = number
      text += rawByte(hex === undefined ? parseInt(octal ?? '0', 8) & 255 : parseInt(hex, 16))
      cursor.pos += all.length
    }
  }
  cursor.pos++
  addText(word, joinBytes(text), true)
}
