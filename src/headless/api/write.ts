// POST, PUT, PATCH, DELETE: what clients change. Each goes through the same submission as the lab's
// own kubectl, so that both are refused in the same words and leave the same World.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { deleteObject, updateObject, type By, type DeleteOptions } from '../../sim/api.ts'
import { conflict } from '../../sim/errors.ts'
import { getObject, keyOf } from '../../sim/store.ts'
import type { World } from '../../sim/world.ts'
import { groupVersion } from '../../kubectl/resources.ts'
import {
  submitCreate,
  submitPatch,
  submitReplace,
  type PatchType,
  type Submission,
} from '../../kubectl/submit.ts'
import { getExisting, selected } from './read.ts'
import {
  bodyObject,
  isProtobuf,
  mediaType,
  parseJson,
  queryInt,
  unsupported,
  type ApiRequest,
} from './request.ts'
import { serverSideApply } from './apply.ts'
import { represent, representationOf, typed } from './represent.ts'
import { badRequest, notAllowed, type Status } from './status.ts'

/** What a write answers. */
interface Answer {
  code: number
  body: object
  warnings: readonly string[]
}

const PATCHES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
}
const APPLY_YAML = 'application/apply-patch+yaml'

/** Does what the request asks. Throws ApiError or HttpError and then has changed nothing. */
export function write(world: World, by: By, request: ApiRequest): Answer {
  const { method, name } = request
  requireWritable(request)
  const warnings: string[] = []
  const submission = submissionOf(world, by, request, warnings)
  if (method === 'POST') return create(submission, request, warnings)
  if (method === 'PUT') return replace(submission, request, warnings)
  if (method === 'PATCH') return patch(submission, request, warnings)
  if (method !== 'DELETE') throw notAllowed()
  const body = name === undefined ? deleteMany(world, by, request) : deleteOne(world, by, request)
  return { code: 200, body, warnings }
}

function requireWritable({ method, name, resource }: ApiRequest): void {
  if (method === 'POST' ? name !== undefined : name === undefined && method !== 'DELETE')
    throw notAllowed()
  if (name === undefined && method === 'DELETE' && resource.plural === 'namespaces')
    throw notAllowed()
}

function submissionOf(
  world: World,
  by: By,
  request: ApiRequest,
  warnings: string[],
): Submission & { dryRun: boolean } {
  const warn = (text: string): void => {
    if (!warnings.includes(text)) warnings.push(text)
  }
  const validation = isProtobuf(request) ? 'ignore' : validationOf(request)
  return { world, by, dryRun: isDryRun(request), validation, warn }
}

/** `dryRun=All`; anything else is refused. */
function isDryRun({ query }: ApiRequest): boolean {
  const values = query.getAll('dryRun')
  const wrong = values.filter((value) => value !== 'All')
  if (wrong.length > 0)
    throw badRequest(`invalid dryRun: Unsupported value: "${wrong[0]}": supported values: "All"`)
  return values.length > 0
}

function validationOf({ query }: ApiRequest): 'strict' | 'warn' | 'ignore' {
  const value = query.get('fieldValidation') ?? 'Warn'
  if (value === 'Strict') return 'strict'
  if (value === 'Ignore') return 'ignore'
  if (value === 'Warn' || value === '') return 'warn'
  throw badRequest(
    `fieldValidation: Unsupported value: "${value}": supported values: "", "Ignore", "Strict", ` +
      '"Warn"',
  )
}

function create(submission: Submission, request: ApiRequest, warnings: string[]): Answer {
  const { resource } = request
  const object = inNamespace(objectOf(request), request)
  const created = submitCreate(submission, resource, object)
  return answer(submission.world, request, 201, created, warnings)
}

/** The body; the path says its kind and version where it does not, as typed clients leave them out. */
function objectOf(request: ApiRequest): KubeObject {
  const { apiVersion, kind, ...rest } = bodyObject(request)
  const { resource } = request
  return {
    kind: kind || resource.kind,
    apiVersion: apiVersion || groupVersion(resource),
    ...rest,
  } as unknown as KubeObject
}

/** The body's namespace is that of the path; another one is refused. */
function inNamespace(object: KubeObject, { resource, namespace }: ApiRequest): KubeObject {
  const given = object.metadata?.namespace ?? ''
  if (!resource.namespaced || given === namespace) return object
  if (given !== '')
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    )
  return { ...object, metadata: { ...object.metadata, namespace } }
}

