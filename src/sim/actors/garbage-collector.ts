// Removes what lost its owner, holds owners back until their dependents are gone, or sets the
// dependents free (pkg/controller/garbagecollector). Upstream keeps a graph of the cluster; the
// store's index of owner references is that graph.
import type { Actor, Change, Ctx, TaskHandler, Wake } from '../actor.ts'
import type { KubeObject, OwnerReference } from '../api-types/meta.ts'
import {
  deleteObject,
  FOREGROUND_FINALIZER,
  ORPHAN_FINALIZER,
  updateObject,
  withMeta,
  type DeleteOptions,
} from '../api.ts'
import { recordEvent } from '../events.ts'
import { KINDS, kindOf } from '../kinds/index.ts'
import { apiVersionOf } from '../kinds/kind.ts'
import { withoutFinalizer, withoutOwner } from '../lib/owner.ts'
import {
  getObject,
  hasDependents,
  keyOf,
  listDependents,
  listObjects,
  objectKey,
} from '../store.ts'
import type { World } from '../world.ts'

/** From an owner's removal to that of its dependents, as recorded. */
const COLLECT_DELAY_MS = 22
/** From the mark of an orphaning deletion to the freed dependents, as recorded. */
const ORPHAN_DELAY_MS = 35

/** The API's own groups, all of whose types are served. */
const BUILT_IN = /^(v1|((apps|batch|policy|[a-z.]+\.k8s\.io)\/v1)|autoscaling\/v[12])$/

export const garbageCollector: Actor = {
  name: 'garbage-collector-controller',
  component: 'kube-controller-manager',
  watches: Object.fromEntries(
    KINDS.filter(({ kind }) => kind !== 'Event').map(({ kind }) => [kind, wakesOf]),
  ),
  tasks: {
    /** Removes what an owner that is gone has left; the key is its uid. */
    collect: (ctx, uid) => {
      for (const dependent of listDependents(ctx.world.store, uid)) attemptToDelete(ctx, dependent)
    },
    check: forObject((ctx, object) => {
      warnOfStrangers(ctx, object)
      attemptToDelete(ctx, object)
    }),
    foreground: forObject((ctx, object) => {
      if (isWaiting(object)) deleteDependents(ctx, object)
    }),
    orphan: forObject((ctx, object) => {
      if (isOrphaning(object)) orphanDependents(ctx, object)
    }),
  },
}

function wakesOf({ kind, before, after }: Change, world: World): readonly Wake[] {
  const wakes: Wake[] = []
  const wake = (task: string, key: string, afterMs: number): void => {
    wakes.push({ task, key, afterMs })
  }
  const object = after ?? before
  if (object === undefined) return wakes
  for (const owner of object.metadata.ownerReferences ?? []) {
    const found = ownerOf(world, object, owner)
    if (typeof found === 'string') {
      const unknown = after !== undefined && before?.metadata.ownerReferences === undefined
      if (unknown) wake('check', `${kind} ${keyOf(after)}`, COLLECT_DELAY_MS)
    } else if (isWaiting(found)) {
      wake('foreground', `${found.kind} ${keyOf(found)}`, COLLECT_DELAY_MS)
    }
  }
  for (const owner of before === undefined || after === undefined ? [] : released(before, after)) {
    const found = ownerOf(world, object, owner)
    if (typeof found !== 'string' && isWaiting(found))
      wake('foreground', `${found.kind} ${keyOf(found)}`, COLLECT_DELAY_MS)
  }
  if (after === undefined) {
    if (hasDependents(world.store, object.metadata.uid))
      wake('collect', object.metadata.uid, COLLECT_DELAY_MS)
  } else if (isWaiting(after)) {
    wake('foreground', `${kind} ${keyOf(after)}`, COLLECT_DELAY_MS)
  } else if (isOrphaning(after)) {
    wake('orphan', `${kind} ${keyOf(after)}`, ORPHAN_DELAY_MS)
  }
  return wakes
}

/** A task whose key is `Kind namespace/name`. */
function forObject(handle: (ctx: Ctx, object: KubeObject) => void): TaskHandler {
  return (ctx, key) => {
    const space = key.indexOf(' ')
    const object = getObject(ctx.world.store, key.slice(0, space), key.slice(space + 1))
    if (object !== undefined) handle(ctx, object)
  }
}

/** The references that no longer hold their owner back (addUnblockedOwnersToDeleteQueue). */
function released(before: KubeObject, after: KubeObject): readonly OwnerReference[] {
  const [old = [], now = []] = [before, after].map(({ metadata }) => metadata.ownerReferences)
  if (old === now) return []
  const blocks = (uid: string): boolean =>
    now.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true)
  return old.filter(({ uid, blockOwnerDeletion }) => blockOwnerDeletion === true && !blocks(uid))
}

/**
 * The live object a reference means; `absent` when it is gone or is another one by now. Whether it
 * is gone cannot be asked (`unservable`) of a type that the API server does not serve, nor of
 * something in a namespace by an object that is in none: such an object stays.
 */
