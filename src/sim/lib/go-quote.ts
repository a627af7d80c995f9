// How Go prints values in error messages: strconv.Quote, `%v` of maps and slices, json.Marshal.
// Kubernetes' messages are made with these, so ours are only equal if these are.

const SHORT_ESCAPES: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}

// unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space.
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u

/** strconv.Quote (the verb `%q`): a double-quoted Go string literal. */
export function goQuote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`
  let out = ''
  for (const char of text) out += SHORT_ESCAPES[char] ?? escapeRune(char)
  return `"${out}"`
}

function escapeRune(char: string): string {
  if (PRINTABLE.test(char)) return char
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80) return `\\x${hex(code, 2)}`
  return code < 0x1_0000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}

/** `%v` of a map with string keys: `map[a:1 b:2]`, keys sorted by bytes. */
export function goMap(map: Readonly<Record<string, unknown>>): string {
  const parts = Object.keys(map)
    .sort()
    .map((key) => `${key}:${String(map[key])}`)
  return `map[${parts.join(' ')}]`
}

/** `%v` of a slice: `[a b c]`. */
export function goSlice(items: readonly unknown[]): string {
  return `[${items.join(' ')}]`
}

/**
 * json.Marshal of plain data: no spaces, `<`, `>`, `&` and the two line separators escaped.
 * Keys keep their order, as the fields of a Go struct do; see goJsonSorted for maps.
 */
export function goJson(value: unknown): string {
  return escapeHtml(JSON.stringify(value) ?? 'null')
}

/** json.Marshal of maps: as goJson, but the keys of every object are sorted. */
export function goJsonSorted(value: unknown): string {
  return goJson(sortedKeys(value))
}

function escapeHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${hex(char.charCodeAt(0), 4)}`)
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const map = value as Record<string, unknown>
  const keys = Object.keys(map).sort()
  return Object.fromEntries(keys.map((key) => [key, sortedKeys(map[key])]))
}
