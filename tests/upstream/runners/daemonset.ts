// The DaemonSet controller's rows: its syncs step by step, what wakes it, and its pure functions.
import { addMs } from '../../../src/base/time.ts'
import { SYNC } from '../../../src/sim/actor.ts'
import {
  adoptOrphans,
  claimedPods,
  claimedRevisions,
} from '../../../src/sim/actors/daemonset/claims.ts'
import { daemonSetController } from '../../../src/sim/actors/daemonset/daemonset.ts'
import { eligibilityOf } from '../../../src/sim/actors/daemonset/eligibility.ts'
import {
  isUpdated,
  newDaemonPod,
  podsByNode,
  targetNode,
} from '../../../src/sim/actors/daemonset/pods.ts'
import { constructHistory } from '../../../src/sim/actors/daemonset/revisions.ts'
import { rolloutNumbers } from '../../../src/sim/actors/daemonset/rollout-numbers.ts'
import { ADOPT } from '../../../src/sim/actors/daemonset/watches.ts'
import { createObject, updateObject } from '../../../src/sim/api.ts'
import { kindOf } from '../../../src/sim/kinds/index.ts'
import { getObject, keyOf, listObjects, putObject } from '../../../src/sim/store.ts'
import { ctxOf } from '../../../src/sim/world.ts'
import { type Json, perform } from '../json.ts'
import {
  DSC,
  HASH,
  START,
  USER,
  eq,
  isReady,
  meta,
  newWorld,
  nodeOf,
  plainPod,
  podOf,
  ref,
  setOf,
  setReady,
  sorted,
} from './machine-objects.ts'

