// The API server's verbs, as actors and kubectl use them: default → prepare → admit → validate →
// store → Entry. Watchers learn of it from the log (world.ts deliver). Everything runs to
// completion at one instant.
import { deepEqual } from '../base/deep-equal.ts'
import { deepFreeze } from '../base/deep-freeze.ts'
import { compact, extend } from '../base/plain.ts'
import { randomSuffix, randomUid } from '../base/rng.ts'
import { formatTime, simTimeOf } from '../base/time.ts'
import type { KubeObject, ObjectMeta } from './api-types/meta.ts'
import { alreadyExists, conflict, invalid, notFound } from './errors.ts'
import type { Lookup } from './kinds/admission/admission.ts'
import { requireNamespace } from './kinds/admission/namespace-lifecycle.ts'
import { kindOf } from './kinds/index.ts'
import type { Kind } from './kinds/kind.ts'
import { recordTicks } from './ledger/record.ts'
import { appendEntry, type Entry, type Verb } from './log.ts'
import { getObject, keyOf, putObject, removeObject } from './store.ts'
import { rngOf, type World } from './world.ts'

/** Who writes, and the ids of the Entries because of which. */
export interface By {
  readonly actor: string
  readonly causes: readonly number[]
}

interface WriteOptions {
  /** Run validation: for what users submit. Controllers' own objects are right by construction. */
  validate?: boolean
  /** Everything but the storing; the object as it would be is returned. */
  dryRun?: boolean
}

/** What a create or update takes: metadata the server fills may be missing. */
export type Submitted = Omit<KubeObject, 'metadata'> & { metadata: Partial<ObjectMeta> }

export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
  /** Refuse (Conflict) unless the object still has this uid. */
  uid?: string
  dryRun?: boolean
}

/** Finalizers by which the garbage collector is asked for a policy (metav1 constants). */
export const FOREGROUND_FINALIZER = 'foregroundDeletion'
export const ORPHAN_FINALIZER = 'orphan'
const GENERATED_BASE_MAX = 58

/**
 * Creates an object: names it when only generateName is given, defaults, admits, validates when
 * asked. Throws ApiError AlreadyExists, NotFound (namespace), Forbidden or Invalid.
 */
export function createObject<T extends KubeObject>(
  world: World,
  by: By,
  submitted: Submitted,
  options: WriteOptions = {},
): T {
  const kind = kindOf(submitted.kind)
  let object = kind.defaults(withServerMeta(world, kind, submitted))
  if (kind.hasGeneration) object = withMeta(object, { generation: 1 })
  if (kind.prepareForCreate !== undefined) object = kind.prepareForCreate(object)
  object = admitted(world, kind, object, submitted.metadata)
  if (options.validate) requireValid(kind, object, kind.validate(object))
  if (getObject(world.store, kind.kind, keyOf(object)) !== undefined)
    throw alreadyExists(kind, object.metadata.name)
  if (options.dryRun) return object as T
  return commit(world, by, 'create', undefined, object) as T
}

/**
 * Replaces an object. With `metadata.resourceVersion` set it must be the live one (Conflict). The
 * spec of a status write and the status of a spec write are taken from the live object. A write
 * that changes nothing makes no new version.
 */
export function updateObject<T extends KubeObject>(
  world: World,
  by: By,
  submitted: T,
  options: WriteOptions & { subresource?: 'status' | 'binding' } = {},
): T {
  const kind = kindOf(submitted.kind)
  const old = getObject<KubeObject>(world.store, kind.kind, keyOf(submitted))
  if (old === undefined) throw notFound(kind, submitted.metadata.name)
  const { resourceVersion } = submitted.metadata
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion)
    throw conflict(kind, submitted.metadata.name)
  const object = prepared(kind, submitted, old, options.subresource)
  if (options.validate) requireValid(kind, object, kind.validateUpdate(object, old))
  if (options.dryRun || deepEqual(old, object)) return object as unknown as T
  if (isReleased(kind, object)) {
    commit(world, by, 'delete', object, undefined)
    return object as unknown as T
  }
  return commit(world, by, 'update', old, object) as T
}

/** A status write: only `status` of the given object counts. */
export function updateStatus<T extends KubeObject>(world: World, by: By, object: T): T {
  return updateObject(world, by, object, { subresource: 'status' })
}

/**
 * Deletes, or marks for deletion when a grace period or finalizers hold the object (registry
 * BeforeDelete, pod strategy CheckGracefulDelete). Returns the last state of the object.
 */
