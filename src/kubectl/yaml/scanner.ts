// Turns a YAML text into tokens as the library kubectl uses does: with simple keys (a scalar turns
// out to be a key when its ':' comes) and indentation that opens and closes block collections.
// Kept close to its rules because its refusals, and the lines they name, are part of kubectl.
import {
  charAt,
  codeAt,
  cursorAt,
  isBlank,
  isBlankOrEnd,
  isDocumentIndicator,
  isEnd,
  markOf,
  scanError,
  skip,
  skipToBreak,
  takeBreak,
  type Cursor,
} from './cursor.ts'
import { scanBlock } from './scan-block.ts'
import { scanPlain, scanQuoted } from './scan-scalar.ts'
import { scanAnchor, scanDirective, scanTag } from './scan-tag.ts'
import { token, type Token, type TokenType } from './tokens.ts'
import type { Mark } from './yaml-error.ts'

/** A place where a key may have begun. */
interface SimpleKey {
  possible: boolean
  /** Nothing but a key can stand here. */
  required: boolean
  /** The token before which `key` is to be inserted, counted from the start of the text. */
  tokenNumber: number
  mark: Mark
}

/** The state of scanning one text. */
export interface Scanner {
  readonly cursor: Cursor
  /** Tokens ready or waiting for a key to be decided; `head` is the next to be taken. */
  tokens: Token[]
  head: number
  taken: number
  indent: number
  readonly indents: number[]
  /** One for the block context and one for each open flow collection. */
  readonly simpleKeys: SimpleKey[]
  readonly keyOfToken: Map<number, SimpleKey>
  simpleKeyAllowed: boolean
  flowLevel: number
  ended: boolean
}

/** A key longer than this is not recognised. */
const SIMPLE_KEY_LENGTH_MAX = 1024
/** Collections nested deeper than this are refused. */
export const DEPTH_MAX = 1000
const PLAIN_STOPPERS = '-?:,[]{}#&*!|>\'"%@`'

export function scannerOf(text: string): Scanner {
  const cursor = cursorAt(text)
  const scanner: Scanner = {
    cursor,
    tokens: [],
    head: 0,
    taken: 0,
    indent: -1,
    indents: [],
    simpleKeys: [],
    keyOfToken: new Map(),
    simpleKeyAllowed: true,
    flowLevel: 0,
    ended: false,
  }
  scanner.simpleKeys.push(noKey(scanner))
  return scanner
}

/** The next token. Throws YamlError. */
export function peekToken(scanner: Scanner): Token {
  while (needsMore(scanner)) fetchToken(scanner)
  return scanner.tokens[scanner.head]!
}

/** Takes the token that peekToken returned. */
export function takeToken(scanner: Scanner): Token {
  const taken = peekToken(scanner)
  scanner.head++
  scanner.taken++
  // The waiting list is short; the taken front of it is dropped now and then.
  if (scanner.head > 256) {
    scanner.tokens = scanner.tokens.slice(scanner.head)
    scanner.head = 0
  }
  return taken
}

function needsMore(scanner: Scanner): boolean {
  if (scanner.head === scanner.tokens.length) return !scanner.ended
  const key = scanner.keyOfToken.get(scanner.taken)
  return key !== undefined && isStillKey(scanner, key)
}

function noKey(scanner: Scanner): SimpleKey {
  const mark = markOf(scanner.cursor)
  return { possible: false, required: false, tokenNumber: -1, mark }
}

/** A key must be on one line and short. */
function isStillKey(scanner: Scanner, key: SimpleKey): boolean {
  if (!key.possible) return false
  const { cursor } = scanner
  if (key.mark.line >= cursor.line && key.mark.index + SIMPLE_KEY_LENGTH_MAX >= cursor.index)
    return true
  if (key.required) throw scanError(cursor, "could not find expected ':'")
  key.possible = false
  return false
}

function saveSimpleKey(scanner: Scanner): void {
  if (!scanner.simpleKeyAllowed) return
  removeSimpleKey(scanner)
  const { cursor } = scanner
  const key: SimpleKey = {
    possible: true,
    required: scanner.flowLevel === 0 && scanner.indent === cursor.column,
    tokenNumber: scanner.taken + (scanner.tokens.length - scanner.head),
    mark: markOf(cursor),
  }
  scanner.simpleKeys[scanner.simpleKeys.length - 1] = key
  scanner.keyOfToken.set(key.tokenNumber, key)
}

