// What kubectl itself knows of a kind, beside what the server says of it. One record a kind, listed
// in index.ts; the commands name no kind, they ask its record.
import type { ControllerRevision } from '../../sim/api-types/apps.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { PodTemplateSpec } from '../../sim/api-types/pod.ts'
import type { Store } from '../../sim/store.ts'
import type { Command } from '../command.ts'
import type { DescribeContext } from '../print/describe/context.ts'

export interface KubectlKind {
  /** The API's name of it: `Job`. */
  readonly kind: string
  /** `kubectl describe`: the whole text of one object. Absent: every field by name. */
  readonly describe?: (object: KubeObject, context: DescribeContext) => string
  /** Its generator: `kubectl create KIND`. */
  readonly create?: Command
  /** `kubectl rollout`. Absent: the kind has no rollouts. */
  readonly rollout?: Rollout
  /** Whether kubectl's visitor of kinds has a method for it, which words some refusals. */
  readonly isVisited?: true
  /** `kubectl logs TYPE/NAME`: its own, or those of the Pods that its selector selects. */
  readonly logs?: 'own' | 'selected'
  /** Where the spec of its Pods is, for `kubectl set image`. */
  readonly podSpecPath?: readonly string[]
}

/** How the objects of a kind are rolled out; they have a Pod template at `spec.template`. */
export interface Rollout {
  /** What `rollout status` says of an object. Throws KubectlError where there is nothing to say. */
  readonly status: (object: KubeObject) => RolloutStatus
  /** What the cluster remembers of earlier templates, oldest first. */
  readonly revisions: (store: Store, object: KubeObject) => readonly ControllerRevision[]
}

export interface RolloutStatus {
  readonly text: string
  readonly done: boolean
}

/** An object that a rollout changes. */
export type RolledOut = KubeObject & { spec: { template: PodTemplateSpec } }
