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
import { skipNewlines } from './redirect.ts'
import type { Clause, Command, List, TestWord, Word } from './syntax.ts'
import { unexpected } from './tokens.ts'
import { parseArithmetic, parseParts, parseWord } from './word.ts'

/** The compound command at the cursor, or undefined if a simple command stands there. */
export function compoundCommand(cursor: Cursor): Command | undefined {
  if (startsWith(cursor, '((')) return nested(cursor, () => arithmeticCommand(cursor))
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
  const body = cursor.grammar.list(cursor)
  if (peek(cursor) !== ')') unexpected(cursor, ')')
  cursor.pos++
  return { type: 'subshell', body }
}

// `((…))` is arithmetic for bash and may be a subshell in a subshell for others: both are kept.
function arithmeticCommand(cursor: Cursor): Command {
  const start = cursor.pos
  cursor.pos += 2
  let expression: Word | undefined
  try {
    expression = parseArithmetic(cursor)
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
  }
  const end = cursor.pos + 2
  const isArithmetic = expression !== undefined && startsWith(cursor, '))')
  const { depth } = cursor
  cursor.pos = start
  if (!isArithmetic || expression === undefined) return subshell(cursor)
  let otherwise: Command | undefined
  try {
    otherwise = subshell(cursor)
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
  }
  cursor.depth = depth
  if (cursor.pos !== end) otherwise = undefined
  cursor.pos = end
  return { type: 'arithmetic', expression, otherwise }
}

function parseGroup(cursor: Cursor): Command {
  const body = cursor.grammar.list(cursor)
  expect(cursor, '}')
  return { type: 'group', body }
}

function parseIf(cursor: Cursor): Command {
  const condition = cursor.grammar.list(cursor)
  expect(cursor, 'then')
  const then = cursor.grammar.list(cursor)
  const word = plainWordAt(cursor)
  let otherwise: List | undefined
  if (word === 'elif') {
    cursor.pos += word.length
    const command = nested(cursor, () => parseIf(cursor))
    return { type: 'if', condition, then, else: [{ command, background: false }] }
  }
  if (word === 'else') {
    cursor.pos += word.length
    otherwise = cursor.grammar.list(cursor)
  }
  expect(cursor, 'fi')
  return { type: 'if', condition, then, else: otherwise }
}

function parseLoop(cursor: Cursor, until: boolean): Command {
  const condition = cursor.grammar.list(cursor)
  return { type: 'loop', until, condition, body: parseBody(cursor) }
}

function parseBody(cursor: Cursor): List {
  expect(cursor, 'do')
  const body = cursor.grammar.list(cursor)
  expect(cursor, 'done')
  return body
}

// The three expressions of `for ((…; …; …))`.
function parseCount(cursor: Cursor): Command {
  cursor.pos += 2
  const [start = [], condition = []] = [0, 1].map(() => {
    const word = parseArithmetic(cursor, ';')
    if (peek(cursor) !== ';') throw new ScriptError('syntax error: bad for loop variable')
    cursor.pos++
    return word
  })
  const step = parseArithmetic(cursor)
  if (!startsWith(cursor, '))')) throw new ScriptError('syntax error: bad for loop variable')
  cursor.pos += 2
  skipBlanks(cursor)
  if (peek(cursor) === ';') cursor.pos++
  skipNewlines(cursor)
  return { type: 'count', start, condition, step, body: parseBody(cursor) }
}

function parseFor(cursor: Cursor): Command {
  skipBlanks(cursor)
  if (startsWith(cursor, '((')) return parseCount(cursor)
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
  return { patterns, body: isEmpty ? [] : cursor.grammar.list(cursor) }
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

/** The body after `name()` or `function name`. */
export function functionBody(cursor: Cursor, name: string): Command {
  skipNewlines(cursor)
  return { type: 'function', name, body: nested(cursor, () => cursor.grammar.command(cursor)) }
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

// A regular expression after `=~` may hold parentheses and bars: it ends at a blank outside them.
function testOperand(cursor: Cursor, before: TestWord | undefined): Word {
  const part = before !== undefined && 'operand' in before ? before.operand[0] : undefined
  const isPattern = part?.type === 'text' && !part.quoted && part.text === '=~'
  if (!isPattern) return parseWord(cursor)
  let level = 0
  const ends = (c: Cursor): boolean => {
    const char = peek(c)
    if (char === '(') level++
    if (char === ')') level--
    return level <= 0 && /\s/.test(char)
  }
  return parseParts(cursor, { ends, quoted: false, quotes: true })
}
