// Programs and statements of awk.

import { parseExpression, parseExpressions } from './expressions.ts'
import { tokenize } from './lexer.ts'
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
import { AwkError, type AwkProgram, type Expression, type Rule, type Statement } from './syntax.ts'

const cache = new Map<string, AwkProgram>()

/** Parses a program; equal texts are parsed once. */
export function parseAwk(text: string): AwkProgram {
  const known = cache.get(text)
  if (known !== undefined) return known
  const reader: TokenReader = {
    tokens: tokenize(text),
    pos: 0,
    depth: 0,
    noIn: false,
    noGreater: false,
  }
  const program: AwkProgram = { rules: [], functions: {} }
  for (;;) {
    skipEnds(reader)
    if (current(reader).kind === 'end') break
    if (isKeyword(reader, 'function') || isKeyword(reader, 'func')) parseFunction(reader, program)
    else program.rules.push(parseRule(reader))
  }
  if (cache.size > 200) cache.clear()
  cache.set(text, program)
  return program
}

function skipEnds(reader: TokenReader): void {
  while (current(reader).kind === 'newline' || isOperator(reader, ';')) reader.pos++
}

function parseFunction(reader: TokenReader, program: AwkProgram): void {
  reader.pos++
  const name = current(reader).text
  reader.pos++
  expectOperator(reader, '(')
  const params: string[] = []
  while (!accept(reader, ')')) {
    if (current(reader).kind !== 'name') throw unexpectedToken(reader)
    params.push(current(reader).text)
    reader.pos++
    if (accept(reader, ',')) {
      if (isOperator(reader, ')')) throw unexpectedToken(reader)
    } else if (!isOperator(reader, ')')) throw unexpectedToken(reader)
    skipNewlines(reader)
  }
  skipNewlines(reader)
  program.functions[name] = { params, body: parseBlock(reader) }
}

function parseRule(reader: TokenReader): Rule {
  const rule: Rule = { when: 'record', pattern: undefined, until: undefined, body: undefined }
  if (isKeyword(reader, 'BEGIN') || isKeyword(reader, 'END')) {
    rule.when = current(reader).text === 'BEGIN' ? 'BEGIN' : 'END'
    reader.pos++
    skipNewlines(reader)
    rule.body = parseBlock(reader)
    return rule
  }
  if (!isOperator(reader, '{')) {
    rule.pattern = parseExpression(reader)
    if (accept(reader, ',')) {
      skipNewlines(reader)
      rule.until = parseExpression(reader)
    }
  }
  if (isOperator(reader, '{')) rule.body = parseBlock(reader)
  return rule
}

function parseBlock(reader: TokenReader): Statement {
  expectOperator(reader, '{')
  const body: Statement[] = []
  for (;;) {
    skipEnds(reader)
    if (accept(reader, '}')) return { type: 'block', body }
    if (current(reader).kind === 'end') throw unexpectedToken(reader)
    body.push(parseStatement(reader))
  }
}

function parseStatement(reader: TokenReader): Statement {
  if (++reader.depth > 100) throw new AwkError('program too deeply nested')
  const statement = statementAt(reader)
  reader.depth--
  return statement
}

function statementAt(reader: TokenReader): Statement {
  if (isOperator(reader, '{')) return parseBlock(reader)
  const token = current(reader)
  if (token.kind === 'keyword') {
    switch (token.text) {
      case 'if':
        return parseIf(reader)
      case 'while':
        return parseWhile(reader)
      case 'do':
        return parseDo(reader)
      case 'for':
        return parseFor(reader)
    }
  }
  const statement = parseSimple(reader)
  endStatement(reader)
  return statement
}

// A statement ends at `;`, a newline, or before `}`.
function endStatement(reader: TokenReader): void {
  if (accept(reader, ';') || isOperator(reader, '}')) return
  if (current(reader).kind !== 'newline') throw unexpectedToken(reader)
  reader.pos++
}

function condition(reader: TokenReader): Expression {
  expectOperator(reader, '(')
  const value = parseExpression(reader)
  expectOperator(reader, ')')
  skipNewlines(reader)
  return value
}

function bodyOf(reader: TokenReader): Statement {
  skipNewlines(reader)
  return accept(reader, ';') ? { type: 'block', body: [] } : parseStatement(reader)
}

