// Reads JSONPath templates; what is accepted and what the errors say follows client-go
// util/jsonpath/parser.go.
import { goQuote } from '../../../sim/lib/go-quote.ts'
import { JsonPathError, type Bound, type JsonPath, type PathNode } from './nodes.ts'
import { unquote } from './unquote.ts'

/** Where the parser stands in the text. */
interface Cursor {
  readonly text: string
  at: number
}

/** Parses a template such as `{.items[*].metadata.name}`. Throws JsonPathError. */
export function parseJsonPath(text: string): JsonPath {
  const cursor: Cursor = { text, at: 0 }
  const nodes: PathNode[] = []
  while (cursor.at < text.length) {
    const brace = text.indexOf('{', cursor.at)
    const end = brace < 0 ? text.length : brace
    if (end > cursor.at) nodes.push({ type: 'text', text: text.slice(cursor.at, end) })
    cursor.at = end + 1
    if (brace >= 0) nodes.push(parseAction(cursor))
  }
  return { nodes }
}

// The inside of braces, up to the closing one.
function parseAction(cursor: Cursor): PathNode {
  const nodes: PathNode[] = []
  for (;;) {
    const rest = cursor.text.slice(cursor.at)
    if (rest.startsWith('}')) {
      cursor.at++
      return { type: 'list', nodes }
    }
    if (rest.startsWith('[?(')) nodes.push(parseFilter(cursor))
    else if (rest.startsWith('..')) parseRecursive(cursor, nodes)
    else parsePart(cursor, nodes)
  }
}

function parsePart(cursor: Cursor, nodes: PathNode[]): void {
  const char = codePointAt(cursor.text, cursor.at)
  if (char === '' || char === '\r' || char === '\n') throw new JsonPathError('unclosed action')
  if (char === ' ' || char === '@' || char === '$') cursor.at++
  else if (char === '[') nodes.push(...parseArray(cursor))
  else if (char === '"' || char === "'") nodes.push(parseQuote(cursor, char))
  else if (char === '.') nodes.push(parseField(cursor, 1))
  else if (/[-+\p{Nd}]/u.test(char)) nodes.push(parseNumber(cursor))
  else if (isWordStart(char)) nodes.push(parseIdentifier(cursor))
  else throw new JsonPathError(`unrecognized character in action: ${describeChar(char)}`)
}

function codePointAt(text: string, at: number): string {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

function isWordStart(char: string): boolean {
  return /[_\p{L}\p{Nd}]/u.test(char)
}

// %#U: `U+0028 '('`.
function describeChar(char: string): string {
  const hex = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const printable = goQuote(char).length === char.length + 2 || char === '"' || char === '\\'
  return printable ? `U+${hex} '${char}'` : `U+${hex}`
}

function parseRecursive(cursor: Cursor, nodes: PathNode[]): void {
  if (nodes.at(-1)?.type === 'recursive') {
    throw new JsonPathError('invalid multiple recursive descent')
  }
  cursor.at += 2
  nodes.push({ type: 'recursive' })
  if (isWordStart(codePointAt(cursor.text, cursor.at))) nodes.push(parseField(cursor, 0))
}

const TERMINATOR = /[ \t\r\n.,[\]$@{}]/

function parseField(cursor: Cursor, skip: number): PathNode {
  const start = cursor.at + skip
  let at = start
  while (at < cursor.text.length && !TERMINATOR.test(cursor.text[at] ?? '')) {
    at += cursor.text[at] === '\\' ? 2 : 1
  }
  cursor.at = Math.min(at, cursor.text.length)
  const name = cursor.text.slice(start, cursor.at)
  return name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') }
}

function parseIdentifier(cursor: Cursor): PathNode {
  const start = cursor.at
  while (cursor.at < cursor.text.length && !TERMINATOR.test(cursor.text[cursor.at] ?? '')) {
    cursor.at++
  }
  const name = cursor.text.slice(start, cursor.at)
  if (name === 'true' || name === 'false') return { type: 'value', value: name === 'true' }
  return { type: 'identifier', name }
}

function parseNumber(cursor: Cursor): PathNode {
  const match = /^[-+]?[.\p{Nd}]*/u.exec(cursor.text.slice(cursor.at))
  const digits = match?.[0] ?? ''
  cursor.at += digits.length
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(digits)) {
    throw new JsonPathError(`cannot parse number ${digits}`)
  }
  return { type: 'value', value: Number(digits) }
}

