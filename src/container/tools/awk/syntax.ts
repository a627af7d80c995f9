// The syntax tree of an awk program.

export type Expression =
  | { type: 'number'; value: number }
  | { type: 'string'; value: string }
  | { type: 'regex'; source: string }
  | { type: 'variable'; name: string }
  | { type: 'field'; index: Expression }
  | { type: 'element'; name: string; indexes: Expression[] }
  | { type: 'in'; name: string; indexes: Expression[] }
  | { type: 'unary'; operator: string; operand: Expression }
  | { type: 'binary'; operator: string; left: Expression; right: Expression }
  | { type: 'match'; negated: boolean; left: Expression; right: Expression }
  | { type: 'logic'; operator: '&&' | '||'; left: Expression; right: Expression }
  | { type: 'choice'; condition: Expression; yes: Expression; no: Expression }
  | { type: 'assign'; operator: string; target: Expression; value: Expression }
  | { type: 'step'; delta: number; prefix: boolean; target: Expression }
  | { type: 'call'; name: string; args: Expression[] }
  | { type: 'getline'; target: Expression | undefined; file: Expression | undefined }

export type Statement =
  | { type: 'expression'; value: Expression }
  | {
      type: 'print'
      args: Expression[]
      format: boolean
      to: Expression | undefined
      append: boolean
    }
  | { type: 'block'; body: Statement[] }
  | { type: 'if'; condition: Expression; yes: Statement; no: Statement | undefined }
  | { type: 'while'; condition: Expression; body: Statement; first: boolean }
  | {
      type: 'for'
      init: Statement | undefined
      condition: Expression | undefined
      step: Statement | undefined
      body: Statement
    }
  | { type: 'forIn'; name: string; array: string; body: Statement }
  | { type: 'delete'; name: string; indexes: Expression[] | undefined }
  | { type: 'jump'; kind: 'break' | 'continue' | 'next' | 'nextfile' }
  | { type: 'exit' | 'return'; value: Expression | undefined }

export interface Rule {
  /** BEGIN and END rules have no pattern. */
  when: 'BEGIN' | 'END' | 'record'
  pattern: Expression | undefined
  until: Expression | undefined
  /** undefined: print the record. */
  body: Statement | undefined
}

interface AwkFunction {
  params: string[]
  body: Statement
}

export interface AwkProgram {
  rules: Rule[]
  functions: Record<string, AwkFunction>
}

/** A mistake in a program or at run time. */
export class AwkError extends Error {
  override name = 'AwkError'
}
