// The shells say the same in different words. The interpreter speaks BusyBox ash; Debian's dash and
// bash are translated from it.

import type { Flavour } from './state.ts'

type Rule = [pattern: RegExp, words: string]

const DASH: Rule[] = [
  [/^syntax error: unexpected (.+?)( \(expecting .+\))?$/, 'Syntax error: $1 unexpected$2'],
  [/^syntax error: bad substitution$/, 'Bad substitution'],
  [/^syntax error: unterminated/, 'Syntax error: Unterminated'],
  [/^syntax error: missing/, 'Syntax error: Missing'],
  [/^syntax error: bad/, 'Syntax error: Bad'],
  [/^syntax error: /, 'Syntax error: '],
  [/^can't open '?(.+?)'?: [nN]o such file.*$/, 'cannot open $1: No such file'],
  [/^can't create (.+): nonexistent directory$/, 'cannot create $1: Directory nonexistent'],
  [/^can't create (.+)$/, 'cannot create $1'],
  [/^arithmetic syntax error$/, 'arithmetic expression: syntax error'],
  [/^divide by zero$/, 'arithmetic expression: division by zero'],
  [/^can't kill pid \d+: /, ''],
  [/^(.+): bad number$/, 'Illegal number: $1'],
  [/^(.+): unknown operand$/, '$1: unexpected operator'],
  [/^invalid number '(.+)'$/, '$1: expected numeric value'],
]

const BASH: Rule[] = [
  [/^syntax error: unexpected end of file.*$/, 'syntax error: unexpected end of file'],
  [
    /^syntax error: unexpected "?(.+?)"?( \(expecting .+\))?$/,
    "syntax error near unexpected token `$1'",
  ],
  [/^syntax error: unterminated.*$/, 'unexpected EOF while looking for matching `"\''],
  [/^syntax error: bad substitution$/, 'bad substitution'],
  [/^can't open '?(.+?)'?: [nN]o such file.*$/, '$1: No such file or directory'],
  [/^can't create (.+): nonexistent directory$/, '$1: No such file or directory'],
  [/^can't create (.+)$/, '$1'],
  [/^(\w+): parameter not set$/, '$1: unbound variable'],
  [/^(\w+): is read only$/, '$1: readonly variable'],
  [/^(.+): bad number$/, '$1: integer expression expected'],
  [/^(.+): unknown operand$/, 'too many arguments'],
  [/^invalid number '(.+)'$/, '$1: invalid number'],
  [/^divide by zero$/, 'division by 0'],
  [/^Illegal number: (.+)$/, '$1: numeric argument required'],
  [/^can't kill pid (\d+): /, '($1) - '],
]

/** An ash message in the words of another shell. */
export function inWordsOf(flavour: Flavour, message: string): string {
  if (flavour === 'ash') return message
  for (const [pattern, words] of flavour === 'dash' ? DASH : BASH) {
    if (pattern.test(message)) return message.replace(pattern, words)
  }
  return message
}

/** The status of a command whose redirection failed. */
export function redirectStatus(flavour: Flavour): number {
  return flavour === 'dash' ? 2 : 1
}