function removeSimpleKey(scanner: Scanner): void {
  const key = scanner.simpleKeys.at(-1)!
  if (!key.possible) return
  if (key.required) throw scanError(scanner.cursor, "could not find expected ':'")
  key.possible = false
  scanner.keyOfToken.delete(key.tokenNumber)
}

/** Opens a block collection at `column`, before the token of that number if one is given. */
function rollIndent(scanner: Scanner, column: number, type: TokenType, before?: SimpleKey): void {
  if (scanner.flowLevel > 0 || scanner.indent >= column) return
  scanner.indents.push(scanner.indent)
  scanner.indent = column
  if (scanner.indents.length > DEPTH_MAX) throw tooDeep(scanner)
  const mark = before?.mark ?? markOf(scanner.cursor)
  insertToken(scanner, token(type, mark, mark), before?.tokenNumber)
}

function tooDeep(scanner: Scanner): Error {
  return scanError(scanner.cursor, `exceeded max depth of ${DEPTH_MAX}`)
}

function insertToken(scanner: Scanner, added: Token, number?: number): void {
  if (number === undefined) scanner.tokens.push(added)
  else scanner.tokens.splice(scanner.head + number - scanner.taken, 0, added)
}

/** Closes the block collections deeper than `column`. */
function unrollIndent(scanner: Scanner, column: number): void {
  if (scanner.flowLevel > 0) return
  while (scanner.indent > column) {
    const mark = markOf(scanner.cursor)
    scanner.tokens.push(token('block-end', mark, mark))
    scanner.indent = scanner.indents.pop()!
  }
}

function fetchToken(scanner: Scanner): void {
  const { cursor } = scanner
  skipToToken(scanner)
  unrollIndent(scanner, cursor.column)
  if (isEnd(cursor)) return fetchEnd(scanner)
  const char = charAt(cursor)
  if (cursor.column === 0 && char === '%') {
    leaveBlocks(scanner)
    scanner.tokens.push(scanDirective(cursor))
    return
  }
  if (isDocumentIndicator(cursor)) {
    leaveBlocks(scanner)
    return pushIndicator(scanner, char === '-' ? 'document-start' : 'document-end', 3)
  }
  if (char in FLOW_FETCHERS) return FLOW_FETCHERS[char]!(scanner)
  const apart = isBlankOrEnd(codeAt(cursor, 1))
  const inFlow = scanner.flowLevel > 0
  if (char === '-' && apart) return fetchBlockEntry(scanner)
  if (char === '?' && (inFlow || apart)) return fetchKey(scanner)
  if (char === ':' && (inFlow || apart)) return fetchValue(scanner)
  return fetchContent(scanner, char, inFlow, apart)
}

/** Anchors, aliases, tags and scalars. */
function fetchContent(scanner: Scanner, char: string, inFlow: boolean, apart: boolean): void {
  const { cursor } = scanner
  if ((char === '|' || char === '>') && !inFlow) {
    removeSimpleKey(scanner)
    scanner.simpleKeyAllowed = true
    scanner.tokens.push(scanBlock(cursor, scanner.indent))
    return
  }
  const dashed = char === '-' && !isBlank(codeAt(cursor, 1))
  const marked = !inFlow && (char === '?' || char === ':') && !apart
  const plain = dashed || marked || !(PLAIN_STOPPERS.includes(char) || isBlankOrEnd(codeAt(cursor)))
  if (!plain && !`*&!'"`.includes(char))
    throw scanError(cursor, 'found character that cannot start any token')
  saveSimpleKey(scanner)
  scanner.simpleKeyAllowed = false
  if (char === '*' || char === '&')
    scanner.tokens.push(scanAnchor(cursor, char === '&' ? 'anchor' : 'alias'))
  else if (char === '!') scanner.tokens.push(scanTag(cursor))
  else if (!plain) scanner.tokens.push(scanQuoted(cursor))
  else {
    const { token: scalar, multiline } = scanPlain(cursor, scanner.indent, inFlow)
    scanner.tokens.push(scalar)
    if (multiline) scanner.simpleKeyAllowed = true
  }
}

