// Reading a script character by character. The shell's tokens depend on where they stand, so there
// is no separate token stream: the parser asks the cursor for what it expects.

import type { Command, List, Redirect, Word } from './syntax.ts'

/** A here-document whose text follows the current line. */
interface PendingDocument {
  redirect: Redirect
  delimiter: string
  /** `<<-`: leading tabs are dropped. */
  strip: boolean
  /** The delimiter was quoted: nothing is expanded. */
  literal: boolean
}

/** How a stretch of word ends and what is special in it. */
export interface WordContext {
  /** Whether the character at the cursor ends the word. */
  ends: (cursor: Cursor) => boolean
  /** Inside double quotes or a here-document: no splitting, no globbing, few escapes. */
  quoted: boolean
  /** Quote characters mean quoting here (not so in a here-document). */
  quotes: boolean
}

/** The rules of the grammar that others refer back to. */
export interface Grammar {
  /**
   * A list inside a construct, up to (not including) the token that ends it. `closing` is ')' or ''
   * (end of text) for substitutions, whose list may be empty, and undefined elsewhere.
   */
  list: (cursor: Cursor, closing?: ')' | '') => List
  command: (cursor: Cursor) => Command
  parts: (cursor: Cursor, context: WordContext) => Word
}

export interface Cursor {
  readonly grammar: Grammar
  readonly text: string
  pos: number
  documents: PendingDocument[]
  /** How deep commands and expansions are nested here. */
  depth: number
}

/** Stops the parse; caught at the script's boundary and reported as the shell's exit code 2. */
export class ScriptError extends Error {
  override name = 'ScriptError'
}

// Deeper than any script a person writes, and shallow enough for the parser's own stack.
const DEPTH_MAX = 100

export function cursorOf(grammar: Grammar, text: string, depth = 0): Cursor {
  return { grammar, text, pos: 0, documents: [], depth }
}

/** Runs `parse` one level deeper. */
export function nested<T>(cursor: Cursor, parse: () => T): T {
  if (cursor.depth >= DEPTH_MAX) throw new ScriptError('syntax error: nested too deeply')
  cursor.depth++
  const result = parse()
  cursor.depth--
  return result
}

export function peek(cursor: Cursor, offset = 0): string {
  return cursor.text[cursor.pos + offset] ?? ''
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.pos >= cursor.text.length
}

export function startsWith(cursor: Cursor, text: string): boolean {
  return cursor.text.startsWith(text, cursor.pos)
}

/** The line number at the cursor, from 1. */
export function lineAt(cursor: Cursor): number {
  let line = 1
  for (let i = 0; i < cursor.pos && i < cursor.text.length; i++) {
    if (cursor.text[i] === '\n') line++
  }
  return line
}

/** Skips blanks, joined lines and comments; not newlines. */
export function skipBlanks(cursor: Cursor): void {
  for (;;) {
    const char = peek(cursor)
    if (char === ' ' || char === '\t') cursor.pos++
    else if (char === '\\' && peek(cursor, 1) === '\n') cursor.pos += 2
    else break
  }
  if (peek(cursor) !== '#') return
  while (!atEnd(cursor) && peek(cursor) !== '\n') cursor.pos++
}

// Longest first.
const OPERATORS = ['&>>', '&&', '||', ';;', '&>', '(', ')', ';', '&', '|', '\n']

/** The control operator at the cursor, or ''. */
export function operatorAt(cursor: Cursor): string {
  return OPERATORS.find((operator) => startsWith(cursor, operator)) ?? ''
}

export function isWordEnd(char: string): boolean {
  return char === '' || ' \t\n;&|()<>'.includes(char)
}

/** The unquoted plain word at the cursor (letters, `{`, `!`, `[[`), for reserved words. */
export function plainWordAt(cursor: Cursor): string {
  let end = cursor.pos
  while (!isWordEnd(cursor.text[end] ?? '')) end++
  const word = cursor.text.slice(cursor.pos, end)
  return /^[\w!{}[\]-]+$/.test(word) ? word : ''
}
