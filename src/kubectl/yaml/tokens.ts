// The tokens of YAML 1.1 as the scanner hands them to the parser.
import type { Mark } from './yaml-error.ts'

export type TokenType =
  | 'stream-end'
  | 'version-directive'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface Token {
  readonly type: TokenType
  readonly start: Mark
  readonly end: Mark
  /** Text of a scalar, name of an anchor or alias, handle of a tag, version of a directive. */
  readonly value: string
  /** Suffix of a tag, prefix of a tag directive. */
  readonly rest: string
  /** Whether a scalar stands without quotes: only then its text decides its type. */
  readonly plain: boolean
}

export function token(type: TokenType, start: Mark, end: Mark, value = '', rest = ''): Token {
  return { type, start, end, value, rest, plain: false }
}
