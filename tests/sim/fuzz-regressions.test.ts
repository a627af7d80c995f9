// What random sessions once found, each as the few steps that show it: the plan must come to rest,
// and in the state that Kubernetes would be in.
import { describe, expect, test } from 'vitest'
import type { FuzzPlan } from '../../src/headless/fuzz/plan.ts'
import { runPlan } from '../../src/headless/fuzz/run.ts'
import type { FuzzAction } from '../../src/headless/fuzz/steps.ts'
import { ACTORS } from '../../src/sim/actors/index.ts'
import type { Job, JobSpec } from '../../src/sim/api-types/batch.ts'
import type { Pod } from '../../src/sim/api-types/pod.ts'
import type { Submitted } from '../../src/sim/api.ts'
import { stopComponent } from '../../src/sim/boot.ts'
import { clusterConfig } from '../../src/sim/cluster.ts'
import { unsettledThings } from '../../src/headless/fuzz/invariants.ts'
import { getObject, listObjects } from '../../src/sim/store.ts'
import type { World } from '../../src/sim/world.ts'
import { lab, pod } from './actors/helpers.ts'

const CLUSTER = clusterConfig({
  nodes: [{ name: 'control', controlPlane: true }, { name: 'worker1' }],
  cpu: '2',
  images: ['busybox'],
})

/** Each Pod asks for so much that a node has room for three. */
const THIRD = { requests: { cpu: '600m' } }

function job(name: string, image: string, script: string, spec: Partial<JobSpec> = {}): Submitted {
  const container = { name: 'main', image, command: ['sh', '-c', script], resources: THIRD }
  const restartPolicy = spec.template?.spec.restartPolicy ?? 'Never'
  const template = { spec: { restartPolicy, containers: [container] } }
  const metadata = { name, namespace: 'default' }
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { ...spec, template } }
}

function plan(steps: readonly (readonly [seconds: number, action: FuzzAction])[]): FuzzPlan {
  const timed = steps.map(([seconds, action]) => ({ atMs: seconds * 1000, action }))
  return { seed: 1, cluster: CLUSTER, steps: timed }
}

/** The phase of each Pod of a Job, and whether it has a node. */
function podsOf(world: World, name: string): string[] {
  return listObjects<Pod>(world.store, 'Pod')
    .filter(({ metadata }) => metadata.labels?.['batch.kubernetes.io/job-name'] === name)
    .map(({ spec, status }) => `${status.phase} ${spec.nodeName ?? 'nowhere'}`)
}

const jobOf = (world: World, name: string): Job =>
  getObject<Job>(world.store, 'Job', `default/${name}`)!

const THREE: Partial<JobSpec> = { completions: 3, parallelism: 3, backoffLimit: 2 }

describe('[SCHED-8] a Job without room waits for ever', () => {
  test('where Pods whose image nobody has hold all of it', () => {
    const { problems, world } = runPlan(
      plan([
        [0, { do: 'apply', object: job('hog', 'no-such-image', 'true', THREE) }],
        [9, { do: 'apply', object: job('late', 'busybox', 'sleep 3') }],
      ]),
    )
    expect(problems).toEqual([])
    expect(podsOf(world, 'hog')).toEqual(Array.from({ length: 3 }, () => 'Pending worker1'))
    expect(podsOf(world, 'late')).toEqual(['Pending nowhere'])
  })

  test('where orphans that start again and again hold all of it', () => {
    const template = { spec: { restartPolicy: 'OnFailure' as const, containers: [] } }
    const hog = job('hog', 'busybox', 'sleep 9; exit 1', { ...THREE, template })
    const { problems, world } = runPlan(
      plan([
        [0, { do: 'apply', object: hog }],
        [5, { do: 'delete', kind: 'Job', name: 'hog', cascade: 'orphan' }],
        [9, { do: 'apply', object: job('late', 'busybox', 'sleep 3') }],
      ]),
    )
    expect(problems).toEqual([])
    expect(podsOf(world, 'hog')).toEqual(Array.from({ length: 3 }, () => 'Running worker1'))
    expect(podsOf(world, 'late')).toEqual(['Pending nowhere'])
  })

  test('but only as long as there is none', () => {
    const cluster = lab(ACTORS, CLUSTER)
    for (const name of ['a', 'b', 'c', 'd'])
      cluster.create(pod(name, {}, { image: 'no-such-image', resources: THIRD }))
    cluster.run(1800)
    expect(unsettledThings(cluster.world)).toEqual([])
    stopComponent(cluster.world, ACTORS, 'kube-scheduler')
    cluster.remove('Pod', 'default/a', { gracePeriodSeconds: 0 })
    cluster.run(60)
    expect(unsettledThings(cluster.world)).toEqual([
      'Pod default/d still waits for a node, worker1 would take it',
    ])
  })
})

describe('[JOB-13] a deleted Pod whose index is to be tried again', () => {
  const indexed: Partial<JobSpec> = {
    completions: 2,
    parallelism: 1,
    completionMode: 'Indexed',
    backoffLimitPerIndex: 1,
  }
  const steps = [
    [0, { do: 'apply', object: job('work', 'busybox', 'sleep 12; exit 1', indexed) }],
    [14, { do: 'patch', kind: 'Job', name: 'work', patch: { spec: { parallelism: 0 } } }],
    [16, { do: 'deletePods', label: 'batch.kubernetes.io/job-name', name: 'work', force: true }],
  ] as const

  test('stays while the Job is stopped and goes when its successor is there', () => {
    const { problems, world } = runPlan(plan(steps))
    expect(problems).toEqual([])
    expect(jobOf(world, 'work').status).toMatchObject({ failed: 4, failedIndexes: '0,1' })
  })
})
