// A manifest copied from a web page has often lost its indentation. The schema knows which field
// belongs where, so the lost structure can be found again: each line goes to the innermost open
// place that has such a field and has not seen it yet.
import { structOf, type GoType } from './structs.ts'

/** An open place that lines may belong to. */
interface Place {
  type: GoType
  /** Column at which its lines are written. */
  column: number
  /** Keys seen; of a list: unused. */
  seen: Set<string>
  /** A field without a value, until its first line shows what it holds. */
  empty: boolean
  /** Containers of `initContainers` have fields that others do not. */
  field: string
}

const FIELD = /^((?:- )*)([A-Za-z0-9_./-]+|"[^"]*"|'[^']*'):(?: +(.*))?$/
const BLOCK_SCALAR = /^[|>][+-]?\d?$/

/**
 * Whether the text looks like a manifest whose lines all begin in the first column although some
 * must not: a field without a value, followed by another field, at the same depth.
 */
export function hasLostIndentation(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  if (lines.some((line) => /^\s/.test(line))) return false
  const open = lines.some(
    (line, index) =>
      /^(- )?(metadata|spec|template):\s*$/.test(line) && FIELD.test(lines[index + 1] ?? ''),
  )
  return open && lines.some((line) => /^kind:\s*\S/.test(line))
}

/**
 * The manifest with its indentation found again, or undefined when some line belongs nowhere.
 * Several documents are repaired each by itself.
 */
export function repairIndentation(text: string): string | undefined {
  const repaired: string[] = []
  for (const document of text.split(/^---\s*$/m)) {
    const part = repairDocument(document.split('\n'))
    if (part === undefined) return undefined
    repaired.push(part)
  }
  return repaired.join('---')
}

function repairDocument(lines: readonly string[]): string | undefined {
  const kind = lines.map((line) => /^kind:\s*(\w+)/.exec(line)?.[1]).find(Boolean)
  if (kind === undefined)
    return lines.every((line) => line.trim() === '') ? lines.join('\n') : undefined
  let stack: Place[]
  try {
    stack = [placeOf({ kind: 'struct', goName: kind, struct: structOf(kind).name }, 0, '')]
  } catch {
    return undefined
  }
  const result: string[] = []
  let comments: number[] = []
  let blockColumn: number | undefined
  for (const raw of lines) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) {
      comments.push(result.length)
      result.push(line)
      continue
    }
    const column = place(stack, line) ?? blockColumn
    if (column === undefined) return undefined
    const own = blockColumn === undefined || column !== blockColumn
    for (const index of comments) result[index] = indented(result[index]!, column)
    comments = []
    result.push(indented(line, column))
    if (own)
      blockColumn = BLOCK_SCALAR.test(FIELD.exec(line)?.[3] ?? '') ? deeper(stack) : undefined
  }
  return result.join('\n')
}

function indented(line: string, column: number): string {
  return line === '' ? '' : ' '.repeat(column) + line
}

/** The lines of a block scalar stand deeper than the field they belong to. */
function deeper(stack: readonly Place[]): number {
  return (stack.at(-1)?.column ?? 0) + 2
}

function placeOf(type: GoType, column: number, field: string): Place {
  return { type, column, seen: new Set(), empty: true, field }
}

/**
 * Finds the line's place, closes what it leaves, opens what it begins; the column, or undefined.
 */
function place(stack: Place[], line: string): number | undefined {
  const match = FIELD.exec(line)
  const dashes =
    match === null ? (line.startsWith('- ') || line === '-' ? 1 : 0) : match[1]!.length / 2
  if (dashes > 0) return placeItem(stack, match)
  if (match === null) return undefined
  const key = unquoted(match[2]!)
  const value = match[3] ?? ''
  for (let depth = stack.length - 1; depth >= 0; depth--) {
    const type = fieldType(stack[depth]!, key, value)
    if (type === undefined) continue
    return open(stack, depth, key, type, value)
  }
  return undefined
}

/** A list item: it goes to the innermost open list whose items are of its kind. */
function placeItem(stack: Place[], match: RegExpExecArray | null): number | undefined {
  const key = match === null ? undefined : unquoted(match[2]!)
  const candidates = [...stack.keys()].reverse()
  const fits = candidates.find((depth) => {
    const { type } = stack[depth]!
    if (type.kind !== 'list' || key === undefined) return false
    return type.item.kind === 'struct' && structOf(type.item.struct).fields.has(key)
  })
  const scalar = candidates.find((depth) => {
    const { type } = stack[depth]!
    return type.kind === 'list' && type.item.kind !== 'struct' && type.item.kind !== 'list'
  })
  const depth = fits ?? scalar
  if (depth === undefined) return undefined
  const list = stack[depth]!
  list.empty = false
  stack.length = depth + 1
  if (fits === undefined || list.type.kind !== 'list') return list.column
  const item = placeOf(list.type.item, list.column + 2, list.field)
  stack.push(item)
  const type = fieldType(item, key!, match![3] ?? '')
  if (type !== undefined) open(stack, stack.length - 1, key!, type, match![3] ?? '')
  return list.column
}

/** The type of the field `key` at this place, if a line `key: value` may stand there. */
function fieldType(at: Place, key: string, value: string): GoType | undefined {
  if (at.seen.has(key)) return undefined
  if (at.type.kind === 'map') {
    const scalar = at.type.value.kind !== 'struct' && at.type.value.kind !== 'list'
    return scalar && value === '' ? undefined : at.type.value
  }
  if (at.type.kind !== 'struct') return undefined
  // Only a container of initContainers may have a restart policy of its own.
  if (key === 'restartPolicy' && at.field === 'containers') return undefined
  const type = structOf(at.type.struct).fields.get(key)?.type
  if (type === undefined) return undefined
  const nested = type.kind === 'struct' || type.kind === 'list' || type.kind === 'map'
  // A nested field has no text behind its colon, unless it is written in braces.
  if (nested && value !== '' && !/^[[{&*]/.test(value) && !value.startsWith('#')) return undefined
  return type
}

function open(stack: Place[], depth: number, key: string, type: GoType, value: string): number {
  const parent = stack[depth]!
  parent.seen.add(key)
  parent.empty = false
  stack.length = depth + 1
  const nested = type.kind === 'struct' || type.kind === 'map' || type.kind === 'list'
  if (nested && (value === '' || value.startsWith('#'))) {
    // Items of a list stand below their field, not deeper: the common style.
    const column = type.kind === 'list' ? parent.column : parent.column + 2
    stack.push(placeOf(type, column, key))
  }
  return parent.column
}

function unquoted(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key
}
