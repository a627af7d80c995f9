// The Job controller in a real world; the kubelet's part is played by hand.
import { describe, expect, test } from 'vitest'
import { formatTime } from '../../../src/base/time.ts'
import type { Job, JobSpec } from '../../../src/sim/api-types/batch.ts'
import type { Pod, PodPhase } from '../../../src/sim/api-types/pod.ts'
import { withMeta } from '../../../src/sim/api.ts'
import { garbageCollector } from '../../../src/sim/actors/garbage-collector.ts'
import { jobController } from '../../../src/sim/actors/job/controller.ts'
import {
  INDEX_FAILURES_KEY,
  indexOf,
  TRACKING_FINALIZER,
} from '../../../src/sim/actors/job/pods.ts'
import { scheduler } from '../../../src/sim/actors/scheduler/scheduler.ts'
import { job, pod } from './job/objects.ts'
import { lab, setStatus, type Lab } from './helpers.ts'

const KEY = 'default/work'

function running(spec: Partial<JobSpec> = {}): Lab {
  const cluster = lab([scheduler, jobController, garbageCollector])
  const { apiVersion, kind, spec: full } = job()
  const { selector: _generated, ...rest } = { ...full, ...spec }
  cluster.create<Job>({ apiVersion, kind, metadata: { name: 'work' }, spec: rest })
  return cluster.run(0.1)
}

const live = (cluster: Lab): Job => cluster.get<Job>('Job', KEY)
const podsOf = (cluster: Lab): Pod[] => cluster.list<Pod>('Pod')
const keyOf = (p: Pod): string => `default/${p.metadata.name}`
const reasons = (cluster: Lab): string[] => cluster.events().map((text) => text.split(' ')[1] ?? '')
const conditions = (cluster: Lab): string[] =>
  (live(cluster).status.conditions ?? []).map(({ type, status }) => `${type}=${status}`)

/** Ends Pods as a kubelet would: the container's end is now. */
function end(cluster: Lab, phase: PodPhase, exitCode: number, which = podsOf(cluster)): void {
  const finishedAt = formatTime(cluster.world.now)
  const terminated = { exitCode, startedAt: finishedAt, finishedAt }
  const container = {
    name: 'main',
    lastState: {},
    ready: false,
    restartCount: 0,
    image: 'b',
    imageID: '',
  }
  for (const one of which) {
    const containerStatuses = [{ ...container, state: { terminated } }]
    setStatus(cluster, keyOf(one), { phase, containerStatuses })
  }
}

function patch(cluster: Lab, spec: Partial<JobSpec>): void {
  const old = live(cluster)
  cluster.update({ ...old, spec: { ...old.spec, ...spec } })
}

