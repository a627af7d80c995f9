// `-o kyaml`: the strict part of YAML that looks like JSON: braces and brackets, every text quoted,
// keys bare where no reader could take them for anything else (sigs.k8s.io/yaml kyaml).
import { goNumber } from './go-number.ts'

const FOLD = '\\\n'

/** One document, with the line that begins it; keys are sorted unless `isStruct`. */
export function toKyaml(value: unknown, isStruct = false): string {
  return `---\n${render(value, 0, !isStruct)}\n`
}

const pad = (level: number): string => '  '.repeat(level)

function render(value: unknown, level: number, sorts: boolean): string {
  if (typeof value === 'string') return quoted(value, level + 1)
  if (typeof value === 'number') return goNumber(value)
  if (typeof value !== 'object' || value === null) return String(value ?? null)
  if (Array.isArray(value)) return renderList(value, level, sorts)
  const map = value as Record<string, unknown>
  const keys = Object.keys(map).filter((key) => map[key] !== undefined)
  if (keys.length === 0) return '{}'
  const lines = (sorts ? keys.sort() : keys).map((key) => {
    const shown = needsQuotes(key) ? quoted(key, level + 1, true) : key
    return `${pad(level + 1)}${shown}: ${render(map[key], level + 1, sorts)},\n`
  })
  return `{\n${lines.join('')}${pad(level)}}`
}

/** Lists of maps and lists hug them; lists of plain values take a line for each. */
function renderList(list: readonly unknown[], level: number, sorts: boolean): string {
  if (list.length === 0) return '[]'
  const isPlain = (item: unknown): boolean => typeof item !== 'object' || item === null
  if (!list.some(isPlain)) return `[${list.map((item) => render(item, level, sorts)).join(', ')}]`
  const lines = list.map((item) => `${pad(level + 1)}${render(item, level + 1, sorts)},\n`)
  return `[\n${lines.join('')}${pad(level)}]`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\0': '\\0',
  '\x1b': '\\e',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
}
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u

/** A quoted text; of several lines each stands on its own, unless it is a key. */
function quoted(text: string, level: number, isKey = false): string {
  const folds = text.includes('\n') && !isKey
  if (!folds) return `"${[...text].map((char) => escaped(char, '\\n')).join('')}"`
  let out = `"${FOLD}`
  for (const char of text) {
    // Space at the start of a line would be dropped; a space in front of others lines them up.
    if (out.endsWith('\n')) out += pad(level) + (/\s/.test(char) && char !== '\n' ? '\\' : ' ')
    out += escaped(char, `\\n${FOLD}`)
  }
  if (!out.endsWith('\n')) out += FOLD
  return `${out}${pad(level)}"`
}

function escaped(char: string, newline: string): string {
  if (char === '"' || char === '\\') return `\\${char}`
  if (PRINTABLE.test(char)) return char
  if (char === '\n') return newline
  const short = ESCAPES[char]
  if (short !== undefined) return short
  const code = char.codePointAt(0) ?? 0
  const hex = (width: number): string => code.toString(16).padStart(width, '0')
  if (code < 0x20 || code === 0x7f) return `\\x${hex(2)}`
  return code < 0x1_0000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
}

/** Texts that a reader of YAML takes for null, booleans, numbers or times. */
const GUESSES = [
  /^(null|~|true|false|y|yes|n|no|on|off|t|f|0|1|[-+.]?\.inf|\.nan|[-+]?inf(inity)?|nan)$/i,
  /^[-+]?(0x[\da-f]+|0o?[0-7]+|0b[01]+|\d+)$/i,
  /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i,
  /^[-+]?[1-9][\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/,
  /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[-+]\d\d:\d\d)?)?$/,
]

function needsQuotes(text: string): boolean {
  if (text === '' || GUESSES.some((guess) => guess.test(text.replaceAll('_', '')))) return true
  return !/^[\p{L}\p{N}_](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u.test(text)
}
