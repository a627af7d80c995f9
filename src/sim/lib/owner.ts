// Owner references: who made an object and goes on looking after it. Pure.
import type { KubeObject, OwnerReference } from '../api-types/meta.ts'

/** The reference a controller puts on what it creates (metav1.NewControllerRef). */
export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  }
}
