// The syntax tree of a shell script. It lives only between parser and compiler; a running shell
// refers to compiled code by script text and position.

export type Word = Part[]

/** `quoted`: no splitting and no globbing of what this part gives. */
export type Part =
  | { type: 'text'; text: string; quoted: boolean }
  | { type: 'tilde'; user: string }
  | { type: 'parameter'; name: string; quoted: boolean; form: Form }
  | { type: 'command'; body: List; quoted: boolean }
  | { type: 'arithmetic'; expression: Word; quoted: boolean }

/** What `${name…}` asks for. */
export type Form =
  | { op: 'value' }
  | { op: 'length' }
  | { op: 'indirect' }
  | { op: 'default' | 'alternative' | 'assign' | 'require'; colon: boolean; word: Word }
  | { op: 'prefix' | 'suffix'; longest: boolean; pattern: Word }
  | { op: 'replace'; all: boolean; pattern: Word; by: Word }
  | { op: 'slice'; offset: Word; length: Word | undefined }
  /** bash: `^^` and `,,` change all letters, `^` and `,` the first. */
  | { op: 'letters'; mode: string }

export type RedirectKind =
  '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | '<<' | '<<<'

export interface Redirect {
  fd: number
  kind: RedirectKind
  /** The file, descriptor or here-document text. */
  target: Word
}

export interface Assignment {
  name: string
  append: boolean
  value: Word
}

export interface Clause {
  patterns: Word[]
  body: List
}

export type Command =
  | {
      type: 'simple'
      line: number
      assignments: Assignment[]
      words: Word[]
      redirects: Redirect[]
    }
  | { type: 'pipeline'; negate: boolean; commands: Command[] }
  | { type: 'and'; left: Command; right: Command }
  | { type: 'or'; left: Command; right: Command }
  | { type: 'if'; condition: List; then: List; else: List | undefined }
  | { type: 'loop'; until: boolean; condition: List; body: List }
  | { type: 'for'; name: string; words: Word[] | undefined; body: List }
  | { type: 'case'; subject: Word; clauses: Clause[] }
  | { type: 'subshell' | 'group'; body: List }
  | { type: 'function'; name: string; body: Command }
  | { type: 'test'; words: TestWord[] }
  /** bash: `((…))`; other shells see nested subshells, if that is what it could be. */
  | { type: 'arithmetic'; expression: Word; otherwise: Command | undefined }
  /** bash: `for ((…; …; …))`. */
  | { type: 'count'; start: Word; condition: Word; step: Word; body: List }
  | { type: 'redirected'; body: Command; redirects: Redirect[] }

/** A word of `[[ … ]]`: an operator such as `&&`, or an operand that is not split. */
export type TestWord = { operator: string } | { operand: Word }

export interface Item {
  command: Command
  background: boolean
}

export type List = Item[]

/** A script: its complete lines, then possibly the error that stops it there. */
export interface Script {
  lines: List[]
  error: SyntaxProblem | undefined
}

interface SyntaxProblem {
  message: string
  line: number
}
