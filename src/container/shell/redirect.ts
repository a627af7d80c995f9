// Redirections and here-documents.

import { atEnd, cursorOf, isWordEnd, peek, skipBlanks, type Cursor } from './cursor.ts'
import type { Redirect, RedirectKind, Word } from './syntax.ts'
import { redirectAt, unexpected } from './tokens.ts'
import { parseParts, parseWord } from './word.ts'

/** Takes the redirection at the cursor. */
export function parseRedirect(cursor: Cursor): Redirect {
  const [all = '', digits = '', plain, both] = redirectAt(cursor) ?? []
  cursor.pos += all.length
  skipBlanks(cursor)
  if (isWordEnd(peek(cursor))) unexpected(cursor)
  if (both !== undefined) {
    return { fd: 1, kind: both as RedirectKind, target: parseWord(cursor) }
  }
  const kind = plain ?? '<'
  const fd = digits === '' ? (kind.startsWith('<') ? 0 : 1) : Number(digits)
  if (kind === '<<<') {
    const target: Word = [...parseWord(cursor), { type: 'text', text: '\n', quoted: true }]
    return { fd, kind, target }
  }
  if (kind === '<<' || kind === '<<-') return parseDocument(cursor, fd, kind === '<<-')
  return { fd, kind: kind as RedirectKind, target: parseWord(cursor) }
}

function parseDocument(cursor: Cursor, fd: number, strip: boolean): Redirect {
  const start = cursor.pos
  parseWord(cursor)
  const raw = cursor.text.slice(start, cursor.pos)
  const redirect: Redirect = { fd, kind: '<<', target: [] }
  const delimiter = raw.replace(/\\(.)|["']/g, '$1')
  cursor.documents.push({ redirect, delimiter, strip, literal: raw !== delimiter })
  return redirect
}

/** Reads the texts of the here-documents announced on the line that just ended. */
export function readDocuments(cursor: Cursor): void {
  const documents = cursor.documents
  cursor.documents = []
  for (const { redirect, delimiter, strip, literal } of documents) {
    const text = documentText(cursor, delimiter, strip)
    redirect.target = literal ? [{ type: 'text', text, quoted: true }] : expanded(cursor, text)
  }
}

function documentText(cursor: Cursor, delimiter: string, strip: boolean): string {
  let text = ''
  while (!atEnd(cursor)) {
    const newline = cursor.text.indexOf('\n', cursor.pos)
    const end = newline < 0 ? cursor.text.length : newline
    let line = cursor.text.slice(cursor.pos, end)
    cursor.pos = Math.min(end + 1, cursor.text.length)
    if (strip) line = line.replace(/^\t+/, '')
    if (line === delimiter) break
    text += newline < 0 ? line : `${line}\n`
  }
  return text
}

function expanded(cursor: Cursor, text: string): Word {
  const inner = cursorOf(cursor.grammar, text, cursor.depth + 1)
  return parseParts(inner, { ends: () => false, quoted: true, quotes: false })
}

/** Skips blanks, comments and newlines; a newline brings the here-documents of its line. */
export function skipNewlines(cursor: Cursor): void {
  for (;;) {
    skipBlanks(cursor)
    if (peek(cursor) !== '\n') return
    newline(cursor)
  }
}

/** Takes the newline at the cursor, which brings the here-documents of its line. */
export function newline(cursor: Cursor): void {
  cursor.pos++
  readDocuments(cursor)
}