export function deleteObject(
  world: World,
  by: By,
  kindName: string,
  key: string,
  options: DeleteOptions = {},
): KubeObject {
  const kind = kindOf(kindName)
  const old = getObject<KubeObject>(world.store, kindName, key)
  if (old === undefined) throw notFound(kind, key.slice(key.indexOf('/') + 1))
  if (options.uid !== undefined && options.uid !== old.metadata.uid)
    throw conflict(kind, old.metadata.name)
  kind.deletion?.admit?.(old.metadata.name)
  if (options.dryRun) return old
  const finalizers = finalizersFor(old, options.propagationPolicy)
  const graceSeconds = kind.deletion?.graceSeconds?.(old, options.gracePeriodSeconds)
  const marked = markDeleted(world, kind, old, graceSeconds, finalizers)
  const stays = isHeld(kind, finalizers) || (graceSeconds ?? 0) > 0
  const isMarked = marked !== old && (stays || graceSeconds !== undefined)
  const written = isMarked ? commit(world, by, 'mark', old, marked) : old
  if (!stays) commit(world, by, 'delete', written, undefined)
  return marked
}

/** Appends a decision that changes no object: why a firing was skipped, why a pod waits. */
export function note(
  world: World,
  by: By,
  about: KubeObject,
  text: string,
  detail: Readonly<Record<string, string>> = {},
): Entry {
  return logged(world, {
    id: world.log.nextId,
    at: world.now,
    actor: by.actor,
    verb: 'note',
    kind: about.kind,
    namespace: about.metadata.namespace ?? '',
    name: about.metadata.name,
    uid: about.metadata.uid,
    before: undefined,
    after: undefined,
    causes: by.causes,
    text,
    detail,
  })
}

/** Logs an input of the user: the end of every chain of causes. Returns its Entry. */
export function noteCommand(world: World, text: string): Entry {
  return appendEntry(world.log, {
    id: world.log.nextId,
    at: world.now,
    actor: 'user',
    verb: 'command',
    kind: '',
    namespace: '',
    name: '',
    uid: '',
    before: undefined,
    after: undefined,
    causes: [],
    text,
  })
}

/** `object` with other metadata fields. */
export function withMeta<T extends KubeObject>(object: T, meta: Partial<ObjectMeta>): T {
  return { ...object, metadata: extend(object.metadata, meta) as ObjectMeta }
}

function commit(
  world: World,
  by: By,
  verb: Verb,
  before: KubeObject | undefined,
  after: KubeObject | undefined,
): KubeObject {
  const resourceVersion = String(++world.store.resourceVersion)
  const shown = (after ?? before)!
  const object = { ...shown, metadata: { ...shown.metadata, resourceVersion } }
  // A write in place is to be found where it happens and not three actors later.
  if (world.freezes) deepFreeze(object)
  if (after === undefined) removeObject(world.store, object)
  else putObject(world.store, object)
  logged(world, {
    id: world.log.nextId,
    at: world.now,
    actor: by.actor,
    verb,
    kind: shown.kind,
    namespace: shown.metadata.namespace ?? '',
    name: shown.metadata.name,
    uid: shown.metadata.uid,
    before: after === undefined ? object : before,
    after: after === undefined ? undefined : object,
    causes: by.causes,
  })
  return object
}

function logged(world: World, entry: Entry): Entry {
  appendEntry(world.log, entry)
  recordTicks(world, entry)
  return entry
}

/** Admission comes before names are generated: a refusal names `pods "agent-"`. */
function admitted(
  world: World,
  kind: Kind,
  object: KubeObject,
  { name: given, generateName = '' }: Partial<ObjectMeta>,
): KubeObject {
  const asked = given ? object : withMeta(object, { name: generateName })
  const lookup: Lookup = (name, key) => getObject<KubeObject>(world.store, name, key)
  requireNamespace(kind, asked, lookup)
  const suffix = (length: number): string => randomSuffix(rngOf(world, 'apiserver'), length)
  const result = kind.admit?.(asked, suffix, lookup) ?? asked
  return given ? result : withMeta(result, { name: object.metadata.name })
}

