// The instructions a script is compiled to. A shell keeps only a script's text and a position in
// its code; the code itself is recomputed when needed.

import type { RedirectKind } from './syntax.ts'

/** Where the text of a part came from decides what may happen to it. */
export type SegmentKind =
  /** Written without quotes: may be a pattern, is not split. */
  | 'plain'
  /** Quoted: stands for itself. */
  | 'quoted'
  /** From an unquoted expansion: is split and may be a pattern. */
  | 'split'
  /** The border between two fields of `"$@"`. */
  | 'break'

export type Instruction =
  // Words: an accumulator of segments is opened, filled and closed as one of three things.
  | { op: 'word' }
  | { op: 'text'; text: string; kind: SegmentKind }
  | { op: 'tilde'; user: string }
  | { op: 'parameter'; name: string; quoted: boolean; form: 'value' | 'length' | 'indirect' }
  | {
      op: 'unless'
      name: string
      quoted: boolean
      want: 'set' | 'unset'
      colon: boolean
      value: boolean
      to: number
    }
  | { op: 'setDefault'; name: string; quoted: boolean }
  | { op: 'complain'; name: string; colon: boolean }
  | { op: 'strip'; name: string; quoted: boolean; suffix: boolean; longest: boolean }
  | { op: 'replace'; name: string; quoted: boolean; all: boolean }
  | { op: 'slice'; name: string; quoted: boolean; hasLength: boolean }
  | { op: 'letters'; name: string; quoted: boolean; mode: string }
  | { op: 'arithmetic'; quoted: boolean }
  | { op: 'capture'; quoted: boolean; to: number }
  | { op: 'fields' }
  | { op: 'field' }
  | { op: 'string' }
  | { op: 'pattern' }
  // Simple commands.
  | { op: 'begin'; line: number }
  | { op: 'assign'; name: string; append: boolean }
  | { op: 'redirect'; fd: number; kind: RedirectKind }
  | { op: 'run' }
  | { op: 'test'; operators: (string | undefined)[] }
  | { op: 'compute'; empty: number }
  /** Other shells than bash continue elsewhere. */
  | { op: 'unlessBash'; to: number }
  // Control.
  | { op: 'jump'; to: number }
  | { op: 'jumpIf'; ok: boolean; to: number }
  | { op: 'condition' }
  | { op: 'endCondition' }
  | { op: 'loop'; exit: number; next: number }
  | { op: 'endLoop' }
  | { op: 'for'; name: string; positional: boolean }
  | { op: 'forNext'; exit: number }
  | { op: 'loopStatus' }
  | { op: 'match'; to: number }
  | { op: 'endCase' }
  | { op: 'redirected' }
  | { op: 'endRedirected' }
  | { op: 'function'; name: string; to: number }
  | { op: 'return' }
  | { op: 'subshell'; to: number }
  | { op: 'background'; to: number; text: string }
  | { op: 'pipeline'; starts: number[]; to: number }
  | { op: 'not' }
  | { op: 'check' }
  | { op: 'status'; code: number }
  | { op: 'end' }
  | { op: 'fail'; message: string; line: number }

/** A compiled script; execution starts at 0. */
export interface Bytecode {
  code: Instruction[]
}