const FLOW_FETCHERS: Readonly<Record<string, (scanner: Scanner) => void>> = {
  '[': (scanner) => fetchFlowStart(scanner, 'flow-sequence-start'),
  '{': (scanner) => fetchFlowStart(scanner, 'flow-mapping-start'),
  ']': (scanner) => fetchFlowEnd(scanner, 'flow-sequence-end'),
  '}': (scanner) => fetchFlowEnd(scanner, 'flow-mapping-end'),
  ',': (scanner) => {
    removeSimpleKey(scanner)
    scanner.simpleKeyAllowed = true
    pushIndicator(scanner, 'flow-entry', 1)
  },
}

function pushIndicator(scanner: Scanner, type: TokenType, length: number): void {
  const start = markOf(scanner.cursor)
  skip(scanner.cursor, length)
  scanner.tokens.push(token(type, start, markOf(scanner.cursor)))
}

/** Blanks, comments and line breaks; a line break allows a key again. Tabs are no indentation. */
function skipToToken(scanner: Scanner): void {
  const { cursor } = scanner
  for (;;) {
    if (cursor.column === 0 && charAt(cursor) === '\uFEFF') skip(cursor)
    const tabs = scanner.flowLevel > 0 || !scanner.simpleKeyAllowed
    while (charAt(cursor) === ' ' || (tabs && charAt(cursor) === '\t')) skip(cursor)
    if (charAt(cursor) === '#') skipToBreak(cursor)
    if (takeBreak(cursor) === '') return
    if (scanner.flowLevel === 0) scanner.simpleKeyAllowed = true
  }
}

function leaveBlocks(scanner: Scanner): void {
  unrollIndent(scanner, -1)
  removeSimpleKey(scanner)
  scanner.simpleKeyAllowed = false
}

function fetchEnd(scanner: Scanner): void {
  const { cursor } = scanner
  // The end counts as a line of its own.
  if (cursor.column !== 0) {
    cursor.column = 0
    cursor.line++
  }
  leaveBlocks(scanner)
  scanner.ended = true
  scanner.tokens.push(token('stream-end', markOf(cursor), markOf(cursor)))
}

function fetchFlowStart(scanner: Scanner, type: TokenType): void {
  saveSimpleKey(scanner)
  scanner.simpleKeys.push(noKey(scanner))
  if (++scanner.flowLevel > DEPTH_MAX) throw tooDeep(scanner)
  scanner.simpleKeyAllowed = true
  pushIndicator(scanner, type, 1)
}

function fetchFlowEnd(scanner: Scanner, type: TokenType): void {
  removeSimpleKey(scanner)
  if (scanner.flowLevel > 0) {
    scanner.flowLevel--
    scanner.keyOfToken.delete(scanner.simpleKeys.pop()!.tokenNumber)
  }
  scanner.simpleKeyAllowed = false
  pushIndicator(scanner, type, 1)
}

function fetchBlockEntry(scanner: Scanner): void {
  if (scanner.flowLevel === 0) {
    if (!scanner.simpleKeyAllowed)
      throw scanError(scanner.cursor, 'block sequence entries are not allowed in this context')
    rollIndent(scanner, scanner.cursor.column, 'block-sequence-start')
  }
  removeSimpleKey(scanner)
  scanner.simpleKeyAllowed = true
  pushIndicator(scanner, 'block-entry', 1)
}

function fetchKey(scanner: Scanner): void {
  const inBlock = scanner.flowLevel === 0
  if (inBlock) {
    if (!scanner.simpleKeyAllowed)
      throw scanError(scanner.cursor, 'mapping keys are not allowed in this context')
    rollIndent(scanner, scanner.cursor.column, 'block-mapping-start')
  }
  removeSimpleKey(scanner)
  scanner.simpleKeyAllowed = inBlock
  pushIndicator(scanner, 'key', 1)
}

function fetchValue(scanner: Scanner): void {
  const key = scanner.simpleKeys.at(-1)!
  if (isStillKey(scanner, key)) {
    insertToken(scanner, token('key', key.mark, key.mark), key.tokenNumber)
    rollIndent(scanner, key.mark.column, 'block-mapping-start', key)
    key.possible = false
    scanner.keyOfToken.delete(key.tokenNumber)
    scanner.simpleKeyAllowed = false
  } else {
    const inBlock = scanner.flowLevel === 0
    if (inBlock) {
      if (!scanner.simpleKeyAllowed)
        throw scanError(scanner.cursor, 'mapping values are not allowed in this context')
      rollIndent(scanner, scanner.cursor.column, 'block-mapping-start')
    }
    scanner.simpleKeyAllowed = inBlock
  }
  pushIndicator(scanner, 'value', 1)
}
