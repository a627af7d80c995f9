// Block scalars: literal (|) and folded (>).
import {
  charAt,
  codeAt,
  isBlank,
  isBreak,
  isBreakOrEnd,
  isEnd,
  isTab,
  markOf,
  scanError,
  skip,
  skipToBreak,
  takeBreak,
  type Cursor,
} from './cursor.ts'
import type { Token } from './tokens.ts'
import type { Mark } from './yaml-error.ts'

interface Header {
  chomping: '+' | '-' | ''
  /** Spaces beyond the parent's indent; 0 to detect them. */
  increment: number
}

/** Line breaks before the next line of content, and the scalar's indent once it is known. */
interface Breaks {
  text: string
  indent: number
  end: Mark
}

/** Scans a block scalar; the cursor is at its indicator. */
export function scanBlock(cursor: Cursor, blockIndent: number): Token {
  const start = markOf(cursor)
  const literal = charAt(cursor) === '|'
  skip(cursor)
  const { chomping, increment } = takeHeader(cursor)
  endOfHeader(cursor)
  const given = increment === 0 ? 0 : Math.max(blockIndent, 0) + increment
  let breaks = takeBreaks(cursor, given, blockIndent)
  const { indent } = breaks
  let value = ''
  let lineBreak = ''
  let afterBlank = false
  while (cursor.column === indent && !isEnd(cursor)) {
    const blank = isBlank(codeAt(cursor))
    const folds = !literal && !afterBlank && !blank && lineBreak === '\n'
    if (!folds) value += lineBreak
    else if (breaks.text === '') value += ' '
    value += breaks.text
    afterBlank = blank
    const from = cursor.index
    skipToBreak(cursor)
    value += cursor.text.slice(from, cursor.index)
    lineBreak = takeBreak(cursor)
    breaks = takeBreaks(cursor, indent, blockIndent)
  }
  if (chomping !== '-') value += lineBreak
  if (chomping === '+') value += breaks.text
  return { type: 'scalar', start, end: breaks.end, value, rest: '', plain: false }
}

function takeHeader(cursor: Cursor): Header {
  const header: Header = { chomping: '', increment: 0 }
  for (let part = 0; part < 2; part++) {
    const char = charAt(cursor)
    if ((char === '+' || char === '-') && header.chomping === '') {
      header.chomping = char
      skip(cursor)
    } else if (/^\d$/.test(char) && header.increment === 0) {
      if (char === '0') throw scanError(cursor, 'found an indentation indicator equal to 0')
      header.increment = Number(char)
      skip(cursor)
    }
  }
  return header
}

function endOfHeader(cursor: Cursor): void {
  while (isBlank(codeAt(cursor))) skip(cursor)
  if (charAt(cursor) === '#') skipToBreak(cursor)
  if (!isBreakOrEnd(codeAt(cursor)))
    throw scanError(cursor, 'did not find expected comment or line break')
  takeBreak(cursor)
}

/** Takes indentation and empty lines; finds the indent (0: unknown) from the first line. */
function takeBreaks(cursor: Cursor, indent: number, blockIndent: number): Breaks {
  let text = ''
  let end = markOf(cursor)
  let deepest = 0
  for (;;) {
    const indents = (): boolean => indent === 0 || cursor.column < indent
    while (indents() && charAt(cursor) === ' ') skip(cursor)
    deepest = Math.max(deepest, cursor.column)
    if (indents() && isTab(codeAt(cursor)))
      throw scanError(cursor, 'found a tab character where an indentation space is expected')
    if (!isBreak(codeAt(cursor))) break
    text += takeBreak(cursor)
    end = markOf(cursor)
  }
  return { text, end, indent: indent === 0 ? Math.max(deepest, blockIndent + 1, 1) : indent }
}
