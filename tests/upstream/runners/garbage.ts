// The rows of what removes objects: the TTL controller, the Pod garbage collector and the garbage
// collector of owner references.
import { addMs } from '../../../src/base/time.ts'
import { garbageCollector } from '../../../src/sim/actors/garbage-collector.ts'
import { collectPods, podGc } from '../../../src/sim/actors/pod-gc.ts'
import { ttlAfterFinished } from '../../../src/sim/actors/ttl-after-finished.ts'
import { deleteObject, updateObject } from '../../../src/sim/api.ts'
import { getObject, putObject, removeObject } from '../../../src/sim/store.ts'
import { ctxOf, deliver, deliverTo, runUntil, type World } from '../../../src/sim/world.ts'
import type { Json } from '../json.ts'
import { complete, entriesOf, eventsOf, isoOf, pendingMs, syncOf, worldOf } from './cluster.ts'

const USER = { actor: 'user', causes: [] }
const TERMINATED_MAX = 12_500

/** `Kind namespace/name`, as rows name objects. */
function live(world: World, text: string): Json {
  const [kind, key] = text.split(' ') as [string, string]
  return getObject<Json>(world.store, kind, key)
}

/** The fields of a value that another one has. */
function strip(value: Json, like: Json): Json {
  if (Array.isArray(like))
    return (value ?? []).map((item: Json, i: number) => strip(item, like[i] ?? {}))
  if (typeof like !== 'object' || like === null) return value
  return Object.fromEntries(Object.keys(like).map((key) => [key, strip(value?.[key], like[key])]))
}

/** The Pods that were marked or removed since then, by name. */
function deletedPods(world: World, firstId = 0): readonly string[] {
  const marks = ['mark', 'delete'].flatMap((verb) => entriesOf(world, 'Pod', verb, firstId))
  return [...new Set(marks.map(({ name }) => name))].sort()
}

function collect(world: World, terminatedMax: number): void {
  collectPods(ctxOf(world, podGc.name, []), terminatedMax)
}

/** By form of row: what the simulation does, in the words of the row's `expect`. */
export const GARBAGE_RUNS: Readonly<Record<string, (row: Json) => Json>> = {
  ttl({ given }) {
    const world = worldOf(given)
    // As it comes: the watch first, which may find nothing to do, then the sync.
    const after = getObject<Json>(world.store, 'Job', given.sync)
    const change = { kind: 'Job', before: undefined, after }
    const wakes = ttlAfterFinished.watches['Job']!(change, world)
    syncOf(world, ttlAfterFinished, given.sync)
    const [mark] = entriesOf(world, 'Job', 'mark')
    if (mark !== undefined && !mark.after?.metadata.finalizers?.includes('foregroundDeletion'))
      throw new Error('deleted otherwise than upstream')
    const left = mark === undefined ? pendingMs(world, ttlAfterFinished, given.sync) : 0
    if (wakes.length > 0 !== (left !== null)) throw new Error('watch and sync disagree')
    const expiresAt = left === null ? null : isoOf(addMs(world.now, left))
    return { cleanedUp: left !== null, leftMs: left, expiresAt }
  },
  podgc({ given, expect }) {
    const world = worldOf(given)
    const max = given.threshold ?? TERMINATED_MAX
    podGc.start?.(ctxOf(world, podGc.name, []))
    collect(world, max)
    const firstPass = deletedPods(world)
    if (given.thenAfterMs !== undefined) {
      world.now = addMs(world.now, given.thenAfterMs)
      for (const node of given.thenAddNodes ?? []) putObject(world.store, complete(node))
      for (const name of given.thenRemoveNodes ?? [])
        removeObject(world.store, getObject<Json>(world.store, 'Node', name))
      collect(world, max)
    }
    // A Pod that is marked and has no finalizers goes by the write that fails it.
    const removed = entriesOf(world, 'Pod', 'delete')
    const phases = new Map(
      given.objects.map(({ metadata, status }: Json) => [metadata.name, status.phase]),
    )
    const failed = [...entriesOf(world, 'Pod', 'update'), ...removed].filter(
      ({ name, before, after }) => {
        const { phase } = ((after ?? before) as Json).status
        return phase === 'Failed' && phases.get(name) !== phase
      },
    )
    return {
      firstPass,
      deleted: deletedPods(world),
      patched: [...new Set(failed.map(({ name }) => name))].sort(),
      graceSeconds: removed.length > 0 ? 0 : undefined,
      patchedStatus:
        expect.patchedStatus && strip((failed[0]?.after as Json)?.status, expect.patchedStatus),
    }
  },
  'podgc-rounds'({ given }) {
    const world = worldOf(given)
    podGc.start?.(ctxOf(world, podGc.name, []))
    const rounds = Array.from({ length: given.rounds }, () => {
      const firstId = world.log.nextId
      collect(world, given.threshold)
      return deletedPods(world, firstId)
    })
    return { rounds }
  },
  gc({ given, expect }) {
    const world = worldOf({ now: given.now }, ['ns1', 'ns2'])
    const actors = [garbageCollector]
    // All are there before any is looked at, as in the table; then each is delivered in its order.
    for (const object of given.objects) putObject(world.store, complete(object))
    for (const object of given.objects) {
      const change = { kind: object.kind, before: undefined, after: complete(object) }
      deliverTo(world, garbageCollector, change, [])
    }
    runUntil(world, actors, addMs(world.now, 60_000))
    for (const act of given.then ?? []) {
      if (act.delete !== undefined) {
        const [kind, key] = act.delete.split(' ')
        deleteObject(world, USER, kind, key, { propagationPolicy: act.policy })
      } else {
        const object = live(world, act.dropFinalizers)
        const { finalizers: _gone, ...metadata } = object.metadata
        updateObject(world, USER, { ...object, metadata })
      }
      deliver(world, actors)
      runUntil(world, actors, addMs(world.now, 60_000))
    }
    const ownersOf = (text: string) =>
      (live(world, text)?.metadata.ownerReferences ?? []).map(({ uid }: Json) => uid)
    const each = (table: Json, of: (text: string) => Json) =>
      table && Object.fromEntries(Object.keys(table).map((text) => [text, of(text)]))
    return {
      gone: expect.gone?.filter((text: string) => live(world, text) === undefined),
      kept: expect.kept?.filter((text: string) => live(world, text) !== undefined),
      owners: each(expect.owners, ownersOf),
      finalizers: each(expect.finalizers, (text) => live(world, text)?.metadata.finalizers ?? []),
      events: eventsOf(world),
    }
  },
  'gc-item'({ given, expect }) {
    const world = worldOf(given, ['ns1'])
    syncOf(world, garbageCollector, given.attempt, 'check')
    const blocks = (text: string) =>
      (live(world, text)?.metadata.ownerReferences ?? []).map(
        ({ blockOwnerDeletion }: Json) => blockOwnerDeletion ?? null,
      )
    return {
      blocks: Object.fromEntries(Object.keys(expect.blocks).map((text) => [text, blocks(text)])),
      marked: expect.marked.filter((text: string) =>
        live(world, text)?.metadata.finalizers?.includes('foregroundDeletion'),
      ),
    }
  },
}
