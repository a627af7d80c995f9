// Anchors, aliases, tags and directives.
import {
  charAt,
  codeAt,
  isBlank,
  isBlankOrEnd,
  isBreakOrEnd,
  isWord,
  markOf,
  scanError,
  skip,
  skipToBreak,
  takeBreak,
  type Cursor,
} from './cursor.ts'
import { token, type Token } from './tokens.ts'

const AFTER_ANCHOR = '?:,]}%@`'
const URI_CHARS = ";/?:@&=+$,.!~*'()[]"
const VERSION_DIGITS_MAX = 2

function takeWord(cursor: Cursor): string {
  const from = cursor.index
  while (isWord(codeAt(cursor))) skip(cursor)
  return cursor.text.slice(from, cursor.index)
}

function skipBlanks(cursor: Cursor): void {
  while (isBlank(codeAt(cursor))) skip(cursor)
}

/** `&name` or `*name`. */
export function scanAnchor(cursor: Cursor, type: 'anchor' | 'alias'): Token {
  const start = markOf(cursor)
  skip(cursor)
  const name = takeWord(cursor)
  const ended = isBlankOrEnd(codeAt(cursor)) || AFTER_ANCHOR.includes(charAt(cursor))
  if (name === '' || !ended)
    throw scanError(cursor, 'did not find expected alphabetic or numeric character')
  return token(type, start, markOf(cursor), name)
}

/** `!<uri>`, `!handle!suffix`, `!!suffix`, `!suffix` or `!`. */
export function scanTag(cursor: Cursor): Token {
  const start = markOf(cursor)
  let handle = ''
  let suffix: string
  if (charAt(cursor, 1) === '<') {
    skip(cursor, 2)
    suffix = takeUri(cursor, '')
    if (charAt(cursor) !== '>') throw scanError(cursor, "did not find the expected '>'")
    skip(cursor)
  } else {
    handle = takeHandle(cursor, false)
    if (handle.length > 1 && handle.endsWith('!')) suffix = takeUri(cursor, '')
    else {
      suffix = takeUri(cursor, handle)
      handle = '!'
      // The lone `!` asks for no resolution at all.
      if (suffix === '') [handle, suffix] = ['', '!']
    }
  }
  if (!isBlankOrEnd(codeAt(cursor)))
    throw scanError(cursor, 'did not find expected whitespace or line break')
  return token('tag', start, markOf(cursor), handle, suffix)
}

function takeHandle(cursor: Cursor, inDirective: boolean): string {
  if (charAt(cursor) !== '!') throw scanError(cursor, "did not find expected '!'")
  skip(cursor)
  let handle = `!${takeWord(cursor)}`
  if (charAt(cursor) === '!') {
    handle += '!'
    skip(cursor)
  } else if (inDirective && handle !== '!') throw scanError(cursor, "did not find expected '!'")
  return handle
}

function takeUri(cursor: Cursor, head: string): string {
  let uri = head.slice(1)
  let found = head !== ''
  for (;;) {
    const char = charAt(cursor)
    if (char === '%') uri += takeUriEscape(cursor)
    else if (char !== '' && (isWord(codeAt(cursor)) || URI_CHARS.includes(char))) {
      uri += char
      skip(cursor)
    } else break
    found = true
  }
  if (!found) throw scanError(cursor, 'did not find expected tag URI')
  return uri
}

function takeUriEscape(cursor: Cursor): string {
  const escape = /^%([0-9a-fA-F]{2})/.exec(cursor.text.substr(cursor.index, 3))
  if (escape === null) throw scanError(cursor, 'did not find URI escaped octet')
  skip(cursor, 3)
  return String.fromCharCode(Number.parseInt(escape[1]!, 16))
}

/** `%YAML 1.1` or `%TAG !handle! prefix`. */
export function scanDirective(cursor: Cursor): Token {
  const start = markOf(cursor)
  skip(cursor)
  const name = takeWord(cursor)
  if (name === '') throw scanError(cursor, 'could not find expected directive name')
  if (!isBlankOrEnd(codeAt(cursor)))
    throw scanError(cursor, 'found unexpected non-alphabetical character')
  const result = name === 'YAML' ? versionDirective(cursor) : tagDirective(cursor, name)
  const end = markOf(cursor)
  skipBlanks(cursor)
  if (charAt(cursor) === '#') skipToBreak(cursor)
  if (!isBreakOrEnd(codeAt(cursor)))
    throw scanError(cursor, 'did not find expected comment or line break')
  takeBreak(cursor)
  return token(result.type, start, end, result.value, result.rest)
}

interface Directive {
  type: 'version-directive' | 'tag-directive'
  value: string
  rest: string
}

function versionDirective(cursor: Cursor): Directive {
  skipBlanks(cursor)
  const major = takeVersionNumber(cursor)
  if (charAt(cursor) !== '.')
    throw scanError(cursor, "did not find expected digit or '.' character")
  skip(cursor)
  const minor = takeVersionNumber(cursor)
  return { type: 'version-directive', value: `${major}.${minor}`, rest: '' }
}

function takeVersionNumber(cursor: Cursor): number {
  const from = cursor.index
  while (/^\d$/.test(charAt(cursor))) {
    if (cursor.index - from === VERSION_DIGITS_MAX)
      throw scanError(cursor, 'found extremely long version number')
    skip(cursor)
  }
  if (cursor.index === from) throw scanError(cursor, 'did not find expected version number')
  return Number(cursor.text.slice(from, cursor.index))
}

function tagDirective(cursor: Cursor, name: string): Directive {
  if (name !== 'TAG') throw scanError(cursor, 'found unknown directive name')
  skipBlanks(cursor)
  const value = takeHandle(cursor, true)
  if (!isBlank(codeAt(cursor))) throw scanError(cursor, 'did not find expected whitespace')
  skipBlanks(cursor)
  const rest = takeUri(cursor, '')
  if (!isBlankOrEnd(codeAt(cursor)))
    throw scanError(cursor, 'did not find expected whitespace or line break')
  return { type: 'tag-directive', value, rest }
}
