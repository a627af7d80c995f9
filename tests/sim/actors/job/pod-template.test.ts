import { describe, expect, test } from 'vitest'
import type { Container, PodSpec } from '../../../../src/sim/api-types/pod.ts'
import { namePrefix, podOfJob } from '../../../../src/sim/actors/job/pod-template.ts'
import { job, pod } from './objects.ts'

const ENV = 'JOB_COMPLETION_INDEX'

test('[JOB-11] a Pod is the template with owner and tracking finalizer', () => {
  const made = podOfJob(job(), undefined, undefined)
  expect(made.metadata).toEqual({
    generateName: 'work-',
    namespace: 'default',
    labels: { app: 'work' },
    ownerReferences: [
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        name: 'work',
        uid: 'job-uid',
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
    finalizers: ['batch.kubernetes.io/job-tracking'],
  })
})

describe('[JOB-12] the Pod of an index', () => {
  const indexed = job({ completionMode: 'Indexed', completions: 3 })

  test('carries it as label, annotation, hostname and environment', () => {
    const made = podOfJob(indexed, 2, undefined)
    const key = 'batch.kubernetes.io/job-completion-index'
    expect(made.metadata).toMatchObject({
      generateName: 'work-2-',
      labels: { app: 'work', [key]: '2' },
      annotations: { [key]: '2' },
    })
    const spec = made.spec as PodSpec
    expect(spec.hostname).toBe('work-2')
    const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${key}']` }
    expect(spec.containers[0]?.env).toEqual([{ name: ENV, valueFrom: { fieldRef } }])
  })

  test("keeps the user's own variable of that name", () => {
    const container: Container = { name: 'main', image: 'i', env: [{ name: ENV, value: 'x' }] }
    const own = job({ ...indexed.spec, template: { spec: { containers: [container] } } })
    const spec = podOfJob(own, 0, undefined).spec as PodSpec
    expect(spec.containers[0]?.env).toEqual([{ name: ENV, value: 'x' }])
  })

  test('has a name that keeps the index whatever the length', () => {
    expect(namePrefix('a'.repeat(60), 12)).toBe(`${'a'.repeat(54)}-12-`)
    expect(namePrefix('short', 0)).toBe('short-0-')
  })

  test('[JOB-13] takes over the count of failures of the Pod it replaces', () => {
    const rules = [
      { action: 'Ignore' as const, onExitCodes: { operator: 'In' as const, values: [9] } },
    ]
    const limited = job({ ...indexed.spec, backoffLimitPerIndex: 2, podFailurePolicy: { rules } })
    const counts = (replaced: ReturnType<typeof pod> | undefined) => {
      const { annotations = {} } = podOfJob(limited, 1, replaced).metadata
      const { 'batch.kubernetes.io/job-completion-index': _index, ...rest } = annotations
      return Object.values(rest)
    }
    expect(counts(undefined)).toEqual(['0'])
    expect(counts(pod('p', 'Failed', { index: 1, failures: 1, exitCode: 1 }))).toEqual(['2'])
    expect(counts(pod('p', 'Failed', { index: 1, failures: 1, exitCode: 9 }))).toEqual(['1', '1'])
  })
})
