import { expect, test } from 'vitest'
import { daemonSetController } from '../../../src/sim/actors/daemonset/daemonset.ts'
import { ACTORS as CLUSTER } from '../../../src/sim/actors/index.ts'
import { garbageCollector } from '../../../src/sim/actors/garbage-collector.ts'
import { scheduler } from '../../../src/sim/actors/scheduler/scheduler.ts'
import type {
  ControllerRevision,
  DaemonSet,
  DaemonSetSpec,
} from '../../../src/sim/api-types/apps.ts'
import type { Node, Taint } from '../../../src/sim/api-types/core.ts'
import type { Pod, PodSpec } from '../../../src/sim/api-types/pod.ts'
import type { Submitted } from '../../../src/sim/api.ts'
import { formatTime } from '../../../src/base/time.ts'
import { lab, pod, readyCondition, setStatus, settlePods, type Lab } from './helpers.ts'

const ACTORS = [daemonSetController, scheduler, garbageCollector]
const KEY = 'default/agent'

function daemon(spec: Partial<PodSpec> = {}, rest: Partial<DaemonSetSpec> = {}): Submitted {
  const labels = { app: 'agent' }
  const containers = [{ name: 'agent', image: 'agent:v1' }]
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers, ...spec } },
      ...rest,
    },
  }
}

/** The set's Pods all run and are ready. */
function running(spec: Partial<PodSpec> = {}, rest: Partial<DaemonSetSpec> = {}): Lab {
  const cluster = lab(ACTORS)
  cluster.create(daemon(spec, rest))
  cluster.run(1)
  settlePods(cluster)
  return cluster.run(60)
}

/** desired/current/ready/up-to-date/available misscheduled, as `kubectl get ds` shows them. */
function counts(cluster: Lab): string {
  const { status } = cluster.get<DaemonSet>('DaemonSet', KEY)
  const { desiredNumberScheduled, currentNumberScheduled, numberReady } = status
  const { updatedNumberScheduled = 0, numberAvailable = 0, numberMisscheduled } = status
  const all = [desiredNumberScheduled, currentNumberScheduled, numberReady]
  return `${[...all, updatedNumberScheduled, numberAvailable].join('/')} ${numberMisscheduled}`
}

function pods(cluster: Lab): Pod[] {
  return cluster.list<Pod>('Pod')
}

function changeNode(cluster: Lab, name: string, change: { taints?: Taint[]; labels?: object }) {
  const node = cluster.get<Node>('Node', name)
  const labels = { ...node.metadata.labels, ...change.labels }
  const spec = { ...node.spec, ...(change.taints === undefined ? {} : { taints: change.taints }) }
  cluster.update<Node>({ ...node, metadata: { ...node.metadata, labels }, spec })
}

function setImage(cluster: Lab, image: string): void {
  const set = cluster.get<DaemonSet>('DaemonSet', KEY)
  const containers = [{ ...set.spec.template.spec.containers[0]!, image }]
  const template = { ...set.spec.template, spec: { ...set.spec.template.spec, containers } }
  cluster.update<DaemonSet>({ ...set, spec: { ...set.spec, template } })
}

function images(cluster: Lab): string[] {
  const live = pods(cluster).filter(({ metadata }) => metadata.deletionTimestamp === undefined)
  return live.map(({ spec }) => spec.containers[0]!.image).sort()
}

function revisions(cluster: Lab): number[] {
  return cluster.list<ControllerRevision>('ControllerRevision').map(({ revision }) => revision)
}