function runDaemonSet(given: Json, expect: Json, strategy?: string): string[] {
  const out: string[] = []
  const w = newWorld([])
  if (given.now !== undefined) w.now = addMs(START, given.now * 1000)
  for (const n of given.nodes) putObject(w.store, nodeOf(n))
  const sets = new Map<string, Json>()
  for (const d of given.daemonsets) {
    const s = kindOf('DaemonSet').defaults(setOf(d, strategy))
    sets.set(d.name, s)
    putObject(w.store, s)
  }
  const ctx = () => ctxOf(w, DSC, [])
  const key = keyOf(sets.get(given.daemonsets[0].name))
  const live = () => getObject<Json>(w.store, 'DaemonSet', key)!
  const hash = () => constructHistory(ctx(), live()).hash
  for (const p of given.pods ?? []) putObject(w.store, podOf(p, sets, hash))
  let first = true,
    memory: Json = {}
  const mine = () =>
    listObjects<Json>(w.store, 'Pod').filter((x) =>
      x.metadata.ownerReferences?.some((o: Json) => o.uid === live().metadata.uid),
    )
  const byNode = () => mine().sort((a, b) => (targetNode(a)! < targetNode(b)! ? -1 : 1))
  const syncOnce = (acc: Json) => {
    const from = w.log.nextId
    try {
      perform(w, daemonSetController, key, first ? ADOPT : SYNC)
    } catch (e: Json) {
      acc.errors.push(String(e.message))
    }
    first = false
    for (const e of w.log.entries) {
      if (e.id < from || e.actor !== DSC) continue
      if (e.kind === 'Pod' && e.verb === 'create') acc.created.push(e.after)
      if (
        e.kind === 'Pod' &&
        (e.verb === 'mark' ||
          (e.verb === 'delete' &&
            !w.log.entries.some(
              (o: Json) => o.id >= from && o.id < e.id && o.verb === 'mark' && o.uid === e.uid,
            )))
      )
        acc.deleted.push(e.before ?? e.after)
      if (e.kind === 'Event') {
        const event: Json = e.after ?? e.before
        const times = e.verb === 'create' ? 1 : 1
        if (!['SuccessfulCreate', 'SuccessfulDelete'].includes(event.reason))
          for (let i = 0; i < times; i++) acc.events.push(event.reason)
      }
    }
  }
  for (const [i, step] of given.steps.entries()) {
    const want = expect.steps[i]
    const label = `step ${i} ${step.do}`
    if (step.do === 'sync') {
      const acc: Json = { created: [], deleted: [], events: [], errors: [] }
      syncOnce(acc)
      // Upstream's fake tells of what `manage` did before the update runs: here the watch does, then the set is synced again.
      if (
        step.observed &&
        (acc.created.length !== want.creates || acc.deleted.length !== want.deletes)
      )
        syncOnce(acc)
      eq(
        `${label} creates/deletes/events`,
        [want.creates, want.deletes, want.events],
        [acc.created.length, acc.deleted.length, acc.events.length],
        out,
      )
      if (acc.errors.length) out.push(`${label} errors ${acc.errors}`)
      for (const pod of acc.created) {
        const [o] = pod.metadata.ownerReferences ?? []
        eq(
          `${label} controllerRef`,
          ['apps/v1', 'DaemonSet', true],
          [o?.apiVersion, o?.kind, o?.controller],
          out,
        )
      }
      if (want.on)
        eq(`${label} on`, sorted(want.on), sorted(acc.created.map((x: Json) => targetNode(x))), out)
      if (want.deletedOn) {
        const c: Json = {}
        for (const x of acc.deleted) c[targetNode(x)!] = (c[targetNode(x)!] ?? 0) + 1
        eq(
          `${label} deletedOn`,
          Object.entries(want.deletedOn).sort(),
          Object.entries(c).sort(),
          out,
        )
      }
      if (want.deleted)
        eq(
          `${label} deleted`,
          sorted(want.deleted),
          sorted(acc.deleted.map((x: Json) => x.metadata.name)),
          out,
        )
      if (want.eventReasons) eq(`${label} reasons`, want.eventReasons, acc.events, out)
      if (want.status)
        for (const [k, v] of Object.entries(want.status))
          eq(`${label} status.${k}`, v, live().status[k] ?? 0, out)
      if (want.pinnedTo) {
        const terms = acc.created.map(
          (x: Json) =>
            x.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
              ?.nodeSelectorTerms ?? [],
        )
        eq(
          `${label} nodeName`,
          want.pinnedTo.map(() => want.nodeName),
          acc.created.map((x: Json) => x.spec.nodeName ?? ''),
          out,
        )
        eq(
          `${label} terms`,
          want.pinnedTo.map(() => [want.terms, want.fields]),
          terms.map((t: Json) => [t.length, t[0]?.matchFields?.length]),
          out,
        )
        eq(
          `${label} pinned`,
          want.pinnedTo,
          sorted(
            terms.map((t: Json) =>
              t[0].matchFields[0].key === 'metadata.name' &&
              t[0].matchFields[0].operator === 'In' &&
              t[0].matchFields[0].values.length === 1
                ? t[0].matchFields[0].values[0]
                : '?',
            ),
          ),
          out,
        )
      }
    } else if (step.do === 'ready') for (const pod of mine()) setReady(w, pod, true)
    else if (step.do === 'wait') w.now = addMs(w.now, step.ms)
    else if (step.do === 'clock') w.now = addMs(START, step.at * 1000)
    else if (step.do === 'pod') putObject(w.store, podOf(step.pod, sets, hash))
    else if (step.do === 'update') {
      const s = live()
      const spec = { ...s.spec.template.spec }
      if (step.image) spec.containers = [{ ...spec.containers[0], image: step.image }]
      if ('tolerations' in step) {
        if (step.tolerations === null) delete spec.tolerations
        else spec.tolerations = step.tolerations
      }
      updateObject(w, USER, {
        ...s,
        spec: {
          ...s.spec,
          ...(step.minReadySeconds ? { minReadySeconds: step.minReadySeconds } : {}),
          template: { ...s.spec.template, spec },
          ...(step.updateStrategy ? { updateStrategy: step.updateStrategy } : {}),
        },
      })
    } else if (step.do === 'rememberHash') memory.hash = mine()[0].metadata.labels[HASH]
    else if (step.do === 'rememberReady')
      memory.ready = mine()
        .filter(isReady)
        .map((x) => x.metadata.uid)
    else if (step.do === 'arrange') {
      memory.arranged = []
      byNode().forEach((pod, index) => {
        let p = pod
        if (index >= step.readyFirst) {
          setReady(w, p, false)
          p = getObject<Json>(w.store, 'Pod', keyOf(p))
        }
        if (index < step.oldFirst) {
          const labels = { ...p.metadata.labels, [HASH]: memory.hash }
          delete labels['pod-template-generation']
          updateObject(w, USER, { ...p, metadata: { ...p.metadata, labels } })
          if (index >= step.readyFirst) memory.arranged.push(p.metadata.uid)
        }
      })
    } else if (step.do === 'setReady') {
      const current = hash()
      const onNew = new Set(
        mine()
          .filter((x) => x.metadata.labels[HASH] === current)
          .map((x) => targetNode(x)),
      )
      const fits = (x: Json) =>
        step.which === 'any' ||
        (step.which === 'new' && x.metadata.labels[HASH] === current) ||
        (step.which === 'oldAlone' &&
          x.metadata.labels[HASH] !== current &&
          !onNew.has(targetNode(x)))
      let left = step.count
      for (const pod of byNode())
        if (
          left > 0 &&
          pod.metadata.deletionTimestamp === undefined &&
          isReady(pod) !== step.ready &&
          fits(pod)
        ) {
          setReady(w, pod, step.ready)
          left--
        }
      if (left > 0) out.push(`${label}: could not mark ${left}`)
    } else if (step.do === 'count') {
      const ready = mine().filter(isReady)
      if (want.ready !== undefined) eq(`${label} ready`, want.ready, ready.length, out)
      if (want.rememberedReady !== undefined)
        eq(
          `${label} remembered`,
          want.rememberedReady,
          ready.filter((x) => memory.ready.includes(x.metadata.uid)).length,
          out,
        )
      if (want.arrangedGone !== undefined)
        eq(
          `${label} gone`,
          want.arrangedGone,
          memory.arranged.filter((u: string) => !mine().some((x) => x.metadata.uid === u)).length,
          out,
        )
    } else out.push(`unknown step ${step.do}`)
  }
  return out
}

