// What the worker knows of a kind for the editor and the timeline. One record a kind, listed in
// index.ts.
import type { SimTime } from '../../base/time.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'

export interface WorkerKind {
  /** The API's name of it: `Job`. */
  readonly kind: string
  /** A whole manifest to begin an empty file with: the least the server takes. */
  readonly skeleton?: { readonly manifest: string; readonly text: string }
  /** Fields of its structs in the order in which manifests have them. */
  readonly fieldOrder?: Readonly<Record<string, readonly string[]>>
  /** The restart policies its Pods may have; absent: all. */
  readonly restartPolicies?: readonly string[]
  /** When an object will do something by its own schedule: ghosts on the timeline, in order. */
  readonly upcoming?: (object: KubeObject, now: SimTime) => readonly SimTime[]
  /** What that depends on, in a sentence; '' when on nothing. */
  readonly condition?: (object: KubeObject) => string
}

/** The container of every skeleton, as an item of a list at that column. */
export function skeletonContainer(column: number): string {
  const lines = ['name: main', '  image: busybox', '  command: ["sh", "-c", "date; echo hello"]']
  return lines.join(`\n${' '.repeat(column)}`)
}
