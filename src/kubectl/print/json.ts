// `-o json`: Go's json.MarshalIndent with four spaces, keys sorted, `<`, `>` and `&` escaped.

const HTML = /[<>&\u2028\u2029]/g

/** `value` (JSON data) indented; ends with a newline. Undefined members are left out. */
export function toJson(value: unknown): string {
  return `${render(value, '\n')}\n`
}

/** The same of a struct: its fields keep their order. */
export function toStructJson(value: unknown): string {
  return `${render(value, '\n', false)}\n`
}

/** json.Marshal of the same: one line, keys sorted, no newline at the end. */
export function toCompactJson(value: unknown): string {
  return render(value, undefined)
}

function render(value: unknown, line: string | undefined, sorts = true): string {
  if (typeof value !== 'object' || value === null) return scalar(value)
  const isList = Array.isArray(value)
  const inner = line === undefined ? undefined : `${line}    `
  const colon = line === undefined ? ':' : ': '
  const items = isList
    ? value.map((item) => render(item, inner, sorts))
    : keysOf(value as Record<string, unknown>, sorts).map((key) => {
        const member = (value as Record<string, unknown>)[key]
        return `${scalar(key)}${colon}${render(member, inner, sorts)}`
      })
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  if (items.length === 0) return open + close
  return `${open}${inner ?? ''}${items.join(`,${inner ?? ''}`)}${line ?? ''}${close}`
}

function keysOf(map: Record<string, unknown>, sorts: boolean): string[] {
  const keys = Object.keys(map).filter((key) => map[key] !== undefined)
  return sorts ? keys.sort() : keys
}

function scalar(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(
    HTML,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