describe('the life of a Job', () => {
  test('[JOB-1] a Pod is made at once and its end is seen a second later', () => {
    const cluster = running()
    expect(podsOf(cluster)).toHaveLength(1)
    expect(live(cluster).status).toEqual({
      active: 1,
      ready: 0,
      startTime: '2026-03-02T09:00:00Z',
      terminating: 0,
      uncountedTerminatedPods: {},
    })
    cluster.run(5)
    end(cluster, 'Succeeded', 0)
    expect(conditions(cluster.run(0.9))).toEqual([])
    expect(conditions(cluster.run(0.2))).toEqual(['SuccessCriteriaMet=True', 'Complete=True'])
    expect(live(cluster).status).toMatchObject({
      succeeded: 1,
      ready: 0,
      uncountedTerminatedPods: {},
    })
    expect(live(cluster).status.completionTime).toBe('2026-03-02T09:00:06Z')
    expect(reasons(cluster).filter((reason) => reason !== 'Scheduled')).toEqual([
      'SuccessfulCreate',
      'Completed',
    ])
    expect(podsOf(cluster)[0]?.metadata.finalizers).toBeUndefined()
  })

  test('[JOB-10] the uid of the Pod is in the status before it is released', () => {
    const cluster = running()
    const { uid } = podsOf(cluster)[0]!.metadata
    end(cluster, 'Succeeded', 0)
    cluster.run(2)
    const versions = cluster.world.log.entries
      .filter(({ kind, after }) => kind === 'Job' && after !== undefined)
      .map(({ after }) => (after as Job).status)
    expect(versions.at(-2)).toMatchObject({ uncountedTerminatedPods: { succeeded: [uid] } })
    expect(versions.at(-2)?.succeeded).toBeUndefined()
  })

  test('[JOB-8] failed Pods are replaced after 10 s, 20 s …, until there are too many', () => {
    const cluster = running({ backoffLimit: 2 })
    const made: number[] = []
    for (let attempt = 0; attempt < 3; attempt++) {
      const failing = podsOf(cluster).filter(({ status }) => status.phase === 'Pending')
      made.push(Math.round((cluster.world.now - cluster.world.start) / 1000))
      end(cluster, 'Failed', 1, failing)
      cluster.run(attempt === 0 ? 10.05 : 20.05)
    }
    expect(made).toEqual([0, 10, 30])
    expect(conditions(cluster)).toEqual(['FailureTarget=True', 'Failed=True'])
    expect(live(cluster).status.failed).toBe(3)
    expect(live(cluster).status.completionTime).toBeUndefined()
    expect(cluster.events().at(-1)).toBe(
      'Warning BackoffLimitExceeded Job/work: Job has reached the specified backoff limit',
    )
  })

  test('[JOB-11] a deadline marks the Job at once and ends it when its Pod is gone', () => {
    const cluster = running({ activeDeadlineSeconds: 30 }).run(29.7)
    expect(conditions(cluster)).toEqual([])
    cluster.run(0.3)
    expect(conditions(cluster)).toEqual(['FailureTarget=True'])
    expect(live(cluster).status).toMatchObject({ failed: 1, terminating: 1 })
    cluster.run(5)
    expect(conditions(cluster)).toEqual(['FailureTarget=True'])
    cluster.remove('Pod', keyOf(podsOf(cluster)[0]!), { gracePeriodSeconds: 0 })
    cluster.run(1.1)
    expect(conditions(cluster)).toEqual(['FailureTarget=True', 'Failed=True'])
    expect(reasons(cluster).slice(-2)).toEqual(['SuccessfulDelete', 'DeadlineExceeded'])
  })
})

describe('[JOB-6] suspending', () => {
  test('takes the Pods and the start time, resuming brings both back', () => {
    const cluster = running().run(3)
    const first = podsOf(cluster)[0]!
    patch(cluster, { suspend: true })
    cluster.run(0.1)
    expect(podsOf(cluster)[0]?.metadata.deletionTimestamp).toBeDefined()
    expect(live(cluster).status).toMatchObject({ ready: 0, terminating: 1 })
    expect(live(cluster).status.startTime).toBeUndefined()
    expect(conditions(cluster)).toEqual(['Suspended=True'])
    cluster.remove('Pod', keyOf(first), { gracePeriodSeconds: 0 })
    cluster.run(10)
    patch(cluster, { suspend: false })
    cluster.run(0.1)
    expect(live(cluster).status).toMatchObject({ active: 1, startTime: '2026-03-02T09:00:13Z' })
    expect(live(cluster).status.failed).toBeUndefined()
    expect(conditions(cluster)).toEqual(['Suspended=False'])
    expect(reasons(cluster).filter((reason) => reason !== 'Scheduled')).toEqual([
      'SuccessfulCreate',
      'SuccessfulDelete',
      'Suspended',
      'SuccessfulCreate',
      'Resumed',
    ])
  })

  test('a Job that is created suspended says so and makes no Pod', () => {
    const cluster = running({ suspend: true }).run(60)
    expect(podsOf(cluster)).toEqual([])
    expect(reasons(cluster)).toEqual(['Suspended'])
  })
})

