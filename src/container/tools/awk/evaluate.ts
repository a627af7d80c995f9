// Evaluating awk expressions and statements.

import { writeTo } from '../../kernel/descriptors.ts'
import { fileAt, writeFile } from '../../kernel/files.ts'
import { VALUE_BYTES_MAX } from '../../kernel/limits.ts'
import { isSpent, nextLine, out, pathOf, warn } from '../io.ts'
import { callBuiltin, formatValues, type Awk } from './functions.ts'
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

/** A function's variables; `arrays` maps array parameters to the caller's arrays. */
export interface Frame {
  locals: Record<string, Value> | undefined
  arrays: Record<string, string>
  program: string
  depth: number
  files: string[]
}

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

export function evaluate(awk: Awk, frame: Frame, node: Expression): Value {
  if (isSpent(awk.io)) throw new Jump('spent')
  const { state } = awk
  switch (node.type) {
    case 'number':
    case 'string':
      return node.value
    case 'regex':
      return expression(node.source).test(state.record) ? 1 : 0
    case 'variable':
      return frame.locals !== undefined && Object.hasOwn(frame.locals, node.name)
        ? (frame.locals[node.name] ?? '')
        : getVariable(state, node.name)
    case 'field':
      return getField(state, Math.trunc(toNumber(evaluate(awk, frame, node.index))))
    case 'element': {
      const array = arrayOf(state, frame.arrays[node.name] ?? node.name)
      const key = keyOf(awk, frame, node.indexes)
      if (key === '__proto__') return ''
      if (!Object.hasOwn(array, key)) array[key] = { text: '' }
      return array[key] ?? ''
    }
    case 'in': {
      const array = arrayOf(state, frame.arrays[node.name] ?? node.name)
      return Object.hasOwn(array, keyOf(awk, frame, node.indexes)) ? 1 : 0
    }
    case 'unary':
      return unary(node.operator, evaluate(awk, frame, node.operand))
    case 'binary':
      return binary(
        awk,
        node.operator,
        evaluate(awk, frame, node.left),
        evaluate(awk, frame, node.right),
      )
    case 'match':
      return matches(awk, frame, node.left, node.right) === node.negated ? 0 : 1
    case 'logic': {
      const left = toTruth(evaluate(awk, frame, node.left))
      if (left === (node.operator === '||')) return left ? 1 : 0
      return toTruth(evaluate(awk, frame, node.right)) ? 1 : 0
    }
    case 'choice':
      return evaluate(
        awk,
        frame,
        toTruth(evaluate(awk, frame, node.condition)) ? node.yes : node.no,
      )
    case 'assign': {
      const value = evaluate(awk, frame, node.value)
      if (node.operator === '') return assign(awk, frame, node.target, value)
      const old = evaluate(awk, frame, node.target)
      return assign(awk, frame, node.target, binary(awk, node.operator, old, value))
    }
    case 'step': {
      const old = toNumber(evaluate(awk, frame, node.target))
      assign(awk, frame, node.target, old + node.delta)
      return node.prefix ? old + node.delta : old
    }
    case 'call':
      return callBuiltin(awk, frame, node.name, node.args) ?? callFunction(awk, frame, node)
    case 'getline':
      return getline(awk, frame, node)
  }
}

