// A World for the rows of the CronJob, TTL and garbage controllers: the given objects put straight
// into the store, so that one controller's sync can be looked at by itself.
import { formatTime, type SimTime } from '../../../src/base/time.ts'
import { SYNC, type Actor } from '../../../src/sim/actor.ts'
import { clusterConfig } from '../../../src/sim/cluster.ts'
import { ApiError } from '../../../src/sim/errors.ts'
import type { Entry } from '../../../src/sim/log.ts'
import { putObject } from '../../../src/sim/store.ts'
import { createWorld, type World } from '../../../src/sim/world.ts'
import { perform, type Json } from '../json.ts'

const API: Readonly<Record<string, string>> = { CronJob: 'batch/v1', Job: 'batch/v1' }

/** What upstream's table leaves out of a time: its milliseconds, sometimes. */
export function timeOf(text: string): SimTime {
  return new Date(text).getTime() as SimTime
}

export function isoOf(at: number | undefined): string | null {
  return at === undefined ? null : formatTime(at as SimTime)
}

/** The object with what the API server would have given it. */
export function complete(given: Json): Json {
  return {
    apiVersion: API[given.kind] ?? 'v1',
    ...given,
    metadata: {
      resourceVersion: '1',
      creationTimestamp: '2016-01-01T00:00:00Z',
      generation: 1,
      ...given.metadata,
    },
  }
}

export function namespaceOf(name: string, phase = 'Active'): Json {
  const metadata = { name, uid: `ns-${name}` }
  const spec = { finalizers: ['kubernetes'] }
  return complete({ apiVersion: 'v1', kind: 'Namespace', metadata, spec, status: { phase } })
}

/** A World at the row's time with its objects and their namespaces. */
export function worldOf(given: Json, extraNamespaces: readonly string[] = []): World {
  const world = createWorld(timeOf(given.now), 1, clusterConfig({}))
  const objects: readonly Json[] = given.objects ?? []
  const names = new Set([
    'default',
    'kube-system',
    'kube-node-lease',
    ...extraNamespaces,
    ...objects.map((object) => object.metadata.namespace ?? 'default'),
  ])
  for (const name of names) {
    const phase = given.terminating?.includes(name) ? 'Terminating' : 'Active'
    putObject(world.store, namespaceOf(name, phase))
  }
  for (const object of objects) putObject(world.store, complete(object))
  return world
}

/** One sync, and the ApiError it ended with. */
export function syncOf(world: World, actor: Actor, key: string, task = SYNC): ApiError | undefined {
  try {
    perform(world, actor, key, task)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return error
  }
  return undefined
}

/** What was logged of a kind since the entry of this id. */
export function entriesOf(world: World, kind: string, verb: string, firstId = 0): readonly Entry[] {
  return world.log.entries.filter(
    (entry) => entry.id >= firstId && entry.kind === kind && entry.verb === verb,
  )
}

/** The events that were recorded; `about` is the object's kind and name. */
export function eventsOf(world: World): readonly Json[] {
  return world.log.entries
    .filter(({ kind, verb }) => kind === 'Event' && (verb === 'create' || verb === 'update'))
    .map((entry) => entry.after as Json)
    .map(({ type, reason, message, involvedObject: { kind, name } }) => {
      return { type, reason, message, about: `${kind}/${name}` }
    })
}

/** In how many milliseconds the actor looks at this key again; null when it does not. */
export function pendingMs(world: World, actor: Actor, key: string): number | null {
  const task = world.queue.pending.get(`${actor.name}\n${SYNC}\n${key}`)
  return task === undefined ? null : task.at - world.now
}
