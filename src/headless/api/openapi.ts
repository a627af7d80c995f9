// The OpenAPI documents, made from the structure by which bodies are decoded and the documentation
// that `kubectl explain` prints: version 3 by group version, version 2 as one. Clients read from it
// what fields there are, how lists merge, and what the server can do.
import { structOf, type Field, type GoType } from '../../sim/schema/structs.ts'
import { DOCS } from '../../sim/schema/docs.generated.ts'
import { mergeKeyOf, retainsKeys } from '../../kubectl/patch/lists.ts'
import { explainTypeField } from '../../kubectl/print/explain.ts'
import { groupVersion, resources, type Resource } from '../../kubectl/resources.ts'
import { SERVER_VERSION, verbsOf } from './discovery.ts'
import { noResource } from './status.ts'

type Json = Record<string, unknown>
type Version = 2 | 3

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1'
/** Types that have a name of their own though they are no struct. */
const NAMED: Readonly<Record<string, { name: string; schema: Json }>> = {
  quantity: {
    name: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
    schema: { type: 'string' },
  },
  intOrString: {
    name: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    schema: { type: 'string', format: 'int-or-string' },
  },
  time: { name: `${META}.Time`, schema: { type: 'string', format: 'date-time' } },
  microTime: { name: `${META}.MicroTime`, schema: { type: 'string', format: 'date-time' } },
  FieldsV1: { name: `${META}.FieldsV1`, schema: { type: 'object' } },
  RawExtension: {
    name: 'io.k8s.apimachinery.pkg.runtime.RawExtension',
    schema: { type: 'object' },
  },
}
const META_STRUCTS = ['ObjectMeta', 'OwnerReference', 'ManagedFieldsEntry']
const BATCH = /^(Job|CronJob|PodFailurePolicy|SuccessPolicy|UncountedTerminatedPods)/
const APPS = /^(DaemonSet|RollingUpdateDaemonSet|ControllerRevision)/

/** The name of a struct in the documents: `io.k8s.api.batch.v1.JobSpec`. */
function definitionName(struct: string): string {
  if (META_STRUCTS.includes(struct) || struct.startsWith('LabelSelector'))
    return `${META}.${struct}`
  const group = BATCH.test(struct) ? 'batch' : APPS.test(struct) ? 'apps' : 'core'
  return `io.k8s.api.${group}.v1.${struct}`
}

const folderOf = (resource: Resource): string =>
  resource.group === '' ? `api/${resource.version}` : `apis/${groupVersion(resource)}`

/** GET /openapi/v3: where each group version's document is. */
export function openapiIndex(): object {
  const folders = [...new Set(resources().map(folderOf))]
  const entry = (folder: string) => ({ serverRelativeURL: `/openapi/v3/${folder}?hash=1` })
  return { paths: Object.fromEntries(folders.map((folder) => [folder, entry(folder)])) }
}

/** GET /openapi/v3/apis/GROUP/VERSION. Throws NotFound. */
export function openapiV3(folder: string): object {
  const own = resources().filter((resource) => folderOf(resource) === folder)
  if (own.length === 0) throw noResource()
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: SERVER_VERSION.gitVersion },
    paths: pathsOf(own, 3),
    components: { schemas: schemasOf(own, 3) },
  }
}

/** GET /openapi/v2. */
export function openapiV2(): object {
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: SERVER_VERSION.gitVersion },
    paths: pathsOf(resources(), 2),
    definitions: schemasOf(resources(), 2),
  }
}

function gvk({ group, version, kind }: Resource): Json {
  return { group, version, kind }
}

/** What may be done where, with the parameters by which clients learn what the server can. */
function pathsOf(list: readonly Resource[], version: Version): Json {
  const paths: Json = {}
  for (const resource of list) {
    const scope = resource.namespaced ? 'namespaces/{namespace}/' : ''
    const path = `/${folderOf(resource)}/${scope}${resource.plural}`
    const verbs = verbsOf(resource)
    const operation = (action: string) => ({
      responses: { 200: { description: 'OK' } },
      parameters: ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
        name,
        in: 'query',
        ...(version === 3 ? { schema: { type: 'string' } } : { type: 'string' }),
      })),
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': gvk(resource),
    })
    const of = (names: Readonly<Record<string, string>>): Json =>
      Object.fromEntries(
        Object.entries(names)
          .filter(([, verb]) => verbs.includes(verb))
          .map(([method, verb]) => [method, operation(verb)]),
      )
    paths[path] = of({ get: 'list', post: 'create', delete: 'deletecollection' })
    paths[`${path}/{name}`] = of({ get: 'get', put: 'update', patch: 'patch', delete: 'delete' })
  }
  return paths
}

