// Expressions of awk, by precedence.

import {
  accept,
  current,
  expectOperator,
  isKeyword,
  isOperator,
  skipNewlines,
  unexpectedToken,
  type TokenReader,
} from './reader.ts'
import { AwkError, type Expression } from './syntax.ts'

const DEPTH_MAX = 200

/** The expression at the reader. */
export function parseExpression(reader: TokenReader): Expression {
  if (++reader.depth > DEPTH_MAX) throw new AwkError('expression too deeply nested')
  const value = assignment(reader)
  reader.depth--
  return value
}

/** Expressions up to the closing operator, which is taken. */
export function parseExpressions(reader: TokenReader, closing: string): Expression[] {
  const { noIn, noGreater } = reader
  reader.noIn = false
  reader.noGreater = false
  const list: Expression[] = []
  skipNewlines(reader)
  while (!accept(reader, closing)) {
    list.push(parseExpression(reader))
    skipNewlines(reader)
    if (!accept(reader, ',') && !isOperator(reader, closing)) throw unexpectedToken(reader)
    skipNewlines(reader)
  }
  reader.noIn = noIn
  reader.noGreater = noGreater
  return list
}

const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**=']

function assignment(reader: TokenReader): Expression {
  const left = choice(reader)
  const { kind, text } = current(reader)
  if (kind !== 'operator' || !ASSIGNMENTS.includes(text) || !isTarget(left)) return left
  reader.pos++
  skipNewlines(reader)
  const operator = text === '**=' ? '^' : text.slice(0, -1)
  return { type: 'assign', operator, target: left, value: parseExpression(reader) }
}

function isTarget(expression: Expression): boolean {
  return ['variable', 'field', 'element'].includes(expression.type)
}

function choice(reader: TokenReader): Expression {
  const condition = either(reader)
  if (!accept(reader, '?')) return condition
  skipNewlines(reader)
  const yes = parseExpression(reader)
  skipNewlines(reader)
  expectOperator(reader, ':')
  skipNewlines(reader)
  return { type: 'choice', condition, yes, no: parseExpression(reader) }
}

function either(reader: TokenReader): Expression {
  let left = both(reader)
  while (accept(reader, '||')) {
    skipNewlines(reader)
    left = { type: 'logic', operator: '||', left, right: both(reader) }
  }
  return left
}

function both(reader: TokenReader): Expression {
  let left = membership(reader)
  while (accept(reader, '&&')) {
    skipNewlines(reader)
    left = { type: 'logic', operator: '&&', left, right: membership(reader) }
  }
  return left
}

function membership(reader: TokenReader): Expression {
  let left = matching(reader)
  while (!reader.noIn && isKeyword(reader, 'in')) {
    reader.pos++
    left = { type: 'in', name: current(reader).text, indexes: [left] }
    reader.pos++
  }
  return left
}

function matching(reader: TokenReader): Expression {
  let left = comparison(reader)
  for (;;) {
    const negated = isOperator(reader, '!~')
    if (!negated && !isOperator(reader, '~')) return left
    reader.pos++
    left = { type: 'match', negated, left, right: comparison(reader) }
  }
}

const COMPARISONS = ['<', '<=', '==', '!=', '>', '>=']

function comparison(reader: TokenReader): Expression {
  const left = concatenation(reader)
  const { kind, text } = current(reader)
  if (kind !== 'operator' || !COMPARISONS.includes(text)) return left
  if (text === '>' && reader.noGreater) return left
  reader.pos++
  return { type: 'binary', operator: text, left, right: concatenation(reader) }
}

function startsOperand(reader: TokenReader): boolean {
  const { kind, text } = current(reader)
  if (kind === 'keyword') return false
  if (kind === 'operator') return ['$', '!', '(', '-', '+', '++', '--'].includes(text)
  return kind !== 'newline' && kind !== 'end'
}

