// `-o name` and the List that several objects are printed as.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { resourceNameOf } from '../../sim/kinds/columns/format.ts'

/** `job.batch/x`, or `pod/x` in the core group. */
export function objectName(object: KubeObject): string {
  return resourceNameOf(object.apiVersion, object.kind, object.metadata.name)
}

/** One `kind/name` a line. */
export function printNames(objects: readonly KubeObject[]): string {
  return objects.map((object) => `${objectName(object)}\n`).join('')
}

/**
 * The v1 List that `-o yaml`, `-o json` and templates see when more than one object is asked for.
 */
export function listOf(objects: readonly KubeObject[]): Readonly<Record<string, unknown>> {
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }
}
