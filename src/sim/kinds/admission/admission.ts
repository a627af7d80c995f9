// Admission: what plugins of the API server change or forbid when an object is created.
import type { KubeObject } from '../../api-types/meta.ts'

/** Draws a random name suffix of that many characters. */
export type Suffix = (length: number) => string

/** Reads an object of the cluster by kind and store key (`namespace/name`). */
export type Lookup = (kind: string, key: string) => KubeObject | undefined

/**
 * Admits an object on create. Throws ApiError Forbidden. Without `lookup` references to other
 * objects are taken to be right.
 */
export type Admission = (object: KubeObject, suffix: Suffix, lookup?: Lookup) => KubeObject
