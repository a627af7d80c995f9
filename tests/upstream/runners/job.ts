// The Job controller's rows: a Job and its Pods as given, one sync or what wakes it, what came of it.
import { addMs, parseTime } from '../../../src/base/time.ts'
import { SYNC, WATCH_DELAY_MS } from '../../../src/sim/actor.ts'
import { claimPods } from '../../../src/sim/actors/job/claim.ts'
import { jobController } from '../../../src/sim/actors/job/controller.ts'
import { finishJob } from '../../../src/sim/actors/job/finish.ts'
import { delayedPods } from '../../../src/sim/actors/job/indexes.ts'
import { parseIntervals } from '../../../src/sim/actors/job/intervals.ts'
import { INDEX_KEY, isTracked } from '../../../src/sim/actors/job/pods.ts'
import { viewJob } from '../../../src/sim/actors/job/view.ts'
import { wakesOfJob, wakesOfPod } from '../../../src/sim/actors/job/watches.ts'
import { createObject, updateStatus } from '../../../src/sim/api.ts'
import { enqueue } from '../../../src/sim/queue.ts'
import { putSlot } from '../../../src/sim/shelf.ts'
import { getObject, keyOf, listObjects, removeObject } from '../../../src/sim/store.ts'
import { ctxOf, deliver, runUntil } from '../../../src/sim/world.ts'
import { type Json, perform } from '../json.ts'
import {
  ACTORS,
  NOW,
  UID,
  ZERO,
  bare,
  boot,
  jobOf,
  plain,
  podOf,
  put,
  refTo,
} from './job-objects.ts'

