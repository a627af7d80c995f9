// `-o yaml`, byte for byte as sigs.k8s.io/yaml prints it: keys in go-yaml's natural order, lists at
// the indentation of their key, lines folded at the first space after column 80, `|` for text of
// several lines.
import { goNumber } from './go-number.ts'
import { escapeDouble, scalarStyle } from './yaml-scalar.ts'

const FOLD_COLUMN = 80
/** A longer key is written as `? key` (yaml_emitter_check_simple_key). */
const SIMPLE_KEY_MAX = 128

interface Output {
  parts: string[]
  /** Characters written on the current line. */
  column: number
}

/** `value` (JSON data) as a YAML document; ends with a newline. Undefined members are left out. */
export function toYaml(value: unknown): string {
  const out: Output = { parts: [], column: 0 }
  writeNode(out, value, 0, true)
  return `${out.parts.join('')}\n`
}

function put(out: Output, text: string): void {
  out.parts.push(text)
  out.column += text.length
}

function newLine(out: Output, indent: number): void {
  out.parts.push('\n', ' '.repeat(indent))
  out.column = indent
}

// A node whose collections start at `indent`; `inline` when the line already stands there.
function writeNode(out: Output, value: unknown, indent: number, inline: boolean): void {
  if (Array.isArray(value)) {
    if (value.length === 0) put(out, inline ? '[]' : ' []')
    else writeSequence(out, value, indent, inline)
  } else if (typeof value === 'object' && value !== null) {
    const keys = sortedKeys(value as Record<string, unknown>)
    if (keys.length === 0) put(out, inline ? '{}' : ' {}')
    else writeMapping(out, value as Record<string, unknown>, keys, indent, inline)
  } else {
    if (!inline) put(out, ' ')
    writeScalar(out, value, indent, false)
  }
}

function writeSequence(out: Output, items: unknown[], indent: number, inline: boolean): void {
  items.forEach((item, index) => {
    if (index > 0 || !inline) newLine(out, indent)
    put(out, '- ')
    writeNode(out, item, indent + 2, true)
  })
}

function writeMapping(
  out: Output,
  map: Record<string, unknown>,
  keys: readonly string[],
  indent: number,
  inline: boolean,
): void {
  keys.forEach((key, index) => {
    if (index > 0 || !inline) newLine(out, indent)
    const complex = key.length > SIMPLE_KEY_MAX
    if (complex) put(out, '? ')
    writeScalar(out, key, indent + 2, true)
    if (complex) newLine(out, indent)
    put(out, ':')
    const value = map[key]
    // A list is not indented below its key; everything else is.
    writeNode(out, value, Array.isArray(value) ? indent : indent + 2, false)
  })
}

function writeScalar(out: Output, value: unknown, indent: number, isKey: boolean): void {
  if (typeof value === 'number') put(out, goNumber(value))
  else if (typeof value === 'string') writeString(out, value, indent, isKey)
  else put(out, value === true ? 'true' : value === false ? 'false' : 'null')
}

function writeString(out: Output, text: string, indent: number, isKey: boolean): void {
  switch (scalarStyle(text, isKey)) {
    case 'plain':
      writeFolded(out, text, indent, isKey, false)
      break
    case 'single':
      put(out, "'")
      writeFolded(out, text, indent, isKey, true)
      put(out, "'")
      break
    case 'double':
      put(out, '"')
      writeDouble(out, text, indent, isKey)
      put(out, '"')
      break
    case 'literal':
      writeLiteral(out, text, indent)
  }
}

// A space beyond the fold column becomes a line end, unless it is one of several.
function writeFolded(
  out: Output,
  text: string,
  indent: number,
  isKey: boolean,
  quoted: boolean,
): void {
  if (isKey || out.column + text.length <= FOLD_COLUMN) {
    put(out, quoted ? text.replaceAll("'", "''") : text)
    return
  }
  let previousSpace = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    const inner = !quoted || (at > 0 && at < text.length - 1)
    const foldable = char === ' ' && inner && !previousSpace && text[at + 1] !== ' '
    if (foldable && out.column > FOLD_COLUMN) newLine(out, indent)
    else put(out, quoted && char === "'" ? "''" : char)
    previousSpace = char === ' '
  }
}

function writeDouble(out: Output, text: string, indent: number, isKey: boolean): void {
  const chars = [...text]
  let previousSpace = false
  chars.forEach((char, at) => {
    const foldable = char === ' ' && !previousSpace && at > 0 && at < chars.length - 1
    if (foldable && !isKey && out.column > FOLD_COLUMN) {
      newLine(out, indent)
      if (chars[at + 1] === ' ') put(out, '\\')
    } else put(out, escapeDouble(char))
    previousSpace = char === ' '
  })
}

function writeLiteral(out: Output, text: string, indent: number): void {
  const hint = /^[ \n]/.test(text) ? '2' : ''
  const chomp = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') || text === '\n' ? '+' : ''
  put(out, `|${hint}${chomp}`)
  const body = text.endsWith('\n') ? text.slice(0, -1) : text
  for (const line of body.split('\n')) {
    newLine(out, line === '' ? 0 : indent)
    put(out, line)
  }
}

function sortedKeys(map: Record<string, unknown>): string[] {
  return Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort(compareKeys)
}

/** go-yaml's order of keys: letters after other characters, runs of digits by their value. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a[at] ?? ''
    const right = b[at] ?? ''
    if (left === right) continue
    const leftLetter = isLetter(left)
    const rightLetter = isLetter(right)
    if (leftLetter !== rightLetter) return rightLetter ? -1 : 1
    if (!leftLetter) {
      const byValue = compareDigits(a, b, at)
      if (byValue !== 0) return byValue
    }
    return left < right ? -1 : 1
  }
  return a.length - b.length
}

function isLetter(char: string): boolean {
  return (char >= 'a' && char <= 'z') || /\p{L}/u.test(char)
}

// A digit after a non-zero digit starts from 1, so that a zero inside a number still weighs.
function compareDigits(a: string, b: string, at: number): number {
  const inNumber = (a[at] === '0' || b[at] === '0') && /[1-9]\d*$/.test(a.slice(0, at))
  const lead = inNumber ? '1' : '0'
  const left = /^\d*/.exec(a.slice(at))?.[0] ?? ''
  const right = /^\d*/.exec(b.slice(at))?.[0] ?? ''
  const difference = Number(lead + left) - Number(lead + right)
  return difference !== 0 ? difference : left.length - right.length
}
