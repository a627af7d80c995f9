// The HTTP server: who may ask (this machine only, no page of another origin), how much a body may
// hold, and which part of the API answers. Every refusal is a Status.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { groupVersion } from '../../kubectl/resources.ts'
import {
  aggregated,
  apiGroup,
  coreVersions,
  groupList,
  resourceList,
  SERVER_VERSION,
  subresourcesOf,
  verbsOf,
} from './discovery.ts'
import { asCommand, type Host } from './host.ts'
import { sendLog } from './logs.ts'
import { openapiIndex, openapiV2, openapiV3 } from './openapi.ts'
import { getList, getOne } from './read.ts'
import { pathParts, queryBool, readRequest, type ApiRequest } from './request.ts'
import { postBelow, review } from './reviews.ts'
import { badRequest, HttpError, noResource, notAllowed, statusOf } from './status.ts'
import { startWatch } from './watch.ts'
import { write } from './write.ts'

/** Answers what is not Kubernetes' own; undefined when the path is none of its. */
export type ExtraRoutes = (
  method: string,
  path: string,
  body: Buffer,
) => Promise<object> | object | undefined

/** As a real server limits the bodies of requests (MaxRequestBodyBytes). */
const BODY_BYTES_MAX = 3 * 1024 * 1024
const LOOPBACK = '127.0.0.1'
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i

/** Starts the server on the loopback address; resolves when it listens. Port 0: any. */
export function serve(host: Host, port: number, extra: ExtraRoutes): Promise<Server> {
  const server = createServer((message, response) => {
    void answer(host, extra, message, response)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, () => resolve(server))
  })
}

async function answer(
  host: Host,
  extra: ExtraRoutes,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    requireLocal(message)
    const body = await bodyOf(message)
    const url = urlOf(message)
    const own = extra(message.method ?? 'GET', url.pathname, body)
    if (own !== undefined) return sendJson(response, 200, await own)
    dispatch(host, message, url, body, response)
  } catch (error) {
    const status = statusOf(error)
    if (status.code === 500) console.error(error)
    if (response.headersSent) response.destroy()
    else sendJson(response, status.code, status)
  }
}

/** Names resolved by somebody else's server, and pages of other origins, are kept out. */
function requireLocal({ headers }: IncomingMessage): void {
  const { host = '', origin } = headers
  const isLocal = LOCAL_HOST.test(host)
  const ownOrigin = origin === undefined || /^https?:\/\/(.*)$/.exec(origin)?.[1] === host
  if (isLocal && ownOrigin) return
  throw new HttpError(403, 'Forbidden', 'only requests of this machine to itself are answered')
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > BODY_BYTES_MAX)
      throw new HttpError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${BODY_BYTES_MAX}`,
      )
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  try {
    return new URL(url, `http://${LOOPBACK}`)
  } catch {
    throw badRequest('invalid URL')
  }
}

function sendJson(response: ServerResponse, code: number, body: object): void {
  if (!response.hasHeader('content-type')) response.setHeader('content-type', 'application/json')
  response.writeHead(code, { 'cache-control': 'no-cache, private' })
  response.end(JSON.stringify(body) + '\n')
}

function dispatch(
  host: Host,
  message: IncomingMessage,
  url: URL,
  body: Buffer,
  response: ServerResponse,
): void {
  const { method = 'GET', headers } = message
  const parts = pathParts(url)
  const [top = '', second, third] = parts
  if (top === 'api' || top === 'apis') {
    const named = top === 'api' ? 2 : 3
    if (parts.length > named) return resourceRequest(host, method, url, message, body, response)
    if (method !== 'GET') throw notAllowed()
    const document =
      parts.length === named
        ? resourceList(top === 'api' ? '' : second!, top === 'api' ? second! : third!)
        : discovery(top === 'api', second, headers.accept ?? '', headers.host ?? '', response)
    return sendJson(response, 200, document)
  }
  const document = plainDocument(parts)
  if (method !== 'GET') throw notAllowed()
  if (document === undefined) {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
    response.end('ok')
  } else sendJson(response, 200, document)
}

function discovery(
  core: boolean,
  group: string | undefined,
  accept: string,
  address: string,
  response: ServerResponse,
): object {
  if (group !== undefined) return apiGroup(group)
  if (!/as=APIGroupDiscoveryList/.test(accept) || !/v=v2[,;\s]|v=v2$/.test(accept))
    return core ? coreVersions(address) : groupList()
  const type = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
  response.setHeader('content-type', type)
  return aggregated(core)
}

/** What stands beside the resources; undefined for a plain `ok`. Throws NotFound. */
function plainDocument(parts: readonly string[]): object | undefined {
  const [top = '', second, ...rest] = parts
  if (parts.length === 0)
    return { paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'] }
  if (top === 'version' && second === undefined) return SERVER_VERSION
  if (['healthz', 'livez', 'readyz'].includes(top)) return undefined
  if (top !== 'openapi') throw noResource()
  if (second === 'v2') return openapiV2()
  if (second !== 'v3') throw noResource()
  return rest.length === 0 ? openapiIndex() : openapiV3(rest.join('/'))
}

function resourceRequest(
  host: Host,
  method: string,
  url: URL,
  message: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const request = readRequest(method, url, message.headers, body)
  const reviewed = review(request.resource, request)
  if (reviewed !== undefined) return sendJson(response, 201, reviewed)
  requireVerb(request)
  if (method === 'GET') return read(host, request, response)
  const line = commandText(request)
  const { world } = host.lab
  if (method === 'POST' && request.subresource !== undefined) {
    const status = asCommand(host, line, (by) => postBelow(world, by, request))
    return sendJson(response, status.code ?? 200, status)
  }
  const answered = asCommand(host, line, (by) => write(world, by, request))
  if (answered.warnings.length > 0)
    response.setHeader('Warning', answered.warnings.map(warningHeader))
  sendJson(response, answered.code, answered.body)
}

const VERB_OF: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

function requireVerb({ method, resource, subresource, name }: ApiRequest): void {
  const verb = VERB_OF[method]
  if (verb === undefined) throw notAllowed()
  if (subresource === undefined) {
    const verbs = verbsOf(resource)
    const asked = verb === 'delete' && name === undefined ? 'deletecollection' : verb
    if (!verbs.includes(asked)) throw notAllowed()
    return
  }
  const below = subresourcesOf(resource).find((sub) => sub.name === subresource)
  if (below === undefined) throw noResource()
  if (!below.verbs.includes(verb)) throw notAllowed()
}

function read(host: Host, request: ApiRequest, response: ServerResponse): void {
  const { world } = host.lab
  if (request.subresource === 'log') return sendLog(world, host.followers, request, response)
  if (queryBool(request.query, 'watch')) return startWatch(world, host.watchers, request, response)
  if (request.name !== undefined) return sendJson(response, 200, getOne(world, request))
  sendJson(response, 200, getList(world, host.lists, request))
}

/** What the log says of a write: kubectl names its command itself. */
function commandText({ method, path, headers, resource, name }: ApiRequest): string {
  const command = headers['kubectl-command']
  if (typeof command === 'string') return `${command} (${method} ${resource.plural}/${name ?? ''})`
  return `${method} ${path} (${groupVersion(resource)})`
}

/** RFC 7234: `299 - "TEXT"`. */
function warningHeader(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, (char) => encodeURIComponent(char))
  return `299 - "${plain.replace(/[\\"]/g, '\\$&')}"`
}