function concatenation(reader: TokenReader): Expression {
  let left = sum(reader)
  // A sign here would have been taken by the sum.
  while (startsOperand(reader) && !isOperator(reader, '!')) {
    left = { type: 'binary', operator: ' ', left, right: sum(reader) }
  }
  return left
}

function sum(reader: TokenReader): Expression {
  let left = product(reader)
  for (;;) {
    const operator = current(reader).text
    if (!isOperator(reader, '+') && !isOperator(reader, '-')) return left
    reader.pos++
    left = { type: 'binary', operator, left, right: product(reader) }
  }
}

function product(reader: TokenReader): Expression {
  let left = unary(reader)
  for (;;) {
    const operator = current(reader).text
    if (current(reader).kind !== 'operator' || !['*', '/', '%'].includes(operator)) return left
    reader.pos++
    left = { type: 'binary', operator, left, right: unary(reader) }
  }
}

function unary(reader: TokenReader): Expression {
  for (const operator of ['!', '-', '+']) {
    if (!isOperator(reader, operator)) continue
    reader.pos++
    if (++reader.depth > DEPTH_MAX) throw new AwkError('expression too deeply nested')
    const operand = unary(reader)
    reader.depth--
    return { type: 'unary', operator, operand }
  }
  return power(reader)
}

function power(reader: TokenReader): Expression {
  const base = stepped(reader)
  if (!accept(reader, '^') && !accept(reader, '**')) return base
  return { type: 'binary', operator: '^', left: base, right: unary(reader) }
}

function stepped(reader: TokenReader): Expression {
  for (const operator of ['++', '--']) {
    if (!accept(reader, operator)) continue
    const target = primary(reader)
    return { type: 'step', delta: operator === '++' ? 1 : -1, prefix: true, target }
  }
  const target = primary(reader)
  if (!isTarget(target)) return target
  if (accept(reader, '++')) return { type: 'step', delta: 1, prefix: false, target }
  if (accept(reader, '--')) return { type: 'step', delta: -1, prefix: false, target }
  return target
}

function primary(reader: TokenReader): Expression {
  const token = current(reader)
  reader.pos++
  switch (token.kind) {
    case 'number':
      return { type: 'number', value: Number(token.text) }
    case 'string':
      return { type: 'string', value: token.text }
    case 'regex':
      return { type: 'regex', source: token.text }
    case 'function':
      reader.pos++
      return { type: 'call', name: token.text, args: parseExpressions(reader, ')') }
    case 'name':
      return named(reader, token.text)
    case 'keyword':
      if (token.text === 'getline') return getline(reader)
      break
    case 'operator':
      if (token.text === '$') return { type: 'field', index: stepped(reader) }
      if (token.text === '(') return grouped(reader)
  }
  reader.pos--
  throw unexpectedToken(reader)
}

// Builtins that may be called without parentheses.
const BARE = ['length']

function named(reader: TokenReader, name: string): Expression {
  if (BARE.includes(name)) return { type: 'call', name, args: [] }
  if (!accept(reader, '[')) return { type: 'variable', name }
  return { type: 'element', name, indexes: parseExpressions(reader, ']') }
}

function grouped(reader: TokenReader): Expression {
  const list = parseExpressions(reader, ')')
  if (isKeyword(reader, 'in') && list.length > 1) {
    reader.pos++
    const name = current(reader).text
    reader.pos++
    return { type: 'in', name, indexes: list }
  }
  const [only] = list
  if (only === undefined || list.length > 1) throw unexpectedToken(reader)
  // In parentheses an assignment target is a value only.
  return isTarget(only) ? { type: 'unary', operator: '(', operand: only } : only
}

function getline(reader: TokenReader): Expression {
  let target: Expression | undefined
  if (current(reader).kind === 'name' || isOperator(reader, '$')) target = primary(reader)
  const file = accept(reader, '<') ? stepped(reader) : undefined
  return { type: 'getline', target, file }
}
