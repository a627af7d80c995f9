// How objects go out: as they are, as rows of a table that the server prints, or as metadata alone;
// the Accept header decides (apiserver pkg/endpoints/handlers/response.go).
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Column } from '../../sim/kinds/kind.ts'
import type { SimTime } from '../../base/time.ts'
import { groupVersion, type Resource } from '../../kubectl/resources.ts'
import type { ApiRequest } from './request.ts'
import { HttpError } from './status.ts'

type Form = 'object' | 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList'

export interface Representation {
  readonly form: Form
  /** What each row of a table carries. */
  readonly include: 'None' | 'Metadata' | 'Object'
}

const META_VERSION = 'meta.k8s.io/v1'
const NAME: Column = { name: 'Name', cell: ({ metadata }) => metadata.name }
const CREATED: Column = {
  name: 'Created At',
  cell: ({ metadata }) => metadata.creationTimestamp ?? '',
}

/** What the request accepts. Throws NotAcceptable when it is nothing the server has. */
export function representationOf({ headers, query }: ApiRequest): Representation {
  const include = (query.get('includeObject') || 'Metadata') as Representation['include']
  const accepted = (headers.accept ?? '*/*').split(',').map((part) => part.trim())
  for (const part of accepted) {
    const [type = '', ...parameters] = part.split(';').map((each) => each.trim())
    if (!['application/json', 'application/*', '*/*', ''].includes(type)) continue
    const as = parameters.find((each) => each.startsWith('as='))?.slice('as='.length)
    if (as === undefined) return { form: 'object', include }
    const version = parameters.find((each) => each.startsWith('v='))
    if (version === 'v=v1' && isForm(as)) return { form: as, include }
  }
  const offered = 'application/json, application/json;as=Table;g=meta.k8s.io;v=v1'
  const message = `only the following media types are accepted: ${offered}`
  throw new HttpError(406, 'NotAcceptable', message)
}

function isForm(text: string): text is Form {
  return ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'].includes(text)
}

/** The object with its kind in front, as Go writes it. */
export function typed(resource: Resource, object: KubeObject): object {
  const { kind: _kind, apiVersion: _version, ...rest } = object
  return { kind: resource.kind, apiVersion: groupVersion(resource), ...rest }
}

/** One object as an answer or an event of a watch. */
export function represent(
  resource: Resource,
  object: KubeObject,
  representation: Representation,
  now: SimTime,
  withColumns = true,
): object {
  if (representation.form === 'object') return typed(resource, object)
  if (representation.form !== 'Table') return partial(object)
  const version = object.metadata.resourceVersion ?? ''
  return tableOf(resource, [object], { representation, now, version, withColumns })
}

interface ListMeta {
  readonly resourceVersion: string
  readonly continue?: string
  readonly remainingItemCount?: number
}

/** A list as an answer. */
export function representList(
  resource: Resource,
  objects: readonly KubeObject[],
  representation: Representation,
  now: SimTime,
  metadata: ListMeta,
): object {
  if (representation.form === 'Table') {
    const version = metadata.resourceVersion
    const table = tableOf(resource, objects, { representation, now, version, withColumns: true })
    return { ...table, metadata }
  }
  if (representation.form !== 'object')
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: META_VERSION,
      metadata,
      items: objects.map(partial),
    }
  return {
    kind: `${resource.kind}List`,
    apiVersion: groupVersion(resource),
    metadata,
    items: objects.map(({ kind: _kind, apiVersion: _version, ...rest }) => rest),
  }
}

function partial({ metadata }: KubeObject): object {
  return { kind: 'PartialObjectMetadata', apiVersion: META_VERSION, metadata }
}

interface TableOptions {
  representation: Representation
  now: SimTime
  version: string
  /** Only the first table of a watch names its columns. */
  withColumns: boolean
}

function tableOf(
  resource: Resource,
  objects: readonly KubeObject[],
  { representation, now, version, withColumns }: TableOptions,
): object {
  const columns = resource.stored?.columns ?? [NAME, CREATED]
  const definitions = columns.map(({ name, wide }) => ({
    name,
    type: 'string',
    format: name === 'Name' ? 'name' : '',
    description: name,
    priority: wide === true ? 1 : 0,
  }))
  const rows = objects.map((object) => ({
    cells: columns.map(({ cell }) => cell(object, now)),
    ...(representation.include === 'None'
      ? { object: null }
      : {
          object: representation.include === 'Object' ? typed(resource, object) : partial(object),
        }),
  }))
  return {
    kind: 'Table',
    apiVersion: META_VERSION,
    metadata: { resourceVersion: version },
    columnDefinitions: withColumns ? definitions : null,
    rows,
  }
}