function runEnqueue(given: Json, expect: Json, strategy: string): string[] {
  const out: string[] = []
  const w = newWorld([])
  const sets = new Map<string, Json>()
  for (const d of given.daemonsets) {
    const s = setOf(d, strategy)
    sets.set(d.name, s)
    putObject(w.store, s)
  }
  for (const n of given.nodes ?? []) putObject(w.store, nodeOf(n))
  const { kind, before, after } = given.change
  const make = (x: Json) =>
    x === null ? undefined : kind === 'Node' ? nodeOf(x) : podOf(x, sets, () => 'h')
  let b = make(before),
    a = make(after)
  if (a && b) a = { ...a, metadata: { ...a.metadata, uid: b.metadata.uid, resourceVersion: '2' } }
  // What did not change is the same object, as in a write of the API.
  if (a && b)
    for (const f of ['labels', 'ownerReferences'] as const)
      if (
        JSON.stringify(a.metadata[f]) === JSON.stringify(b.metadata[f]) &&
        b.metadata[f] !== undefined
      )
        a.metadata[f] = b.metadata[f]
  if (a && b && JSON.stringify(a.spec) === JSON.stringify(b.spec)) a.spec = b.spec
  if (kind === 'Node' && b) putObject(w.store, b)
  for (const p of given.pods ?? [])
    putObject(
      w.store,
      podOf(p, sets, () => 'h'),
    )
  if (given.firstSync) {
    const from = w.log.nextId
    perform(w, daemonSetController, given.firstSync.key, ADOPT)
    eq(
      'creates',
      given.firstSync.creates,
      w.log.entries.filter((e: Json) => e.id >= from && e.kind === 'Pod' && e.verb === 'create')
        .length,
      out,
    )
  }
  if (kind === 'Pod' && a) putObject(w.store, a)
  const wakes = daemonSetController.watches[kind]!({ kind, before: b, after: a } as Json, w)
  eq('enqueued', expect.enqueued, sorted([...new Set(wakes.map(({ key }) => key))]), out)
  return out
}

/** By form of row: what differs from the row's `expect`, once for each strategy where it names any. */
export const DAEMONSET_RUNS: Readonly<
  Record<string, (g: Json, e: Json, strategy?: Json) => string[]>