/** By form of row: what the simulation does, in the words of the row's `expect`. */
export const JOB_RUNS: Readonly<Record<string, (given: Json, expect: Json) => Json>> = {
  sync(given, expect) {
    const world = boot(given.now)
    const job = jobOf(given.job)
    if (!given.job.absent) put(world, job)
    const pods = given.pods.map((p: Json) => podOf(p, refTo()))
    for (const pod of pods) put(world, pod)
    const key = 'default/foobar'
    if (given.backoff)
      putSlot(world.memory, 'job-controller', {
        epoch: 0,
        value: {
          backoff: new Map([
            [
              key,
              {
                failures: given.backoff.failures,
                lastFailureAt: parseTime(given.backoff.lastFailureAt),
              },
            ],
          ]),
        },
      })
    const first = world.log.nextId
    perform(world, jobController, key)
    const entries = world.log.entries.filter((e: Json) => e.id >= first)
    const created = entries
      .filter((e: Json) => e.verb === 'create' && e.kind === 'Pod')
      .map((e: Json) => e.after)
    const deletes = new Set(
      entries.filter((e: Json) => e.verb === 'mark' && e.kind === 'Pod').map((e: Json) => e.name),
    ).size
    const releases = pods
      .filter((p: Json) => isTracked(p))
      .filter((p: Json) => {
        const now = getObject<Json>(world.store, 'Pod', keyOf(p))
        return now === undefined || !isTracked(now)
      }).length
    const live = getObject<Json>(world.store, 'Job', key)
    const status = live?.status ?? {}
    const got: Json = {}
    for (const field of Object.keys(expect)) {
      if (field === 'creates') got.creates = created.length
      if (field === 'deletes') got.deletes = deletes
      if (field === 'releases') got.releases = releases
      if (field === 'createdIndexes')
        got.createdIndexes = created
          .map((p: Json) => Number(p.metadata.annotations?.[INDEX_KEY] ?? -1))
          .sort((a: number, b: number) => a - b)
      if (field === 'status')
        got.status = Object.fromEntries(
          Object.entries(plain(status)).filter(([k]) => k in expect.status),
        )
      if (field === 'started') got.started = status.startTime !== undefined
      if (field === 'wakes') got.wakes = world.queue.pending.size
      if (field === 'entries') got.entries = entries.length
      if (field === 'statusWrites')
        got.statusWrites = entries.filter((e: Json) => e.kind === 'Job').length
      if (field === 'exactStatus') got.exactStatus = status
      if (field === 'oneCondition') {
        const of = bare(status.conditions).filter((c) => c.type === expect.oneCondition.type)
        got.oneCondition = of.length === 1 ? { type: of[0]!.type, status: of[0]!.status } : of
      }
    }
    // every created Pod: owner reference, and what carries the index (checkIndexedJobPods)
    for (const pod of created) {
      const [owner] = pod.metadata.ownerReferences ?? []
      const wrong: string[] = []
      if (JSON.stringify(owner) !== JSON.stringify(refTo())) wrong.push('ownerReference')
      if (job.spec.completionMode === 'Indexed') {
        const index = pod.metadata.annotations?.[INDEX_KEY]
        const env = pod.spec.containers[0].env ?? []
        if (pod.spec.hostname !== `foobar-${index}`) wrong.push('hostname')
        if (!pod.metadata.name.startsWith(`foobar-${index}-`)) wrong.push('generateName')
        if (pod.metadata.labels?.[INDEX_KEY] !== index) wrong.push('label')
        if (
          env.length !== 1 ||
          env[0].name !== 'JOB_COMPLETION_INDEX' ||
          env[0].valueFrom?.fieldRef?.fieldPath !== `metadata.labels['${INDEX_KEY}']`
        )
          wrong.push('env')
      } else if (pod.spec.hostname !== undefined) wrong.push('hostname')
      if (wrong.length) got.wrongPod = wrong
    }
    return got
  },
  counts(given) {
    const job = jobOf(given.job)
    const view = viewJob(
      job,
      given.pods.map((p: Json) => podOf(p, refTo())),
      { failures: 0, lastFailureAt: undefined },
      parseTime(NOW),
    )
    return { succeeded: view.succeeded, failed: view.failed }
  },
  track(given, expect) {
    const world = boot(given.now)
    const job = jobOf({
      ...given.job,
      status: { uncountedTerminatedPods: {}, ...given.job.status },
    })
    put(world, job)
    const pods = given.pods.map((p: Json, i: number) => podOf({ ...p, name: `p${i}` }, refTo()))
    for (const pod of pods) put(world, pod)
    const ctx = ctxOf(world, 'job-controller', [])
    let view = viewJob(job, pods, { failures: 0, lastFailureAt: undefined }, world.now)
    // upstream's test hands over only the indexes of the status
    if (job.spec.completionMode === 'Indexed') {
      const succeeded = parseIntervals(job.status.completedIndexes, job.spec.completions)
      const limited = job.spec.backoffLimitPerIndex !== undefined
      view = {
        ...view,
        previousIndexes: succeeded,
        succeededIndexes: succeeded,
        delayed: limited
          ? delayedPods(job, pods, view.active, succeeded, view.failedIndexes!)
          : view.delayed,
      }
    }
    const outcome = given.outcome ? { announced: false, ...given.outcome } : undefined
    const first = world.log.nextId
    finishJob(ctx, view, { ...job.status, ...given.found }, outcome, view.terminating, () => {})
    const entries = world.log.entries.filter((e: Json) => e.id >= first)
    const writes = entries
      .filter((e: Json) => e.kind === 'Job' && e.verb === 'update')
      .map((e: Json) => {
        const { ready: _ready, terminating: _terminating, ...rest } = plain(e.after.status)
        return rest
      })
    const releases = pods
      .filter((p: Json) => isTracked(p))
      .filter((p: Json) => {
        const now = getObject<Json>(world.store, 'Pod', keyOf(p))
        return now === undefined || !isTracked(now)
      }).length
    return 'lastWrite' in expect ? { lastWrite: writes.at(-1), releases } : { writes, releases }
  },
  deadline(given, expect) {
    const world = boot(given.now)
    const job = jobOf(given.job)
    put(world, job)
    enqueue(world.queue, 'job-controller', SYNC, 'default/foobar', world.now, [])
    runUntil(world, ACTORS, addMs(world.now, given.seconds * 1000))
    const write = world.log.entries.find(
      (e: Json) =>
        e.kind === 'Job' &&
        bare(e.after?.status?.conditions).some((c) => c.type === 'Failed' && c.status === 'True'),
    )
    if (!write) return { failedReason: null, notBeforeMs: expect.notBeforeMs }
    const after = write as Json
    const reason = bare(after.after.status.conditions).find((c) => c.type === 'Failed')!.reason
    const since = after.at - parseTime(after.after.status.startTime)
    return {
      failedReason: reason,
      notBeforeMs: since >= expect.notBeforeMs ? expect.notBeforeMs : since,
    }
  },
  wakeJob(given) {
    const world = boot()
    const before = jobOf({
      spec: { parallelism: 1, completions: 1, backoffLimit: 1, completionMode: 'Indexed' },
    })
    const after = {
      ...before,
      metadata: { ...before.metadata, generation: given.newGeneration ? 2 : 1 },
      spec: { ...before.spec, ...given.spec },
      status: { ...before.status, ...given.status },
    }
    put(world, after)
    const wakes = wakesOfJob({ kind: 'Job', before, after }, world)
    const wake = wakes.find((w: Json) => w.key === 'default/foobar')
    return { immediately: wake !== undefined && (wake.afterMs ?? WATCH_DELAY_MS) <= WATCH_DELAY_MS }
  },
  wakePod(given, expect) {
    const world = boot()
    const uids: Json = {}
    for (const j of given.jobs) {
      const uid = `uid-${j.name}`
      uids[j.name] = uid
      const job = jobOf({
        name: j.name,
        uid,
        namespace: j.namespace,
        spec: { parallelism: 1, completions: 1, backoffLimit: 6 },
        noSelector: j.selector === null,
      })
      if (j.selector) job.spec.selector = { matchLabels: j.selector }
      if (j.expressions) job.spec.selector = { matchExpressions: j.expressions }
      put(world, job)
    }
    const make = (p: Json) =>
      p === null
        ? undefined
        : podOf(
            { uid: 'pod-uid', phase: undefined, ...p },
            p.owner ? refTo(p.owner, uids[p.owner]) : undefined,
            0,
          )
    const before = make(given.before),
      after = make(given.after)
    if (after) put(world, after)
    const wakes = wakesOfPod({ kind: 'Pod', before, after }, world)
    const got: Json = {
      jobs: wakes.map((w: Json) => w.key.replace(/^adopt:/, '').replace(/^.*\//, '')).sort(),
    }
    if (wakes.some((w: Json) => w.task === 'orphan')) got.orphan = true
    if ('afterMs' in expect)
      got.afterMs =
        wakes.length === 0
          ? expect.afterMs
          : Math.max(...wakes.map((w: Json) => (w.afterMs ?? WATCH_DELAY_MS) - WATCH_DELAY_MS))
    return got
  },
  claim(given) {
    const world = boot()
    const spec = { parallelism: 1, completions: 1, backoffLimit: 6 }
    const job = jobOf({ name: 'test_job', uid: 'uid-test_job', spec, deleting: given.deleting })
    put(world, job)
    put(world, jobOf({ name: 'other_job', uid: 'uid-other_job', spec }))
    for (const p of given.pods)
      put(world, podOf(p, p.owner ? refTo(p.owner, 'uid-' + p.owner) : undefined))
    const pods = claimPods(ctxOf(world, 'job-controller', []), job, true)
    const names = (list: Json[]) => list.map((p) => p.metadata.name).sort()
    return { pods: names(pods), tracked: names(pods.filter(isTracked)) }
  },
  claimPods(given) {
    const world = boot()
    const spec = { parallelism: 1, completions: 1, backoffLimit: 6 }
    const job = jobOf({ spec, deleting: given.deleting })
    put(world, job)
    put(world, jobOf({ name: 'other', uid: 'uid-other', spec }))
    for (const p of given.pods)
      put(
        world,
        podOf(p, p.owner ? refTo(p.owner, p.owner === 'foobar' ? UID : 'uid-other') : undefined),
      )
    const first = world.log.nextId
    const pods = claimPods(ctxOf(world, 'job-controller', []), job, true)
    return {
      pods: pods.map((p: Json) => p.metadata.name).sort(),
      patches: new Set(
        world.log.entries
          .filter((e: Json) => e.id >= first && e.kind === 'Pod')
          .map((e: Json) => e.name),
      ).size,
    }
  },
  orphan(given) {
    const world = boot()
    if (given.job)
      put(
        world,
        jobOf({
          ...given.job,
          spec: { parallelism: 2, completions: 2, backoffLimit: 6 },
          status: given.job.finished ? { conditions: [{ type: 'Complete', status: 'True' }] } : {},
        }),
      )
    put(
      world,
      podOf(
        { name: 'p', tracked: true, deletedAt: ZERO, labels: given.labels ?? null },
        given.owner,
      ),
    )
    perform(world, jobController, 'default/p', 'orphan')
    const now = getObject<Json>(world.store, 'Pod', 'default/p')
    return { finalizerRemoved: now === undefined || !isTracked(now) }
  },
  watchOrphan(given) {
    const world = boot()
    if (given.job)
      put(
        world,
        jobOf({
          ...given.job,
          spec: { parallelism: 2, completions: 2, backoffLimit: 6 },
          status: { conditions: [{ type: 'Complete', status: 'True' }] },
        }),
      )
    const pod = podOf({ name: 'p', tracked: true, deletedAt: ZERO }, given.owner)
    put(world, pod)
    for (const wake of wakesOfPod({ kind: 'Pod', before: undefined, after: pod }, world))
      enqueue(
        world.queue,
        'job-controller',
        wake.task ?? SYNC,
        wake.key,
        addMs(world.now, wake.afterMs ?? 2),
        [],
      )
    runUntil(world, ACTORS, addMs(world.now, 5000))
    const now = getObject<Json>(world.store, 'Pod', 'default/p')
    return { finalizerRemoved: now === undefined || !isTracked(now) }
  },
  cleanup(given) {
    const world = boot()
    const by = { actor: 'user', causes: [] }
    createObject(world, by, {
      ...jobOf(given.job),
      metadata: { name: 'foobar', namespace: 'default' },
    } as Json)
    deliver(world, ACTORS)
    runUntil(world, ACTORS, addMs(world.now, 100))
    const job = getObject<Json>(world.store, 'Job', 'default/foobar')
    const [pod] = listObjects<Json>(world.store, 'Pod')
    if (!pod || !isTracked(pod)) return { finalizerRemoved: 'no tracked Pod was made' }
    updateStatus<Json>(world, by, {
      ...job,
      status: {
        ...job.status,
        conditions: [
          ...(job.status.conditions ?? []),
          { type: 'Complete', status: 'True', lastProbeTime: NOW, lastTransitionTime: NOW },
        ],
      },
    })
    deliver(world, ACTORS)
    runUntil(world, ACTORS, addMs(world.now, 5000))
    const now = getObject<Json>(world.store, 'Pod', keyOf(pod))
    return { finalizerRemoved: now === undefined || !isTracked(now) }
  },
  refused(given) {
    const world = boot()
    const account = getObject<Json>(world.store, 'ServiceAccount', 'default/default')
    removeObject(world.store, account)
    put(world, jobOf(given.job))
    perform(world, jobController, 'default/foobar')
    const retries = [...world.queue.pending.values()].filter(
      (t: Json) => t.key === 'default/foobar',
    ).length
    world.queue = { heap: [], pending: new Map(), nextSeq: 1 }
    put(world, account)
    perform(world, jobController, 'default/foobar')
    if (listObjects(world.store, 'Pod').length !== 1) return { created: false }
    return { retriesAfterRefusal: retries, retriesAfterSuccess: world.queue.pending.size }
  },
  watch(given) {
    const world = boot()
    const by = { actor: 'user', causes: [] }
    createObject(world, by, {
      ...jobOf({ spec: { parallelism: 2, completions: 2, backoffLimit: 6 } }),
      metadata: { name: 'foobar', namespace: 'default' },
    } as Json)
    deliver(world, ACTORS)
    runUntil(world, ACTORS, addMs(world.now, 10))
    if (given.of === 'job') return { synced: listObjects(world.store, 'Pod').length === 2 }
    runUntil(world, ACTORS, addMs(world.now, 5000))
    const [pod] = listObjects<Json>(world.store, 'Pod')
    updateStatus<Json>(world, by, { ...pod, status: { ...pod.status, phase: 'Failed' } })
    deliver(world, ACTORS)
    runUntil(world, ACTORS, addMs(world.now, 1500))
    return { synced: getObject<Json>(world.store, 'Job', 'default/foobar').status.failed === 1 }
  },
}
