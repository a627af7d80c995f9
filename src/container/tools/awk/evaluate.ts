// Evaluating awk expressions and statements.

import { writeTo } from '../../kernel/descriptors.ts'
import { fileAt, writeFile } from '../../kernel/files.ts'
import { VALUE_BYTES_MAX } from '../../kernel/limits.ts'
import { charge } from '../../kernel/meter.ts'
import { isSpent, nextLine, out, pathOf, warn } from '../io.ts'
import { callBuiltin, formatValues, type Awk, type Scope } from './functions.ts'
import { parseAwk } from './parser.ts'
import {
  arrayOf,
  compareValues,
  expression,
  fromInput,
  getField,
  getVariable,
  setField,
  setRecord,
  setVariable,
  toNumber,
  toText,
  toTruth,
  type Value,
} from './runtime.ts'
import { AwkError, type Expression, type Statement } from './syntax.ts'

/** Leaves statements: where to is up to whoever catches it. */
export class Jump extends Error {
  readonly kind: 'break' | 'continue' | 'next' | 'nextfile' | 'exit' | 'return' | 'spent'
  readonly value: Value
  constructor(kind: Jump['kind'], value: Value = '') {
    super(kind)
    this.kind = kind
    this.value = value
  }
}

export function evaluate(awk: Awk, scope: Scope, node: Expression): Value {
  if (isSpent(awk.io)) throw new Jump('spent')
  const { state } = awk
  switch (node.type) {
    case 'number':
    case 'string':
      return node.value
    case 'regex':
      return expression(node.source).test(awk.io.proc, state.record) ? 1 : 0
    case 'variable':
      return scope.locals !== undefined && Object.hasOwn(scope.locals, node.name)
        ? (scope.locals[node.name] ?? '')
        : getVariable(awk.io.proc, state, node.name)
    case 'field':
      return getField(awk.io.proc, state, Math.trunc(toNumber(evaluate(awk, scope, node.index))))
    case 'element': {
      const array = arrayOf(state, scope.arrays[node.name] ?? node.name)
      const key = keyOf(awk, scope, node.indexes)
      if (key === '__proto__') return ''
      if (!Object.hasOwn(array, key)) array[key] = { text: '' }
      return array[key] ?? ''
    }
    case 'in': {
      const array = arrayOf(state, scope.arrays[node.name] ?? node.name)
      return Object.hasOwn(array, keyOf(awk, scope, node.indexes)) ? 1 : 0
    }
    case 'unary':
      return unary(node.operator, evaluate(awk, scope, node.operand))
    case 'binary':
      return binary(
        awk,
        node.operator,
        evaluate(awk, scope, node.left),
        evaluate(awk, scope, node.right),
      )
    case 'match':
      return matches(awk, scope, node.left, node.right) === node.negated ? 0 : 1
    case 'logic': {
      const left = toTruth(evaluate(awk, scope, node.left))
      if (left === (node.operator === '||')) return left ? 1 : 0
      return toTruth(evaluate(awk, scope, node.right)) ? 1 : 0
    }
    case 'choice':
      return evaluate(
        awk,
        scope,
        toTruth(evaluate(awk, scope, node.condition)) ? node.yes : node.no,
      )
    case 'assign': {
      const value = evaluate(awk, scope, node.value)
      if (node.operator === '') return assign(awk, scope, node.target, value)
      const old = evaluate(awk, scope, node.target)
      return assign(awk, scope, node.target, binary(awk, node.operator, old, value))
    }
    case 'step': {
      const old = toNumber(evaluate(awk, scope, node.target))
      assign(awk, scope, node.target, old + node.delta)
      return node.prefix ? old + node.delta : old
    }
    case 'call':
      return callBuiltin(awk, scope, node.name, node.args) ?? callFunction(awk, scope, node)
    case 'getline':
      return getline(awk, scope, node)
  }
}

function keyOf(awk: Awk, scope: Scope, indexes: Expression[]): string {
  const parts = indexes.map((index) => toText(awk.state, evaluate(awk, scope, index)))
  return parts.join(toText(awk.state, awk.state.variables['SUBSEP'] ?? ''))
}

