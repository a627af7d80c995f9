// The tokens that the grammar asks for by name, and the complaint about one that is out of place.

import {
  atEnd,
  operatorAt,
  peek,
  plainWordAt,
  ScriptError,
  skipBlanks,
  startsWith,
  type Cursor,
} from './cursor.ts'

/** Words that end a list; which of them is right is for the construct around it to say. */
const LIST_ENDS = ['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']

/** Whether a token that ends a compound's list stands here. */
export function isListEnd(cursor: Cursor): boolean {
  return LIST_ENDS.includes(plainWordAt(cursor)) || peek(cursor) === ')' || startsWith(cursor, ';;')
}

const REDIRECT = /([0-9]*)(<<-|<<<|<<|<>|<&|>>|>&|>\||<|>)|(&>>|&>)/y

/** The redirection operator at the cursor with its descriptor. */
export function redirectAt(cursor: Cursor): RegExpExecArray | null {
  REDIRECT.lastIndex = cursor.pos
  return REDIRECT.exec(cursor.text)
}

/** Whether a redirection begins at the cursor, its descriptor included. */
export function isRedirect(cursor: Cursor): boolean {
  return redirectAt(cursor) !== null
}

/** Throws ash's complaint about the token at the cursor. */
export function unexpected(cursor: Cursor, expecting?: string): never {
  skipBlanks(cursor)
  const hint = expecting === undefined ? '' : ` (expecting "${expecting}")`
  throw new ScriptError(`syntax error: unexpected ${tokenName(cursor)}${hint}`)
}

function tokenName(cursor: Cursor): string {
  if (atEnd(cursor)) return 'end of file'
  if (peek(cursor) === '\n') return 'newline'
  const word = plainWordAt(cursor)
  if (LIST_ENDS.includes(word)) return `"${word}"`
  if (isRedirect(cursor)) return 'redirection'
  const operator = operatorAt(cursor)
  return operator === '' ? 'word' : `"${operator}"`
}
