// The rows of node lifecycle and taint eviction: what happens to nodes and their Pods over time.
import { addMs } from '../../../src/base/time.ts'
import { scheduleTaints } from '../../../src/sim/actors/node-lifecycle/condition-taints.ts'
import { disruptionOf } from '../../../src/sim/actors/node-lifecycle/disruption.ts'
import { nodeLifecycle } from '../../../src/sim/actors/node-lifecycle/node-lifecycle.ts'
import { taintEviction } from '../../../src/sim/actors/taint-eviction.ts'
import { deleteObject } from '../../../src/sim/api.ts'
import { ACTORS } from '../../../src/sim/actors/index.ts'
import { startMachine, stopMachine } from '../../../src/sim/actors/kubelet/power.ts'
import { getObject, keyOf, putObject } from '../../../src/sim/store.ts'
import { deliver, deliverTo, runUntil } from '../../../src/sim/world.ts'
import { type Json } from '../json.ts'
import { START, USER, at, clockOf, eq, newWorld, nodeOf, podOf, sorted } from './machine-objects.ts'

function runEviction(given: Json, expect: Json): string[] {
  const out: string[] = []
  const actors = [taintEviction]
  const w = newWorld(actors)
  const patched: string[] = [],
    gone: Json = {},
    events: Json[] = []
  const put = (object: Json) => {
    const key = keyOf(object)
    const old = getObject<Json>(w.store, object.kind, key)
    if (old) object.metadata = { ...old.metadata }
    putObject(w.store, object)
    deliverTo(w, taintEviction, { kind: object.kind, before: old, after: object }, [])
  }
  let seen = w.log.nextId
  const look = () => {
    for (const e of w.log.entries) {
      if (e.id < seen) continue
      if (e.actor === 'taint-eviction-controller') {
        if (
          e.kind === 'Pod' &&
          e.verb === 'update' &&
          (e.after as Json).status.conditions?.some((c: Json) => c.type === 'DisruptionTarget') &&
          !patched.includes(e.name)
        )
          patched.push(e.name)
        if (e.kind === 'Pod' && (e.verb === 'mark' || e.verb === 'delete'))
          gone[e.name] ??= (e.at - START) / 1000
        if (e.kind === 'Event' && e.verb === 'create') events.push(e.after)
      }
    }
    seen = w.log.nextId
  }
  for (const step of [...given.events, { at: given.until }]) {
    runUntil(w, actors, addMs(START, step.at * 1000))
    look()
    if (step.node) put(nodeOf(step.node))
    if (step.pod && gone[step.pod.name] === undefined)
      put(
        podOf(
          { labels: {}, ...step.pod, phase: 'Running', ready: true },
          new Map(),
          () => undefined,
        ),
      )
    if (step.removePod) {
      deleteObject(w, USER, 'Pod', `default/${step.removePod}`, { gracePeriodSeconds: 0 })
      deliver(w, actors)
    }
    if (step.planned !== undefined) {
      const planned = [
        ...(w.memory.slots.get('taint-eviction-controller')?.value ?? new Map()).keys(),
      ]
      eq(`planned at ${step.at}`, step.planned, planned.length > 0, out)
    }
  }
  if (expect.patched) eq('patched', expect.patched, sorted(patched), out)
  if (expect.deleted) eq('deleted', expect.deleted, sorted(Object.keys(gone)), out)
  if (expect.deletedAt) {
    eq('deleted', sorted(Object.keys(expect.deletedAt)), sorted(Object.keys(gone)), out)
    for (const [n, t] of Object.entries<Json>(expect.deletedAt))
      if (gone[n] !== undefined && Math.abs(gone[n] - t) > 0.05)
        out.push(`${n} deleted at ${gone[n]} want ${t}`)
  }
  if (expect.event) {
    const match = events.map((e) => ({
      involvedObject: {
        kind: e.involvedObject.kind,
        apiVersion: e.involvedObject.apiVersion,
        namespace: e.involvedObject.namespace,
        name: e.involvedObject.name,
      },
      reason: e.reason,
      type: e.type,
      count: e.count,
      message: e.message,
    }))
    eq('events', [expect.event], match, out)
  }
  return out
}

