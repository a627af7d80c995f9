// `expr`: arithmetic and comparisons on arguments.

import type { Meter } from '../kernel/meter.ts'
import { compileRegex, type Match } from '../regex/regex.ts'
import { RegexError } from '../regex/syntax.ts'

interface Reader {
  meter: Meter
  words: readonly string[]
  pos: number
}

class ExprError extends Error {}

/** The value of an expression as text, or what is wrong with it. */
export function exprValue(
  meter: Meter,
  words: readonly string[],
): { value: string } | { error: string } {
  const reader: Reader = { meter, words, pos: 0 }
  try {
    const value = either(reader)
    if (reader.pos < words.length) throw new ExprError('syntax error')
    return { value }
  } catch (error) {
    if (error instanceof ExprError) return { error: error.message }
    throw error
  }
}

function isFalse(value: string): boolean {
  return value === '' || value === '0'
}

function either(reader: Reader): string {
  let left = both(reader)
  while (reader.words[reader.pos] === '|') {
    reader.pos++
    const right = both(reader)
    if (isFalse(left)) left = right
  }
  return left
}

function both(reader: Reader): string {
  let left = comparison(reader)
  while (reader.words[reader.pos] === '&') {
    reader.pos++
    const right = comparison(reader)
    if (isFalse(left) || isFalse(right)) left = '0'
  }
  return left
}

function comparison(reader: Reader): string {
  let left = sum(reader)
  for (;;) {
    const operator = reader.words[reader.pos] ?? ''
    if (!['=', '==', '!=', '<', '<=', '>', '>='].includes(operator)) return left
    reader.pos++
    const right = sum(reader)
    const order =
      isInteger(left) && isInteger(right)
        ? Math.sign(Number(BigInt(left) - BigInt(right)))
        : left < right
          ? -1
          : left > right
            ? 1
            : 0
    left = holds(operator, order) ? '1' : '0'
  }
}

function holds(operator: string, order: number): boolean {
  if (operator === '!=') return order !== 0
  if (operator.startsWith('=')) return order === 0
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text)
}

function integer(text: string): bigint {
  if (!isInteger(text)) throw new ExprError('non-numeric argument')
  return BigInt(text)
}

function sum(reader: Reader): string {
  let left = product(reader)
  for (;;) {
    const operator = reader.words[reader.pos]
    if (operator !== '+' && operator !== '-') return left
    reader.pos++
    const right = integer(product(reader))
    left = String(operator === '+' ? integer(left) + right : integer(left) - right)
  }
}

function product(reader: Reader): string {
  let left = match(reader)
  for (;;) {
    const operator = reader.words[reader.pos]
    if (operator !== '*' && operator !== '/' && operator !== '%') return left
    reader.pos++
    const right = integer(match(reader))
    if (operator === '*') left = String(integer(left) * right)
    else if (right === 0n) throw new ExprError('division by zero')
    else left = String(operator === '/' ? integer(left) / right : integer(left) % right)
  }
}

function match(reader: Reader): string {
  let left = primary(reader)
  while (reader.words[reader.pos] === ':') {
    reader.pos++
    const pattern = primary(reader)
    const found = matchStart(reader.meter, pattern, left)
    const [whole, group] = found?.texts ?? []
    const isGroup = /\\\(/.test(pattern)
    left = isGroup ? (group ?? '') : String(whole?.length ?? 0)
  }
  return left
}

// The match at the beginning of the text.
function matchStart(meter: Meter, pattern: string, text: string): Match | undefined {
  try {
    const found = compileRegex(pattern, { extended: false }).find(meter, text)
    return found?.start === 0 ? found : undefined
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new ExprError(`bad regex '${pattern}': ${error.message}`)
  }
}

function primary(reader: Reader): string {
  const word = reader.words[reader.pos++]
  if (word === undefined) throw new ExprError('syntax error')
  if (word === '(') {
    const value = either(reader)
    if (reader.words[reader.pos++] !== ')') throw new ExprError('syntax error')
    return value
  }
  if (word === 'length' && reader.pos < reader.words.length) return String(primary(reader).length)
  if (word === 'substr' && reader.pos + 2 < reader.words.length) {
    const text = primary(reader)
    const from = Number(primary(reader))
    return text.slice(from - 1, from - 1 + Number(primary(reader)))
  }
  if (word === 'index' && reader.pos + 1 < reader.words.length) {
    const text = primary(reader)
    const chars = primary(reader)
    return String([...text].findIndex((char) => chars.includes(char)) + 1)
  }
  return word
}