/** The schemas of the kinds that the lab has, and of all they refer to. */
function schemasOf(list: readonly Resource[], version: Version): Json {
  const schemas: Json = {}
  const kinds = new Map(
    list.flatMap((each) => (each.stored === undefined ? [] : [[each.kind, each] as const])),
  )
  const todo = [...kinds.keys()]
  for (let struct = todo.shift(); struct !== undefined; struct = todo.shift()) {
    const name = definitionName(struct)
    if (name in schemas) continue
    const resource = kinds.get(struct)
    const { schema, structs, leaves } = structSchema(struct, version, resource !== undefined)
    schemas[name] =
      resource === undefined
        ? schema
        : { ...schema, 'x-kubernetes-group-version-kind': [gvk(resource)] }
    todo.push(...structs)
    for (const leaf of leaves) schemas[NAMED[leaf]!.name] ??= NAMED[leaf]!.schema
  }
  for (const resource of kinds.values()) {
    const list = `${definitionName(resource.kind)}List`
    schemas[list] = listSchema(resource, version)
  }
  if (kinds.size > 0) schemas[`${META}.ListMeta`] ??= { type: 'object' }
  return schemas
}

function listSchema(resource: Resource, version: Version): Json {
  const item = { $ref: refTo(definitionName(resource.kind), version) }
  return {
    type: 'object',
    required: ['items'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: refTo(`${META}.ListMeta`, version) },
      items: { type: 'array', items: item },
    },
    'x-kubernetes-group-version-kind': [{ ...gvk(resource), kind: `${resource.kind}List` }],
  }
}

function structSchema(struct: string, version: Version, isKind: boolean) {
  const { fields } = structOf(struct)
  const docs = DOCS[struct]
  const structs: string[] = []
  const leaves: string[] = []
  const properties: Json = {}
  const required: string[] = []
  for (const field of fields.values()) {
    const identity = isKind ? explainTypeField(field.name) : undefined
    const doc = identity ?? docs?.fields[field.name]
    if (doc?.required === true) required.push(field.name)
    const schema = typeSchema(field.type, version, structs, leaves)
    const values = doc?.enum === undefined ? {} : { enum: doc.enum }
    const whole = '$ref' in schema && version === 3 ? { allOf: [schema] } : schema
    const text = doc?.description ?? ''
    const about = text === '' ? {} : { description: text }
    properties[field.name] = {
      ...about,
      ...whole,
      ...defaultOf(field),
      ...values,
      ...mergeOf(field),
    }
  }
  const schema: Json = {
    description: docs?.description ?? '',
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties,
  }
  return { schema, structs, leaves }
}

/** Structs that are always written have a default, as Go's generator notes it. */
function defaultOf({ type, pointer, write }: Field): Json {
  return type.kind === 'struct' && !pointer && write !== 'omitempty' ? { default: {} } : {}
}

/** How lists merge in a strategic merge patch. */
function mergeOf({ name, type }: Field): Json {
  if (type.kind !== 'list') return {}
  const key = mergeKeyOf(name)
  if (key === undefined) return { 'x-kubernetes-list-type': 'atomic' }
  const strategy = retainsKeys(name) ? 'merge,retainKeys' : 'merge'
  if (key === '')
    return { 'x-kubernetes-list-type': 'set', 'x-kubernetes-patch-strategy': strategy }
  return {
    'x-kubernetes-list-map-keys': name === 'ports' ? ['containerPort', 'protocol'] : [key],
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-patch-merge-key': key,
    'x-kubernetes-patch-strategy': strategy,
  }
}

function refTo(name: string, version: Version): string {
  return version === 3 ? `#/components/schemas/${name}` : `#/definitions/${name}`
}

function typeSchema(type: GoType, version: Version, structs: string[], leaves: string[]): Json {
  const inner = (part: GoType): Json => {
    const schema = typeSchema(part, version, structs, leaves)
    return '$ref' in schema && version === 3 ? { allOf: [schema], default: {} } : schema
  }
  switch (type.kind) {
    case 'struct':
      structs.push(type.struct)
      return { $ref: refTo(definitionName(type.struct), version) }
    case 'list':
      return { type: 'array', items: inner(type.item) }
    case 'map':
      return { type: 'object', additionalProperties: inner(type.value) }
    case 'bool':
      return { type: 'boolean' }
    case 'int32':
    case 'int64':
      return { type: 'integer', format: type.kind }
    case 'bytes':
      return { type: 'string', format: 'byte' }
    case 'string':
      return { type: 'string' }
    default: {
      const leaf = type.kind === 'raw' ? type.goName.replace(/^.*\./, '') : type.kind
      leaves.push(leaf)
      return { $ref: refTo(NAMED[leaf]!.name, version) }
    }
  }
}
