// Reading the tokens of an awk program one after the other.

import type { Token } from './lexer.ts'
import { AwkError } from './syntax.ts'

export interface TokenReader {
  tokens: Token[]
  pos: number
  depth: number
  /** Inside `for (x in …)` or print's list, where `in` or `>` mean something else. */
  noIn: boolean
  noGreater: boolean
}

const END: Token = { kind: 'end', text: 'end of file' }

export function current(reader: TokenReader): Token {
  return reader.tokens[reader.pos] ?? END
}

export function isOperator(reader: TokenReader, text: string): boolean {
  const token = current(reader)
  return token.kind === 'operator' && token.text === text
}

export function isKeyword(reader: TokenReader, text: string): boolean {
  const token = current(reader)
  return token.kind === 'keyword' && token.text === text
}

/** Takes the operator if it stands here. */
export function accept(reader: TokenReader, text: string): boolean {
  if (!isOperator(reader, text)) return false
  reader.pos++
  return true
}

export function expectOperator(reader: TokenReader, text: string): void {
  if (!accept(reader, text)) throw unexpectedToken(reader)
}

export function unexpectedToken(reader: TokenReader): AwkError {
  const { kind } = current(reader)
  return new AwkError(
    kind === 'newline' || kind === 'end' ? 'Unexpected end of string' : 'Unexpected token',
  )
}

export function skipNewlines(reader: TokenReader): void {
  while (current(reader).kind === 'newline') reader.pos++
}