function parseQuote(cursor: Cursor, quote: string): PathNode {
  const start = cursor.at
  for (let at = start + 1; ; at++) {
    const char = cursor.text[at]
    if (char === undefined || char === '\n') throw new JsonPathError('unterminated quoted string')
    if (char !== quote || cursor.text[at - 1] === '\\') continue
    cursor.at = at + 1
    const value = cursor.text.slice(start, cursor.at)
    const text = unquote(value)
    if (text === undefined) throw new JsonPathError(`unquote string ${value} error invalid syntax`)
    return { type: 'text', text }
  }
}

function parseArray(cursor: Cursor): readonly PathNode[] {
  const start = cursor.at + 1
  const end = /[\n\]]/.exec(cursor.text.slice(start))
  if (end === null || end[0] === '\n') throw new JsonPathError('unterminated array')
  const inside = cursor.text.slice(start, start + end.index)
  cursor.at = start + end.index + 1
  const parts = inside.split(',')
  if (parts.length > 1) {
    const nodes = parts.map((part) => parseInner(`[${part.replace(/^ +| +$/g, '')}]`))
    return [{ type: 'union', nodes }]
  }
  const key = /^'([^']*)'$/.exec(inside)
  if (key !== null) {
    const inner = parseInner(`.${key[1] ?? ''}`)
    return inner.type === 'list' ? inner.nodes : [inner]
  }
  return [parseSlice(inside === '*' ? ':' : inside)]
}

// A path within a path: what stands in it is parsed as an action of its own.
function parseInner(text: string): PathNode {
  const [first] = parseJsonPath(`{${text}}`).nodes
  return first ?? { type: 'list', nodes: [] }
}

function parseSlice(text: string): PathNode {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text)
  if (match === null) throw new JsonPathError(`invalid array index ${text}`)
  const from = parseBound(match[1] ?? '')
  const to: Bound = match[2]
    ? parseBound(match[2].slice(1))
    : { known: true, value: from.value + 1, derived: true }
  return { type: 'array', from, to, step: parseBound((match[3] ?? '').slice(1)) }
}

function parseBound(digits: string): Bound {
  if (digits === '') return { known: false, value: 0 }
  if (digits === '-') throw new JsonPathError(`array index ${digits} is not a number`)
  return { known: true, value: Number(digits) }
}

function parseFilter(cursor: Cursor): PathNode {
  const start = cursor.at + '[?('.length
  const close = filterEnd(cursor.text, start)
  if (cursor.text[close + 1] !== ']') throw new JsonPathError('unclosed array expect ]')
  cursor.at = close + 2
  const inside = cursor.text.slice(start, close)
  const parts = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(inside)
  if (parts === null) {
    const right: PathNode = { type: 'list', nodes: [] }
    return { type: 'filter', left: parseInner(inside), right, operator: 'exists' }
  }
  const [, left = '', operator = '', right = ''] = parts
  return { type: 'filter', left: parseInner(left), right: parseInner(right), operator }
}

// The parenthesis that ends a filter; one inside quotes does not.
function filterEnd(text: string, start: number): number {
  let quote = ''
  let closed = false
  for (let at = start; ; at++) {
    const char = text[at]
    if (char === undefined || char === '\n') throw new JsonPathError('unterminated filter')
    if (char === ')' && (quote !== '') === closed) return at
    if (char !== '"' && char !== "'") continue
    if (quote === '') quote = char
    else if (text[at - 1] !== '\\' && char === quote) closed = true
  }
}
