// The API server's verbs, as actors and kubectl use them: default → prepare → admit → validate →
// store → Entry. Watchers learn of it from the log (world.ts deliver). Everything runs to
// completion at one instant.
import { deepEqual } from '../base/deep-equal.ts'
import { deepFreeze } from '../base/deep-freeze.ts'
import { compact, extend } from '../base/plain.ts'
import { randomSuffix, randomUid } from '../base/rng.ts'
import { formatTime, simTimeOf } from '../base/time.ts'
import type { Condition, KubeObject, ObjectMeta } from './api-types/meta.ts'
import type { Pod } from './api-types/pod.ts'
import type { Namespace } from './api-types/core.ts'
import {
  NAMESPACE_TERMINATING,
  alreadyExists,
  ApiError,
  conflict,
  invalid,
  notFound,
  qualifiedPlural,
} from './errors.ts'
import { admit } from './kinds/admission/index.ts'
import { kindOf } from './kinds/index.ts'
import type { Kind } from './kinds/kind.ts'
import { isFinalPhase } from './lib/pod-phase.ts'
import { appendEntry, type Entry, type Verb } from './log.ts'
import { getObject, keyOf, putObject, removeObject } from './store.ts'
import { rngOf, type World } from './world.ts'

/** Who writes, and the ids of the Entries because of which. */
export interface By {
  readonly actor: string
  readonly causes: readonly number[]
}

