// Reading from the API server as kubectl does: one object by name, or a list by selectors.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { ApiError, notFound } from '../sim/errors.ts'
import { findKind } from '../sim/kinds/index.ts'
import { namespace as namespaceKind } from '../sim/kinds/namespace.ts'
import { goQuote } from '../sim/lib/go-quote.ts'
import { getObject, listObjects, objectKey } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import { KubectlError } from './errors.ts'
import { matchesFields, parseFieldSelector } from './field-selectors.ts'
import { resourceString, type Resource } from './resources.ts'
import { matchesLabels, parseLabelSelector, SelectorError } from './selectors.ts'

/** The live object; undefined when there is none. */
export function findLive(
  world: World,
  resource: Resource,
  namespace: string,
  name: string,
): KubeObject | undefined {
  if (resource.stored === undefined) return undefined
  const key = objectKey(resource.namespaced ? namespace : '', name)
  return getObject<KubeObject>(world.store, resource.kind, key)
}

/** The live object; throws NotFound, of its namespace when that is what is missing (Info.Get). */
export function getLive(
  world: World,
  resource: Resource,
  namespace: string,
  name: string,
): KubeObject {
  requireSegment(name)
  const object = findLive(world, resource, namespace, name)
  if (object !== undefined) return object
  if (resource.namespaced && getObject(world.store, namespaceKind.kind, namespace) === undefined)
    throw notFound({ plural: 'namespaces', group: '' }, namespace)
  throw notFound(resource, name)
}

/** A name that cannot stand in a URL never reaches the server (rest.Request.Name). */
function requireSegment(name: string): void {
  if (name === '') throw new KubectlError('resource name may not be empty')
  const problems =
    name === '.' || name === '..'
      ? [`may not be '${name}'`]
      : ['/', '%'].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`)
  if (problems.length > 0)
    throw new KubectlError(`invalid resource name ${goQuote(name)}: [${problems.join(' ')}]`)
}

interface ListOptions {
  /** '' for all. */
  namespace: string
  labels?: string | undefined
  fields?: string | undefined
}

/**
 * The live objects in the order of their storage keys (namespace, then name). Throws BadRequest,
 * worded as kubectl words it, for a selector the server cannot read.
 */
export function listLive(world: World, resource: Resource, options: ListOptions): KubeObject[] {
  const { namespace, labels = '', fields = '' } = options
  const wanted = reading(resource, labels, fields, () => selectorOf(resource, labels, fields))
  const { stored, namespaced } = resource
  if (stored === undefined) return []
  const all = listObjects<KubeObject>(world.store, stored.kind, namespaced ? namespace : '')
  return all.filter(wanted).sort(byKey)
}

/** What a pair of selectors wants of a type's objects. Throws SelectorError. */
export function selectorOf(
  resource: Resource,
  labels: string,
  fields: string,
): (object: KubeObject) => boolean {
  const terms = parseFieldSelector(fields, findKind(resource.kind))
  const requirements = parseLabelSelector(labels)
  return (object) =>
    matchesLabels(requirements, object.metadata.labels) && matchesFields(terms, object)
}

function reading<T>(resource: Resource, labels: string, fields: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    const what = `Unable to find ${goQuote(resourceString(resource))} that match`
    const how = `label selector ${goQuote(labels)}, field selector ${goQuote(fields)}`
    throw new ApiError('BadRequest', `${what} ${how}: ${error.message}`)
  }
}

function byKey(a: KubeObject, b: KubeObject): number {
  return (
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compare(a.metadata.name, b.metadata.name)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