function replace(submission: Submission, request: ApiRequest, warnings: string[]): Answer {
  const { world, by, dryRun = false } = submission
  const { resource, name = '', subresource } = request
  const body = inNamespace(objectOf(request), request)
  const given = body.metadata?.name ?? ''
  if (given !== name)
    throw badRequest(
      `the name of the object (${given}) does not match the name on the URL (${name})`,
    )
  const old = getExisting(world, request)
  requireUid(body, old, request)
  if (subresource === undefined) {
    const replaced = submitReplace(submission, resource, body)
    return answer(world, request, 200, replaced, warnings)
  }
  const typedBody = typed(resource, body) as KubeObject
  const options = { subresource: 'status' as const, dryRun }
  const updated = updateObject<KubeObject>(world, by, typedBody, options)
  return answer(world, request, 200, updated, warnings)
}

function requireUid(body: KubeObject, old: KubeObject, { resource, name = '' }: ApiRequest): void {
  const { uid } = body.metadata
  if (uid !== undefined && uid !== '' && uid !== old.metadata.uid) throw conflict(resource, name)
}

function patch(submission: Submission, request: ApiRequest, warnings: string[]): Answer {
  const { resource, namespace, name = '', subresource, headers, body } = request
  const media = mediaType(headers['content-type'])
  if (media === APPLY_YAML) {
    const { object, created } = serverSideApply(submission, request)
    return answer(submission.world, request, created ? 201 : 200, object, warnings)
  }
  const type = PATCHES[media]
  if (type === undefined) throw unsupported([...Object.keys(PATCHES), APPLY_YAML])
  getExisting(submission.world, request)
  const patched = submitPatch(submission, resource, {
    namespace,
    name,
    type,
    body: parseJson(body),
    ...(subresource === 'status' ? { subresource } : {}),
  })
  return answer(submission.world, request, 200, patched, warnings)
}

function answer(
  world: World,
  request: ApiRequest,
  code: number,
  object: KubeObject,
  warnings: readonly string[],
): Answer {
  const body = represent(request.resource, object, representationOf(request), world.now)
  return { code, body, warnings }
}

interface DeleteBody {
  gracePeriodSeconds?: number | null
  propagationPolicy?: NonNullable<DeleteOptions['propagationPolicy']>
  orphanDependents?: boolean | null
  preconditions?: { uid?: string; resourceVersion?: string }
  dryRun?: readonly string[]
}

/** DeleteOptions from the body or, without one, from the query. */
export function deleteOptionsOf(request: ApiRequest, body: DeleteBody): DeleteOptions {
  const { query } = request
  const grace = body.gracePeriodSeconds ?? queryInt(query, 'gracePeriodSeconds')
  const policy = body.propagationPolicy ?? query.get('propagationPolicy') ?? orphaning(body)
  if (policy !== undefined && !['Background', 'Foreground', 'Orphan'].includes(policy))
    throw badRequest(
      `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: ` +
        `"${policy}": supported values: "Background", "Foreground", "Orphan", "nil"`,
    )
  const uid = body.preconditions?.uid
  return {
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    ...(policy === undefined ? {} : { propagationPolicy: policy as 'Background' }),
    ...(uid ? { uid } : {}),
    dryRun: isDryRun(request) || (body.dryRun ?? []).includes('All'),
  }
}

function orphaning({ orphanDependents }: DeleteBody): string | undefined {
  if (orphanDependents === undefined || orphanDependents === null) return undefined
  return orphanDependents ? 'Orphan' : 'Background'
}

function deleteOne(world: World, by: By, request: ApiRequest): object {
  const { resource, name = '' } = request
  const body = bodyObject(request) as DeleteBody
  const old = getExisting(world, request)
  const wanted = body.preconditions?.resourceVersion
  if (wanted !== undefined && wanted !== '' && wanted !== old.metadata.resourceVersion)
    throw conflict(resource, name)
  const options = deleteOptionsOf(request, body)
  const last = deleteObject(world, by, resource.kind, keyOf(old), options)
  const stays = getObject<KubeObject>(world.store, resource.kind, keyOf(old)) !== undefined
  if (stays || resource.kind === 'Pod')
    return represent(resource, last, representationOf(request), world.now)
  const { group, plural } = resource
  const details = { name, ...(group === '' ? {} : { group }), kind: plural, uid: old.metadata.uid }
  return success(details)
}

function deleteMany(world: World, by: By, request: ApiRequest): object {
  const { resource } = request
  const options = deleteOptionsOf(request, bodyObject(request) as DeleteBody)
  if (resource.stored === undefined) return success({ kind: resource.plural })
  const items = selected(world, request).map((object) => {
    const {
      kind: _kind,
      apiVersion: _version,
      ...rest
    } = deleteObject(world, by, resource.kind, keyOf(object), options)
    return rest
  })
  const metadata = { resourceVersion: String(world.store.resourceVersion) }
  return { ...typed(resource, {} as KubeObject), kind: `${resource.kind}List`, metadata, items }
}

export function success(details?: object): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    ...(details === undefined ? {} : { details }),
  }
}
