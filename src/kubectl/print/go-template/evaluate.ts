// Applies a Go template to JSON data (text/template exec.go).
import { ARGUMENTS_MIN, FUNCTIONS, goType, isTrue, Literal, textOf } from './functions.ts'
import {
  TemplateError,
  type Command,
  type Nodes,
  type Operand,
  type Pipe,
  type Template,
} from './nodes.ts'

interface Scope {
  readonly source: string
  readonly template: Template
  /** The name of the template that runs: errors tell it. */
  readonly name: string
  readonly depth: number
  readonly allowMissing: boolean
  /** Variables by name, innermost last. */
  readonly variables: { name: string; value: unknown }[]
}

/** What a body did: it went through, or a loop is to be left or continued. */
type Flow = 'through' | 'break' | 'continue'

/** A range is cut after this many turns: no object has so many parts. */
const TURNS_MAX = 100_000

/** How a template is applied; what it prints goes to `out` as it comes. */
interface ApplyOptions {
  readonly allowMissing: boolean
  readonly out: string[]
}

/** Templates within templates; more is one that calls itself for ever. */
const DEPTH_MAX = 1_000

/** Prints what a template makes of `data`. Throws TemplateError. */
export function applyTemplate(
  template: Template,
  source: string,
  data: unknown,
  { allowMissing, out }: ApplyOptions,
): void {
  const variables = [{ name: '$', value: data }]
  const scope: Scope = { source, template, name: 'output', depth: 0, allowMissing, variables }
  runNodes(template.nodes, data, scope, out)
}

function runTemplate(
  { name, pipe, at }: Extract<Nodes[number], { type: 'template' }>,
  dot: unknown,
  scope: Scope,
  out: string[],
): void {
  const text = name === '' ? '{{template}}' : `{{template "${name}"}}`
  const nodes = scope.template.defined.get(name)
  if (nodes === undefined) throw failure(scope, at, text, `template "${name}" not defined`)
  if (scope.depth >= DEPTH_MAX)
    throw failure(scope, at, text, `exceeded maximum template depth (${DEPTH_MAX})`)
  const data = pipe === undefined ? undefined : pipeValue(pipe, dot, scope)
  const variables = [{ name: '$', value: data }]
  runNodes(nodes, data, { ...scope, name, depth: scope.depth + 1, variables }, out)
}

function runNodes(nodes: Nodes, dot: unknown, scope: Scope, out: string[]): Flow {
  const depth = scope.variables.length
  let flow: Flow = 'through'
  for (const node of nodes) {
    if (node.type === 'text') out.push(node.text)
    else if (node.type === 'action') runAction(node.pipe, dot, scope, out)
    else if (node.type === 'template') runTemplate(node, dot, scope, out)
    else if ('body' in node) flow = runBlock(node, dot, scope, out)
    else flow = node.type
    if (flow !== 'through') break
  }
  scope.variables.length = depth
  return flow
}

function runAction(pipe: Pipe, dot: unknown, scope: Scope, out: string[]): void {
  const value = pipeValue(pipe, dot, scope)
  if (pipe.declares.length === 0) out.push(textOf(value))
}

type Block = Extract<Nodes[number], { body: Nodes }>

function runBlock(node: Block, dot: unknown, scope: Scope, out: string[]): Flow {
  const depth = scope.variables.length
  const value =
    node.type === 'range' ? loopValue(node.pipe, dot, scope) : pipeValue(node.pipe, dot, scope)
  let flow: Flow = 'through'
  if (node.type === 'range') flow = runRange(node, value, dot, scope, out)
  else if (!isTrue(value)) flow = runNodes(node.otherwise, dot, scope, out)
  else flow = runNodes(node.body, node.type === 'with' ? value : dot, scope, out)
  scope.variables.length = depth
  return flow
}

// The variables of a range are set in every turn, not from the whole.
function loopValue(pipe: Pipe, dot: unknown, scope: Scope): unknown {
  return pipeValue({ ...pipe, declares: [] }, dot, scope)
}

function runRange(node: Block, value: unknown, dot: unknown, scope: Scope, out: string[]): Flow {
  const turns = turnsOf(value, node, scope).slice(0, TURNS_MAX)
  if (turns.length === 0) return runNodes(node.otherwise, dot, scope, out)
  const { declares } = node.pipe
  const depth = scope.variables.length
  for (const [key, item] of turns) {
    const values = declares.length > 1 ? [key, item] : [item]
    declares.forEach((name, index) => scope.variables.push({ name, value: values[index] }))
    const flow = runNodes(node.body, item, scope, out)
    scope.variables.length = depth
    if (flow === 'break') break
  }
  return 'through'
}

