// What ties an object to others: owner references (who made it and looks after it) and
// finalizers (who is asked before it goes). Pure.
import { extend } from '../../base/plain.ts'
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

/** `object` without its reference to this owner, and without an empty list. */
export function withoutOwner<T extends KubeObject>(object: T, ownerUid: string): T {
  const { ownerReferences = [], ...rest } = object.metadata
  const others = ownerReferences.filter(({ uid }) => uid !== ownerUid)
  const metadata = others.length === 0 ? rest : extend(rest, { ownerReferences: others })
  return { ...object, metadata }
}

/** `object` without this finalizer, and without an empty list. */
export function withoutFinalizer<T extends KubeObject>(object: T, name: string): T {
  const { finalizers = [], ...rest } = object.metadata
  const others = finalizers.filter((finalizer) => finalizer !== name)
  const metadata = others.length === 0 ? rest : extend(rest, { finalizers: others })
  return { ...object, metadata }
}