function withServerMeta(world: World, kind: Kind, submitted: Submitted): KubeObject {
  const rng = rngOf(world, 'apiserver')
  const { resourceVersion: _ignored, ...given } = submitted.metadata
  const base = (given.generateName ?? '').slice(0, GENERATED_BASE_MAX)
  const name = given.name || (base === '' ? '' : base + randomSuffix(rng))
  const metadata: ObjectMeta = extend(given, {
    name,
    uid: randomUid(rng),
    resourceVersion: '',
    creationTimestamp: formatTime(world.now),
  })
  if (kind.namespaced && !metadata.namespace) metadata.namespace = 'default'
  return { ...submitted, metadata } as KubeObject
}

function requireValid(kind: Kind, object: KubeObject, errors: ReturnType<Kind['validate']>): void {
  if (errors.length > 0) throw invalid(kind, object.metadata.name, errors)
}

function prepared(
  kind: Kind,
  given: KubeObject,
  old: KubeObject,
  subresource: 'status' | 'binding' | undefined,
): KubeObject {
  if (subresource === 'binding') return given
  if (subresource === 'status') return { ...old, status: given.status }
  const fixed: Partial<ObjectMeta> = {
    uid: old.metadata.uid,
    creationTimestamp: old.metadata.creationTimestamp,
    resourceVersion: old.metadata.resourceVersion,
  }
  let object = withMeta(given, fixed)
  if (object.status !== old.status && old.status !== undefined)
    object = { ...object, status: old.status }
  // What was stored is complete, and defaults fill nothing but specs and labels.
  const isNew = object.spec !== old.spec || object.metadata.labels !== old.metadata.labels
  if (isNew) object = kind.defaults(object)
  if (kind.prepareForUpdate !== undefined) object = kind.prepareForUpdate(object, old)
  if (!kind.hasGeneration) return object
  const { generation = 1 } = old.metadata
  const changed = object.spec !== old.spec && !deepEqual(object.spec, old.spec)
  const wanted = changed ? generation + 1 : generation
  return object.metadata.generation === wanted ? object : withMeta(object, { generation: wanted })
}

/** A deleted object whose last finalizer went is removed by the write that took it. */
function isReleased({ deletion }: Kind, object: KubeObject): boolean {
  const { deletionTimestamp, finalizers, deletionGracePeriodSeconds } = object.metadata
  if (deletionTimestamp === undefined) return false
  if (deletion?.finalization !== undefined) return deletion.finalization.isOver(object)
  return (finalizers ?? []).length === 0 && (deletionGracePeriodSeconds ?? 0) === 0
}

function isHeld({ deletion }: Kind, finalizers: readonly string[]): boolean {
  return finalizers.length > 0 || deletion?.finalization !== undefined
}

function finalizersFor(object: KubeObject, policy: DeleteOptions['propagationPolicy']) {
  const others = (object.metadata.finalizers ?? []).filter(
    (finalizer) => finalizer !== FOREGROUND_FINALIZER && finalizer !== ORPHAN_FINALIZER,
  )
  if (policy === 'Foreground') return [...others, FOREGROUND_FINALIZER]
  if (policy === 'Orphan') return [...others, ORPHAN_FINALIZER]
  return policy === undefined ? (object.metadata.finalizers ?? []) : others
}

/** The object with the mark of its deletion; the same object when nothing is to be marked. */
function markDeleted(
  world: World,
  kind: Kind,
  old: KubeObject,
  graceSeconds: number | undefined,
  finalizers: readonly string[],
): KubeObject {
  const already = old.metadata.deletionTimestamp !== undefined
  const sameGrace = (old.metadata.deletionGracePeriodSeconds ?? 0) === (graceSeconds ?? 0)
  if (already && sameGrace && deepEqual(finalizers, old.metadata.finalizers ?? [])) return old
  if (!isHeld(kind, finalizers) && graceSeconds === undefined) return old
  const { finalizers: _old, ...meta } = old.metadata
  const deletedAt = simTimeOf(world.now + (graceSeconds ?? 0) * 1000)
  const finalization = kind.deletion?.finalization
  const added = {
    deletionTimestamp:
      already && sameGrace ? old.metadata.deletionTimestamp! : formatTime(deletedAt),
    // Who finalizes by its own rules has no grace period (registry/core/namespace/storage Delete).
    deletionGracePeriodSeconds: finalization === undefined ? (graceSeconds ?? 0) : undefined,
    finalizers: finalizers.length > 0 ? finalizers : undefined,
  }
  const marked: ObjectMeta = extend(meta, compact(added))
  if (!already && old.metadata.generation !== undefined)
    marked.generation = old.metadata.generation + 1
  const object = { ...old, metadata: marked }
  return finalization === undefined ? object : finalization.begin(object)
}