function ownerOf(
  world: World,
  { metadata }: KubeObject,
  owner: OwnerReference,
): KubeObject | 'absent' | 'unservable' {
  const kind = KINDS.find((candidate) => candidate.kind === owner.kind)
  if (kind === undefined) return BUILT_IN.test(owner.apiVersion) ? 'absent' : 'unservable'
  const { namespaced } = kindOf(owner.kind)
  if (apiVersionOf(kind) !== owner.apiVersion || (namespaced && metadata.namespace === undefined))
    return 'unservable'
  const namespace = namespaced ? metadata.namespace : undefined
  const found = getObject(world.store, owner.kind, objectKey(namespace, owner.name))
  return found?.metadata.uid === owner.uid ? found : 'absent'
}

/** An owner that lives in another namespace is none (reportInvalidNamespaceOwnerRef). */
function warnOfStrangers(ctx: Ctx, item: KubeObject): void {
  const { namespace = '', ownerReferences = [] } = item.metadata
  for (const { apiVersion, kind, name, uid } of ownerReferences) {
    const stranger = listObjects(ctx.world.store, kind).find((other) => other.metadata.uid === uid)
    const theirs = stranger?.metadata.namespace ?? namespace
    if (theirs === namespace) continue
    const what = `[${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}]`
    const message = `ownerRef ${what} does not exist in namespace "${namespace}"`
    recordEvent(ctx, item, { type: 'Warning', reason: 'OwnerRefInvalidNamespace', message })
  }
}

/** Whether it is kept only until its dependents are gone (foreground deletion). */
function isWaiting(object: KubeObject): boolean {
  return isDeleted(object) && (object.metadata.finalizers ?? []).includes(FOREGROUND_FINALIZER)
}

function isOrphaning(object: KubeObject): boolean {
  return isDeleted(object) && (object.metadata.finalizers ?? []).includes(ORPHAN_FINALIZER)
}

function isDeleted(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined
}

/** garbagecollector.go attemptToDeleteItem. */
function attemptToDelete(ctx: Ctx, item: KubeObject): void {
  if (isWaiting(item)) return deleteDependents(ctx, item)
  if (isDeleted(item)) return
  const owners = item.metadata.ownerReferences ?? []
  const solid: OwnerReference[] = []
  let waiting = 0
  for (const reference of owners) {
    const owner = ownerOf(ctx.world, item, reference)
    if (owner === 'unservable') return
    if (owner === 'absent') continue
    if (isWaiting(owner)) waiting++
    else solid.push(reference)
  }
  if (owners.length === 0) return
  if (solid.length > 0) {
    if (solid.length < owners.length)
      updateObject(ctx.world, ctx.by, withMeta(item, { ownerReferences: solid }))
    return
  }
  const dependents = listDependents(ctx.world.store, item.metadata.uid)
  if (waiting === 0 || dependents.length === 0) return remove(ctx, item, policyOf(item))
  if (dependents.some(isWaiting)) unblockOwners(ctx, item)
  remove(ctx, item, 'Foreground')
}

/** Breaks a ring of objects of which each waits for the next (unblockOwnerReferences). */
function unblockOwners(ctx: Ctx, item: KubeObject): void {
  const ownerReferences = item.metadata.ownerReferences!.map((owner) =>
    owner.blockOwnerDeletion === true ? { ...owner, blockOwnerDeletion: false } : owner,
  )
  updateObject(ctx.world, ctx.by, withMeta(item, { ownerReferences }))
}

/** A policy asked for earlier and still to be seen in the finalizers stays. */
function policyOf(item: KubeObject): NonNullable<DeleteOptions['propagationPolicy']> {
  const finalizers = item.metadata.finalizers ?? []
  if (finalizers.includes(ORPHAN_FINALIZER)) return 'Orphan'
  return finalizers.includes(FOREGROUND_FINALIZER) ? 'Foreground' : 'Background'
}

function remove(
  ctx: Ctx,
  item: KubeObject,
  propagationPolicy: NonNullable<DeleteOptions['propagationPolicy']>,
): void {
  const { uid } = item.metadata
  deleteObject(ctx.world, ctx.by, item.kind, keyOf(item), { uid, propagationPolicy })
}

/** processDeletingDependentsItem: the owner goes when nothing blocks it any more. */
function deleteDependents(ctx: Ctx, owner: KubeObject): void {
  const blocking = listDependents(ctx.world.store, owner.metadata.uid).filter((dependent) =>
    dependent.metadata.ownerReferences!.some(
      ({ uid, blockOwnerDeletion }) => uid === owner.metadata.uid && blockOwnerDeletion === true,
    ),
  )
  if (blocking.length === 0) return dropFinalizer(ctx, owner, FOREGROUND_FINALIZER)
  for (const dependent of blocking) if (!isDeleted(dependent)) attemptToDelete(ctx, dependent)
}

/** orphanDependents: the references go from the dependents, then the finalizer from the owner. */
function orphanDependents(ctx: Ctx, owner: KubeObject): void {
  const { uid } = owner.metadata
  for (const dependent of listDependents(ctx.world.store, uid))
    updateObject(ctx.world, ctx.by, withoutOwner(dependent, uid))
  dropFinalizer(ctx, owner, ORPHAN_FINALIZER)
}

function dropFinalizer(ctx: Ctx, object: KubeObject, name: string): void {
  updateObject(ctx.world, ctx.by, withoutFinalizer(object, name))
}
