// What the API server knows of a kind. One record a kind, listed in index.ts; everything that
// differs between kinds is a field here, so that storage, API and kubectl name none of them.
import type { StatusCause } from '../errors.ts'
import type { KubeObject } from '../api-types/meta.ts'
import type { SimTime } from '../../base/time.ts'

/** A column of `kubectl get` as the server's table conversion defines it. */
export interface Column {
  /** Printed in upper case. */
  name: string
  /** Shown only with `-o wide`. */
  wide?: true
  /** The cell's text; '' for an empty cell. `now` gives ages. */
  cell: (object: KubeObject, now: SimTime) => string
}

export interface Kind {
  kind: string
  /** '' for the core group. */
  group: string
  version: string
  plural: string
  singular: string
  shortNames: readonly string[]
  /** 'all' makes `kubectl get all` list it. */
  categories: readonly string[]
  namespaced: boolean
  columns: readonly Column[]
  /**
   * Versioned defaults (pkg/apis/GROUP/VERSION/defaults.go). Pure; returns the same object when
   * nothing is missing. Applied to what users and controllers submit.
   */
  defaults: (object: KubeObject) => KubeObject
  /** registry strategy PrepareForCreate after defaulting: status emptied, selectors generated … */
  prepareForCreate?: (object: KubeObject) => KubeObject
  /** registry strategy PrepareForUpdate: what an update may not touch is taken from `old`. */
  prepareForUpdate?: (object: KubeObject, old: KubeObject) => KubeObject
  /** Validation on create; [] when valid. Order and words are upstream's. */
  validate: (object: KubeObject) => readonly StatusCause[]
  validateUpdate: (object: KubeObject, old: KubeObject) => readonly StatusCause[]
  /** Warnings the server sends along (`Warning: …`). */
  warnings?: (object: KubeObject, old: KubeObject | undefined) => readonly string[]
  /** Whether metadata.generation counts changes of the spec. */
  hasGeneration: boolean
}

/** `batch/v1`, or `v1` in the core group. */
export function apiVersionOf(kind: Kind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`
}
