// What the API server knows of a kind. One record a kind, listed in index.ts; everything that
// differs between kinds is a field here, so that storage, API and kubectl name none of them.
import type { StatusCause } from '../errors.ts'
import type { KubeObject } from '../api-types/meta.ts'
import type { SimTime } from '../../base/time.ts'
import type { StructDoc } from '../schema/docs.ts'
import type { Admission } from './admission/admission.ts'

/** A column of `kubectl get` as the server's table conversion defines it. */
export interface Column {
  /** Printed in upper case. */
  name: string
  /** Shown only with `-o wide`. */
  wide?: true
  /** The cell's text; '' for an empty cell. `now` gives ages. */
  cell: (object: KubeObject, now: SimTime) => string
}

/** How an object stands: one of the few states that have a colour and a shape. */
export type ObjectState =
  | 'pending'
  | 'starting'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'terminating'
  | 'unknown'
  | 'suspended'

/** What the page is sent of a kind's objects beside the objects. */
export interface KindView {
  /** Absent for kinds that have no state of their own: always `pending`. */
  state?: (object: KubeObject) => ObjectState
  /** Given when each object is a span of the trace: it begins, changes state and ends. */
  span?: (object: KubeObject) => SpanFacts
}

/** What a span says beside its state. */
interface SpanFacts {
  /** The node it is bound to; ''. */
  node: string
  restarts: number
}

/** How objects of a kind are deleted, where it is not at once (registry/rest BeforeDelete). */
interface DeletionPolicy {
  /** Refuses (throws ApiError Forbidden) what is never deleted. */
  admit?: (name: string) => void
  /** Graceful deletion: seconds until it is gone, 0 for at once; `asked` is the caller's wish. */
  graceSeconds?: (object: KubeObject, asked: number | undefined) => number
  /** A deletion with finalizers of the kind's own instead of a grace period. */
  finalization?: {
    /** The object as its deletion begins, beside the mark in its metadata. */
    begin: (object: KubeObject) => KubeObject
    /** Whether nothing holds a marked object any longer. */
    isOver: (object: KubeObject) => boolean
  }
}

export interface Kind<Name extends string = string> {
  kind: Name
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
  /** What plugins of the API server change or forbid on create. Throws ApiError Forbidden. */
  admit?: Admission
  /** Absent: an object is gone at once unless finalizers hold it. */
  deletion?: DeletionPolicy
  /**
   * What `--field-selector` can choose by beside the names, each with the text the server's index
   * has of it (pkg/apis/GROUP/VERSION/conversion.go).
   */
  selectableFields?: Readonly<Record<string, (object: KubeObject) => string>>
  /** The server's words for any other field, where they are the kind's own. */
  unselectable?: (field: string) => string
  /** Absent: its objects are not sent to the page. */
  view?: KindView
  /** Its structs in the notation of schema/structs.ts, where the generated ones lack them. */
  structs?: Readonly<Record<string, string>>
  /** The documentation of those structs. */
  docs?: Readonly<Record<string, StructDoc>>
}

/** `batch/v1`, or `v1` in the core group. */
export function apiVersionOf(kind: Kind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`
}
