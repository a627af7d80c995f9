// Scalars that flow with the text: plain ones and quoted ones, with line folding.
import {
  charAt,
  codeAt,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isDocumentIndicator,
  isEnd,
  isTab,
  markOf,
  scanError,
  skip,
  takeBreak,
  type Cursor,
} from './cursor.ts'
import type { Token } from './tokens.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const CODE_POINT_MAX = 0x10ffff
const FLOW_INDICATORS = ',?[]{}'

/** White space between the words of a scalar, to be folded once it is known what follows. */
interface Gap {
  blanks: string
  firstBreak: string
  moreBreaks: string
}

/** One line break becomes a space, further ones stay. */
function folded({ blanks, firstBreak, moreBreaks }: Gap): string {
  if (firstBreak === '') return blanks
  if (firstBreak !== '\n') return firstBreak + moreBreaks
  return moreBreaks === '' ? ' ' : moreBreaks
}

/** Takes blanks and breaks. `indent` is the column before which a tab is an error, if any. */
function takeGap(cursor: Cursor, gap: Gap, indent: number | undefined): void {
  for (let code = codeAt(cursor); isBlank(code) || isBreak(code); code = codeAt(cursor)) {
    if (isBreak(code)) {
      const taken = takeBreak(cursor)
      if (gap.firstBreak === '') gap.firstBreak = taken
      else gap.moreBreaks += taken
      continue
    }
    const onNewLine = gap.firstBreak !== ''
    if (onNewLine && indent !== undefined && cursor.column < indent && isTab(code))
      throw scanError(cursor, 'found a tab character that violates indentation')
    if (!onNewLine) gap.blanks += charAt(cursor)
    skip(cursor)
  }
}

/** Scans a scalar without quotes. `multiline` tells whether it ended after a line break. */
export function scanPlain(
  cursor: Cursor,
  blockIndent: number,
  inFlow: boolean,
): { token: Token; multiline: boolean } {
  const indent = blockIndent + 1
  const start = markOf(cursor)
  let end = start
  let value = ''
  let gap: Gap = { blanks: '', firstBreak: '', moreBreaks: '' }
  while (!isDocumentIndicator(cursor) && charAt(cursor) !== '#') {
    const from = cursor.index
    while (!endsPlain(cursor, inFlow)) skip(cursor)
    if (cursor.index > from) {
      value += folded(gap) + cursor.text.slice(from, cursor.index)
      gap = { blanks: '', firstBreak: '', moreBreaks: '' }
      end = markOf(cursor)
    }
    const code = codeAt(cursor)
    if (!isBlank(code) && !isBreak(code)) break
    takeGap(cursor, gap, indent)
    if (!inFlow && cursor.column < indent) break
  }
  const token: Token = { type: 'scalar', start, end, value, rest: '', plain: true }
  return { token, multiline: gap.firstBreak !== '' }
}

function endsPlain(cursor: Cursor, inFlow: boolean): boolean {
  const code = codeAt(cursor)
  if (isBlankOrEnd(code)) return true
  const char = charAt(cursor)
  if (char === ':' && isBlankOrEnd(codeAt(cursor, 1))) return true
  return inFlow && FLOW_INDICATORS.includes(char)
}

/** Scans a quoted scalar; the cursor is at its opening quote. */
export function scanQuoted(cursor: Cursor): Token {
  const start = markOf(cursor)
  const quote = charAt(cursor)
  let value = ''
  skip(cursor)
  for (;;) {
    if (isDocumentIndicator(cursor)) throw scanError(cursor, 'found unexpected document indicator')
    if (isEnd(cursor)) throw scanError(cursor, 'found unexpected end of stream')
    const gap: Gap = { blanks: '', firstBreak: '', moreBreaks: '' }
    const { text, joined } = takeWords(cursor, quote)
    value += text
    if (charAt(cursor) === quote) break
    // An escaped line break joins lines without a space; the next line's indent is dropped.
    if (joined) gap.firstBreak = JOINED
    takeGap(cursor, gap, undefined)
    value += joined ? gap.moreBreaks : folded(gap)
  }
  skip(cursor)
  return { type: 'scalar', start, end: markOf(cursor), value, rest: '', plain: false }
}

/** Stands for the line break that an escape removed. */
const JOINED = '\\'

function takeWords(cursor: Cursor, quote: string): { text: string; joined: boolean } {
  let text = ''
  while (!isBlankOrEnd(codeAt(cursor))) {
    const char = charAt(cursor)
    if (quote === "'" && char === "'" && charAt(cursor, 1) === "'") {
      text += "'"
      skip(cursor, 2)
    } else if (char === quote) {
      break
    } else if (quote === '"' && char === '\\') {
      if (isBreak(codeAt(cursor, 1))) {
        skip(cursor)
        takeBreak(cursor)
        return { text, joined: true }
      }
      text += takeEscape(cursor)
    } else {
      text += char
      skip(cursor)
    }
  }
  return { text, joined: false }
}

function takeEscape(cursor: Cursor): string {
  const letter = charAt(cursor, 1)
  const digits = Object.hasOwn(HEX_DIGITS, letter) ? HEX_DIGITS[letter] : undefined
  if (digits === undefined) {
    if (!Object.hasOwn(ESCAPES, letter)) throw scanError(cursor, 'found unknown escape character')
    skip(cursor, 2)
    return ESCAPES[letter]!
  }
  skip(cursor, 2)
  const hex = cursor.text.substr(cursor.index, digits)
  if (hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex))
    throw scanError(cursor, 'did not find expected hexdecimal number')
  const code = Number.parseInt(hex, 16)
  if ((code >= 0xd800 && code <= 0xdfff) || code > CODE_POINT_MAX)
    throw scanError(cursor, 'found invalid Unicode character escape code')
  skip(cursor, digits)
  return String.fromCodePoint(code)
}
