// Server-side apply (structured-merge-diff): an applier owns the fields it names. What it names no
// longer is removed, what another applier owns with another value is a conflict. Owners are kept in
// metadata.managedFields; only those who apply are tracked, not those who merely write.
import { deepEqual } from '../../base/deep-equal.ts'
import { formatTime } from '../../base/time.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { ApiError } from '../../sim/errors.ts'
import { findLive } from '../../kubectl/server.ts'
import { submitCreate, submitReplace, type Submission } from '../../kubectl/submit.ts'
import { groupVersion } from '../../kubectl/resources.ts'
import { documentOf } from './apply-body.ts'
import {
  fieldsV1Of,
  fieldsWithin,
  pathText,
  readFieldsV1,
  removePath,
  setOf,
  valueAt,
  type FieldSet,
  type Json,
} from './fields.ts'
import { queryBool, type ApiRequest } from './request.ts'
import { badRequest } from './status.ts'

interface Manager {
  manager: string
  operation: 'Apply' | 'Update'
  apiVersion: string
  time: string
  fieldsType: 'FieldsV1'
  fieldsV1: Json
  subresource?: string
}

/** Applies the body in its manager's name. Throws ApiError Conflict, NotFound or Invalid. */
export function serverSideApply(
  submission: Submission,
  request: ApiRequest,
): { object: KubeObject; created: boolean } {
  const { resource, namespace, name = '', query } = request
  const manager = query.get('fieldManager') ?? ''
  if (manager === '')
    throw badRequest(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for ' +
        'apply patch',
    )
  const config = configOf(request)
  const live = findLive(submission.world, resource, namespace, name)
  const mine = setOf(config)
  const others = managersOf(live).filter((each) => each.manager !== manager)
  const before = managersOf(live).find((each) => each.manager === manager)
  const force = queryBool(query, 'force')
  const conflicts = live === undefined ? [] : conflictsOf(others, mine, config, live)
  if (conflicts.length > 0 && !force) throw conflictError(conflicts)
  const entry: Manager = {
    manager,
    operation: 'Apply',
    apiVersion: groupVersion(resource),
    time: formatTime(submission.world.now),
    fieldsType: 'FieldsV1',
    fieldsV1: fieldsV1Of(mine),
  }
  const losing = new Set(conflicts.map(({ path }) => path))
  const kept = others.map((each) => without(each, losing)).filter(ownsSomething)
  const managedFields = [...kept, sameAs(before, entry)]
  if (live === undefined) {
    const object = withManagers(config, managedFields)
    return { object: submitCreate(submission, resource, object), created: true }
  }
  const merged = fieldsWithin(live as unknown as Json, config)
  const owned = new Set([...mine.keys(), ...kept.flatMap(ownedBy)])
  const dropped = before === undefined ? [] : ownedBy(before).filter((path) => !owned.has(path))
  const result = dropped.reduce((object, path) => removePath(object, path), merged)
  const object = withManagers(result, managedFields)
  return { object: submitReplace(submission, resource, object), created: false }
}

/** The one document of the body, which names what the path names. */
function configOf({ body, resource, namespace, name }: ApiRequest): Json {
  const config = documentOf(body.toString('utf8'))
  const metadata = (config['metadata'] ?? {}) as Json
  if (config['kind'] !== resource.kind || config['apiVersion'] !== groupVersion(resource))
    throw badRequest(
      `invalid object type: ${String(config['apiVersion'])}, Kind=${String(config['kind'])}`,
    )
  if (metadata['managedFields'] !== undefined)
    throw badRequest('metadata.managedFields must be nil')
  const place = resource.namespaced ? { namespace } : {}
  return { ...config, metadata: { ...metadata, name, ...place } }
}

function managersOf(object: KubeObject | undefined): readonly Manager[] {
  const { managedFields = [] } = (object?.metadata ?? {}) as { managedFields?: readonly Manager[] }
  return managedFields
}

function ownedBy({ fieldsV1 }: Manager): readonly string[] {
  return [...readFieldsV1(fieldsV1).keys()]
}

function ownsSomething(manager: Manager): boolean {
  return ownedBy(manager).length > 0
}

/** Nothing new keeps its time: an apply that changes nothing makes no new version. */
function sameAs(before: Manager | undefined, entry: Manager): Manager {
  const same = before !== undefined && deepEqual(before.fieldsV1, entry.fieldsV1)
  return same ? before : entry
}

interface FieldConflict {
  manager: string
  path: string
}

function conflictsOf(
  others: readonly Manager[],
  mine: FieldSet,
  config: Json,
  live: KubeObject,
): readonly FieldConflict[] {
  return others.flatMap((other) =>
    ownedBy(other)
      .filter((path) => mine.get(path) === 'leaf')
      .filter((path) => !deepEqual(valueAt(config, path), valueAt(live as unknown as Json, path)))
      .map((path) => ({ manager: other.manager, path })),
  )
}

/** In the words of managedfields/internal/conflict.go. */
function conflictError(conflicts: readonly FieldConflict[]): ApiError {
  const managers = [...new Set(conflicts.map(({ manager }) => manager))].sort()
  const texts = managers.map((manager) => {
    const fields = conflicts.filter((each) => each.manager === manager)
    const paths = fields.map(({ path }) => pathText(path)).sort()
    if (paths.length === 1) return `conflict with "${manager}": ${paths[0]}`
    return `conflicts with "${manager}":\n${paths.map((path) => `- ${path}`).join('\n')}`
  })
  const count = `${conflicts.length} conflict${conflicts.length === 1 ? '' : 's'}`
  const causes = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with "${manager}"`,
    field: pathText(path),
  }))
  return new ApiError('Conflict', `Apply failed with ${count}: ${texts.join('\n')}`, { causes })
}

function without(manager: Manager, losing: ReadonlySet<string>): Manager {
  const set = new Map([...readFieldsV1(manager.fieldsV1)].filter(([path]) => !losing.has(path)))
  return set.size === ownedBy(manager).length ? manager : { ...manager, fieldsV1: fieldsV1Of(set) }
}

function withManagers(object: Json, managedFields: readonly Manager[]): KubeObject {
  const metadata = { ...(object['metadata'] as object), managedFields }
  return { ...object, metadata } as unknown as KubeObject
}
