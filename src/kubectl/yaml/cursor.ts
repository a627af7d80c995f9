// Reads a YAML text character by character and knows the place: what the scanner moves along.
import { yamlError, type Mark, type YamlError } from './yaml-error.ts'

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const NEXT_LINE = 0x85
const LINE_SEPARATOR = 0x2028
const PARAGRAPH_SEPARATOR = 0x2029

/** A position in a text. `code` at the end of the text is 0. */
export interface Cursor {
  readonly text: string
  index: number
  line: number
  column: number
}

export function cursorAt(text: string): Cursor {
  return { text, index: 0, line: 0, column: 0 }
}

/** The code of the character `ahead` of the cursor; 0 past the end. */
export function codeAt(cursor: Cursor, ahead = 0): number {
  const index = cursor.index + ahead
  return index < cursor.text.length ? cursor.text.charCodeAt(index) : 0
}

/** The character `ahead` of the cursor; '' past the end. */
export function charAt(cursor: Cursor, ahead = 0): string {
  return cursor.text.charAt(cursor.index + ahead)
}

export function isEnd(cursor: Cursor): boolean {
  return cursor.index >= cursor.text.length
}

export const isBlank = (code: number): boolean => code === SPACE || code === TAB

export const isTab = (code: number): boolean => code === TAB

export function isBreak(code: number): boolean {
  return (
    code === LINE_FEED ||
    code === CARRIAGE_RETURN ||
    code === NEXT_LINE ||
    code === LINE_SEPARATOR ||
    code === PARAGRAPH_SEPARATOR
  )
}

/** A line break or the end of the text. */
export const isBreakOrEnd = (code: number): boolean => code === 0 || isBreak(code)

/** A space, tab, line break or the end of the text. */
export const isBlankOrEnd = (code: number): boolean => isBlank(code) || isBreakOrEnd(code)

/** ASCII letters, digits, `_` and `-`: what names of anchors and tags are made of. */
export function isWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f ||
    code === 0x2d
  )
}

/** Moves over `count` characters that are no line breaks. */
export function skip(cursor: Cursor, count = 1): void {
  cursor.index += count
  cursor.column += count
}

/** Moves over a line break and returns it normalised; '' when there is none. */
export function takeBreak(cursor: Cursor): string {
  const code = codeAt(cursor)
  if (!isBreak(code)) return ''
  const pair = code === CARRIAGE_RETURN && codeAt(cursor, 1) === LINE_FEED
  cursor.index += pair ? 2 : 1
  cursor.line++
  cursor.column = 0
  const kept = code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR
  return kept ? String.fromCharCode(code) : '\n'
}

/** Moves to the end of the line. */
export function skipToBreak(cursor: Cursor): void {
  while (!isBreakOrEnd(codeAt(cursor))) skip(cursor)
}

export function markOf(cursor: Cursor): Mark {
  return { index: cursor.index, line: cursor.line, column: cursor.column }
}

/** `---` or `...` alone at the start of a line ends any scalar. */
export function isDocumentIndicator(cursor: Cursor): boolean {
  if (cursor.column !== 0) return false
  const three = cursor.text.substr(cursor.index, 3)
  return (three === '---' || three === '...') && isBlankOrEnd(codeAt(cursor, 3))
}

/** Stops scanning at the cursor. */
export function scanError(cursor: Cursor, problem: string): YamlError {
  return yamlError(problem, markOf(cursor), 'scanner')
}
