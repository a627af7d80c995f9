import { describe, expect, test } from 'vitest'
import { formatTime } from '../../../../src/base/time.ts'
import type { Job, JobSpec, JobStatus } from '../../../../src/sim/api-types/batch.ts'
import type { Pod } from '../../../../src/sim/api-types/pod.ts'
import { newCondition } from '../../../../src/sim/lib/conditions.ts'
import {
  deadlineLeftMs,
  decideOutcome,
  isComplete,
} from '../../../../src/sim/actors/job/outcome.ts'
import { at, job, pod, pods, view } from './objects.ts'

function reason(spec: Partial<JobSpec>, listed: readonly Pod[], status: JobStatus = {}, now = 60) {
  return decideOutcome(view(job(spec, status), listed, now))?.reason
}

const template = (restartPolicy: 'Never' | 'OnFailure'): JobSpec['template'] => ({
  spec: { containers: [{ name: 'main', image: 'busybox' }], restartPolicy },
})

describe('[JOB-3] what ends a Job', () => {
  test('with Never, more failed Pods than backoffLimit', () => {
    expect(reason({ backoffLimit: 2 }, pods(2, 'Failed'))).toBeUndefined()
    expect(reason({ backoffLimit: 2 }, pods(3, 'Failed'))).toBe('BackoffLimitExceeded')
    expect(reason({ backoffLimit: 2 }, pods(1, 'Failed'), { failed: 2 })).toBe(
      'BackoffLimitExceeded',
    )
    expect(reason({ backoffLimit: 0 }, pods(1, 'Failed'))).toBe('BackoffLimitExceeded')
  })

  test('Pods counted before do not count again', () => {
    expect(reason({ backoffLimit: 2 }, pods(3, 'Failed', { released: true }))).toBeUndefined()
  })

  test('[JOB-9] with OnFailure, as many restarts as backoffLimit, over all Pods that run', () => {
    const restarts = (count: number, limit: number) =>
      reason({ backoffLimit: limit, template: template('OnFailure') }, [
        pod('a', 'Running', { restarts: count }),
        pod('b', 'Pending', { restarts: 1 }),
      ])
    expect(restarts(0, 2)).toBeUndefined()
    expect(restarts(1, 2)).toBe('BackoffLimitExceeded')
    expect(restarts(0, 0)).toBe('BackoffLimitExceeded')
    const ended = [pod('a', 'Failed', { restarts: 9 })]
    expect(reason({ backoffLimit: 5, template: template('OnFailure') }, ended)).toBeUndefined()
  })

  test('activeDeadlineSeconds, to the second, but not while suspended', () => {
    expect(reason({ activeDeadlineSeconds: 61 }, [])).toBeUndefined()
    expect(reason({ activeDeadlineSeconds: 60 }, [])).toBe('DeadlineExceeded')
    expect(reason({ activeDeadlineSeconds: 60, suspend: true }, [])).toBeUndefined()
    expect(deadlineLeftMs(job({ activeDeadlineSeconds: 61 }), at(60))).toBe(1000)
  })

  test('too many failures go before the deadline', () => {
    const spec = { backoffLimit: 0, activeDeadlineSeconds: 1 }
    expect(reason(spec, pods(1, 'Failed'))).toBe('BackoffLimitExceeded')
  })

  test('a FailJob rule goes before everything but what was announced', () => {
    const rules = [
      { action: 'FailJob' as const, onExitCodes: { operator: 'In' as const, values: [1] } },
    ]
    const spec = { backoffLimit: 0, podFailurePolicy: { rules } }
    expect(reason(spec, pods(1, 'Failed'))).toBe('PodFailurePolicy')
    const announced = newCondition(
      'FailureTarget',
      'True',
      'DeadlineExceeded',
      'm',
      formatTime(at(1)),
    )
    const status = { conditions: [announced] }
    expect(decideOutcome(view(job(spec, status), pods(1, 'Failed')))).toEqual({
      success: false,
      reason: 'DeadlineExceeded',
      message: 'm',
      announced: true,
    })
  })

  test('ignored failures do not count', () => {
    const rules = [
      { action: 'Ignore' as const, onExitCodes: { operator: 'In' as const, values: [1] } },
    ]
    expect(
      reason({ backoffLimit: 0, podFailurePolicy: { rules } }, pods(1, 'Failed')),
    ).toBeUndefined()
  })
})

describe('[JOB-13] limits per index', () => {
  const spec: Partial<JobSpec> = {
    completionMode: 'Indexed',
    completions: 3,
    parallelism: 3,
    backoffLimit: 2147483647,
    backoffLimitPerIndex: 1,
  }
  test('the Job fails when every index is decided and one is lost', () => {
    expect(reason(spec, [], { failedIndexes: '0', completedIndexes: '1' })).toBeUndefined()
    expect(reason(spec, [], { failedIndexes: '0', completedIndexes: '1,2' })).toBe('FailedIndexes')
  })

  test('or at once when too many indexes are lost', () => {
    const limited = { ...spec, maxFailedIndexes: 1 }
    expect(reason(limited, [], { failedIndexes: '0' })).toBeUndefined()
    expect(reason(limited, [], { failedIndexes: '0,1' })).toBe('MaxFailedIndexesExceeded')
  })

  test('an index is lost by one failure more than its limit', () => {
    const first = pod('a', 'Failed', { index: 0, failures: 0 })
    const second = pod('b', 'Failed', { index: 0, failures: 1 })
    expect(view(job(spec), [first]).failedIndexes).toEqual([])
    expect(view(job(spec), [first, second]).failedIndexes).toEqual([{ first: 0, last: 0 }])
  })

  test('the failed Pod of an index that goes on is kept', () => {
    const lost = pod('a', 'Failed', { index: 0, failures: 0 })
    expect([...view(job(spec), [lost]).delayed.keys()]).toEqual([0])
    const next = pod('b', 'Running', { index: 0, failures: 1 })
    expect(view(job(spec), [lost, next]).delayed.size).toBe(0)
  })
})

describe('[JOB-4] a Job is complete', () => {
  const done = (viewed: Job, listed: readonly Pod[], active: number) =>
    isComplete(view(viewed, listed), active)

  test('with enough successes and nothing left running', () => {
    const two = job({ completions: 2 })
    expect(done(two, pods(2, 'Succeeded'), 0)).toBe(true)
    expect(done(two, pods(2, 'Succeeded'), 1)).toBe(false)
    expect(done(two, pods(1, 'Succeeded'), 0)).toBe(false)
    expect(done(job({ completions: 0 }), [], 0)).toBe(true)
  })

  test('as a work queue, after one success', () => {
    const { completions: _none, ...spec } = job({ parallelism: 2 }).spec
    expect(done({ ...job(), spec }, pods(1, 'Succeeded'), 0)).toBe(true)
    expect(done({ ...job(), spec }, pods(1, 'Failed'), 0)).toBe(false)
  })

  test('an index counts once, however many Pods succeed', () => {
    const indexed = job({ completionMode: 'Indexed', completions: 2 })
    const twice = [pod('a', 'Succeeded', { index: 0 }), pod('b', 'Succeeded', { index: 0 })]
    expect(view(indexed, twice).succeeded).toBe(1)
  })
})
