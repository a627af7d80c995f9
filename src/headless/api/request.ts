// A request to the API server, read from its method, path and query: which resource, which object,
// which subresource, and what for (apiserver pkg/endpoints/request/requestinfo.go).
import type { IncomingHttpHeaders } from 'node:http'
import { resources, type Resource } from '../../kubectl/resources.ts'
import { decodeProtobuf } from './protobuf.ts'
import { badRequest, HttpError, noResource } from './status.ts'

export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly resource: Resource
  /** '' for cluster-scoped resources and all namespaces. */
  readonly namespace: string
  readonly name: string | undefined
  readonly subresource: string | undefined
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const JSON_TYPES = ['application/json', '']
const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf'

/** The request of a path below /api or /apis; throws NotFound for what is none of the server's. */
export function readRequest(
  method: string,
  url: URL,
  headers: IncomingHttpHeaders,
  body: Buffer,
): ApiRequest {
  const parts = pathParts(url)
  const isCore = parts[0] === 'api'
  const [group, version] = isCore ? ['', parts[1]] : [parts[1], parts[2]]
  let rest = parts.slice(isCore ? 2 : 3)
  const watch = rest[0] === 'watch'
  if (watch) {
    rest = rest.slice(1)
    url.searchParams.set('watch', 'true')
  }
  let namespace = ''
  const inNamespace = rest[0] === 'namespaces' && rest.length >= 3 && !isOfNamespace(rest[2]!)
  if (inNamespace) {
    namespace = rest[1]!
    rest = rest.slice(2)
  }
  const [plural, name, subresource, ...more] = rest
  const resource = resources().find(
    (each) => each.group === group && each.version === version && each.plural === plural,
  )
  if (resource === undefined || more.length > 0) throw noResource()
  if (resource.namespaced !== inNamespace && (inNamespace || name !== undefined)) throw noResource()
  const { pathname: path, searchParams: query } = url
  return { method, path, resource, namespace, name, subresource, query, headers, body }
}

/** `/api/v1/namespaces/NAME/status` is about the namespace. */
function isOfNamespace(part: string): boolean {
  return part === 'status' || part === 'finalize'
}

export function pathParts(url: URL): string[] {
  try {
    return url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
  } catch {
    throw badRequest(`invalid path ${url.pathname}`)
  }
}

/** Go's strconv.ParseBool as queries are read: anything else is an error. */
export function queryBool(query: URLSearchParams, name: string): boolean {
  const value = query.get(name)
  if (value === null) return false
  if (/^(1|t|true|)$/i.test(value)) return value !== '' || query.has(name)
  if (/^(0|f|false)$/i.test(value)) return false
  throw badRequest(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`)
}

/** A whole number of the query; undefined when absent. */
export function queryInt(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name)
  if (value === null || value === '') return undefined
  if (!/^[+-]?\d{1,18}$/.test(value))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`)
  return Number(value)
}

export function mediaType(value: string | undefined): string {
  return (value ?? '').split(';')[0]!.trim().toLowerCase()
}

/** The object in a body; {} when there is none. Throws UnsupportedMediaType or BadRequest. */
export function bodyObject({ headers, body }: ApiRequest): Record<string, unknown> {
  if (body.length === 0) return {}
  const type = mediaType(headers['content-type'])
  if (type === PROTOBUF_TYPE) return decodeProtobuf(body)
  if (!JSON_TYPES.includes(type)) throw unsupported([...JSON_TYPES.slice(0, 1), PROTOBUF_TYPE])
  return requireObject(parseJson(body))
}

/** Whether a body has no names of fields, so that none can be unknown. */
export function isProtobuf({ headers }: ApiRequest): boolean {
  return mediaType(headers['content-type']) === PROTOBUF_TYPE
}

/** JSON of a body; throws BadRequest in the server's words. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw badRequest(`the object provided is unrecognized: ${(error as Error).message}`)
  }
}

function requireObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw badRequest("Object 'Kind' is missing")
}

/** 415 in the server's words (negotiation.NewUnsupportedMediaTypeError). */
export function unsupported(accepted: readonly string[]): HttpError {
  const message =
    'the body of the request was in an unknown format - accepted media types include: ' +
    accepted.join(', ')
  return new HttpError(415, 'UnsupportedMediaType', message, {})
}