function keyOf(awk: Awk, frame: Frame, indexes: Expression[]): string {
  const parts = indexes.map((index) => toText(awk.state, evaluate(awk, frame, index)))
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

function matches(awk: Awk, frame: Frame, left: Expression, right: Expression): boolean {
  const text = toText(awk.state, evaluate(awk, frame, left))
  const source =
    right.type === 'regex' ? right.source : toText(awk.state, evaluate(awk, frame, right))
  return expression(source).test(text)
}

function assign(awk: Awk, frame: Frame, target: Expression, value: Value): Value {
  const { state } = awk
  if (target.type === 'field') {
    setField(state, Math.trunc(toNumber(evaluate(awk, frame, target.index))), toText(state, value))
  } else if (target.type === 'element') {
    const array = arrayOf(state, frame.arrays[target.name] ?? target.name)
    const key = keyOf(awk, frame, target.indexes)
    if (key !== '__proto__') array[key] = value
  } else if (target.type === 'variable') {
    if (frame.locals !== undefined && Object.hasOwn(frame.locals, target.name)) {
      frame.locals[target.name] = value
    } else setVariable(state, target.name, value)
  }
  return value
}

function callFunction(awk: Awk, frame: Frame, node: Expression & { type: 'call' }): Value {
  const found = parseAwk(frame.program).functions[node.name]
  if (found === undefined) throw new AwkError(`Call to undefined function`)
  if (frame.depth > 200) throw new AwkError('function nesting too deep')
  const inner: Frame = { ...frame, locals: {}, arrays: {}, depth: frame.depth + 1 }
  for (const [index, param] of found.params.entries()) {
    const arg = node.args[index]
    const isArray =
      arg?.type === 'variable' &&
      Object.hasOwn(awk.state.arrays, frame.arrays[arg.name] ?? arg.name)
    if (isArray) inner.arrays[param] = frame.arrays[arg.name] ?? arg.name
    else {
      const local = `${param}/${inner.depth}`
      inner.arrays[param] = arg?.type === 'variable' ? (frame.arrays[arg.name] ?? arg.name) : local
      if (arg === undefined) delete awk.state.arrays[local]
      if (inner.locals !== undefined) {
        inner.locals[param] = arg === undefined ? { text: '' } : evaluate(awk, frame, arg)
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
function getline(awk: Awk, frame: Frame, node: Expression & { type: 'getline' }): number {
  const { io, state } = awk
  let text: string
  if (node.file === undefined) {
    const line = nextLine(io, frame.files)
    if (line === 'end' || line === 'wait') return 0
    text = line.text
    state.variables['NR'] = toNumber(state.variables['NR'] ?? 0) + 1
  } else {
    const name = toText(state, evaluate(awk, frame, node.file))
    const source = fileAt(io.machine, pathOf(io, name))
    if (source === undefined) return -1
    const file = (state.files[name] ??= { text: source.text, offset: 0 })
    if (file.offset >= file.text.length) return 0
    const newline = file.text.indexOf('\n', file.offset)
    const end = newline < 0 ? file.text.length : newline
    text = file.text.slice(file.offset, end)
    file.offset = end + 1
  }
  if (node.target === undefined) setRecord(state, text)
  else assign(awk, frame, node.target, fromInput(text))
  return 1
}

export function execute(awk: Awk, frame: Frame, node: Statement): void {
  if (isSpent(awk.io)) throw new Jump('spent')
  switch (node.type) {
    case 'expression':
      evaluate(awk, frame, node.value)
      return
    case 'print':
      print(awk, frame, node)
      return
    case 'block':
      for (const statement of node.body) execute(awk, frame, statement)
      return
    case 'if':
      if (toTruth(evaluate(awk, frame, node.condition))) execute(awk, frame, node.yes)
      else if (node.no !== undefined) execute(awk, frame, node.no)
      return
    case 'while':
      if (node.first && !runBody(awk, frame, node.body)) return
      while (toTruth(evaluate(awk, frame, node.condition))) {
        if (!runBody(awk, frame, node.body)) return
      }
      return
    case 'for':
      if (node.init !== undefined) execute(awk, frame, node.init)
      while (node.condition === undefined || toTruth(evaluate(awk, frame, node.condition))) {
        if (!runBody(awk, frame, node.body)) return
        if (node.step !== undefined) execute(awk, frame, node.step)
      }
      return
    case 'forIn':
      for (const key of Object.keys(arrayOf(awk.state, frame.arrays[node.array] ?? node.array))) {
        assign(awk, frame, { type: 'variable', name: node.name }, fromInput(key))
        if (!runBody(awk, frame, node.body)) return
      }
      return
    case 'delete': {
      const name = frame.arrays[node.name] ?? node.name
      if (node.indexes === undefined) awk.state.arrays[name] = {}
      else delete arrayOf(awk.state, name)[keyOf(awk, frame, node.indexes)]
      return
    }
    case 'jump':
      throw new Jump(node.kind)
    case 'exit':
    case 'return':
      throw new Jump(
        node.type,
        node.value === undefined ? { text: '' } : evaluate(awk, frame, node.value),
      )
  }
}

/** Runs a loop's body once; false after `break`. */
function runBody(awk: Awk, frame: Frame, body: Statement): boolean {
  try {
    execute(awk, frame, body)
    return true
  } catch (error) {
    if (error instanceof Jump && error.kind === 'continue') return true
    if (error instanceof Jump && error.kind === 'break') return false
    throw error
  }
}

function print(awk: Awk, frame: Frame, node: Statement & { type: 'print' }): void {
  const { io, state } = awk
  const values = node.args.map((arg) => evaluate(awk, frame, arg))
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
  const name = toText(state, evaluate(awk, frame, node.to))
  if (name === '/dev/stdout' || name === '-') out(io, text)
  else if (name === '/dev/stderr') writeStderr(awk, text)
  else writeFileText(awk, name, text, node.append)
}

function writeStderr(awk: Awk, text: string): void {
  writeTo(awk.io.machine, awk.io.task, 2, text)
}

function writeFileText(awk: Awk, name: string, text: string, append: boolean): void {
  const { io, state } = awk
  const path = pathOf(io, name)
  const keep = append || state.opened.includes(name)
  if (!state.opened.includes(name)) state.opened.push(name)
  const problem = writeFile(
    io.machine,
    path,
    (keep ? (fileAt(io.machine, path)?.text ?? '') : '') + text,
  )
  if (problem !== '') warn(io, `can't open ${name}: ${problem}`)
}