function runLifecycle(given: Json, expect: Json): string[] {
  const out: string[] = []
  const actors: Json[] = given.machines ? [...ACTORS] : [nodeLifecycle]
  const w = newWorld(
    actors,
    (given.machines ?? []).map((name: string) => ({ name })),
  )
  const put = (object: Json) => {
    const old = getObject<Json>(w.store, object.kind, keyOf(object))
    putObject(w.store, object)
    for (const actor of actors)
      if (actor === nodeLifecycle)
        deliverTo(w, actor, { kind: object.kind, before: old, after: object }, [])
  }
  for (const n of given.nodes ?? []) put(nodeOf({ taints: undefined, ...n }))
  const putPod = (p: Json) =>
    put(podOf({ labels: {}, phase: 'Running', ...p }, new Map(), () => undefined))
  for (const p of given.pods ?? []) putPod(p)
  const from = w.log.nextId
  for (const a of [...(given.actions ?? []), { at: given.until }]) {
    runUntil(w, actors, addMs(START, a.at * 1000))
    if (a.stop) stopMachine(w, a.stop)
    if (a.start) startMachine(w, a.start)
    if (a.node) put(nodeOf(a.node))
    if (a.pod) putPod(a.pod)
    for (const [name, conditions] of Object.entries<Json>(a.conditions ?? {})) {
      const old = getObject<Json>(w.store, 'Node', name)
      put({
        ...old,
        status: {
          ...old.status,
          conditions: conditions.map((c: Json) => ({
            lastHeartbeatTime: clockOf(w),
            lastTransitionTime: clockOf(w),
            ...c,
          })),
        },
      })
    }
  }
  const own = w.log.entries.filter(
    (e: Json) => e.id >= from && e.actor === 'node-lifecycle-controller',
  )
  const pick = (t: Json) => ({ key: t.key, effect: t.effect })
  const taints = (name: string) =>
    (getObject<Json>(w.store, 'Node', name).spec.taints ?? []).map(pick)
  for (const [name, want] of Object.entries<Json>(expect.noExecute ?? {}))
    eq(
      `NoExecute of ${name}`,
      want,
      taints(name).filter((t: Json) => t.effect === 'NoExecute'),
      out,
    )
  for (const [name, want] of Object.entries<Json>(expect.allTaints ?? {}))
    eq(`taints of ${name}`, want, taints(name), out)
  for (const [name, want] of Object.entries<Json>(expect.conditions ?? {}))
    eq(
      `conditions of ${name}`,
      want,
      (getObject<Json>(w.store, 'Node', name).status.conditions ?? []).map(
        ({ type, status, reason, message }: Json) => ({ type, status, reason, message }),
      ),
      out,
    )
  for (const [name, want] of Object.entries<Json>(expect.labels ?? {}))
    eq(
      `labels of ${name}`,
      want === null ? null : Object.entries(want).sort(),
      want === null
        ? (getObject<Json>(w.store, 'Node', name).metadata.labels ?? null)
        : Object.entries(getObject<Json>(w.store, 'Node', name).metadata.labels ?? {}).sort(),
      out,
    )
  if (expect.nodeWrites !== undefined)
    eq('node writes', expect.nodeWrites, own.filter((e: Json) => e.kind === 'Node').length, out)
  const pods = own.filter((e: Json) => e.kind === 'Pod' && e.verb === 'update')
  if (expect.podsUpdated)
    eq(
      'pods updated',
      expect.podsUpdated,
      sorted([...new Set(pods.map((e: Json) => e.name))] as Json),
      out,
    )
  if (expect.podUpdateCount !== undefined)
    eq('pod updates', expect.podUpdateCount, pods.length, out)
  if (expect.events)
    eq(
      'events',
      expect.events,
      own
        .filter((e: Json) => e.kind === 'Event' && e.verb === 'create')
        .map((e: Json) => ({ reason: e.after.reason, uid: e.after.involvedObject.uid })),
      out,
    )
  return out
}

function zoneOf(n: Json) {
  return n.labels?.['topology.kubernetes.io/zone'] ?? ''
}
function zoneStates(nodes: Json[]): Json {
  // Ours knows one zone only: every zone is told its answer.
  const state = disruptionOf(nodes.map(nodeOf))
  return Object.fromEntries([...new Set(nodes.map(zoneOf))].map((z) => [z, state]))
}

/** By form of row: what differs from the row's `expect`, once for each strategy where it names any. */
export const NODE_RUNS: Readonly<Record<string, (g: Json, e: Json, strategy?: Json) => string[]>> =
  {
    eviction: runEviction,
    lifecycle: runLifecycle,
    scheduleTaints: (g, e) => {
      const out: string[] = []
      eq(
        'taints',
        e.taints,
        scheduleTaints(nodeOf(g.node), at(0)).map(({ key, effect }) => ({ key, effect })),
        out,
      )
      return out
    },
    zones: (g, e) => {
      const out: string[] = []
      eq('initial', e.initial, zoneStates(g.initial), out)
      if (e.following) eq('following', e.following, zoneStates(g.following), out)
      return out
    },
  }