export interface WriteOptions {
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
/** Namespaces that are never deleted (plugin/pkg/admission/namespace/lifecycle). */
const IMMORTAL_NAMESPACES = ['default', 'kube-system', 'kube-public']

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
  if (isReleased(object)) {
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
 * Binds a Pod to a node: its nodeName and the condition PodScheduled in one version, without a new
 * generation; what it was promised is void (registry/core/pod/storage BindingREST, assignPod).
 * Conflict when it is bound or being deleted.
 */
export function bindPod(world: World, by: By, pod: Pod, nodeName: string): Pod {
  const kind = kindOf('Pod')
  const live = getObject<Pod>(world.store, 'Pod', keyOf(pod))
  if (live === undefined || live.metadata.uid !== pod.metadata.uid)
    throw notFound(kind, pod.metadata.name)
  if (live.spec.nodeName || live.metadata.deletionTimestamp)
    throw conflict(kind, live.metadata.name)
  const scheduled: Condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: formatTime(world.now),
  }
  const { nominatedNodeName: _promised, ...status } = live.status
  const others = (status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled')
  const bound: Pod = {
    ...live,
    spec: extend(live.spec, { nodeName }),
    status: extend(status, { conditions: [...others, scheduled] }),
  }
  return updateObject(world, by, bound, { subresource: 'binding' })
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
  if (kindName === 'Namespace' && IMMORTAL_NAMESPACES.includes(key)) throw immortal(key)
  if (options.dryRun) return old
  const finalizers = finalizersFor(old, options.propagationPolicy)
  const graceSeconds = gracePeriodOf(old, options.gracePeriodSeconds)
  const held = finalizers.length > 0 || kindName === 'Namespace'
  const marked = markDeleted(world, old, graceSeconds, finalizers, held)
  const stays = held || (graceSeconds ?? 0) > 0
  const written =
    marked !== old && (stays || kindName === 'Pod') ? commit(world, by, 'mark', old, marked) : old
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
  return appendEntry(world.log, {
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
  appendEntry(world.log, {
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

/** Admission comes before names are generated: a refusal tells of `pods "agent-"`. */
function admitted(
  world: World,
  kind: Kind,
  object: KubeObject,
  { name: given, generateName = '' }: Partial<ObjectMeta>,
): KubeObject {
  const asked = given ? object : withMeta(object, { name: generateName })
  requireNamespace(world, kind, asked)
  const result = admit(
    asked,
    (length) => randomSuffix(rngOf(world, 'apiserver'), length),
    (kindName, key) => getObject<KubeObject>(world.store, kindName, key),
  )
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

function requireNamespace(world: World, kind: Kind, object: KubeObject): void {
  if (!kind.namespaced) return
  const name = object.metadata.namespace!
  const namespace = getObject<Namespace>(world.store, 'Namespace', name)
  if (namespace === undefined) throw notFound({ plural: 'namespaces', group: '' }, name)
  if (namespace.status.phase !== 'Terminating') return
  const what = `${qualifiedPlural(kind)} "${object.metadata.name}" is forbidden`
  const why = `unable to create new content in namespace ${name} because it is being terminated`
  throw new ApiError('Forbidden', `${what}: ${why}`, {
    kind: kind.plural,
    name,
    causes: [
      {
        reason: NAMESPACE_TERMINATING,
        field: 'metadata.namespace',
        message: `namespace ${name} is being terminated`,
      },
    ],
  })
}

function immortal(name: string): ApiError {
  const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`
  return new ApiError('Forbidden', message, { kind: 'namespaces', name })
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
function isReleased(object: KubeObject): boolean {
  const { deletionTimestamp, finalizers, deletionGracePeriodSeconds } = object.metadata
  if (deletionTimestamp === undefined) return false
  if (object.kind === 'Namespace') return ((object as Namespace).spec.finalizers ?? []).length === 0
  return (finalizers ?? []).length === 0 && (deletionGracePeriodSeconds ?? 0) === 0
}

function finalizersFor(object: KubeObject, policy: DeleteOptions['propagationPolicy']) {
  const others = (object.metadata.finalizers ?? []).filter(
    (finalizer) => finalizer !== FOREGROUND_FINALIZER && finalizer !== ORPHAN_FINALIZER,
  )
  if (policy === 'Foreground') return [...others, FOREGROUND_FINALIZER]
  if (policy === 'Orphan') return [...others, ORPHAN_FINALIZER]
  return policy === undefined ? (object.metadata.finalizers ?? []) : others
}

/** Seconds of grace, 0 when it is gone at once; undefined for kinds without graceful deletion. */
function gracePeriodOf(object: KubeObject, asked: number | undefined): number | undefined {
  if (object.kind !== 'Pod') return undefined
  const pod = object as Pod
  const phase = pod.status.phase
  if (!pod.spec.nodeName || isFinalPhase(phase)) return 0
  const seconds = asked ?? pod.spec.terminationGracePeriodSeconds ?? 30
  const current = pod.metadata.deletionGracePeriodSeconds
  return current === undefined ? seconds : Math.min(current, seconds)
}

function markDeleted(
  world: World,
  old: KubeObject,
  graceSeconds: number | undefined,
  finalizers: readonly string[],
  held: boolean,
): KubeObject {
  const already = old.metadata.deletionTimestamp !== undefined
  const sameGrace = (old.metadata.deletionGracePeriodSeconds ?? 0) === (graceSeconds ?? 0)
  if (already && sameGrace && deepEqual(finalizers, old.metadata.finalizers ?? [])) return old
  if (!held && graceSeconds === undefined) return old
  const { finalizers: _old, ...meta } = old.metadata
  const deletedAt = simTimeOf(world.now + (graceSeconds ?? 0) * 1000)
  const added = {
    deletionTimestamp:
      already && sameGrace ? old.metadata.deletionTimestamp! : formatTime(deletedAt),
    // Namespaces are marked by their own hand (registry/core/namespace/storage Delete).
    deletionGracePeriodSeconds: old.kind === 'Namespace' ? undefined : (graceSeconds ?? 0),
    finalizers: finalizers.length > 0 ? finalizers : undefined,
  }
  const marked: ObjectMeta = extend(meta, compact(added))
  if (!already && old.metadata.generation !== undefined)
    marked.generation = old.metadata.generation + 1
  if (old.kind !== 'Namespace') return { ...old, metadata: marked }
  const status = { ...(old as Namespace).status, phase: 'Terminating' as const }
  return { ...old, metadata: marked, status }
}