function unary(operator: string, value: Value): Value {
  if (operator === '(') return value
  if (operator === '!') return toTruth(value) ? 0 : 1
  return operator === '-' ? -toNumber(value) : toNumber(value)
}

function binary(awk: Awk, operator: string, left: Value, right: Value): Value {
  if (operator === ' ') {
    const text = toText(awk.state, left) + toText(awk.state, right)
    if (text.length > VALUE_BYTES_MAX) throw new AwkError('out of memory')
    charge(awk.io.proc, text.length >> 8)
    return text
  }
  const [a, b] = [toNumber(left), toNumber(right)]
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
    case '%':
      if (b === 0) throw new AwkError('Division by zero')
      return operator === '/' ? a / b : a % b
    case '^':
      return a ** b
  }
  const order = compareValues(awk.state, left, right)
  if (operator === '==') return order === 0 ? 1 : 0
  if (operator === '!=') return order === 0 ? 0 : 1
  if (operator === '<') return order < 0 ? 1 : 0
  if (operator === '<=') return order <= 0 ? 1 : 0
  return (operator === '>' ? order > 0 : order >= 0) ? 1 : 0
}

function matches(awk: Awk, scope: Scope, left: Expression, right: Expression): boolean {
  const text = toText(awk.state, evaluate(awk, scope, left))
  const source =
    right.type === 'regex' ? right.source : toText(awk.state, evaluate(awk, scope, right))
  return expression(source).test(awk.io.proc, text)
}

function assign(awk: Awk, scope: Scope, target: Expression, value: Value): Value {
  const { state } = awk
  if (target.type === 'field') {
    setField(
      awk.io.proc,
      state,
      Math.trunc(toNumber(evaluate(awk, scope, target.index))),
      toText(state, value),
    )
  } else if (target.type === 'element') {
    const array = arrayOf(state, scope.arrays[target.name] ?? target.name)
    const key = keyOf(awk, scope, target.indexes)
    if (key !== '__proto__') array[key] = value
  } else if (target.type === 'variable') {
    if (scope.locals !== undefined && Object.hasOwn(scope.locals, target.name)) {
      scope.locals[target.name] = value
    } else setVariable(awk.io.proc, state, target.name, value)
  }
  return value
}

function callFunction(awk: Awk, scope: Scope, node: Expression & { type: 'call' }): Value {
  const found = parseAwk(scope.program).functions[node.name]
  if (found === undefined) throw new AwkError(`Call to undefined function`)
  if (scope.depth > 200) throw new AwkError('function nesting too deep')
  const inner: Scope = { ...scope, locals: {}, arrays: {}, depth: scope.depth + 1 }
  // What has no parameter is evaluated all the same.
  for (const arg of node.args.slice(found.params.length)) evaluate(awk, scope, arg)
  for (const [index, param] of found.params.entries()) {
    const arg = node.args[index]
    const isArray =
      arg?.type === 'variable' &&
      Object.hasOwn(awk.state.arrays, scope.arrays[arg.name] ?? arg.name)
    if (isArray) inner.arrays[param] = scope.arrays[arg.name] ?? arg.name
    else {
      const local = `${param}/${inner.depth}`
      inner.arrays[param] = arg?.type === 'variable' ? (scope.arrays[arg.name] ?? arg.name) : local
      if (arg === undefined) delete awk.state.arrays[local]
      if (inner.locals !== undefined) {
        inner.locals[param] = arg === undefined ? { text: '' } : evaluate(awk, scope, arg)
      }
    }
  }
  try {
    execute(awk, inner, found.body)
  } catch (error) {
    if (error instanceof Jump && error.kind === 'return') return error.value
    throw error
  }
  return { text: '' }
}

// `getline` from the input or a file: 1, 0 at the end, -1 if it cannot be read.
function getline(awk: Awk, scope: Scope, node: Expression & { type: 'getline' }): number {
  const { io, state } = awk
  let text: string
  if (node.file === undefined) {
    const line = nextLine(io, scope.files)
    if (line === 'end' || line === 'wait') return 0
    text = line.text
    state.variables['NR'] = toNumber(state.variables['NR'] ?? 0) + 1
  } else {
    const name = toText(state, evaluate(awk, scope, node.file))
    const source = fileAt(io.container, pathOf(io, name))
    if (source === undefined) {
      state.variables['ERRNO'] = 2
      return -1
    }
    const file = (state.files[name] ??= { text: source.text, offset: 0 })
    if (file.offset >= file.text.length) return 0
    const newline = file.text.indexOf('\n', file.offset)
    const end = newline < 0 ? file.text.length : newline
    text = file.text.slice(file.offset, end)
    file.offset = end + 1
  }
  if (node.target === undefined) setRecord(state, text)
  else assign(awk, scope, node.target, fromInput(text))
  return 1
}

