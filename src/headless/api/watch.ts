// Watches: every change of a resource to everybody who watches it, from the version they name. The
// log of the World is the history; what it no longer keeps is too old.
import type { ServerResponse } from 'node:http'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Entry } from '../../sim/log.ts'
import type { World } from '../../sim/world.ts'
import type { SimTime } from '../../base/time.ts'
import { groupVersion, type Resource } from '../../kubectl/resources.ts'
import { selectorOf } from '../../kubectl/server.ts'
import { selected } from './read.ts'
import { queryBool, queryInt, type ApiRequest } from './request.ts'
import { represent, representationOf, type Representation } from './represent.ts'
import { HttpError, statusOf } from './status.ts'

interface Watcher {
  readonly resource: Resource
  readonly wants: (object: KubeObject) => boolean
  readonly representation: Representation
  readonly response: ServerResponse
  readonly bookmarks: boolean
  /** Whether the columns of a table were sent. */
  headed: boolean
  bookmarkAt: SimTime
}

export type Watchers = Set<Watcher>

/** A client that reads this much too slowly is cut off; it lists and watches again. */
const UNREAD_BYTES_MAX = 32 * 1024 * 1024
/** How often an idle watcher is sent the version (cacher.go defaultBookmarkFrequency). */
const BOOKMARK_MS = 60_000
const INITIAL_EVENTS_END = 'k8s.io/initial-events-end'

/** GET with watch=true: answers with events until the client or its time limit ends it. */
export function startWatch(
  world: World,
  watchers: Watchers,
  request: ApiRequest,
  response: ServerResponse,
): void {
  const { resource, query } = request
  const watcher: Watcher = {
    resource,
    wants: wanted(request),
    representation: representationOf(request),
    response,
    bookmarks: queryBool(query, 'allowWatchBookmarks'),
    headed: false,
    bookmarkAt: world.now,
  }
  const initial = queryBool(query, 'sendInitialEvents')
  const from = queryInt(query, 'resourceVersion') ?? 0
  const seconds = queryInt(query, 'timeoutSeconds')
  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  if (initial || from === 0) {
    for (const object of selected(world, request)) send(watcher, 'ADDED', object, world.now)
    if (initial && watcher.bookmarks) bookmark(world, watcher, { [INITIAL_EVENTS_END]: 'true' })
  } else if (!sendHistory(world, watcher, from)) return
  watchers.add(watcher)
  const timer =
    seconds === undefined || seconds <= 0
      ? undefined
      : setTimeout(() => response.end(), seconds * 1000)
  response.on('close', () => {
    clearTimeout(timer)
    watchers.delete(watcher)
  })
}

function wanted({ resource, namespace, name, query }: ApiRequest): (object: KubeObject) => boolean {
  const labels = query.get('labelSelector') ?? ''
  const matches = selectorOf(resource, labels, query.get('fieldSelector') ?? '')
  return (object) =>
    (namespace === '' || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    matches(object)
}

/** What happened after version `from`; false when the log no longer reaches back so far. */
function sendHistory(world: World, watcher: Watcher, from: number): boolean {
  const { log } = world
  const versioned = log.entries.filter((entry) => entryVersion(entry) > 0)
  const oldest = versioned[0]
  if (log.firstId > 1 && oldest !== undefined && from < entryVersion(oldest) - 1) {
    const message = `too old resource version: ${from} (${entryVersion(oldest) - 1})`
    const status = statusOf(new HttpError(410, 'Expired', message))
    watcher.response.end(JSON.stringify({ type: 'ERROR', object: status }) + '\n')
    return false
  }
  for (const entry of versioned) if (entryVersion(entry) > from) tell(watcher, entry)
  return true
}

/** The version that an entry's write was given; 0 for one that wrote nothing. */
function entryVersion({ before, after }: Entry): number {
  return Number((after ?? before)?.metadata.resourceVersion ?? 0)
}

/** Tells everybody of a new entry. Called for each entry once, in order. */
export function tellWatchers(world: World, watchers: Watchers, entry: Entry): void {
  for (const watcher of watchers) {
    if (watcher.resource.stored?.kind === entry.kind) tell(watcher, entry)
    if (watcher.bookmarks && world.now - watcher.bookmarkAt >= BOOKMARK_MS) bookmark(world, watcher)
  }
}

/** Under a selector an object comes and goes as its labels do. */
function tell(watcher: Watcher, entry: Entry): void {
  const { before, after, verb, kind, at } = entry
  if (kind !== watcher.resource.kind || (before === undefined && after === undefined)) return
  const was = verb !== 'create' && before !== undefined && watcher.wants(before)
  const is = after !== undefined && watcher.wants(after)
  if (is) send(watcher, was ? 'MODIFIED' : 'ADDED', after, at)
  else if (was) send(watcher, 'DELETED', gone(before, after), at)
}

/** What left the selection is shown as it was, with the version of its leaving. */
function gone(before: KubeObject, after: KubeObject | undefined): KubeObject {
  const resourceVersion = after?.metadata.resourceVersion
  if (resourceVersion === undefined) return before
  return { ...before, metadata: { ...before.metadata, resourceVersion } }
}

function send(watcher: Watcher, type: string, object: KubeObject, now: SimTime): void {
  const { resource, representation, response } = watcher
  const shown = represent(resource, object, representation, now, !watcher.headed)
  watcher.headed = true
  response.write(JSON.stringify({ type, object: shown }) + '\n')
  if (response.writableLength > UNREAD_BYTES_MAX) response.destroy()
}

function bookmark(
  world: World,
  watcher: Watcher,
  annotations: Readonly<Record<string, string>> | undefined = undefined,
): void {
  const { kind } = watcher.resource
  watcher.bookmarkAt = world.now
  const metadata = {
    resourceVersion: String(world.store.resourceVersion),
    creationTimestamp: null,
    ...(annotations === undefined ? {} : { annotations }),
  }
  const object =
    watcher.representation.form === 'Table'
      ? { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: null, rows: [] }
      : { kind, apiVersion: groupVersion(watcher.resource), metadata }
  watcher.response.write(JSON.stringify({ type: 'BOOKMARK', object }) + '\n')
}
