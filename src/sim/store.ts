// The objects of the cluster, by kind and key, with the indexes that controllers ask by. Pure
// functions over the World's own maps; only api.ts writes here.
import type { KubeObject } from './api-types/meta.ts'
import {
  createShelf,
  dropSlot,
  nextShelf,
  ownSlot,
  putSlot,
  type Shelf,
  type Slot,
} from './shelf.ts'
import { pod as podKind } from './kinds/pod.ts'

/** Objects of one kind by `namespace/name` (or `name` when cluster-scoped), in creation order. */
type ObjectMap = Map<string, KubeObject>

export interface Store {
  kinds: Map<string, ObjectMap>
  /** The kinds whose map no frame shares; the others are copied before they are written. */
  ownKinds: Set<string>
  /** By owner uid. */
  dependents: Shelf<Dependents>
  /** By node name. */
  podsOfNode: Shelf<BoundPods>
  /** The last resourceVersion given out. */
  resourceVersion: number
}

/** Where an owned object is: its key is ready to be looked up. */
interface Place {
  readonly kind: string
  readonly key: string
}

/** What refers to an owner, by `Kind namespace/name`. */
interface Dependents extends Slot {
  members: Map<string, Place>
}

/** The keys of the Pods bound to a node. */
interface BoundPods extends Slot {
  members: Set<string>
}

export function createStore(): Store {
  return {
    kinds: new Map(),
    ownKinds: new Set(),
    dependents: createShelf(),
    podsOfNode: createShelf(),
    resourceVersion: 100,
  }
}

/** The store that continues after `store` was given to a frame, or that begins from a frame. */
export function nextStore(store: Store): Store {
  return {
    kinds: new Map(store.kinds),
    ownKinds: new Set(),
    dependents: nextShelf(store.dependents),
    podsOfNode: nextShelf(store.podsOfNode),
    resourceVersion: store.resourceVersion,
  }
}

/** `namespace/name`, or `name` for cluster-scoped objects. */
export function objectKey(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`
}

export function keyOf(object: KubeObject): string {
  return objectKey(object.metadata.namespace, object.metadata.name)
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
  const dependents = store.dependents.slots.get(ownerUid)
  const all = store.kinds.get(kind)
  if (dependents === undefined || all === undefined) return []
  const objects: T[] = []
  for (const place of dependents.members.values()) {
    if (place.kind !== kind) continue
    const object = all.get(place.key) as T | undefined
    if (object !== undefined && controllerOf(object)?.uid === ownerUid) objects.push(object)
  }
  return objects
}

/** Whether anything refers to this uid as an owner. */
export function hasDependents(store: Store, ownerUid: string): boolean {
  return store.dependents.slots.has(ownerUid)
}

/** Everything with an owner reference to this uid, whatever its kind, in creation order. */
export function listDependents(store: Store, ownerUid: string): KubeObject[] {
  const objects: KubeObject[] = []
  for (const { kind, key } of store.dependents.slots.get(ownerUid)?.members.values() ?? []) {
    const object = getObject(store, kind, key)
    if (object !== undefined) objects.push(object)
  }
  return objects
}

/** The Pods bound to a node, in the order of their binding. */
export function listPodsOfNode<T extends KubeObject>(store: Store, node: string): T[] {
  const bound = store.podsOfNode.slots.get(node)
  if (bound === undefined) return []
  const pods: T[] = []
  for (const key of bound.members) {
    const pod = getObject<T>(store, podKind.kind, key)
    if (pod !== undefined) pods.push(pod)
  }
  return pods
}

/** The names of the nodes to which Pods are bound, whether they exist or not. */
export function nodesWithPods(store: Store): string[] {
  return [...store.podsOfNode.slots.keys()]
}

/** Stores `object` in place of what its key held, and keeps the indexes. */
export function putObject(store: Store, object: KubeObject): void {
  const map = ownObjects(store, object.kind)
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
  if (node !== undefined) boundPods(store, node).members.add(key)
}

export function removeObject(store: Store, object: KubeObject): void {
  const key = keyOf(object)
  ownObjects(store, object.kind).delete(key)
  unindexOwners(store, object, key)
  const node = object.kind === podKind.kind ? nodeOf(object) : undefined
  if (node === undefined) return
  const { members } = boundPods(store, node)
  members.delete(key)
  if (members.size === 0) dropSlot(store.podsOfNode, node)
}

/** The owner reference with `controller: true` (metav1.GetControllerOf). */
export function controllerOf(object: KubeObject) {
  for (const owner of object.metadata.ownerReferences ?? []) if (owner.controller) return owner
  return undefined
}

function nodeOf(object: KubeObject | undefined): string | undefined {
  return (object?.spec as { nodeName?: string } | undefined)?.nodeName
}

/** The objects of a kind, to be changed. */
function ownObjects({ kinds, ownKinds }: Store, kind: string): ObjectMap {
  const known = kinds.get(kind)
  if (known !== undefined && ownKinds.has(kind)) return known
  const own: ObjectMap = new Map(known)
  kinds.set(kind, own)
  ownKinds.add(kind)
  return own
}

function indexOwners({ dependents }: Store, { kind, metadata }: KubeObject, key: string): void {
  for (const { uid } of metadata.ownerReferences ?? []) {
    const slot =
      ownSlot(dependents, uid, copyDependents) ??
      putSlot(dependents, uid, { epoch: 0, members: new Map() })
    slot.members.set(`${kind} ${key}`, { kind, key })
  }
}

function unindexOwners({ dependents }: Store, { kind, metadata }: KubeObject, key: string): void {
  for (const { uid } of metadata.ownerReferences ?? []) {
    const slot = ownSlot(dependents, uid, copyDependents)
    slot?.members.delete(`${kind} ${key}`)
    if (slot?.members.size === 0) dropSlot(dependents, uid)
  }
}

function boundPods({ podsOfNode }: Store, node: string): BoundPods {
  return (
    ownSlot(podsOfNode, node, copyBoundPods) ??
    putSlot(podsOfNode, node, { epoch: 0, members: new Set() })
  )
}

function copyDependents({ members }: Dependents): Dependents {
  return { epoch: 0, members: new Map(members) }
}

function copyBoundPods({ members }: BoundPods): BoundPods {
  return { epoch: 0, members: new Set(members) }
}
