import { describe, expect, test } from 'vitest'
import type { JobSpec, JobStatus } from '../../../../src/sim/api-types/batch.ts'
import type { Pod } from '../../../../src/sim/api-types/pod.ts'
import { planPods, type JobPlan } from '../../../../src/sim/actors/job/plan.ts'
import { at, job, pod, pods, view } from './objects.ts'

function plan(spec: Partial<JobSpec>, listed: readonly Pod[], status: JobStatus = {}): JobPlan {
  return planPods(view(job(spec, status), listed))
}

function removed(result: JobPlan): string[] {
  return result.kind === 'remove' ? result.pods.map(({ metadata }) => metadata.name) : []
}

function created(result: JobPlan): readonly (number | undefined)[] {
  return result.kind === 'create' ? result.indexes : []
}

const INDEXED: Partial<JobSpec> = { completionMode: 'Indexed', completions: 5, parallelism: 3 }

describe('[JOB-5] how many Pods are wanted', () => {
  test.each<
    [name: string, spec: Partial<JobSpec>, listed: Pod[], status: JobStatus, count: number]
  >([
    ['as many as run in parallel', { parallelism: 3, completions: 9 }, [], {}, 3],
    ['no more than are left', { parallelism: 3, completions: 9 }, [], { succeeded: 7 }, 2],
    ['what runs is subtracted', { parallelism: 3, completions: 9 }, pods(2, 'Running'), {}, 1],
    ['newly succeeded Pods count', { parallelism: 2, completions: 2 }, pods(1, 'Succeeded'), {}, 1],
    ['parallelism 0 wants none', { parallelism: 0, completions: 2 }, [], {}, 0],
    ['completions 0 wants none', { parallelism: 1, completions: 0 }, [], {}, 0],
  ])('%s', (_name, spec, listed, status, count) => {
    expect(created(plan(spec, listed, status))).toHaveLength(count)
  })

  test('a work queue wants its parallelism until one Pod succeeds', () => {
    const { completions: _none, ...queue } = job({ parallelism: 3 }).spec
    const viewOf = (listed: Pod[]) => view({ ...job(), spec: queue }, listed)
    expect(created(planPods(viewOf(pods(1, 'Running'))))).toHaveLength(2)
    const done = [...pods(1, 'Succeeded'), ...pods(1, 'Running')]
    expect(planPods(viewOf(done))).toEqual({ kind: 'nothing' })
  })

  test('at most 500 Pods are created in one sync', () => {
    expect(created(plan({ parallelism: 2000, completions: 5000 }, []))).toHaveLength(500)
  })
})

describe('[JOB-6] which Pods are too many', () => {
  test('a suspended Job keeps none', () => {
    expect(removed(plan({ suspend: true }, pods(1, 'Running')))).toEqual(['running-0'])
    expect(plan({ suspend: true }, [])).toEqual({ kind: 'nothing' })
  })

  test('unscheduled go before pending, pending before running, not ready before ready', () => {
    const listed = [
      pod('ready', 'Running', { ready: true }),
      pod('running', 'Running'),
      pod('pending', 'Pending'),
      pod('unscheduled', 'Pending', { node: '' }),
    ]
    const spec = { parallelism: 1, completions: 9 }
    expect(removed(plan(spec, listed))).toEqual(['unscheduled', 'pending', 'running'])
  })

  test('restarted and younger Pods go first', () => {
    const listed = [
      pod('old', 'Running', { createdAt: 1 }),
      pod('young', 'Running', { createdAt: 9 }),
      pod('restarted', 'Running', { restarts: 2 }),
    ]
    expect(removed(plan({ parallelism: 1, completions: 9 }, listed))).toEqual([
      'restarted',
      'young',
    ])
  })

  test('removal goes before creation', () => {
    const listed = [
      pod('a', 'Running', { index: 0, ready: true }),
      pod('b', 'Pending', { index: 0 }),
      pod('none', 'Running'),
      pod('out', 'Running', { index: 7 }),
    ]
    expect(removed(plan({ ...INDEXED, parallelism: 4 }, listed)).sort()).toEqual([
      'b',
      'none',
      'out',
    ])
  })
})

describe('[JOB-12] indexes', () => {
  test('are given out from the lowest that is free', () => {
    const listed = [pod('a', 'Running', { index: 1 }), pod('b', 'Succeeded', { index: 0 })]
    expect(created(plan(INDEXED, listed, { completedIndexes: '3' }))).toEqual([2, 4])
  })

  test('of Pods on their way out are free, unless only failed Pods are replaced', () => {
    const listed = [pod('a', 'Running', { index: 0, leaving: true })]
    const at1000 = (spec: Partial<JobSpec>) => planPods(view(job(spec), listed, 1000))
    expect(created(at1000(INDEXED))).toEqual([0, 1, 2])
    expect(created(at1000({ ...INDEXED, podReplacementPolicy: 'Failed' }))).toEqual([1, 2])
  })

  test('that failed too often are not tried again', () => {
    const spec = { ...INDEXED, backoffLimitPerIndex: 1 }
    expect(created(plan(spec, [], { failedIndexes: '0-2' }))).toEqual([3, 4])
  })

  test('each wait for their own back-off', () => {
    const spec = { ...INDEXED, completions: 2, parallelism: 2, backoffLimitPerIndex: 3 }
    const lost = pod('a', 'Failed', { index: 0, failures: 0, endedAt: 55 })
    expect(created(plan(spec, [lost]))).toEqual([1])
    const both = [lost, pod('b', 'Failed', { index: 1, failures: 1, endedAt: 45 })]
    expect(plan(spec, both)).toEqual({ kind: 'wait', ms: 5000 })
  })
})

describe('[JOB-8] back-off', () => {
  const spec = { parallelism: 1, completions: 1 }
  test('delays creation, at least by a second', () => {
    const failed = (endedAt: number) =>
      planPods(view(job(spec), pods(1, 'Failed', { endedAt }), 60))
    expect(failed(57)).toEqual({ kind: 'wait', ms: 7000 })
    expect(failed(50)).toEqual({ kind: 'create', indexes: [undefined] })
    const nearly = planPods(view(job(spec), pods(1, 'Failed', { endedAt: 50 }), 59.9))
    expect(nearly).toEqual({ kind: 'wait', ms: 1000 })
  })

  test('goes on from what is remembered', () => {
    const record = { failures: 3, lastFailureAt: at(50) }
    expect(planPods(view(job(spec), [], 60, record))).toEqual({ kind: 'wait', ms: 30_000 })
  })
})