describe('Pods that are deleted by hand', () => {
  test('count as failed at once and are replaced after the back-off', () => {
    const cluster = running().run(5)
    cluster.remove('Pod', keyOf(podsOf(cluster)[0]!))
    cluster.run(1.1)
    expect(live(cluster).status).toMatchObject({ failed: 1, terminating: 1 })
    expect(podsOf(cluster)).toHaveLength(1)
    cluster.run(9)
    expect(podsOf(cluster)).toHaveLength(2)
  })

  test('are waited for with podReplacementPolicy Failed', () => {
    const cluster = running({ podReplacementPolicy: 'Failed' }).run(5)
    const only = podsOf(cluster)[0]!
    cluster.remove('Pod', keyOf(only))
    cluster.run(20)
    expect(live(cluster).status.failed).toBeUndefined()
    expect(podsOf(cluster)).toHaveLength(1)
    end(cluster, 'Failed', 137, [only])
    cluster.run(10.1)
    expect(live(cluster).status.failed).toBe(1)
    expect(podsOf(cluster).filter(({ status }) => status.phase === 'Pending')).toHaveLength(1)
  })
})

describe('more than one Pod', () => {
  test('[JOB-5] parallelism can be changed while it runs', () => {
    const cluster = running({ parallelism: 2, completions: 10 })
    patch(cluster, { parallelism: 4 })
    expect(podsOf(cluster.run(0.1))).toHaveLength(4)
    patch(cluster, { parallelism: 1 })
    cluster.run(0.1)
    expect(live(cluster).status).toMatchObject({ active: 1, terminating: 3 })
    expect(live(cluster).status.failed).toBeUndefined()
  })

  test('[JOB-12] indexes are listed as they complete', () => {
    const cluster = running({ completionMode: 'Indexed', completions: 4, parallelism: 3 })
    // Batches of 1 and 2, the last of each first.
    expect(podsOf(cluster).map(indexOf)).toEqual([0, 2, 1])
    end(cluster, 'Succeeded', 0, podsOf(cluster).slice(0, 2))
    cluster.run(1.1)
    expect(live(cluster).status).toMatchObject({ succeeded: 2, completedIndexes: '0,2', active: 2 })
    end(cluster, 'Succeeded', 0)
    cluster.run(1.1)
    expect(live(cluster).status).toMatchObject({ succeeded: 4, completedIndexes: '0-3' })
    expect(conditions(cluster)).toContain('Complete=True')
  })

  test('[JOB-13] an index that failed too often fails the Job in the end', () => {
    const cluster = running({
      completionMode: 'Indexed',
      completions: 2,
      parallelism: 2,
      backoffLimit: 2147483647,
      backoffLimitPerIndex: 1,
    })
    const [zero, one] = podsOf(cluster)
    end(cluster, 'Succeeded', 0, [zero!])
    end(cluster, 'Failed', 1, [one!])
    cluster.run(1.1)
    expect(live(cluster).status).toMatchObject({ succeeded: 1, failedIndexes: '' })
    expect(podsOf(cluster)).toHaveLength(2)
    cluster.run(9)
    const again = podsOf(cluster)[2]!
    expect(again.metadata.annotations?.['batch.kubernetes.io/job-index-failure-count']).toBe('1')
    end(cluster, 'Failed', 1, [again])
    cluster.run(1.1)
    expect(live(cluster).status).toMatchObject({ failed: 2, failedIndexes: '1' })
    expect(reasons(cluster).at(-1)).toBe('FailedIndexes')
  })

  test('[JOB-13] the last failed Pod of an index outlives its deletion until it has a successor', () => {
    const cluster = running({
      completionMode: 'Indexed',
      backoffLimit: 2147483647,
      backoffLimitPerIndex: 1,
    })
    const [first] = podsOf(cluster)
    end(cluster, 'Failed', 1)
    patch(cluster, { parallelism: 0 })
    cluster.run(60).remove('Pod', keyOf(first!), { gracePeriodSeconds: 0 })
    cluster.run(3600)
    const kept = podsOf(cluster).map(({ metadata }) => metadata)
    expect(kept).toMatchObject([{ name: first!.metadata.name, finalizers: [TRACKING_FINALIZER] }])
    expect(kept[0]?.deletionTimestamp).toBeDefined()
    expect(live(cluster).status.failed).toBeUndefined()
    patch(cluster, { parallelism: 1 })
    const after = podsOf(cluster.run(1.1)).map(({ metadata }) => metadata)
    expect(after).toMatchObject([{ annotations: { [INDEX_FAILURES_KEY]: '1' } }])
    expect(live(cluster).status).toMatchObject({ failed: 1, active: 1 })
  })

  test('[JOB-15] a success policy ends the Job and does not count its other Pods', () => {
    const cluster = running({
      completionMode: 'Indexed',
      completions: 3,
      parallelism: 3,
      successPolicy: { rules: [{ succeededIndexes: '0' }] },
    }).run(2)
    end(cluster, 'Succeeded', 0, podsOf(cluster).slice(0, 1))
    cluster.run(1.1)
    expect(conditions(cluster)).toEqual(['SuccessCriteriaMet=True'])
    for (const { metadata } of podsOf(cluster).slice(1))
      cluster.remove('Pod', `default/${metadata.name}`, { gracePeriodSeconds: 0 })
    cluster.run(1.1)
    expect(conditions(cluster)).toEqual(['SuccessCriteriaMet=True', 'Complete=True'])
    expect(live(cluster).status).toMatchObject({ succeeded: 1, completedIndexes: '0' })
    expect(live(cluster).status.failed).toBeUndefined()
  })
})

