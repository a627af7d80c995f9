// The grammar of the shell: lists, pipelines and simple commands. Error texts are BusyBox ash's.

import { compoundCommand, functionBody } from './compound.ts'
import {
  atEnd,
  cursorOf,
  isWordEnd,
  lineAt,
  nested,
  operatorAt,
  peek,
  plainWordAt,
  ScriptError,
  skipBlanks,
  type Cursor,
  type Grammar,
} from './cursor.ts'
import { newline, parseRedirect, readDocuments, skipNewlines } from './redirect.ts'
import type { Assignment, Command, List, Redirect, Script, Word } from './syntax.ts'
import { isListEnd, isRedirect, unexpected } from './tokens.ts'
import { withTilde } from './expansion.ts'
import { parseParts, parseWord } from './word.ts'

const GRAMMAR: Grammar = { list: parseList, command: parseCommand, parts: parseParts }

/**
 * Parses a script line by line: what stands before a syntax error is still run, as the shell
 * reads its input only as far as it needs.
 */
export function parseScript(text: string): Script {
  const cursor = cursorOf(GRAMMAR, text)
  const lines: List[] = []
  try {
    for (;;) {
      skipNewlines(cursor)
      if (atEnd(cursor)) return { lines, error: undefined }
      lines.push(parseLine(cursor))
    }
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    return { lines, error: { message: error.message, line: lineAt(cursor) } }
  }
}

function parseLine(cursor: Cursor): List {
  const line: List = []
  for (;;) {
    line.push(parseItem(cursor))
    skipBlanks(cursor)
    if (atEnd(cursor)) break
    if (peek(cursor) === '\n') {
      newline(cursor)
      break
    }
  }
  if (atEnd(cursor)) readDocuments(cursor)
  return line
}

// A list inside a construct, as `Grammar` says.
function parseList(cursor: Cursor, closing?: ')' | ''): List {
  const list: List = []
  for (;;) {
    skipNewlines(cursor)
    if (closing !== undefined && isClosed(cursor, closing)) return list
    if (atEnd(cursor) || (list.length > 0 && isListEnd(cursor))) {
      if (closing !== undefined) unexpected(cursor, closing === '' ? undefined : closing)
      return list
    }
    list.push(parseItem(cursor))
  }
}

function isClosed(cursor: Cursor, closing: ')' | ''): boolean {
  return closing === '' ? atEnd(cursor) : peek(cursor) === closing
}

function parseItem(cursor: Cursor): { command: Command; background: boolean } {
  const command = nested(cursor, () => parseAndOr(cursor))
  skipBlanks(cursor)
  const operator = operatorAt(cursor)
  if (operator === '&') cursor.pos++
  if (operator === ';') cursor.pos++
  else if (operator === '' && !atEnd(cursor) && !endsItself(cursor, command)) unexpected(cursor)
  else if (operator === '(') unexpected(cursor)
  return { command, background: operator === '&' }
}

// A compound command needs no `;` before the word that ends the list around it.
function endsItself(cursor: Cursor, command: Command): boolean {
  return command.type !== 'simple' && isListEnd(cursor)
}

function parseAndOr(cursor: Cursor): Command {
  let left = parsePipeline(cursor)
  for (;;) {
    skipBlanks(cursor)
    const operator = operatorAt(cursor)
    if (operator !== '&&' && operator !== '||') return left
    cursor.pos += 2
    skipNewlines(cursor)
    const right = parsePipeline(cursor)
    left = { type: operator === '&&' ? 'and' : 'or', left, right }
  }
}

function parsePipeline(cursor: Cursor): Command {
  let negate = false
  skipBlanks(cursor)
  while (plainWordAt(cursor) === '!') {
    negate = !negate
    cursor.pos++
    skipBlanks(cursor)
  }
  const commands = [parseCommand(cursor)]
  for (;;) {
    skipBlanks(cursor)
    if (operatorAt(cursor) !== '|') break
    cursor.pos++
    skipNewlines(cursor)
    commands.push(parseCommand(cursor))
  }
  const first = commands[0]
  if (commands.length === 1 && !negate && first !== undefined) return first
  return { type: 'pipeline', negate, commands }
}

function parseCommand(cursor: Cursor): Command {
  skipBlanks(cursor)
  const body = compoundCommand(cursor)
  if (body === undefined) return simpleCommand(cursor)
  const redirects: Redirect[] = []
  for (;;) {
    skipBlanks(cursor)
    if (!isRedirect(cursor)) break
    redirects.push(parseRedirect(cursor))
  }
  return redirects.length === 0 ? body : { type: 'redirected', body, redirects }
}

function simpleCommand(cursor: Cursor): Command {
  const line = lineAt(cursor)
  const assignments: Assignment[] = []
  const words: Word[] = []
  const redirects: Redirect[] = []
  for (;;) {
    skipBlanks(cursor)
    if (isRedirect(cursor)) redirects.push(parseRedirect(cursor))
    else if (isWordEnd(peek(cursor))) break
    else {
      const assignment = words.length === 0 ? parseAssignment(cursor) : undefined
      if (assignment !== undefined) assignments.push(assignment)
      else words.push(parseWord(cursor))
    }
  }
  if (peek(cursor) === '(' && words.length > 0) return functionDefinition(cursor, words)
  if (words.length + assignments.length + redirects.length === 0) unexpected(cursor)
  return { type: 'simple', line, assignments, words, redirects }
}

function parseAssignment(cursor: Cursor): Assignment | undefined {
  const pattern = /([A-Za-z_]\w*)(\+?)=/y
  pattern.lastIndex = cursor.pos
  const match = pattern.exec(cursor.text)
  if (match === null) return undefined
  cursor.pos += match[0].length
  const value = isWordEnd(peek(cursor)) ? [] : withTilde(parseWord(cursor))
  return { name: match[1] ?? '', append: match[2] === '+', value }
}

function functionDefinition(cursor: Cursor, words: Word[]): Command {
  const part = words[0]?.[0]
  const name = part?.type === 'text' && words[0]?.length === 1 ? part.text : ''
  if (words.length > 1) unexpected(cursor)
  cursor.pos++
  skipBlanks(cursor)
  if (peek(cursor) !== ')') unexpected(cursor, ')')
  cursor.pos++
  if (!/^[A-Za-z_][\w-]*$/.test(name)) throw new ScriptError('syntax error: bad function name')
  return functionBody(cursor, name)
}
