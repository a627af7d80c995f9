import { describe, expect, test } from 'vitest'
import type { JobOutcome } from '../../../../src/sim/actors/job/outcome.ts'
import { countReleased, trackPods } from '../../../../src/sim/actors/job/tracking.ts'
import { job, pod, pods, view } from './objects.ts'

const FAILED: JobOutcome = { success: false, reason: 'R', message: 'M', announced: false }
const MET: JobOutcome = { success: true, reason: 'R', message: 'M', announced: false }

describe('[JOB-10] counting ended Pods once', () => {
  test('their uids go into the status before they are released', () => {
    const ended = [pod('good', 'Succeeded'), pod('bad', 'Failed'), pod('run', 'Running')]
    const { counts, release } = trackPods(view(job({ completions: 3 }), ended), undefined)
    expect(counts.uncountedTerminatedPods).toEqual({ succeeded: ['uid-good'], failed: ['uid-bad'] })
    expect(release.map(({ metadata }) => metadata.name)).toEqual(['good', 'bad'])
  })

  test('after the release they become numbers', () => {
    const status = {
      succeeded: 1,
      uncountedTerminatedPods: { succeeded: ['a', 'b'], failed: ['c'] },
    }
    expect(countReleased(status, new Set(['b']))).toEqual({
      succeeded: 2,
      failed: 1,
      uncountedTerminatedPods: { succeeded: ['b'] },
    })
  })

  test('uids left over from an interrupted sync are counted by the next one', () => {
    const status = { uncountedTerminatedPods: { failed: ['uid-gone'] } }
    const { counts } = trackPods(view(job({}, status), []), undefined)
    expect(counts).toMatchObject({ failed: 1, uncountedTerminatedPods: {} })
  })

  test('when the Job failed, what still ran counts as failed', () => {
    const { counts } = trackPods(view(job(), pods(2, 'Running')), FAILED)
    expect(counts.uncountedTerminatedPods?.failed).toHaveLength(2)
  })

  test('when its policy is met, what still ran does not count', () => {
    const { counts, release } = trackPods(view(job(), pods(2, 'Running')), MET)
    expect(counts.uncountedTerminatedPods).toEqual({})
    expect(release).toHaveLength(2)
  })

  test('a Pod on its way out counts at once, or only when it failed', () => {
    const leaving = pods(1, 'Running', { leaving: true })
    const failedOf = (policy: 'Failed' | 'TerminatingOrFailed') =>
      trackPods(view(job({ podReplacementPolicy: policy }), leaving), undefined).release
    expect(failedOf('TerminatingOrFailed')).toHaveLength(1)
    expect(failedOf('Failed')).toHaveLength(0)
  })

  test('indexes are counted instead of uids', () => {
    const indexed = job({ completionMode: 'Indexed', completions: 4 }, { completedIndexes: '0' })
    const ended = [pod('c', 'Succeeded', { index: 3 }), pod('b', 'Succeeded', { index: 1 })]
    const { counts, release } = trackPods(view(indexed, ended), undefined)
    expect(counts).toMatchObject({ succeeded: 3, completedIndexes: '0,1,3' })
    expect(counts.uncountedTerminatedPods).toEqual({})
    expect(release.map(({ metadata }) => metadata.name)).toEqual(['b', 'c'])
  })

  test('no more than 500 Pods are counted in one sync', () => {
    const many = pods(600, 'Failed')
    const { release, full } = trackPods(view(job({ backoffLimit: 9999 }), many), undefined)
    expect(release).toHaveLength(500)
    expect(full).toBe(true)
  })

  test('a Job that is being deleted releases everything', () => {
    const whole = job()
    const deleted = { ...whole, metadata: { ...whole.metadata, deletionTimestamp: 'x' } }
    expect(trackPods(view(deleted, pods(2, 'Running')), undefined).release).toHaveLength(2)
  })
})