describe('owners', () => {
  test('[JOB-17] Pods of a Job that is deleted are released', () => {
    const cluster = running().run(2)
    cluster.remove('Job', KEY, { propagationPolicy: 'Background' })
    cluster.run(1)
    expect(podsOf(cluster)[0]?.metadata.finalizers).toBeUndefined()
    expect(podsOf(cluster)[0]?.metadata.deletionTimestamp).toBeDefined()
  })

  test('[JOB-16] orphans that match are adopted, strangers released', () => {
    const cluster = running({ parallelism: 2, completions: 9 })
    const own = podsOf(cluster)[0]!
    cluster.update(withMeta(own, { labels: { app: 'other' } }))
    cluster.run(2)
    const released = cluster.get<Pod>('Pod', keyOf(own))
    expect(released.metadata.ownerReferences).toBeUndefined()
    expect(released.metadata.finalizers).toBeUndefined()
    expect(live(cluster).status.active).toBe(2)
    patch(cluster, { parallelism: 3 })
    const stray = pod('stray', 'Pending')
    const { name } = stray.metadata
    const labels = podsOf(cluster)[1]!.metadata.labels ?? {}
    cluster.create<Pod>({ ...stray, metadata: { name, labels } })
    cluster.run(2)
    expect(cluster.get<Pod>('Pod', 'default/stray').metadata).toMatchObject({
      ownerReferences: [{ kind: 'Job', name: 'work', controller: true }],
      finalizers: ['batch.kubernetes.io/job-tracking'],
    })
  })

  test('[JOB-2] a Job of another controller is left alone', () => {
    expect(podsOf(running({ managedBy: 'example.com/queue' }))).toEqual([])
  })

  test('[JOB-18] a refused creation is told and tried again', () => {
    const template = { spec: { ...job().spec.template.spec, serviceAccountName: 'nobody' } }
    const cluster = running({ template }).run(4)
    const why = 'error looking up service account default/nobody: serviceaccount "nobody" not found'
    expect(new Set(cluster.events())).toEqual(
      new Set([`Warning FailedCreate Job/work: Error creating: pods "work-" is forbidden: ${why}`]),
    )
    cluster.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'nobody' } })
    expect(podsOf(cluster.run(10))).toHaveLength(1)
  })
})
