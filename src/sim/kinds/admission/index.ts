// Admission after defaulting: what the API server adds to an object by policy.
import type { KubeObject } from '../../api-types/meta.ts'

/** `suffix(length)` draws a random name suffix from the server's stream. */
export function admit(object: KubeObject, _suffix: (length: number) => string): KubeObject {
  return object
}
