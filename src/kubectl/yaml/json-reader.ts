// Reads JSON values from a text with the words and offsets of Go's encoding/json, into the same
// nodes as YAML so that places and construction are shared. A file that starts with `{` is tried as
// JSON before it is read as YAML.
import type { YamlNode } from './node.ts'
import type { Mark } from './yaml-error.ts'
import { DEPTH_MAX } from './scanner.ts'

/** Not JSON. `atEnd` when the text just stops. */
export class JsonError extends Error {
  override name = 'JsonError'
  readonly index: number
  readonly atEnd: boolean
  constructor(message: string, index: number, atEnd: boolean) {
    super(message)
    this.index = index
    this.atEnd = atEnd
  }
}

interface Reader {
  readonly text: string
  index: number
  line: number
  lineStart: number
  depth: number
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** The value that starts at `index` and where it ends; undefined when only blanks are left. */
export function readJson(text: string, index: number): { node: YamlNode; end: number } | undefined {
  const before = text.slice(0, index)
  const reader: Reader = {
    text,
    index,
    line: before.split('\n').length - 1,
    lineStart: before.lastIndexOf('\n') + 1,
    depth: 0,
  }
  skipSpace(reader)
  if (reader.index >= text.length) return undefined
  const node = readValue(reader, 'looking for beginning of value')
  return { node, end: reader.index }
}

function markOf(reader: Reader): Mark {
  const { index, line, lineStart } = reader
  return { index, line, column: index - lineStart }
}

function skipSpace(reader: Reader): void {
  for (; ; reader.index++) {
    const char = reader.text[reader.index]
    if (char === '\n') {
      reader.line++
      reader.lineStart = reader.index + 1
    } else if (char !== ' ' && char !== '\t' && char !== '\r') return
  }
}

function unexpected(reader: Reader, context: string): JsonError {
  const code = reader.text.codePointAt(reader.index)
  if (code === undefined) return new JsonError('unexpected EOF', reader.index, true)
  const char = String.fromCodePoint(code)
  const shown = char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${quoteInside(char)}'`
  return new JsonError(`invalid character ${shown} ${context}`, reader.index, false)
}

function quoteInside(char: string): string {
  return JSON.stringify(char).slice(1, -1)
}

function readValue(reader: Reader, context: string): YamlNode {
  const start = markOf(reader)
  const char = reader.text[reader.index]
  if (char === '{' || char === '[') {
    if (++reader.depth > DEPTH_MAX) throw new JsonError('exceeded max depth', reader.index, false)
    const node = char === '{' ? readObject(reader, start) : readArray(reader, start)
    reader.depth--
    return node
  }
  if (char === '"') return scalar(reader, readString(reader), start, false)
  if (char === '-' || (char !== undefined && char >= '0' && char <= '9'))
    return scalar(reader, readNumber(reader), start, true)
  for (const word of ['true', 'false', 'null'])
    if (char === word[0]) return scalar(reader, readWord(reader, word), start, true)
  throw unexpected(reader, context)
}

function scalar(reader: Reader, value: string, start: Mark, plain: boolean): YamlNode {
  return { kind: 'scalar', value, tag: '', plain, start, end: markOf(reader) }
}

function readWord(reader: Reader, word: string): string {
  for (const expected of word) {
    if (reader.text[reader.index] !== expected)
      throw unexpected(reader, `in literal ${word} (expecting '${expected}')`)
    reader.index++
  }
  return word
}

function readNumber(reader: Reader): string {
  NUMBER.lastIndex = reader.index
  const found = NUMBER.exec(reader.text)?.[0]
  if (found === undefined) {
    reader.index++
    throw unexpected(reader, 'in numeric literal')
  }
  reader.index += found.length
  return found
}

function readString(reader: Reader): string {
  reader.index++
  let value = ''
  for (;;) {
    const char = reader.text[reader.index]
    if (char === undefined || char < ' ') throw unexpected(reader, 'in string literal')
    reader.index++
    if (char === '"') return value
    value += char === '\\' ? readEscape(reader) : char
  }
}

function readEscape(reader: Reader): string {
  const letter = reader.text[reader.index] ?? ''
  if (letter !== 'u') {
    if (!Object.hasOwn(ESCAPES, letter)) throw unexpected(reader, 'in string escape code')
    reader.index++
    return ESCAPES[letter]!
  }
  reader.index++
  for (let digit = 0; digit < 4; digit++, reader.index++)
    if (!/[0-9a-fA-F]/.test(reader.text[reader.index] ?? ''))
      throw unexpected(reader, 'in \\u hexadecimal character escape')
  return String.fromCharCode(Number.parseInt(reader.text.slice(reader.index - 4, reader.index), 16))
}

function readObject(reader: Reader, start: Mark): YamlNode {
  const entries: [YamlNode, YamlNode][] = []
  reader.index++
  skipSpace(reader)
  while (reader.text[reader.index] !== '}' || entries.length > 0) {
    const keyStart = markOf(reader)
    if (reader.text[reader.index] !== '"')
      throw unexpected(reader, 'looking for beginning of object key string')
    const key = scalar(reader, readString(reader), keyStart, false)
    skipSpace(reader)
    if (reader.text[reader.index] !== ':') throw unexpected(reader, 'after object key')
    reader.index++
    skipSpace(reader)
    entries.push([key, readValue(reader, 'looking for beginning of value')])
    skipSpace(reader)
    const char = reader.text[reader.index]
    if (char === '}') break
    if (char !== ',') throw unexpected(reader, 'after object key:value pair')
    reader.index++
    skipSpace(reader)
  }
  reader.index++
  return { kind: 'map', entries, start, end: markOf(reader) }
}

function readArray(reader: Reader, start: Mark): YamlNode {
  const items: YamlNode[] = []
  reader.index++
  skipSpace(reader)
  while (reader.text[reader.index] !== ']' || items.length > 0) {
    items.push(readValue(reader, 'looking for beginning of value'))
    skipSpace(reader)
    const char = reader.text[reader.index]
    if (char === ']') break
    if (char !== ',') throw unexpected(reader, 'after array element')
    reader.index++
    skipSpace(reader)
  }
  reader.index++
  return { kind: 'list', items, start, end: markOf(reader) }
}
