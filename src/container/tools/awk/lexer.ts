// Tokens of an awk program.

import { unescapeText } from '../printf.ts'
import { AwkError } from './syntax.ts'

export interface Token {
  kind:
    'number' | 'string' | 'regex' | 'name' | 'function' | 'keyword' | 'operator' | 'newline' | 'end'
  text: string
}

const KEYWORDS =
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  )

const OPERATOR =
  /\*\*=|\+\+|--|\+=|-=|\*=|\/=|%=|\^=|\*\*|==|<=|>=|!=|&&|\|\||>>|!~|[-+*/%^!<>|?:~$=,;(){}[\]]/y

/** Splits a program into tokens. Whether `/` divides depends on the token before it. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let pos = 0
  while (pos < text.length) {
    const char = text[pos] ?? ''
    if (char === '#') {
      while (pos < text.length && text[pos] !== '\n') pos++
    } else if (char === '\\' && text[pos + 1] === '\n') pos += 2
    else if (char === '\n') {
      tokens.push({ kind: 'newline', text: '\n' })
      pos++
    } else if (/\s/.test(char)) pos++
    else {
      const { token, end } = tokenAt(text, pos, tokens.at(-1))
      tokens.push(token)
      pos = end
    }
  }
  tokens.push({ kind: 'newline', text: '\n' }, { kind: 'end', text: 'end of file' })
  return tokens
}

function tokenAt(
  text: string,
  pos: number,
  before: Token | undefined,
): { token: Token; end: number } {
  const char = text[pos] ?? ''
  if (char === '"') return stringAt(text, pos)
  if (char === '/' && !endsOperand(before)) return regexAt(text, pos)
  const number = match(
    /(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/y,
    text,
    pos,
  )
  if (number !== undefined)
    return { token: { kind: 'number', text: number }, end: pos + number.length }
  const name = match(/[A-Za-z_]\w*/y, text, pos)
  if (name !== undefined) {
    const end = pos + name.length
    if (KEYWORDS.includes(name)) return { token: { kind: 'keyword', text: name }, end }
    // A call of a user's function has its parenthesis right behind the name.
    return { token: { kind: text[end] === '(' ? 'function' : 'name', text: name }, end }
  }
  const operator = match(OPERATOR, text, pos)
  if (operator === undefined) throw new AwkError(`unexpected character '${char}'`)
  return { token: { kind: 'operator', text: operator }, end: pos + operator.length }
}

function match(pattern: RegExp, text: string, pos: number): string | undefined {
  pattern.lastIndex = pos
  return pattern.exec(text)?.[0]
}

function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false
  if (token.kind === 'operator') return [')', ']', '$', '++', '--'].includes(token.text)
  return ['number', 'string', 'name', 'regex'].includes(token.kind)
}

function stringAt(text: string, start: number): { token: Token; end: number } {
  let pos = start + 1
  while (pos < text.length && text[pos] !== '"') pos += text[pos] === '\\' ? 2 : 1
  if (pos >= text.length) throw new AwkError('unterminated string')
  const raw = text
    .slice(start + 1, pos)
    .replace(/\\\//g, '/')
    .replace(/\\\n/g, '')
  // In awk only these escapes exist; others keep their backslash.
  const shown = raw.replace(/\\c/g, '\\\\c')
  return { token: { kind: 'string', text: unescapeText(shown).text }, end: pos + 1 }
}

function regexAt(text: string, start: number): { token: Token; end: number } {
  let pos = start + 1
  let inSet = false
  while (pos < text.length && (text[pos] !== '/' || inSet)) {
    if (text[pos] === '\\') pos++
    else if (text[pos] === '[' && !inSet) {
      inSet = true
      if (text[pos + 1] === '^') pos++
      if (text[pos + 1] === ']') pos++
    } else if (text[pos] === ']') inSet = false
    if (text[pos] === '\n') break
    pos++
  }
  if (text[pos] !== '/') throw new AwkError('unterminated regex')
  const source = text.slice(start + 1, pos).replace(/\\\//g, '/')
  return { token: { kind: 'regex', text: source }, end: pos + 1 }
}
