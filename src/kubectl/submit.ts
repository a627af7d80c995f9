// What users send to the API server: strict decoding, then the verbs of sim/api.ts with validation.
// apply, create, replace, patch, edit and the editor's check all go through here, so that a
// manifest is refused in the same words everywhere.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { createObject, updateObject, type By } from '../sim/api.ts'
import { ApiError } from '../sim/errors.ts'
import { goJsonSorted, goQuote } from '../sim/lib/go-quote.ts'
import { decodeStruct } from '../sim/schema/decode.ts'
import type { World } from '../sim/world.ts'
import { jsonPatch, mergePatch, type JsonPatchStep } from './patch/json.ts'
import { goMapText, isMap, PatchError, type JsonMap } from './patch/lists.ts'
import { strategicMerge } from './patch/strategic.ts'
import { groupVersion, resourceName, type Resource } from './resources.ts'
import { getLive } from './server.ts'

export interface Submission {
  readonly world: World
  readonly by: By
  /** Nothing is stored; the object as it would be is returned. */
  readonly dryRun?: boolean
  /** Whether unknown fields are refused (the default), warned of, or ignored. */
  readonly validation?: 'strict' | 'warn' | 'ignore'
  /** Takes the server's `Warning:` headers. */
  readonly warn?: (text: string) => void
}

export type PatchType = 'strategic' | 'merge' | 'json'

/** POST. Throws ApiError. */
export function submitCreate(
  submission: Submission,
  resource: Resource,
  object: KubeObject,
): KubeObject {
  const decoded = decodeBody(submission, resource, object)
  const { world, by, dryRun = false } = submission
  const created = createObject<KubeObject>(world, by, decoded, { validate: true, dryRun })
  sendWarnings(submission, resource, created, undefined)
  return dryRun ? unversioned(created) : created
}

/** What is not stored has no version. */
function unversioned(object: KubeObject): KubeObject {
  const { resourceVersion: _none, ...metadata } = object.metadata
  return { ...object, metadata: metadata as KubeObject['metadata'] }
}

/** PUT. Throws ApiError. */
export function submitReplace(
  submission: Submission,
  resource: Resource,
  object: KubeObject,
): KubeObject {
  const decoded = decodeBody(submission, resource, object)
  const { world, by, dryRun = false } = submission
  const old = getLive(world, resource, object.metadata.namespace ?? '', object.metadata.name)
  const updated = updateObject<KubeObject>(world, by, decoded, { validate: true, dryRun })
  sendWarnings(submission, resource, updated, old)
  return updated
}

interface Patch {
  readonly namespace: string
  readonly name: string
  readonly type: PatchType
  readonly body: unknown
  readonly subresource?: 'status'
}

/** PATCH. Throws ApiError, in the words patches are refused with. */
export function submitPatch(submission: Submission, resource: Resource, patch: Patch): KubeObject {
  const { world, by, dryRun = false } = submission
  const old = getLive(world, resource, patch.namespace, patch.name)
  const patched = patchedBody(old, patch)
  const decoded = decodePatched(submission, resource, patched, patch)
  const options = { validate: true, dryRun }
  const updated = updateObject<KubeObject>(
    world,
    by,
    withIdentity(decoded, old),
    patch.subresource === undefined ? options : { ...options, subresource: patch.subresource },
  )
  sendWarnings(submission, resource, updated, old)
  return updated
}

/** Applies a patch to an object as the server does. Throws ApiError. */
export function patchedBody(old: KubeObject, { type, body }: Pick<Patch, 'type' | 'body'>) {
  const target = old as unknown as JsonMap
  try {
    if (type === 'json') return jsonPatch(target, body as readonly JsonPatchStep[])
    return type === 'merge' ? mergePatch(target, body) : strategicMerge(target, body as JsonMap)
  } catch (error) {
    if (!(error instanceof PatchError)) throw error
    if (type === 'json')
      throw new ApiError(
        'Invalid',
        'the server rejected our request due to an error in our request',
      )
    throw new ApiError('BadRequest', error.message)
  }
}

/** What cannot change: a patch of the name or namespace is refused or without effect. */
function withIdentity(object: KubeObject, old: KubeObject): KubeObject {
  const { name, namespace } = old.metadata
  const given = object.metadata
  if (given.name !== name)
    throw new ApiError(
      'BadRequest',
      `the name of the object (${given.name}) does not match the name on the URL (${name})`,
    )
  const resourceVersion = given.resourceVersion ?? old.metadata.resourceVersion
  const metadata = { ...given, name, resourceVersion }
  return { ...object, metadata: namespace === undefined ? metadata : { ...metadata, namespace } }
}

