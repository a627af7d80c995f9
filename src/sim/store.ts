// The objects of the cluster, by kind and key, with the indexes that controllers ask by. Pure
// functions over the World's own maps; only api.ts writes here.
import type { KubeObject } from './api-types/meta.ts'
import { pod as podKind } from './kinds/pod.ts'

/** Objects of one kind by `namespace/name` (or `name` when cluster-scoped), in creation order. */
export type ObjectMap = Map<string, KubeObject>

export interface Store {
  kinds: Map<string, ObjectMap>
  /** Owner uid → what refers to it as an owner, by `Kind namespace/name`. */
  owned: Map<string, Map<string, Owned>>
  /** Node name → keys of the Pods bound to it. */
  podsOfNode: Map<string, Set<string>>
  /** The last resourceVersion given out. */
  resourceVersion: number
}

/** Where an owned object is: its key is ready to be looked up. */
interface Owned {
  readonly kind: string
  readonly key: string
}

export function createStore(): Store {
  return { kinds: new Map(), owned: new Map(), podsOfNode: new Map(), resourceVersion: 100 }
}

/** `namespace/name`, or `name` for cluster-scoped objects. */
export function objectKey(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`
}

export function keyOf(object: KubeObject): string {
  return objectKey(object.metadata.namespace, object.metadata.name)
}

/** Splits a key of objectKey again. */
export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/')
  if (slash < 0) return { namespace: '', name: key }
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}

export function getObject<T extends KubeObject>(
  store: Store,
  kind: T['kind'],
  key: string,
): T | undefined {
  return store.kinds.get(kind)?.get(key) as T | undefined
}

/** Every object of a kind in creation order; `namespace` '' or absent means all. */
export function listObjects<T extends KubeObject>(
  store: Store,
  kind: T['kind'],
  namespace?: string,
): T[] {
  const all = store.kinds.get(kind)
  if (all === undefined) return []
  const objects = [...all.values()] as T[]
  if (namespace === undefined || namespace === '') return objects
  return objects.filter((object) => object.metadata.namespace === namespace)
}

/** The objects of `kind` that the owner with this uid controls, in creation order. */
export function listControlled<T extends KubeObject>(
  store: Store,
  kind: T['kind'],
  ownerUid: string,
): T[] {
  const owned = store.owned.get(ownerUid)
  if (owned === undefined) return []
  const objects: T[] = []
  for (const place of owned.values()) {
    if (place.kind !== kind) continue
    const object = getObject<T>(store, kind, place.key)
    if (object !== undefined && controllerOf(object)?.uid === ownerUid) objects.push(object)
  }
  return objects
}

/** Everything with an owner reference to this uid, whatever its kind, in creation order. */
export function listDependents(store: Store, ownerUid: string): KubeObject[] {
  const objects: KubeObject[] = []
  for (const { kind, key } of store.owned.get(ownerUid)?.values() ?? []) {
    const object = getObject(store, kind, key)
    if (object !== undefined) objects.push(object)
  }
  return objects
}

/** The Pods bound to a node, in the order of their binding. */
export function listPodsOfNode<T extends KubeObject>(store: Store, node: string): T[] {
  const keys = store.podsOfNode.get(node)
  if (keys === undefined) return []
  const pods: T[] = []
  for (const key of keys) {
    const pod = getObject<T>(store, podKind.kind, key)
    if (pod !== undefined) pods.push(pod)
  }
  return pods
}

/** Stores `object` in place of what its key held, and keeps the indexes. */
export function putObject(store: Store, object: KubeObject): void {
  let map = store.kinds.get(object.kind)
  if (map === undefined) store.kinds.set(object.kind, (map = new Map()))
  const key = keyOf(object)
  const old = map.get(key)
  map.set(key, object)
  if (old?.metadata.ownerReferences !== object.metadata.ownerReferences) {
    if (old !== undefined) unindexOwners(store, old, key)
    indexOwners(store, object, key)
  }
  if (object.kind !== podKind.kind) return
  const node = nodeOf(object)
  if (node === nodeOf(old)) return
  if (node !== undefined) addTo(store.podsOfNode, node, key)
}

export function removeObject(store: Store, object: KubeObject): void {
  const key = keyOf(object)
  store.kinds.get(object.kind)?.delete(key)
  unindexOwners(store, object, key)
  const node = object.kind === podKind.kind ? nodeOf(object) : undefined
  if (node !== undefined) removeFrom(store.podsOfNode, node, key)
}

/** The owner reference with `controller: true` (metav1.GetControllerOf). */
export function controllerOf(object: KubeObject) {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true)
}

function nodeOf(object: KubeObject | undefined): string | undefined {
  return (object?.spec as { nodeName?: string } | undefined)?.nodeName
}

function indexOwners({ owned }: Store, { kind, metadata }: KubeObject, key: string): void {
  for (const { uid } of metadata.ownerReferences ?? []) {
    let places = owned.get(uid)
    if (places === undefined) owned.set(uid, (places = new Map()))
    places.set(`${kind} ${key}`, { kind, key })
  }
}

function unindexOwners({ owned }: Store, { kind, metadata }: KubeObject, key: string): void {
  for (const { uid } of metadata.ownerReferences ?? []) removeFrom(owned, uid, `${kind} ${key}`)
}

function addTo(index: Map<string, Set<string>>, key: string, member: string): void {
  const set = index.get(key)
  if (set === undefined) index.set(key, new Set([member]))
  else set.add(member)
}

function removeFrom(
  index: Map<string, Pick<Set<string>, 'delete' | 'size'>>,
  key: string,
  member: string,
): void {
  const members = index.get(key)
  members?.delete(member)
  if (members?.size === 0) index.delete(key)
}
