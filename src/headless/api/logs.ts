// GET of pods/log: the lines of a container as they are, or as they come.
import type { ServerResponse } from 'node:http'
import { addMs, parseTime, type SimTime } from '../../base/time.ts'
import type { Pod } from '../../sim/api-types/pod.ts'
import type { World } from '../../sim/world.ts'
import { followLog, logText, type LogOptions, type LogStream } from '../../kubectl/log-text.ts'
import { getExisting } from './read.ts'
import { queryBool, queryInt, type ApiRequest } from './request.ts'
import { badRequest } from './status.ts'

interface Follower {
  readonly stream: LogStream
  readonly response: ServerResponse
}

export type Followers = Set<Follower>

const UNREAD_BYTES_MAX = 32 * 1024 * 1024

/** Answers with the log, and continues with follow=true. Throws before anything is answered. */
export function sendLog(
  world: World,
  followers: Followers,
  request: ApiRequest,
  response: ServerResponse,
): void {
  const pod = getExisting(world, request) as Pod
  const container = containerOf(pod, request.query.get('container') ?? '')
  const options = logOptions(world, request)
  const text = logText(world, { pod, container }, options)
  const type = { 'content-type': 'text/plain' }
  if (!queryBool(request.query, 'follow')) {
    response.writeHead(200, type)
    response.end(text)
    return
  }
  const follower = { stream: followLog(world, { pod, container }, options), response }
  response.writeHead(200, type)
  response.flushHeaders()
  followers.add(follower)
  response.on('close', () => followers.delete(follower))
  feed(followers, follower)
}

/** Sends everybody what came since. */
export function feedFollowers(followers: Followers): void {
  for (const follower of followers) feed(followers, follower)
}

function feed(followers: Followers, follower: Follower): void {
  const { stream, response } = follower
  const { text } = stream.next()
  if (text !== '') response.write(text)
  if (response.writableLength > UNREAD_BYTES_MAX) response.destroy()
  if (!stream.ended()) return
  followers.delete(follower)
  response.end()
}

/** The container that is meant (registry/core/pod/strategy.go LogLocation). */
function containerOf({ metadata, spec }: Pod, asked: string): string {
  const names = (list: readonly { name: string }[] | undefined): string[] =>
    (list ?? []).map(({ name }) => name)
  const containers = names(spec.containers)
  const initial = names(spec.initContainers)
  if (asked !== '') {
    if ([...containers, ...initial].includes(asked)) return asked
    throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`)
  }
  if (containers.length === 1 && initial.length === 0) return containers[0]!
  if (containers.length === 1) return containers[0]!
  const others =
    initial.length === 0 ? '' : ` or one of the init containers: [${initial.join(' ')}]`
  throw badRequest(
    `a container name must be specified for pod ${metadata.name}, choose one of: ` +
      `[${containers.join(' ')}]${others}`,
  )
}

function logOptions({ now }: World, { query }: ApiRequest): LogOptions {
  const seconds = queryInt(query, 'sinceSeconds')
  const time = query.get('sinceTime')
  let sinceAt: SimTime | undefined
  if (seconds !== undefined) sinceAt = addMs(now, -seconds * 1000)
  else if (time !== null) sinceAt = parseTime(time)
  return {
    previous: queryBool(query, 'previous'),
    sinceAt,
    tail: queryInt(query, 'tailLines') ?? -1,
    limitBytes: queryInt(query, 'limitBytes') ?? 0,
    timestamps: queryBool(query, 'timestamps'),
    prefix: false,
  }
}
