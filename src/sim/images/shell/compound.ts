// Compound commands: if, loops, case, groups, subshells, functions and `[[ ]]`.

import {
  atEnd,
  isWordEnd,
  nested,
  peek,
  plainWordAt,
  ScriptError,
  skipBlanks,
  startsWith,
  type Cursor,
} from './cursor.ts'
import { functionBody, parseList, skipNewlines, unexpected } from './parser.ts'
import type { Clause, Command, List, TestWord, Word } from './syntax.ts'
import { parseWord } from './word.ts'

/** The compound command at the cursor, or undefined if a simple command stands there. */
export function compoundCommand(cursor: Cursor): Command | undefined {
  if (peek(cursor) === '(') return nested(cursor, () => subshell(cursor))
  const word = plainWordAt(cursor)
  const parse = COMPOUNDS[word]
  if (parse === undefined || !Object.hasOwn(COMPOUNDS, word)) return undefined
  cursor.pos += word.length
  return nested(cursor, () => parse(cursor))
}

function reserved(cursor: Cursor): never {
  cursor.pos -= plainWordBefore(cursor).length
  return unexpected(cursor)
}

function plainWordBefore(cursor: Cursor): string {
  return /[\w}]+$/.exec(cursor.text.slice(Math.max(0, cursor.pos - 8), cursor.pos))?.[0] ?? ''
}

const COMPOUNDS: Record<string, (cursor: Cursor) => Command> = {
  if: parseIf,
  while: (cursor) => parseLoop(cursor, false),
  until: (cursor) => parseLoop(cursor, true),
  for: parseFor,
  case: parseCase,
  '{': parseGroup,
  function: parseFunction,
  '[[': parseTest,
  then: reserved,
  else: reserved,
  elif: reserved,
  fi: reserved,
  do: reserved,
  done: reserved,
  esac: reserved,
  '}': reserved,
}

/** Takes the reserved word that must stand here. */
function expect(cursor: Cursor, word: string): void {
  if (plainWordAt(cursor) !== word) unexpected(cursor, word)
  cursor.pos += word.length
}

function subshell(cursor: Cursor): Command {
  cursor.pos++
  const body = parseList(cursor)
  if (peek(cursor) !== ')') unexpected(cursor, ')')
  cursor.pos++
  return { type: 'subshell', body }
}

function parseGroup(cursor: Cursor): Command {
  const body = parseList(cursor)
  expect(cursor, '}')
  return { type: 'group', body }
}

function parseIf(cursor: Cursor): Command {
  const condition = parseList(cursor)
  expect(cursor, 'then')
  const then = parseList(cursor)
  const word = plainWordAt(cursor)
  let otherwise: List | undefined
  if (word === 'elif') {
    cursor.pos += word.length
    const command = nested(cursor, () => parseIf(cursor))
    return { type: 'if', condition, then, else: [{ command, background: false }] }
  }
  if (word === 'else') {
    cursor.pos += word.length
    otherwise = parseList(cursor)
  }
  expect(cursor, 'fi')
  return { type: 'if', condition, then, else: otherwise }
}

function parseLoop(cursor: Cursor, until: boolean): Command {
  const condition = parseList(cursor)
  return { type: 'loop', until, condition, body: parseBody(cursor) }
}

function parseBody(cursor: Cursor): List {
  expect(cursor, 'do')
  const body = parseList(cursor)
  expect(cursor, 'done')
  return body
}

function parseFor(cursor: Cursor): Command {
  skipBlanks(cursor)
  const name = plainWordAt(cursor)
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new ScriptError('syntax error: bad for loop variable')
  cursor.pos += name.length
  skipBlanks(cursor)
  let words: Word[] | undefined
  skipNewlines(cursor)
  if (plainWordAt(cursor) === 'in') {
    cursor.pos += 2
    words = []
    for (;;) {
      skipBlanks(cursor)
      if (isWordEnd(peek(cursor))) break
      words.push(parseWord(cursor))
    }
    if (peek(cursor) !== ';' && peek(cursor) !== '\n') unexpected(cursor)
  }
  if (peek(cursor) === ';' && peek(cursor, 1) !== ';') cursor.pos++
  skipNewlines(cursor)
  return { type: 'for', name, words, body: parseBody(cursor) }
}

function parseCase(cursor: Cursor): Command {
  skipBlanks(cursor)
  if (isWordEnd(peek(cursor))) unexpected(cursor)
  const subject = parseWord(cursor)
  skipNewlines(cursor)
  expect(cursor, 'in')
  const clauses: Clause[] = []
  for (;;) {
    skipNewlines(cursor)
    if (plainWordAt(cursor) === 'esac') break
    clauses.push(parseClause(cursor))
    if (startsWith(cursor, ';;')) cursor.pos += 2
    else if (plainWordAt(cursor) !== 'esac') unexpected(cursor, ';;')
  }
  cursor.pos += 'esac'.length
  return { type: 'case', subject, clauses }
}

function parseClause(cursor: Cursor): Clause {
  if (peek(cursor) === '(') cursor.pos++
  const patterns: Word[] = []
  for (;;) {
    skipBlanks(cursor)
    if (isWordEnd(peek(cursor))) unexpected(cursor)
    patterns.push(parseWord(cursor))
    skipBlanks(cursor)
    if (peek(cursor) !== '|') break
    cursor.pos++
  }
  if (peek(cursor) !== ')') unexpected(cursor, ')')
  cursor.pos++
  skipNewlines(cursor)
  const isEmpty = startsWith(cursor, ';;') || plainWordAt(cursor) === 'esac'
  return { patterns, body: isEmpty ? [] : parseList(cursor) }
}

function parseFunction(cursor: Cursor): Command {
  skipBlanks(cursor)
  const name = plainWordAt(cursor)
  if (!/^[A-Za-z_][\w-]*$/.test(name)) throw new ScriptError('syntax error: bad function name')
  cursor.pos += name.length
  skipBlanks(cursor)
  if (peek(cursor) === '(') {
    cursor.pos++
    skipBlanks(cursor)
    if (peek(cursor) !== ')') unexpected(cursor, ')')
    cursor.pos++
  }
  return functionBody(cursor, name)
}

function parseTest(cursor: Cursor): Command {
  const words: TestWord[] = []
  for (;;) {
    skipNewlines(cursor)
    if (atEnd(cursor)) unexpected(cursor, ']]')
    if (plainWordAt(cursor) === ']]') break
    const operator = /^(?:&&|\|\||[()<>]|!(?=[\s(]))/.exec(
      cursor.text.slice(cursor.pos, cursor.pos + 2),
    )?.[0]
    if (operator !== undefined) {
      cursor.pos += operator.length
      words.push({ operator })
    } else if (isWordEnd(peek(cursor))) unexpected(cursor, ']]')
    else words.push({ operand: testOperand(cursor, words.at(-1)) })
  }
  cursor.pos += 2
  return { type: 'test', words }
}

// A regular expression after `=~` may hold parentheses and bars: it ends at a blank.
function testOperand(cursor: Cursor, before: TestWord | undefined): Word {
  const part = before !== undefined && 'operand' in before ? before.operand[0] : undefined
  const isPattern = part?.type === 'text' && !part.quoted && part.text === '=~'
  if (!isPattern) return parseWord(cursor)
  const match = /[^\s$"'`\\]*[()|<>][^\s$"'`\\]*(?=\s)/y
  match.lastIndex = cursor.pos
  const text = match.exec(cursor.text)?.[0]
  if (text === undefined) return parseWord(cursor)
  cursor.pos += text.length
  return [{ type: 'text', text, quoted: false }]
}