export function execute(awk: Awk, scope: Scope, node: Statement): void {
  if (isSpent(awk.io)) throw new Jump('spent')
  switch (node.type) {
    case 'expression':
      evaluate(awk, scope, node.value)
      return
    case 'print':
      print(awk, scope, node)
      return
    case 'block':
      for (const statement of node.body) execute(awk, scope, statement)
      return
    case 'if':
      if (toTruth(evaluate(awk, scope, node.condition))) execute(awk, scope, node.yes)
      else if (node.no !== undefined) execute(awk, scope, node.no)
      return
    case 'while':
      if (node.first && !runBody(awk, scope, node.body)) return
      while (toTruth(evaluate(awk, scope, node.condition))) {
        if (!runBody(awk, scope, node.body)) return
      }
      return
    case 'for':
      if (node.init !== undefined) execute(awk, scope, node.init)
      while (node.condition === undefined || toTruth(evaluate(awk, scope, node.condition))) {
        if (!runBody(awk, scope, node.body)) return
        if (node.step !== undefined) execute(awk, scope, node.step)
      }
      return
    case 'forIn':
      for (const key of Object.keys(arrayOf(awk.state, scope.arrays[node.array] ?? node.array))) {
        assign(awk, scope, { type: 'variable', name: node.name }, fromInput(key))
        if (!runBody(awk, scope, node.body)) return
      }
      return
    case 'delete': {
      const name = scope.arrays[node.name] ?? node.name
      if (node.indexes === undefined) awk.state.arrays[name] = {}
      else delete arrayOf(awk.state, name)[keyOf(awk, scope, node.indexes)]
      return
    }
    case 'jump':
      throw new Jump(node.kind)
    case 'exit':
    case 'return':
      throw new Jump(
        node.type,
        node.value === undefined ? { text: '' } : evaluate(awk, scope, node.value),
      )
  }
}

/** Runs a loop's body once; false after `break`. */
function runBody(awk: Awk, scope: Scope, body: Statement): boolean {
  try {
    execute(awk, scope, body)
    return true
  } catch (error) {
    if (error instanceof Jump && error.kind === 'continue') return true
    if (error instanceof Jump && error.kind === 'break') return false
    throw error
  }
}

function print(awk: Awk, scope: Scope, node: Statement & { type: 'print' }): void {
  const { io, state } = awk
  const values = node.args.map((arg) => evaluate(awk, scope, arg))
  let text: string
  if (node.format) text = formatValues(awk, values)
  else {
    const shown = values.map((value) => toText(state, value, 'OFMT'))
    const ofs = toText(state, state.variables['OFS'] ?? ' ')
    const line = values.length === 0 ? state.record : shown.join(ofs)
    text = line + toText(state, state.variables['ORS'] ?? '\n')
  }
  if (node.to === undefined) {
    out(io, text)
    return
  }
  const name = toText(state, evaluate(awk, scope, node.to))
  if (name === '/dev/stdout' || name === '-') out(io, text)
  else if (name === '/dev/stderr') writeStderr(awk, text)
  else writeFileText(awk, name, text, node.append)
}

function writeStderr(awk: Awk, text: string): void {
  writeTo(awk.io.container, awk.io.proc, 2, text)
}

function writeFileText(awk: Awk, name: string, text: string, append: boolean): void {
  const { io, state } = awk
  const path = pathOf(io, name)
  const keep = append || state.opened.includes(name)
  if (!state.opened.includes(name)) state.opened.push(name)
  const problem = writeFile(
    io.container,
    path,
    (keep ? (fileAt(io.container, path)?.text ?? '') : '') + text,
  )
  if (problem !== '') warn(io, `can't open ${name}: ${problem}`)
}
