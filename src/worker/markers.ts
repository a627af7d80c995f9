// Refusals of a manifest as markers at the fields they speak of.
import type { ManifestDocument } from '../kubectl/yaml/manifest.ts'
import { nearestPlace, type Places } from '../kubectl/yaml/places.ts'
import { KINDS } from '../sim/kinds/index.ts'
import { jsonKind } from '../sim/schema/leaf.ts'
import type { ErrorPath, Subject } from './error-paths.ts'
import { badLeaf } from './bad-leaf.ts'
import type { ManifestMarker } from './protocol.ts'

/** An object of a manifest, and where it stands in the file. */
export interface PlacedObject {
  value: unknown
  /** Of the object in its document: '' or `items[2]`. */
  path: string
  /** The document's first line, from 1. */
  line: number
  places: Places
}

/** A marker for each refusal and warning about the object. */
export function markersOf(
  object: PlacedObject,
  errors: readonly ErrorPath[],
  lines: readonly string[],
): readonly ManifestMarker[] {
  return errors.map(({ message, warning, about }) => {
    const path = about === undefined ? '' : pathOf(object, about, message)
    const severity = warning ? 'warning' : 'error'
    return { ...spot(object, path, lines), severity, message }
  })
}

/** The marker of a document that is no YAML. */
export function syntaxMarker(document: ManifestDocument, lines: readonly string[]): ManifestMarker {
  const { error = '', errorPlace, line } = document
  const place = errorPlace ?? { line, column: 1, endLine: line, endColumn: 1 }
  // Where reading stopped is often the end of the file, behind the last character.
  const at = Math.min(Math.max(place.line, 1), lastTextLine(lines))
  const column = at === place.line ? Math.min(place.column, widthOf(lines, at)) : 1
  return { line: at, column, endColumn: widthOf(lines, at), severity: 'error', message: error }
}

function pathOf({ value }: PlacedObject, about: Subject, message: string): string {
  switch (about.by) {
    case 'path':
      return about.path
    case 'go-path':
      return goPath(value, about.path, about.found)
    case 'leaf':
      return badLeaf(value, message) ?? ''
    case 'type':
      return KINDS.some(({ kind }) => kind === memberOf(value, 'kind')) ? 'apiVersion' : 'kind'
    case 'name':
      return findNode(value, (node) => node.path.split('.').at(-1) === about.name) ?? about.name
  }
}

/** A value of the object: where it is, with and without list indexes. */
interface Node {
  path: string
  goPath: string
  value: unknown
}

/**
 * Go's decoder leaves out the indexes of lists and the keys of maps, so the value is looked for
 * that is of the wrong type: below the path when there is none at it.
 */
function goPath(value: unknown, path: string, found: string): string {
  const wrong = ({ value }: Node): boolean => jsonKind(value) === found || String(value) === found
  const inside = (node: Node): boolean => node.goPath.startsWith(`${path}.`)
  return (
    findNode(value, (node) => node.goPath === path && wrong(node)) ??
    findNode(value, (node) => inside(node) && wrong(node)) ??
    path
  )
}

/** The path of the first value, in the order of the manifest, that is wanted. */
function findNode(value: unknown, wanted: (node: Node) => boolean): string | undefined {
  const visit = (node: Node): string | undefined => {
    if (node.path !== '' && wanted(node)) return node.path
    for (const child of childrenOf(node)) {
      const found = visit(child)
      if (found !== undefined) return found
    }
    return undefined
  }
  return visit({ path: '', goPath: '', value })
}

function childrenOf({ path, goPath, value }: Node): Node[] {
  if (Array.isArray(value))
    return value.map((item, index) => ({ path: `${path}[${index}]`, goPath, value: item }))
  if (typeof value !== 'object' || value === null) return []
  const join = (to: string, key: string): string => (to === '' ? key : `${to}.${key}`)
  return Object.entries(value).map(([key, child]) => ({
    path: join(path, key),
    goPath: join(goPath, key),
    value: child,
  }))
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

/** Where a path stands; of something missing, the nearest thing around it. */
function spot({ path: base, line, places }: PlacedObject, path: string, lines: readonly string[]) {
  const full = base === '' ? path : path === '' ? base : `${base}.${path}`
  const place = nearestPlace(places, full)
  if (place === undefined) return wholeLine(line, lines)
  const { line: at, column, endLine, endColumn } = place
  // A field with its value on the same line is underlined as a whole.
  const key = [...places.keys].find(([, known]) => known === place)?.[0]
  const value = key === undefined ? undefined : places.values.get(key)
  if (value !== undefined && value.line === at && value.endLine === at)
    return { line: at, column, endColumn: Math.max(value.endColumn, endColumn) }
  const sameLine = endLine === at && endColumn > column
  return { line: at, column, endColumn: sameLine ? endColumn : widthOf(lines, at) }
}

function wholeLine(line: number, lines: readonly string[]) {
  const at = Math.min(Math.max(line, 1), lines.length)
  return { line: at, column: 1, endColumn: widthOf(lines, at) }
}

/** The column behind the text of a line. */
function widthOf(lines: readonly string[], line: number): number {
  return (lines[line - 1]?.trimEnd().length ?? 0) + 1
}

function lastTextLine(lines: readonly string[]): number {
  return lines.findLastIndex((line) => line.trim() !== '') + 1
}