function decodeBody(submission: Submission, resource: Resource, object: KubeObject): KubeObject {
  const { kind, version } = resource
  const refuse = (why: string): ApiError =>
    new ApiError(
      'BadRequest',
      `${object.kind} in version ${goQuote(version)} cannot be handled as a ${kind}: ${why}`,
    )
  if (object.kind !== kind) {
    const what = `no kind ${goQuote(object.kind)} is registered for version`
    const where = 'in scheme "pkg/api/legacyscheme/scheme.go:30"'
    throw refuse(`${what} ${goQuote(groupVersion(resource))} ${where}`)
  }
  requireStored(resource, object)
  const { typeError, unknownFields, value } = decodeStruct(object, kind)
  if (typeError !== undefined) throw refuse(typeError)
  const unknown = unknownText(submission, unknownFields)
  if (unknown !== '') throw refuse(`strict decoding error: ${unknown}`)
  return value as unknown as KubeObject
}

function decodePatched(
  submission: Submission,
  resource: Resource,
  patched: unknown,
  patch: Patch,
): KubeObject {
  if (!isMap(patched)) throw invalidPatch(patched, patch, 'unable to decode')
  const { typeError, unknownFields, value } = decodeStruct(patched, resource.kind)
  if (typeError !== undefined) {
    const why = patch.type === 'strategic' ? conversionError(typeError) : typeError
    throw invalidPatch(patched, patch, why)
  }
  const unknown = unknownText(submission, unknownFields)
  if (unknown !== '') throw invalidPatch(patched, patch, `strict decoding error: ${unknown}`)
  return value as unknown as KubeObject
}

/** 422 without a name: the value shown is the patch, or for JSON kinds the patched object. */
function invalidPatch(patched: unknown, { type, body }: Patch, why: string): ApiError {
  const shown = type === 'strategic' ? goMapText(body) : goJsonSorted(patched)
  const message = `Invalid value: ${goQuote(shown)}: ${why}`
  return new ApiError('Invalid', ` "" is invalid: patch: ${message}`, {
    kind: '',
    name: '',
    causes: [{ field: 'patch', message }],
  })
}

const GO_KINDS: Readonly<Record<string, string>> = {
  array: 'slice',
  bool: 'bool',
  number: 'int64',
  object: 'map',
  string: 'string',
}

/** A type error as the converter of strategic patches words it (apimachinery converter.go). */
function conversionError(typeError: string): string {
  const match = /^json: cannot unmarshal (\w+)( \S+)? into .* of type (\S+)$/.exec(typeError)
  if (match === null) return typeError
  const [, json = '', value = '', type = ''] = match
  const kind = json === 'number' && value.includes('.') ? 'float64' : (GO_KINDS[json] ?? json)
  if (type.startsWith('[]')) return `cannot restore slice from ${kind}`
  if (type.startsWith('map[')) return `cannot restore map from ${kind}`
  if (/^int\d*$/.test(type))
    return kind === 'float64' ? `cannot convert float64 to ${type}` : `unrecognized type: ${type}`
  if (type === 'string' && kind === 'int64') return 'cannot convert int64 to string'
  if (type === 'string' || type === 'bool') return `unrecognized type: ${type}`
  return `cannot restore struct from: ${kind}`
}

function unknownText({ validation = 'strict', warn }: Submission, fields: readonly string[]) {
  const texts = fields.map((field) => `unknown field ${goQuote(field)}`)
  if (validation === 'warn') for (const text of texts) warn?.(text)
  return validation === 'strict' ? texts.join(', ') : ''
}

/** A type that the API knows and the lab has no controllers for. */
function requireStored(resource: Resource, object: KubeObject): void {
  if (resource.stored !== undefined) return
  const what = `${resourceName(resource)} ${goQuote(object.metadata.name ?? '')} is forbidden`
  const why = `this lab has no ${resource.plural}, only what Jobs, CronJobs and DaemonSets need`
  throw new ApiError('Forbidden', `${what}: ${why}`, { kind: resource.plural })
}

function sendWarnings(
  { warn }: Submission,
  { stored }: Resource,
  object: KubeObject,
  old: KubeObject | undefined,
): void {
  if (warn === undefined || stored?.warnings === undefined) return
  for (const text of new Set(stored.warnings(object, old))) warn(text)
}
