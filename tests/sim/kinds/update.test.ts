import { describe, expect, it } from 'vitest'
import type { CronJob, Job } from '../../../src/sim/api-types/batch.ts'
import type { KubeObject } from '../../../src/sim/api-types/meta.ts'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { kindOf } from '../../../src/sim/kinds/index.ts'
import { jobYaml, podYaml, submit } from './submit.ts'

function errorPathsOf(object: KubeObject, old: KubeObject): readonly string[] {
  return kindOf(object.kind)
    .validateUpdate(object, old)
    .map(({ field, message }) => `${field}: ${message}`)
}

const job = submit(jobYaml(', completions: 2')) as Job
const withSpec = (old: Job, spec: Partial<Job['spec']>): Job => ({
  ...old,
  spec: { ...old.spec, ...spec },
})

function withImage(old: Job, image: string): Job {
  const { template } = old.spec
  const containers = template.spec.containers.map((one) => ({ ...one, image }))
  return withSpec(old, { template: { ...template, spec: { ...template.spec, containers } } })
}

describe('updates of a Job', () => {
  it('[API-11] may change counts that only matter from now on', () => {
    const changed = withSpec(job, { parallelism: 2, backoffLimit: 1, ttlSecondsAfterFinished: 5 })
    expect(errorPathsOf(changed, job)).toEqual([])
  })

  it('[API-11] may not change what it was made for', () => {
    expect(errorPathsOf(withSpec(job, { completions: 3 }), job)).toEqual([
      'spec.completions: Invalid value: 3: field is immutable',
    ])
  })

  it('[API-11] may change the completions of an Indexed Job with its parallelism', () => {
    const indexed = submit(jobYaml(', completionMode: Indexed, completions: 2')) as Job
    const both = withSpec(indexed, { completions: 3, parallelism: 3 })
    expect(errorPathsOf(both, indexed)).toEqual([])
    expect(errorPathsOf(withSpec(indexed, { completions: 3 }), indexed)).toEqual([
      'spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism',
    ])
  })

  it('[API-11] shows the new template in its internal form', () => {
    const [complaint = ''] = errorPathsOf(withImage(job, 'other'), job)
    expect(complaint).toMatch(
      /^spec\.template: Invalid value: \{"labels":\{.*\},"Spec":\{"Volumes"/,
    )
    expect(complaint).toContain('"Containers":[{"Name":"main","Image":"other","Command":null')
    expect(complaint).toMatch(/"SchedulingGroup":null\}\}: field is immutable$/)
  })

  it('[API-11] may direct the Pods of a suspended Job elsewhere', () => {
    const suspended = submit(jobYaml(', suspend: true')) as Job
    const { template } = suspended.spec
    const spec = { ...template.spec, nodeSelector: { disk: 'ssd' } }
    const moved = withSpec(suspended, { template: { ...template, spec } })
    expect(errorPathsOf(moved, suspended)).toEqual([])
    expect(
      errorPathsOf(moved, { ...suspended, spec: { ...suspended.spec, suspend: false } }),
    ).toHaveLength(1)
  })
})

describe('updates of other kinds', () => {
  it('[API-11] a CronJob may change altogether, but to a valid one', () => {
    const jobTemplate = { spec: job.spec }
    const cronJob = (schedule: string): CronJob =>
      ({
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: job.metadata,
        spec: {
          schedule,
          concurrencyPolicy: 'Allow',
          jobTemplate: { spec: { template: jobTemplate.spec.template } },
        },
        status: {},
      }) as CronJob
    expect(errorPathsOf(cronJob('@daily'), cronJob('@hourly'))).toEqual([])
    expect(errorPathsOf(cronJob('x'), cronJob('@hourly'))).toEqual([
      'spec.schedule: Invalid value: "x": expected exactly 5 fields, found 1: [x]',
    ])
  })

  it('[API-11] a Pod may change its image and little else', () => {
    const pod = submit(podYaml('{containers: [{name: a, image: b}]}')) as Pod
    const [container] = pod.spec.containers
    const image = { ...pod, spec: { ...pod.spec, containers: [{ ...container!, image: 'c' }] } }
    expect(errorPathsOf(image, pod)).toEqual([])
    const [complaint] = errorPathsOf({ ...pod, spec: { ...pod.spec, hostname: 'x' } }, pod)
    expect(complaint).toMatch(/^spec: Forbidden: pod updates may not change fields other than/)
  })
})