test('[DS-1] each node whose taints are tolerated gets one Pod, pinned and labelled', () => {
  const cluster = running()
  expect(counts(cluster)).toBe('3/3/3/3/3 0')
  const [first] = pods(cluster)
  expect(first!.metadata.name).toMatch(/^agent-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
  expect(first!.metadata.labels).toMatchObject({ app: 'agent', 'pod-template-generation': '1' })
  expect(first!.metadata.labels!['controller-revision-hash']).toMatch(/^[456789bcdf]{7,10}$/)
  expect(first!.metadata.ownerReferences).toMatchObject([{ kind: 'DaemonSet', controller: true }])
  const nodes = pods(cluster).map(({ spec }) => spec.nodeName)
  expect(nodes.sort()).toEqual(['novacraft-worker', 'novacraft-worker2', 'novacraft-worker3'])
})

test('[DS-2] Pods tolerate what nodes suffer from, after what the template tolerates', () => {
  const control = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' as const }
  const cluster = running({ tolerations: [control], hostNetwork: true })
  expect(counts(cluster)).toBe('4/4/4/4/4 0')
  const tolerated = pods(cluster)[0]!.spec.tolerations!.map(({ key, effect }) => `${key}:${effect}`)
  expect(tolerated).toEqual([
    'node-role.kubernetes.io/control-plane:NoSchedule',
    'node.kubernetes.io/not-ready:NoExecute',
    'node.kubernetes.io/unreachable:NoExecute',
    'node.kubernetes.io/disk-pressure:NoSchedule',
    'node.kubernetes.io/memory-pressure:NoSchedule',
    'node.kubernetes.io/pid-pressure:NoSchedule',
    'node.kubernetes.io/unschedulable:NoSchedule',
    'node.kubernetes.io/network-unavailable:NoSchedule',
  ])
})

test('[DS-3] a Pod on a node that is tainted NoSchedule stays, counted as misscheduled', () => {
  const cluster = running()
  changeNode(cluster, 'novacraft-worker', { taints: [{ key: 'full', effect: 'NoSchedule' }] })
  expect(counts(cluster.run(1))).toBe('2/2/2/2/2 1')
  expect(pods(cluster)).toHaveLength(3)
  changeNode(cluster, 'novacraft-worker', { taints: [] })
  expect(counts(cluster.run(1))).toBe('3/3/3/3/3 0')
})

test('[DS-3] NoExecute and a lost label drive the Pod away, and back it comes', () => {
  const cluster = running({ nodeSelector: { disk: 'ssd' } })
  expect(counts(cluster)).toBe('0/0/0/0/0 0')
  changeNode(cluster, 'novacraft-worker2', { labels: { disk: 'ssd' } })
  cluster.run(1)
  settlePods(cluster)
  expect(counts(cluster.run(1))).toBe('1/1/1/1/1 0')
  changeNode(cluster, 'novacraft-worker2', { labels: { disk: 'hdd' } })
  expect(counts(cluster.run(1))).toBe('0/0/0/0/0 1')
  settlePods(cluster)
  expect(counts(cluster.run(1))).toBe('0/0/0/0/0 0')
  expect(cluster.events().filter((line) => line.includes('DaemonSet'))).toEqual([
    expect.stringMatching(/^Normal SuccessfulCreate DaemonSet\/agent: Created pod: agent-/),
    expect.stringMatching(/^Normal SuccessfulDelete DaemonSet\/agent: Deleted pod: agent-/),
  ])
})

test('[DS-4] a deleted Pod is replaced only when it has ended', () => {
  const cluster = running()
  cluster.remove('Pod', `default/${pods(cluster)[0]!.metadata.name}`)
  expect(pods(cluster.run(1))).toHaveLength(3)
  settlePods(cluster)
  expect(pods(cluster.run(1))).toHaveLength(3)
  expect(counts(cluster)).toBe('3/3/2/3/2 0')
})

test('[DS-5] failed Pods are replaced after one second, two, four …', () => {
  const cluster = running()
  const fail = (): void => {
    for (const { metadata, spec } of pods(cluster))
      if (spec.nodeName === 'novacraft-worker' && metadata.deletionTimestamp === undefined)
        setStatus(cluster, `default/${metadata.name}`, { phase: 'Failed' })
  }
  const failures = () => cluster.events().filter((line) => line.includes('FailedDaemonPod')).length
  fail()
  expect(cluster.run(0.1).events().join()).toMatch(
    /FailedDaemonPod DaemonSet\/agent: Found failed daemon pod default\/agent-\w+ on node novacraft-worker, will try to kill it/,
  )
  settlePods(cluster)
  cluster.run(0.1)
  fail()
  cluster.run(0.5)
  expect(failures()).toBe(1)
  cluster.run(0.6)
  expect(failures()).toBe(2)
  settlePods(cluster)
  cluster.run(0.1)
  fail()
  cluster.run(1.5)
  expect(failures()).toBe(2)
  cluster.run(0.6)
  expect(failures()).toBe(3)
})

test('[DS-6] an update takes one node after the other, each only when the last is available', () => {
  const cluster = running()
  setImage(cluster, 'agent:v2')
  cluster.run(1)
  expect(images(cluster)).toEqual(['agent:v1', 'agent:v1'])
  expect(counts(cluster)).toBe('3/3/3/0/3 0')
  const seen: string[] = []
  for (let i = 0; i < 3; i++) {
    settlePods(cluster)
    cluster.run(1)
    seen.push(images(cluster).join(' '))
    settlePods(cluster)
    cluster.run(1)
  }
  expect(seen).toEqual([
    'agent:v1 agent:v1 agent:v2',
    'agent:v1 agent:v2 agent:v2',
    'agent:v2 agent:v2 agent:v2',
  ])
  expect(counts(cluster)).toBe('3/3/3/3/3 0')
})

test('[DS-6] a percentage is rounded up; an old Pod that is broken does not wait its turn', () => {
  const rollingUpdate = { maxUnavailable: '34%', maxSurge: 0 }
  const cluster = running({}, { updateStrategy: { type: 'RollingUpdate', rollingUpdate } })
  setImage(cluster, 'agent:v2')
  expect(images(cluster.run(1))).toEqual(['agent:v1'])
  const broken = running()
  const [, second] = pods(broken)
  const conditions = [readyCondition(formatTime(broken.world.now), 'False')]
  setStatus(broken, `default/${second!.metadata.name}`, { conditions })
  setImage(broken, 'agent:v2')
  broken.run(1)
  const deleted = pods(broken).filter(({ metadata }) => metadata.deletionTimestamp)
  expect(deleted.map(({ metadata }) => metadata.name)).toEqual([second!.metadata.name])
})

test('[DS-6] minReadySeconds holds the next node back', () => {
  const cluster = running({}, { minReadySeconds: 30 })
  setImage(cluster, 'agent:v2')
  for (let i = 0; i < 2; i++) {
    settlePods(cluster.run(1))
    cluster.run(1)
  }
  expect(counts(cluster)).toBe('3/3/3/1/2 0')
  cluster.run(35)
  expect(counts(cluster)).toBe('3/3/3/1/3 0')
  expect(images(cluster)).toEqual(['agent:v1', 'agent:v2'])
})

test('[DS-7] with surge the new Pod is there before the old one goes', () => {
  const rollingUpdate = { maxUnavailable: 0, maxSurge: 1 }
  const cluster = running({}, { updateStrategy: { type: 'RollingUpdate', rollingUpdate } })
  setImage(cluster, 'agent:v2')
  expect(images(cluster.run(1))).toEqual(['agent:v1', 'agent:v1', 'agent:v1', 'agent:v2'])
  expect(counts(cluster)).toBe('3/3/3/0/3 0')
  for (let i = 0; i < 10; i++) {
    settlePods(cluster)
    cluster.run(1)
    expect(images(cluster).length).toBeGreaterThanOrEqual(3)
  }
  expect(images(cluster)).toEqual(['agent:v2', 'agent:v2', 'agent:v2'])
})

test('[DS-8] OnDelete leaves the old Pods until someone deletes them', () => {
  const cluster = running({}, { updateStrategy: { type: 'OnDelete' } })
  setImage(cluster, 'agent:v2')
  expect(counts(cluster.run(60))).toBe('3/3/3/0/3 0')
  cluster.remove('Pod', `default/${pods(cluster)[0]!.metadata.name}`, { gracePeriodSeconds: 0 })
  expect(images(cluster.run(1))).toEqual(['agent:v1', 'agent:v1', 'agent:v2'])
})

test('[DS-9] the first status misses the last Pod of a new revision, the next one sees it', () => {
  const cluster = lab(ACTORS)
  cluster.create(daemon())
  expect(counts(cluster.run(0.005))).toBe('3/2/0/2/0 0')
  expect(counts(cluster.run(0.01))).toBe('3/3/0/3/0 0')
})

test('[DS-9] beside the new Pods of others the first status misses the last two', () => {
  const cluster = lab(ACTORS)
  cluster.create(pod('other'))
  cluster.create(daemon())
  expect(counts(cluster.run(0.005))).toBe('3/1/0/1/0 0')
  expect(counts(cluster.run(0.01))).toBe('3/3/0/3/0 0')
})

test('[DS-9] a Pod that has waited for a node for long does not count as being created', () => {
  const cluster = lab(ACTORS)
  cluster.create(pod('other', { nodeSelector: { disk: 'ssd' } }))
  cluster.run(5).create(daemon())
  expect(counts(cluster.run(0.005))).toBe('3/2/0/2/0 0')
})

test('[DS-15] Pods that get ready milliseconds apart are counted one by one', () => {
  const cluster = lab(ACTORS)
  cluster.create(daemon())
  cluster.run(1)
  const conditions = [readyCondition(formatTime(cluster.world.now))]
  for (const [index, { metadata }] of pods(cluster).entries()) {
    setStatus(cluster, `default/${metadata.name}`, { phase: 'Running', conditions })
    expect(counts(cluster.run(0.003))).toBe(`3/3/${index + 1}/3/${index + 1} 0`)
  }
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  '[DS-15] with images at hand no two machines start their Pods at one moment (seed %i)',
  (seed) => {
    const images = ['agent:v1']
    const workers = ['novacraft-worker', 'novacraft-worker2', 'novacraft-worker3']
    const presentImages = Object.fromEntries(workers.map((name) => [name, images]))
    const cluster = lab(CLUSTER, { images, presentImages }, seed)
    cluster.create(daemon())
    const seen: string[] = []
    for (let ms = 0; ms < 1000; ms++) {
      const now = counts(cluster.run(0.001))
      if (now !== seen.at(-1)) seen.push(now)
    }
    expect(seen.map((status) => status.split('/')[2]).slice(-4)).toEqual(['0', '1', '2', '3'])
  },
)

test('[DS-14] a removed node is noticed only when a Pod changes', () => {
  const cluster = running()
  cluster.remove('Node', 'novacraft-worker3')
  expect(counts(cluster.run(600))).toBe('3/3/3/3/3 0')
  const lost = pods(cluster).find(({ spec }) => spec.nodeName === 'novacraft-worker3')!
  cluster.remove('Pod', `default/${lost.metadata.name}`, { gracePeriodSeconds: 0 })
  expect(counts(cluster.run(1))).toBe('2/2/2/2/2 0')
})

test('[DS-10] going back to an earlier template numbers its revision anew', () => {
  const cluster = running({}, { updateStrategy: { type: 'OnDelete' } })
  setImage(cluster, 'agent:v2')
  expect(revisions(cluster.run(1))).toEqual([1, 2])
  setImage(cluster, 'agent:v1')
  expect(revisions(cluster.run(1))).toEqual([3, 2])
})

test('[DS-10] old revisions go beyond the limit, but not one that a Pod still runs', () => {
  const cluster = running({}, { revisionHistoryLimit: 1, updateStrategy: { type: 'OnDelete' } })
  for (const tag of ['v2', 'v3', 'v4']) {
    setImage(cluster, `agent:${tag}`)
    cluster.run(1)
  }
  expect(revisions(cluster)).toEqual([1, 4])
})

test('[DS-11] orphans with the right labels are taken in; relabelled Pods are let go', () => {
  const cluster = running()
  cluster.remove('DaemonSet', KEY, { propagationPolicy: 'Orphan' })
  cluster.run(1)
  const names = pods(cluster).map(({ metadata }) => metadata.name)
  cluster.create(daemon())
  cluster.run(1)
  expect(counts(cluster)).toBe('3/3/3/3/3 0')
  expect(pods(cluster).map(({ metadata }) => metadata.name)).toEqual(names)
  const first = cluster.get<Pod>('Pod', `default/${names[0]}`)
  cluster.update({ ...first, metadata: { ...first.metadata, labels: { app: 'debug' } } })
  cluster.run(1)
  expect(pods(cluster)).toHaveLength(4)
  const freed = cluster.get<Pod>('Pod', `default/${names[0]}`)
  expect(freed.metadata.ownerReferences).toBeUndefined()
})

test('[DS-12] deleting the set removes its Pods and its history', () => {
  const cluster = running()
  cluster.remove('DaemonSet', KEY, { propagationPolicy: 'Background' })
  settlePods(cluster.run(1))
  expect(pods(cluster)).toEqual([])
  expect(revisions(cluster)).toEqual([])
})

test('[DS-13] what cannot be created is told, and tried again', () => {
  const cluster = running({ serviceAccountName: 'missing' })
  expect(cluster.events()[0]).toBe(
    'Warning FailedCreate DaemonSet/agent: Error creating: pods "agent-" is forbidden: error ' +
      'looking up service account default/missing: serviceaccount "missing" not found',
  )
  const account = { apiVersion: 'v1', kind: 'ServiceAccount' }
  cluster.create({ ...account, metadata: { name: 'missing', namespace: 'default' } })
  expect(pods(cluster.run(600))).toHaveLength(3)
})

test('[DS-1] a Pod beside the daemon does not disturb it', () => {
  const cluster = running()
  cluster.create(pod('guest'))
  expect(counts(cluster.run(1))).toBe('3/3/3/3/3 0')
})

test('[DS-14] a Node that is removed leaves the status as it was until a Pod changes', () => {
  const cluster = running()
  expect(counts(cluster)).toBe('3/3/3/3/3 0')
  cluster.remove('Node', 'novacraft-worker3')
  cluster.run(10)
  expect(counts(cluster)).toBe('3/3/3/3/3 0')
  const gone = pods(cluster).find(({ spec }) => spec.nodeName === 'novacraft-worker3')!
  cluster.remove('Pod', `default/${gone.metadata.name}`, { gracePeriodSeconds: 0 })
  cluster.run(10)
  expect(counts(cluster)).toBe('2/2/2/2/2 0')
})

test('[DS-9] the status counts the oldest Pod of each node that exists', () => {
  const cluster = running()
  const { status } = cluster.get<DaemonSet>('DaemonSet', KEY)
  expect(status.observedGeneration).toBe(1)
  expect(counts(cluster)).toBe('3/3/3/3/3 0')
  changeNode(cluster, 'novacraft-worker2', { taints: [{ key: 'x', effect: 'NoSchedule' }] })
  cluster.run(10)
  expect(counts(cluster)).toBe('2/2/2/2/2 1')
})
