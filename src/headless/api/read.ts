// GET: one object, or a list by selectors, whole or in parts. A list that is read in parts is
// remembered as it stood, so that its parts belong together (etcd gives the same).
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { notFound } from '../../sim/errors.ts'
import type { World } from '../../sim/world.ts'
import type { Resource } from '../../kubectl/resources.ts'
import { findLive, listLive, selectorOf } from '../../kubectl/server.ts'
import { queryInt, type ApiRequest } from './request.ts'
import { represent, representationOf, representList } from './represent.ts'
import { badRequest, HttpError } from './status.ts'

/** Lists in parts remembered at once; the oldest are forgotten and must be read again. */
const LISTS_MAX = 64

/** The lists that somebody is reading in parts, by token. */
export type OpenLists = Map<string, { resource: Resource; objects: readonly KubeObject[] }>

/** The live object; throws NotFound, always of the object itself. */
export function getExisting(world: World, request: ApiRequest): KubeObject {
  const { resource, namespace, name = '' } = request
  const object = findLive(world, resource, namespace, name)
  if (object === undefined) throw notFound(resource, name)
  return object
}

/** GET of one object. Throws ApiError. */
export function getOne(world: World, request: ApiRequest): object {
  const representation = representationOf(request)
  return represent(request.resource, getExisting(world, request), representation, world.now)
}

/** The objects that the request's namespace and selectors mean, in the order of their keys. */
export function selected(world: World, { resource, namespace, name, query }: ApiRequest) {
  const wanted = selectorOf(
    resource,
    query.get('labelSelector') ?? '',
    query.get('fieldSelector') ?? '',
  )
  const mine = (object: KubeObject): boolean => name === undefined || object.metadata.name === name
  return listLive(world, resource, { namespace }).filter((object) => mine(object) && wanted(object))
}

/** GET of a list. Throws BadRequest, or Expired for a token that is too old. */
export function getList(world: World, lists: OpenLists, request: ApiRequest): object {
  const representation = representationOf(request)
  const { resource, query } = request
  const limit = queryInt(query, 'limit') ?? 0
  const token = query.get('continue') ?? ''
  const { objects, from, version } =
    token === ''
      ? { objects: selected(world, request), from: 0, version: String(world.store.resourceVersion) }
      : continued(lists, resource, token)
  const end = limit > 0 ? Math.min(objects.length, from + limit) : objects.length
  const rest = objects.length - end
  const metadata =
    rest === 0
      ? { resourceVersion: version }
      : {
          resourceVersion: version,
          continue: remember(lists, resource, objects, end, version),
          ...(query.has('labelSelector') || query.has('fieldSelector')
            ? {}
            : { remainingItemCount: rest }),
        }
  return representList(resource, objects.slice(from, end), representation, world.now, metadata)
}

interface Token {
  v: 'meta.k8s.io/v1'
  rv: string
  start: number
  id: string
}

function remember(
  lists: OpenLists,
  resource: Resource,
  objects: readonly KubeObject[],
  start: number,
  rv: string,
): string {
  const known = [...lists].find(([, list]) => list.objects === objects)
  const id = known?.[0] ?? `${rv}-${resource.plural}-${lists.size}-${objects.length}`
  lists.delete(id)
  lists.set(id, { resource, objects })
  for (const oldest of lists.keys()) {
    if (lists.size <= LISTS_MAX) break
    lists.delete(oldest)
  }
  const token: Token = { v: 'meta.k8s.io/v1', rv, start, id }
  return Buffer.from(JSON.stringify(token)).toString('base64url')
}

function continued(lists: OpenLists, resource: Resource, text: string) {
  const token = readToken(text)
  const list = lists.get(token.id)
  if (list === undefined || list.resource !== resource)
    throw new HttpError(
      410,
      'Expired',
      'The provided continue parameter is too old to display a consistent list result. You can ' +
        'start a new list without the continue parameter, or use the continue token in this ' +
        'response to retrieve the remainder of the results. Continuing with the provided token ' +
        'results in an inconsistent list - objects that were created, modified, or deleted ' +
        'between the time the first chunk was returned and now may show up in the list.',
    )
  return { objects: list.objects, from: token.start, version: token.rv }
}

function readToken(text: string): Token {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString()) as Token
    const { start, id } = token
    if (Number.isInteger(start) && start >= 0 && typeof id === 'string') return token
  } catch {
    throw badRequest('continue key is not valid: invalid character')
  }
  throw badRequest('continue key is not valid: incorrect encoded start resourceVersion')
}
