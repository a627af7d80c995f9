// Admission: what plugins of the API server change or forbid when an object is created.
import type { KubeObject } from '../../api-types/meta.ts'
import type { Pod } from '../../api-types/pod.ts'
import { admitPod, type Lookup, type Suffix } from './pod.ts'

/**
 * Admits an object on create. Throws ApiError Forbidden. Without `lookup` references to other
 * objects are taken to be right.
 */
export function admit(object: KubeObject, suffix: Suffix, lookup?: Lookup): KubeObject {
  return object.kind === 'Pod' ? admitPod(object as Pod, suffix, lookup) : object
}