function parseIf(reader: TokenReader): Statement {
  reader.pos++
  const test = condition(reader)
  const yes = bodyOf(reader)
  const mark = reader.pos
  skipEnds(reader)
  if (!isKeyword(reader, 'else')) {
    reader.pos = mark
    return { type: 'if', condition: test, yes, no: undefined }
  }
  reader.pos++
  return { type: 'if', condition: test, yes, no: bodyOf(reader) }
}

function parseWhile(reader: TokenReader): Statement {
  reader.pos++
  const test = condition(reader)
  return { type: 'while', condition: test, body: bodyOf(reader), first: false }
}

function parseDo(reader: TokenReader): Statement {
  reader.pos++
  const body = bodyOf(reader)
  skipEnds(reader)
  if (!isKeyword(reader, 'while')) throw unexpectedToken(reader)
  reader.pos++
  return { type: 'while', condition: condition(reader), body, first: true }
}

function parseFor(reader: TokenReader): Statement {
  reader.pos++
  expectOperator(reader, '(')
  const [name, word, array, close] = reader.tokens.slice(reader.pos, reader.pos + 4)
  if (
    name?.kind === 'name' &&
    word?.text === 'in' &&
    array?.kind === 'name' &&
    close?.text === ')'
  ) {
    reader.pos += 4
    return { type: 'forIn', name: name.text, array: array.text, body: bodyOf(reader) }
  }
  const init = isOperator(reader, ';') ? undefined : parseSimple(reader)
  expectOperator(reader, ';')
  skipNewlines(reader)
  const test = isOperator(reader, ';') ? undefined : parseExpression(reader)
  expectOperator(reader, ';')
  skipNewlines(reader)
  const step = isOperator(reader, ')') ? undefined : parseSimple(reader)
  expectOperator(reader, ')')
  return { type: 'for', init, condition: test, step, body: bodyOf(reader) }
}

function parseSimple(reader: TokenReader): Statement {
  const token = current(reader)
  if (token.kind !== 'keyword') return { type: 'expression', value: parseExpression(reader) }
  switch (token.text) {
    case 'print':
    case 'printf':
      return parsePrint(reader, token.text === 'printf')
    case 'break':
    case 'continue':
    case 'next':
    case 'nextfile':
      reader.pos++
      return { type: 'jump', kind: token.text }
    case 'exit':
    case 'return': {
      reader.pos++
      const isBare = endsHere(reader)
      return { type: token.text, value: isBare ? undefined : parseExpression(reader) }
    }
    case 'delete':
      return parseDelete(reader)
    default:
      return { type: 'expression', value: parseExpression(reader) }
  }
}

function endsHere(reader: TokenReader): boolean {
  return current(reader).kind === 'newline' || isOperator(reader, ';') || isOperator(reader, '}')
}

function parseDelete(reader: TokenReader): Statement {
  reader.pos++
  const name = current(reader).text
  reader.pos++
  if (!accept(reader, '[')) return { type: 'delete', name, indexes: undefined }
  const indexes = parseExpressions(reader, ']')
  return { type: 'delete', name, indexes }
}

function parsePrint(reader: TokenReader, format: boolean): Statement {
  reader.pos++
  const args = printArguments(reader)
  let to: Expression | undefined
  const append = isOperator(reader, '>>')
  if (append || isOperator(reader, '>')) {
    reader.pos++
    reader.noGreater = true
    to = parseExpression(reader)
    reader.noGreater = false
  } else if (isOperator(reader, '|')) {
    throw new AwkError('pipes to commands are not supported here')
  }
  return { type: 'print', args, format, to, append }
}

function printArguments(reader: TokenReader): Expression[] {
  const args: Expression[] = []
  if (endsHere(reader) || isOperator(reader, '>') || isOperator(reader, '>>')) return args
  // `print (a, b) > "file"`: the parentheses hold the list if nothing but its end follows.
  const mark = reader.pos
  if (accept(reader, '(')) {
    const list = parseExpressions(reader, ')')
    if (list.length === 0) throw new AwkError('Empty sequence')
    if (endsHere(reader) || isOperator(reader, '>') || isOperator(reader, '>>')) return list
    reader.pos = mark
  }
  reader.noGreater = true
  do {
    skipNewlines(reader)
    args.push(parseExpression(reader))
  } while (accept(reader, ','))
  reader.noGreater = false
  return args
}