function turnsOf(value: unknown, node: Block, scope: Scope): [key: unknown, item: unknown][] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => [new Literal(index), item])
  }
  if (value instanceof Literal) {
    const count = Math.min(value.value, TURNS_MAX)
    return Array.from({ length: count }, (_, index) => [index, new Literal(index)])
  }
  if (typeof value === 'object') {
    const map = value as Record<string, unknown>
    return Object.keys(map)
      .sort()
      .map((key) => [key, map[key]])
  }
  const command = node.pipe.commands.at(-1)
  const problem = `range can't iterate over ${textOf(value)}`
  throw failure(scope, command?.at ?? 0, command?.text ?? '', problem)
}

function pipeValue(pipe: Pipe, dot: unknown, scope: Scope): unknown {
  let value: unknown
  pipe.commands.forEach((command, index) => {
    value = commandValue(command, dot, scope, index === 0 ? [] : [value])
  })
  for (const name of pipe.declares) {
    const known = scope.variables.findLast((variable) => variable.name === name)
    if (pipe.assigns && known !== undefined) known.value = value
    else scope.variables.push({ name, value })
  }
  return value
}

function commandValue(command: Command, dot: unknown, scope: Scope, last: unknown[]): unknown {
  const [first, ...rest] = command.operands
  if (first === undefined) return undefined
  if (first.type !== 'function') {
    if (first.type === 'nil') throw failure(scope, command.at, command.text, 'nil is not a command')
    if (rest.length + last.length > 0) {
      throw failure(scope, command.at, command.text, `can't give argument to non-function`)
    }
    return operandValue(first, dot, scope)
  }
  const args = [...rest.map((operand) => operandValue(operand, dot, scope)), ...last]
  const least = ARGUMENTS_MIN[first.name] ?? 0
  if (args.length < least)
    throw failure(
      scope,
      command.at,
      command.text,
      `wrong number of args for ${first.name}: want at least ${least} got ${args.length}`,
    )
  try {
    if (first.name === 'call') throw new Error(refusedCall(args[0], rest[0], scope))
    return FUNCTIONS[first.name]?.(args)
  } catch (error) {
    if (error instanceof TemplateError || !(error instanceof Error)) throw error
    throw failure(scope, command.at, command.text, `error calling ${first.name}: ${error.message}`)
  }
}

/** Data holds no functions: there is nothing that could be called. */
function refusedCall(value: unknown, operand: Operand | undefined, scope: Scope): string {
  if (value === undefined || value === null) return 'call of nil'
  const text =
    operand === undefined || !('at' in operand)
      ? textOf(value)
      : (/^[^\s|)}]+/.exec(scope.source.slice(operand.at))?.[0] ?? '')
  return `non-function ${text} of type ${goType(value)}`
}

function operandValue(operand: Operand, dot: unknown, scope: Scope): unknown {
  switch (operand.type) {
    case 'dot':
      return dot
    case 'nil':
      return null
    case 'literal':
      return typeof operand.value === 'number' ? new Literal(operand.value) : operand.value
    case 'field':
      return fieldValue(dot, operand.names, '', operand.at, scope)
    case 'variable': {
      const variable = scope.variables.findLast(({ name }) => name === operand.name)
      return fieldValue(variable?.value, operand.names, operand.name, operand.at, scope)
    }
    case 'function':
      return FUNCTIONS[operand.name]?.([])
    case 'group':
      return fieldValue(pipeValue(operand.pipe, dot, scope), operand.names, '', operand.at, scope)
  }
}

function fieldValue(
  start: unknown,
  names: readonly string[],
  prefix: string,
  at: number,
  scope: Scope,
): unknown {
  let value = start
  const text = `${prefix}.${names.join('.')}`
  for (const name of names) {
    if (value === undefined) {
      if (!scope.allowMissing)
        throw failure(scope, at, text, `nil data; no entry for key "${name}"`)
      continue
    }
    if (value === null) {
      throw failure(scope, at, text, `nil pointer evaluating interface {}.${name}`)
    }
    if (typeof value !== 'object' || Array.isArray(value)) {
      const problem = `can't evaluate field ${name} in type interface {}`
      throw failure(scope, at, text, problem)
    }
    value = (value as Record<string, unknown>)[name]
    if (value === undefined && !scope.allowMissing) {
      throw failure(scope, at, text, `map has no entry for key "${name}"`)
    }
  }
  return value
}

/** Go shows at most this much of what it was doing. */
const CONTEXT_MAX = 20

function failure(scope: Scope, at: number, text: string, problem: string): TemplateError {
  const before = scope.source.slice(0, at).split('\n')
  const column = (before.at(-1) ?? '').length
  const shown = text.length > CONTEXT_MAX ? `${text.slice(0, CONTEXT_MAX)}...` : text
  return new TemplateError(
    `${before.length}:${column}: executing "${scope.name}" at <${shown}>: ${problem}`,
  )
}
