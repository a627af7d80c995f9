// The parts of a JSONPath template. The language is kubectl's own dialect (client-go
// util/jsonpath): text outside braces, and inside them paths, filters, `range` and `end`.

/** A slice's bound; `derived` when `[i]` stood for `[i:i+1]`. */
export interface Bound {
  known: boolean
  value: number
  derived?: true
}

export type PathNode =
  | { type: 'list'; nodes: readonly PathNode[] }
  | { type: 'text'; text: string }
  | { type: 'field'; name: string }
  | { type: 'identifier'; name: string }
  | { type: 'array'; from: Bound; to: Bound; step: Bound }
  | { type: 'filter'; left: PathNode; right: PathNode; operator: string }
  | { type: 'union'; nodes: readonly PathNode[] }
  | { type: 'value'; value: number | boolean }
  | { type: 'wildcard' }
  | { type: 'recursive' }

/** A template: its texts and actions, in order. */
export interface JsonPath {
  nodes: readonly PathNode[]
}

/** What is wrong with a template, or with its application to an object; kubectl's words. */
export class JsonPathError extends Error {
  override name = 'JsonPathError'
}
