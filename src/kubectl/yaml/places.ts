// Where the keys and values of a document stand, by path (`spec.containers[0].name`), for markers
// in the editor and for finding what the cursor is in. Plain data, to be sent between threads.
import type { Mark } from './yaml-error.ts'

/** Lines and columns count from one, as editors do; the end is exclusive. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** The places of one document, in its order. */
export interface Places {
  /** Lines of the file before the document. */
  readonly lineOffset: number
  /** List items have no key. */
  readonly keys: Map<string, Place>
  readonly values: Map<string, Place>
}

interface Span {
  readonly start: Mark
  readonly end: Mark
}

export function noPlaces(lineOffset: number): Places {
  return { lineOffset, keys: new Map(), values: new Map() }
}

export function addKey(places: Places, path: string, span: Span): void {
  places.keys.set(path, placeOf(span, places.lineOffset))
}

export function addValue(places: Places, path: string, span: Span): void {
  places.values.set(path, placeOf(span, places.lineOffset))
}

/** A span of a document as a place in its file. */
export function placeOf({ start, end }: Span, lineOffset: number): Place {
  return {
    line: start.line + lineOffset + 1,
    column: start.column + 1,
    endLine: end.line + lineOffset + 1,
    endColumn: end.column + 1,
  }
}

/**
 * The nearest thing to `path` that the document has: its key, its value, or those of the closest
 * enclosing field, where something missing would belong. `labels[a]` means `labels.a`.
 */
export function nearestPlace(places: Places, path: string): Place | undefined {
  let at = path.replace(/\[([^\]]*[^\]\d][^\]]*)\]/g, '.$1')
  while (at !== '') {
    const place = places.keys.get(at) ?? places.values.get(at)
    if (place !== undefined) return place
    at = parentOf(at)
  }
  return places.values.get('')
}

/** `a.b[0]` → `a.b` → `a` → ''. Map keys may themselves hold dots; then a step leads nowhere. */
function parentOf(path: string): string {
  const cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))
  return cut < 0 ? '' : path.slice(0, cut)
}
