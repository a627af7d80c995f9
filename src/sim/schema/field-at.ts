// Where in a manifest the cursor stands: by lines and indentation only, because a text that is
// being typed is rarely valid YAML.
import { hasStruct, structOf, type GoType } from './structs.ts'

/** The field at a place of a manifest. */
export interface FieldAt {
  /** `Job`. */
  kind: string
  /** Field names from the root, without list items: `['spec', 'template']`. */
  path: readonly string[]
  /** The type of what holds the field. */
  parent: GoType
  /** The field on this line, as far as it is typed; undefined on an empty line. */
  key: string | undefined
  /** Whether the cursor stands behind the colon. */
  inValue: boolean
  /** The other keys of the same place. */
  siblings: readonly string[]
}

interface Line {
  /** The column where the key begins, dashes counted as indentation. */
  column: number
  /** The column of the first dash; undefined when it is no list item. */
  dash: number | undefined
  key: string
  hasValue: boolean
}

const LINE = /^( *)((?:- +)*)([A-Za-z0-9_./"'-]*)(:?)(.*)$/

/**
 * The field at `line` and `column`, both counted from 1. Undefined outside a document of a kind the
 * API has, and inside comments and block scalars' text that looks like no field.
 */
export function fieldAt(text: string, line: number, column: number): FieldAt | undefined {
  const lines = text.split('\n')
  const at = lines[line - 1]
  if (at === undefined || /^\s*#/.test(at)) return undefined
  const first = lines.slice(0, line - 1).findLastIndex((other) => other.startsWith('---')) + 1
  const nextBreak = lines.slice(line).findIndex((other) => other.startsWith('---'))
  const last = nextBreak < 0 ? lines.length : line + nextBreak
  const document = lines.slice(first, last)
  const kind = document.map((other) => /^kind:\s*["']?(\w+)/.exec(other)?.[1]).find(Boolean)
  if (kind === undefined || !hasStruct(kind)) return undefined
  return locate(kind, document, line - 1 - first, column)
}

function locate(
  kind: string,
  document: readonly string[],
  index: number,
  column: number,
): FieldAt | undefined {
  const parsed = document.map(parseLine)
  const text = document[index]!
  const own = parsed[index]
  const begin = own?.column ?? Math.min(column - 1, text.length)
  const ancestors = ancestorsOf(parsed, index, begin)
  let parent: GoType = { kind: 'struct', goName: kind, struct: kind }
  for (const name of ancestors) {
    const next = typeIn(parent, name)
    if (next === undefined) return undefined
    parent = next
  }
  if (parent.kind === 'list') parent = parent.item
  const colon = text.indexOf(':', begin)
  return {
    kind,
    path: ancestors,
    parent,
    key: own === undefined || own.key === '' ? undefined : own.key,
    inValue: colon >= 0 && column - 1 > colon,
    siblings: siblingsOf(parsed, index, begin),
  }
}

/** The type of a field within a type; items of lists are looked through. */
function typeIn(type: GoType, name: string): GoType | undefined {
  if (type.kind === 'list') return typeIn(type.item, name)
  if (type.kind === 'map') return type.value
  return type.kind === 'struct' ? structOf(type.struct).fields.get(name)?.type : undefined
}

function parseLine(text: string): Line | undefined {
  if (text.trim() === '' || /^\s*#/.test(text)) return undefined
  const match = LINE.exec(text)
  if (match === null) return undefined
  const [, spaces = '', dashes = '', key = '', colon = '', rest = ''] = match
  return {
    column: spaces.length + dashes.length,
    dash: dashes === '' ? undefined : spaces.length,
    key: key.replaceAll(/["']/g, ''),
    hasValue: colon === ':' && rest.trim() !== '',
  }
}

/** Names of the fields around a line: each stands above it and further left. */
function ancestorsOf(lines: readonly (Line | undefined)[], index: number, begin: number): string[] {
  const names: string[] = []
  let column = begin
  // An item's dash belongs to the field above it, which may stand in the same column.
  let dash = lines[index]?.dash
  for (let i = index - 1; i >= 0 && (column > 0 || dash !== undefined); i--) {
    const line = lines[i]
    if (line === undefined) continue
    const limit = dash === undefined ? column : dash + 1
    if (dash === undefined && line.column === column && line.dash !== undefined) {
      dash = line.dash
      continue
    }
    if (line.column >= limit || line.key === '' || line.hasValue) continue
    if (dash !== undefined && line.dash === dash) continue
    names.unshift(line.key)
    column = line.column
    dash = line.dash
  }
  return names
}

/** Keys that stand in the same column around a line, without a lesser one in between. */
function siblingsOf(lines: readonly (Line | undefined)[], index: number, begin: number): string[] {
  const names: string[] = []
  const collect = (step: 1 | -1): void => {
    for (let i = index + step; i >= 0 && i < lines.length; i += step) {
      const line = lines[i]
      if (line === undefined) continue
      if (line.column < begin) return
      if (line.column > begin) continue
      if (step === 1 && line.dash !== undefined) return
      names.push(line.key)
      if (step === -1 && line.dash !== undefined) return
    }
  }
  if (lines[index]?.dash === undefined) collect(-1)
  collect(1)
  return names
}
