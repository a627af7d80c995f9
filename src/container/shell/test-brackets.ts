// `[[ … ]]`: words are not split, `==` takes a pattern, `=~` a regular expression.

import { compileRegex } from '../regex/regex.ts'
import { RegexError } from '../regex/syntax.ts'
import { testExpression } from '../tools/test.ts'
import { matchPattern, unquotePattern } from './pattern.ts'
import { complain, type Shell } from './shell.ts'
import { takeString } from './words.ts'

type Token = { operator: string } | { text: string }

interface Reader {
  shell: Shell
  tokens: Token[]
  pos: number
}

class TestError extends Error {}

/** The exit code of `[[ … ]]`, whose operands are on the string stack as patterns. */
export function evaluateTest(shell: Shell, operators: readonly (string | undefined)[]): number {
  const tokens: Token[] = operators
    .toReversed()
    .map((operator) => (operator === undefined ? { text: takeString(shell) } : { operator }))
    .reverse()
  const reader: Reader = { shell, tokens, pos: 0 }
  try {
    const value = either(reader)
    if (reader.pos < tokens.length) throw new TestError('unexpected word')
    return value ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    complain(shell, `[[: ${error.message}`)
    return 2
  }
}

function operatorAt(reader: Reader): string | undefined {
  const token = reader.tokens[reader.pos]
  return token !== undefined && 'operator' in token ? token.operator : undefined
}

function either(reader: Reader): boolean {
  let value = both(reader)
  while (operatorAt(reader) === '||') {
    reader.pos++
    const right = both(reader)
    value = value || right
  }
  return value
}

function both(reader: Reader): boolean {
  let value = term(reader)
  while (operatorAt(reader) === '&&') {
    reader.pos++
    const right = term(reader)
    value = value && right
  }
  return value
}

function term(reader: Reader): boolean {
  const operator = operatorAt(reader)
  if (operator === '!') {
    reader.pos++
    return !term(reader)
  }
  if (operator === '(') {
    reader.pos++
    const value = either(reader)
    if (operatorAt(reader) !== ')') throw new TestError("missing ')'")
    reader.pos++
    return value
  }
  return comparison(reader)
}

function comparison(reader: Reader): boolean {
  const words: string[] = []
  for (;;) {
    const token = reader.tokens[reader.pos]
    if (token === undefined) break
    if ('text' in token) words.push(token.text)
    else if (token.operator === '<' || token.operator === '>') words.push(token.operator)
    else break
    reader.pos++
  }
  const [left = '', operator, right = ''] = words
  if (words.length === 3 && ['=', '==', '!='].includes(operator ?? '')) {
    return matchPattern(reader.shell.proc, right, unquotePattern(left)) === (operator !== '!=')
  }
  if (words.length === 3 && operator === '=~') return matchesExpression(reader.shell, left, right)
  const { container, proc } = reader.shell
  const result = testExpression(container, proc.cwd, words.map(unquotePattern))
  if (typeof result !== 'boolean') throw new TestError(result.error)
  return result
}

function matchesExpression({ proc }: Shell, left: string, right: string): boolean {
  try {
    return compileRegex(right, { extended: true }).test(proc, unquotePattern(left))
  } catch (error) {
    if (error instanceof RegexError) throw new TestError('invalid regular expression')
    throw error
  }
}
