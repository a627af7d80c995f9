import { describe, expect, it } from 'vitest'
import type { Job } from '../../../src/sim/api-types/batch.ts'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { defaultPullPolicy } from '../../../src/sim/kinds/defaults/image.ts'
import { kindOf } from '../../../src/sim/kinds/index.ts'
import { jobYaml, podYaml, submit } from './submit.ts'

const containers = 'containers: [{name: main, image: busybox}]'

describe('defaults of a Pod', () => {
  it('[API-5] pull policy follows from the tag of the image', () => {
    const policies = [
      'busybox',
      'busybox:latest',
      'busybox:1.36',
      'localhost:5000/a/b',
      'localhost:5000/a/b:v1',
      `busybox@sha256:${'0'.repeat(64)}`,
      'busy box',
      'Busybox',
    ].map(defaultPullPolicy)
    const later = 'IfNotPresent'
    expect(policies).toEqual(['Always', 'Always', later, 'Always', later, later, later, later])
  })

  it('[API-5] requests that are missing are taken from the limits, in Pods only', () => {
    const withLimit = "containers: [{name: main, image: b, resources: {limits: {cpu: '1'}}}]"
    const pod = submit(podYaml(`{${withLimit}}`)) as Pod
    expect(pod.spec.containers[0]!.resources).toEqual({
      limits: { cpu: '1' },
      requests: { cpu: '1' },
    })
    const job = submit(
      `{apiVersion: batch/v1, kind: Job, metadata: {name: demo}, spec: {template: {spec: {restartPolicy: Never, ${withLimit}}}}}`,
    ) as Job
    expect(job.spec.template.spec.containers[0]!.resources).toEqual({ limits: { cpu: '1' } })
  })

  it('[API-5] on the host network a container port is a host port', () => {
    const spec =
      '{hostNetwork: true, containers: [{name: a, image: b, ports: [{containerPort: 80}]}]}'
    const pod = submit(podYaml(spec)) as Pod
    expect(pod.spec.containers[0]!.ports).toEqual([
      { containerPort: 80, hostPort: 80, protocol: 'TCP' },
    ])
  })

  it('[API-5] the deprecated serviceAccount names the same account', () => {
    const pod = submit(podYaml(`{serviceAccount: default, ${containers}}`)) as Pod
    expect(pod.spec).toMatchObject({ serviceAccountName: 'default', serviceAccount: 'default' })
  })

  it('[API-5] quantities keep the spelling the server gives them', () => {
    const resources = "resources: {requests: {cpu: 0.5, memory: 1024Mi, ephemeral-storage: '1e3'}}"
    const pod = submit(podYaml(`{containers: [{name: a, image: b, ${resources}}]}`)) as Pod
    expect(pod.spec.containers[0]!.resources!.requests).toEqual({
      cpu: '500m',
      memory: '1Gi',
      'ephemeral-storage': '1e3',
    })
  })

  it('[API-5] are not applied twice: a complete object is returned as it is', () => {
    const kind = kindOf('Pod')
    const once = kind.defaults(submit(podYaml(`{${containers}}`)))
    expect(kind.defaults(once)).toBe(once)
  })

  it('[API-5] are shared by Pods of one template', () => {
    const spec = { containers: [{ name: 'a', image: 'b' }] }
    const make = (name: string): Pod => {
      const pod: unknown = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }
      return kindOf('Pod').defaults(pod as Pod) as Pod
    }
    expect(make('a').spec).toBe(make('b').spec)
  })
})

describe('defaults of a Job', () => {
  const specOf = (fields: string): Job['spec'] => (submit(jobYaml(fields)) as Job).spec

  it('[API-6] one Pod, unless only parallelism is given', () => {
    expect(specOf('')).toMatchObject({ completions: 1, parallelism: 1, backoffLimit: 6 })
    expect(specOf(', completions: 3')).toMatchObject({ completions: 3, parallelism: 1 })
    expect(specOf(', parallelism: 3').completions).toBeUndefined()
  })

  it('[API-6] without a common limit when each index has one', () => {
    const perIndex = ', completionMode: Indexed, completions: 3, backoffLimitPerIndex: 1'
    expect(specOf(perIndex).backoffLimit).toBe(2147483647)
  })

  it('[API-6] with a failure policy only failed Pods are replaced', () => {
    expect(specOf('').podReplacementPolicy).toBe('TerminatingOrFailed')
    expect(specOf(', podFailurePolicy: {rules: []}').podReplacementPolicy).toBe('Failed')
  })

  it('[API-7] its selector is its uid, its labels are those of its template', () => {
    const { metadata, spec } = submit(jobYaml()) as Job
    const { uid } = metadata
    expect(spec.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': uid } })
    const labels = {
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': 'demo',
      'controller-uid': uid,
      'job-name': 'demo',
    }
    expect(spec.template.metadata!.labels).toEqual(labels)
    expect(metadata.labels).toEqual(labels)
  })

  it('[API-7] own labels stay alone', () => {
    const yaml = jobYaml().replace('{name: demo}', '{name: demo, labels: {app: x}}')
    expect(submit(yaml).metadata.labels).toEqual({ app: 'x' })
  })
})

describe('what else is made on create', () => {
  it('[API-8] a CronJob keeps its Job template without the defaults of Jobs', () => {
    const job =
      '{spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}'
    const cronJob = submit(
      `{apiVersion: batch/v1, kind: CronJob, metadata: {name: demo}, spec: {schedule: '@hourly', jobTemplate: ${job}}}`,
    )
    expect(cronJob.spec).toMatchObject({
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: { metadata: {}, spec: { template: { spec: { dnsPolicy: 'ClusterFirst' } } } },
    })
    expect(JSON.stringify(cronJob.spec)).not.toContain('backoffLimit')
  })

  it('[API-8] a namespace carries its name as a label and is Active', () => {
    const namespace = submit('{apiVersion: v1, kind: Namespace, metadata: {name: demo}}')
    expect(namespace).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'demo' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })
  })

  it('[API-8] a status that was submitted is dropped', () => {
    const pod = submit(`${podYaml(`{${containers}}`).slice(0, -1)}, status: {phase: Running}}`)
    expect(pod.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
  })
})

it('[API-8] a Secret keeps what it was given as text in base64', () => {
  const secret = submit(
    '{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {a: YQ==, b: YQ==}, stringData: {b: ü}}',
  )
  expect(secret).toMatchObject({ type: 'Opaque', data: { a: 'YQ==', b: 'w7w=' } })
  expect(secret).not.toHaveProperty('stringData')
  const changed = { ...secret, stringData: { b: 'b' } }
  expect(kindOf('Secret').prepareForUpdate!(changed, secret)).toMatchObject({
    data: { a: 'YQ==', b: 'Yg==' },
  })
})
