// The parts of a Go template, as far as kubectl's users write them: fields, variables, pipelines of
// functions, if, range, with. Source of the language: Go text/template.

/** What stands for a value. `at` is the offset that errors name. */
export type Operand =
  | { type: 'dot' }
  | { type: 'nil' }
  | { type: 'literal'; value: string | boolean | number; text: string }
  | { type: 'field'; names: readonly string[]; at: number }
  | { type: 'variable'; name: string; names: readonly string[]; at: number }
  | { type: 'function'; name: string; at: number }
  | { type: 'group'; pipe: Pipe; names: readonly string[]; at: number }

/** A function with arguments, or one operand. */
export interface Command {
  operands: readonly Operand[]
  text: string
  at: number
}

export interface Pipe {
  /** `$x := …` or `$i, $x := …`. */
  declares: readonly string[]
  /** Whether `=` sets a variable that exists. */
  assigns: boolean
  commands: readonly Command[]
}

export type TemplateNode =
  | { type: 'text'; text: string }
  | { type: 'action'; pipe: Pipe }
  | { type: 'if' | 'with' | 'range'; pipe: Pipe; body: Nodes; otherwise: Nodes }
  | { type: 'break' | 'continue' }
  | { type: 'template'; name: string; pipe: Pipe | undefined; at: number }

export type Nodes = readonly TemplateNode[]

/** A template with those that it defines. */
export interface Template {
  readonly nodes: Nodes
  readonly defined: ReadonlyMap<string, Nodes>
}

/** A malformed template, or one that cannot be applied; Go's words after `template: output:`. */
export class TemplateError extends Error {
  override name = 'TemplateError'
}