> = {
  daemonset: runDaemonSet,
  enqueue: runEnqueue,
  eligibility: (g, e, s) => {
    const out: string[] = []
    const r = eligibilityOf(setOf(g.daemonset, s), nodeOf(g.node))
    eq(
      'shouldRun/shouldContinue',
      [e.shouldRun, e.shouldContinue],
      [r.shouldRun, r.shouldContinue],
      out,
    )
    return out
  },
  podsByNode: (g, e) => {
    const out: string[] = []
    const w = newWorld([])
    const sets = new Map<string, Json>()
    for (const d of g.daemonsets) {
      const s = setOf(d)
      sets.set(d.name, s)
      putObject(w.store, s)
    }
    for (const p of g.pods)
      putObject(
        w.store,
        podOf(p, sets, () => 'h'),
      )
    const ctx = ctxOf(w, DSC, [])
    adoptOrphans(ctx, sets.get('foo'))
    const pods = claimedPods(ctx, sets.get('foo'))
    let got: Json = podsByNode(pods)
    // Ours keeps the list with ended deleted Pods apart: it is what the history is cleaned by.
    if (g.includeDeletedTerminal) {
      got = new Map()
      for (const p of pods) got.set(targetNode(p), [...(got.get(targetNode(p)) ?? []), p])
    }
    eq(
      'pods',
      Object.entries(e.byNode),
      [...got].map(([n, list]: Json) => [n, sorted(list.map((p: Json) => p.metadata.name))]).sort(),
      out,
    )
    return out
  },
  rolloutNumbers: (g, e) => {
    const out: string[] = []
    const set = setOf(g.daemonset)
    const nodes = g.nodes.map(nodeOf)
    const wanted = nodes.filter((n: Json) => eligibilityOf(set, n).shouldRun)
    const r = rolloutNumbers(set, wanted.length)
    eq(
      'numbers',
      [e.maxSurge, e.maxUnavailable, e.desired, e.emptyNodes],
      [
        r.maxSurge,
        r.maxUnavailable,
        wanted.length,
        wanted.filter((n: Json) => !g.podsOn.includes(n.metadata.name)).length,
      ],
      out,
    )
    return out
  },
  revisions: (g, e) => {
    const out: string[] = []
    const w = newWorld([])
    createObject(w, USER, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default-other' },
    } as Json)
    const s = setOf(g.daemonset)
    putObject(w.store, s)
    for (const r of g.revisions)
      putObject(w.store, {
        apiVersion: 'apps/v1',
        kind: 'ControllerRevision',
        metadata: meta(r.name, r.namespace ?? 'default', {
          labels: r.labels,
          ...(r.owned ? { ownerReferences: [ref(s)] } : {}),
        }),
        data: {},
        revision: 0,
      } as Json)
    const ctx = ctxOf(w, DSC, [])
    adoptOrphans(ctx, s)
    eq('claimed', e.claimed, sorted(claimedRevisions(ctx, s).map((r) => r.metadata.name)), out)
    return out
  },
  isUpdated: (g, e) => {
    const out: string[] = []
    const set = setOf({
      name: 'x',
      annotations: { 'deprecated.daemonset.template.generation': g.generation },
      spec: {},
    })
    const pod = { metadata: g.labels === null ? {} : { labels: g.labels } } as Json
    eq('updated', e.updated, isUpdated(pod, set, g.hash), out)
    return out
  },
  podTemplate: (g, e) => {
    const out: string[] = []
    const set = setOf({
      name: 'x',
      annotations: { 'deprecated.daemonset.template.generation': g.generation },
      spec: {},
    })
    const pod = newDaemonPod(set, 'n', g.hash) as Json
    eq('labels', Object.entries(e.labels).sort(), Object.entries(pod.metadata.labels).sort(), out)
    return out
  },
  pinned: (g, e) => {
    const out: string[] = []
    const set = setOf({ name: 'x', spec: g.affinity ? { affinity: g.affinity } : {} })
    eq('affinity', e.affinity, (newDaemonPod(set, g.node, 'h') as Json).spec.affinity, out)
    return out
  },
  targetNode: (g, e) => {
    const out: string[] = []
    eq('node', e.node, targetNode(plainPod(g.spec)) ?? null, out)
    return out
  },
}
