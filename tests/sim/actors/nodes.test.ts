import { expect, test } from 'vitest'
import { ACTORS } from '../../../src/sim/actors/index.ts'
import type { KubeEvent, Node } from '../../../src/sim/api-types/core.ts'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { startComponent, stopComponent } from '../../../src/sim/boot.ts'
import { addMachine, startMachine, stopMachine } from '../../../src/sim/kubelets.ts'
import { lab, pod, type Lab } from './helpers.ts'

const WORKER = 'novacraft-worker2'

function withPod(seconds?: number): Lab {
  const cluster = lab(ACTORS)
  const patient = {
    key: 'node.kubernetes.io/unreachable',
    operator: 'Exists' as const,
    effect: 'NoExecute' as const,
    ...(seconds === undefined ? {} : { tolerationSeconds: seconds }),
  }
  const container = { command: ['sleep', '100000'] }
  cluster.create(pod('a', { nodeName: WORKER, tolerations: [patient] }, container))
  return cluster.run(10)
}

function taints(cluster: Lab, name = WORKER): string[] {
  const { spec } = cluster.get<Node>('Node', name)
  return (spec.taints ?? []).map(({ key, effect }) => `${key.split('/')[1]}:${effect}`)
}

function ready(cluster: Lab, name = WORKER): string {
  const { conditions = [] } = cluster.get<Node>('Node', name).status
  return conditions.find(({ type }) => type === 'Ready')!.status
}

function about(cluster: Lab, kind: string): string[] {
  return cluster.events().filter((line) => line.includes(` ${kind}/`))
}

test('[NODE-1] a node that is silent for 50 s is Unknown, tainted, and its Pods not ready', () => {
  const cluster = withPod(300)
  stopMachine(cluster.world, WORKER)
  expect(ready(cluster.run(39))).toBe('True')
  cluster.run(25)
  expect(ready(cluster)).toBe('Unknown')
  expect(taints(cluster)).toEqual(['unreachable:NoSchedule', 'unreachable:NoExecute'])
  const { conditions } = cluster.get<Node>('Node', WORKER).status
  expect(conditions).toMatchObject(
    ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
      type,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    })),
  )
  const { status } = cluster.get<Pod>('Pod', 'default/a')
  expect(status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Ready', status: 'False' }),
  )
  expect(status.containerStatuses![0]!.ready).toBe(true)
  expect(about(cluster, 'Pod')).toContain('Warning NodeNotReady Pod/a: Node is not ready')
  expect(about(cluster, 'Node')).toContain(
    `Normal NodeNotReady Node/${WORKER}: Node ${WORKER} status is now: NodeNotReady`,
  )
})

test('[NODE-2] it returns: its taints go, and within a beat the NoExecute one too', () => {
  const cluster = withPod(300)
  stopMachine(cluster.world, WORKER)
  cluster.run(100)
  startMachine(cluster.world, WORKER)
  cluster.run(8)
  expect(ready(cluster)).toBe('True')
  expect(taints(cluster)).toEqual([])
  expect(cluster.get<Pod>('Pod', 'default/a').status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Ready', status: 'True' }),
  )
})

test('[NODE-3] a Pod is evicted when its toleration has run out, and only marked so far', () => {
  const cluster = withPod(15)
  stopMachine(cluster.world, WORKER)
  cluster.run(100)
  const { metadata, status } = cluster.get<Pod>('Pod', 'default/a')
  expect(metadata.deletionTimestamp).toBeDefined()
  expect(status.conditions).toContainEqual(
    expect.objectContaining({ type: 'DisruptionTarget', reason: 'DeletionByTaintManager' }),
  )
  expect(about(cluster, 'Pod')).toContain(
    'Normal TaintManagerEviction Pod/a: Marking for deletion Pod default/a',
  )
  startMachine(cluster.world, WORKER)
  expect(cluster.run(60).find('Pod', 'default/a')).toBeUndefined()
})

test('[NODE-3] without a limit it stays; a taint that goes away cancels', () => {
  const cluster = withPod()
  stopMachine(cluster.world, WORKER)
  expect(cluster.run(3600).get('Pod', 'default/a').metadata.deletionTimestamp).toBeUndefined()
  const patient = withPod(300)
  stopMachine(patient.world, WORKER)
  patient.run(100)
  startMachine(patient.world, WORKER)
  patient.run(1000)
  expect(patient.get('Pod', 'default/a').metadata.deletionTimestamp).toBeUndefined()
  expect(about(patient, 'Pod')).toContain(
    'Normal TaintManagerEviction Pod/a: Cancelling deletion of Pod default/a',
  )
})

test('[NODE-4] the second lost node waits ten seconds for its NoExecute taint', () => {
  const cluster = withPod(300)
  stopMachine(cluster.world, WORKER)
  stopMachine(cluster.world, 'novacraft-worker3')
  const executing = (): number =>
    [...taints(cluster), ...taints(cluster, 'novacraft-worker3')].filter((taint) =>
      taint.endsWith('NoExecute'),
    ).length
  for (let seconds = 0; executing() === 0 && seconds < 70; seconds++) cluster.run(1)
  expect(executing()).toBe(1)
  expect(ready(cluster, 'novacraft-worker3')).toBe('Unknown')
  cluster.run(8)
  expect(executing()).toBe(1)
  cluster.run(3)
  expect(executing()).toBe(2)
})

test('[NODE-5] when all nodes are lost nobody is driven away', () => {
  const cluster = withPod(15)
  for (const { metadata } of cluster.list<Node>('Node')) stopMachine(cluster.world, metadata.name)
  cluster.run(600)
  expect(ready(cluster)).toBe('Unknown')
  expect(taints(cluster)).toEqual(['unreachable:NoSchedule'])
  expect(cluster.get('Pod', 'default/a').metadata.deletionTimestamp).toBeUndefined()
})

test('[NODE-6] a cordoned node is tainted, an uncordoned one no longer', () => {
  const cluster = lab(ACTORS)
  const cordon = (unschedulable: boolean): void => {
    const node = cluster.get<Node>('Node', WORKER)
    cluster.update<Node>({ ...node, spec: { ...node.spec, unschedulable } })
    cluster.run(0.1)
  }
  cordon(true)
  expect(taints(cluster)).toEqual(['unschedulable:NoSchedule'])
  cordon(false)
  expect(taints(cluster)).toEqual([])
})

test('[NODE-7] [EVENT-6] a new machine joins: tainted until ready, then registered', () => {
  const cluster = lab(ACTORS)
  addMachine(cluster.world, { name: 'extra' })
  cluster.run(0.5)
  expect(ready(cluster, 'extra')).toBe('False')
  expect(taints(cluster, 'extra')).toContain('not-ready:NoSchedule')
  cluster.run(9.5)
  expect(ready(cluster, 'extra')).toBe('True')
  expect(taints(cluster, 'extra')).toEqual([])
  expect(about(cluster, 'Node')).toContain(
    'Normal RegisteredNode Node/extra: Node extra event: Registered Node extra in Controller',
  )
  const events = cluster.list<KubeEvent>('Event')
  const told = events.filter(({ involvedObject }) => involvedObject.kind === 'Node')
  expect([...new Set(told.map(({ metadata }) => metadata.namespace))]).toEqual(['kube-node-lease'])
})

test('[NODE-8] Pods of a deleted node fail and go after the quarantine of 40 s', () => {
  const cluster = withPod(300)
  stopMachine(cluster.world, WORKER)
  cluster.remove('Node', WORKER)
  expect(cluster.run(39).find('Pod', 'default/a')).toBeDefined()
  expect(cluster.run(22).find('Pod', 'default/a')).toBeUndefined()
})

test('[NODE-9] without its controller nothing is noticed; after a restart the grace is new', () => {
  const cluster = withPod(300)
  stopComponent(cluster.world, ACTORS, 'kube-controller-manager')
  stopMachine(cluster.world, WORKER)
  expect(ready(cluster.run(600))).toBe('True')
  startComponent(cluster.world, ACTORS, 'kube-controller-manager')
  expect(ready(cluster.run(45))).toBe('True')
  expect(ready(cluster.run(20))).toBe('Unknown')
})

test('[NODE-10] a quiet day of the cluster costs next to no work', () => {
  const cluster = withPod(300)
  const before = cluster.world.queue.nextSeq
  cluster.run(86_400)
  expect(cluster.world.queue.nextSeq - before).toBeLessThan(2_000)
})

test('[NODE-8] a Pod deleted before it had a node is failed, so that its Job can count it', () => {
  const cluster = lab(ACTORS)
  const held = pod('held', { nodeSelector: { no: 'such' } })
  cluster.create({ ...held, metadata: { ...held.metadata, finalizers: ['example.com/hold'] } })
  cluster.run(1)
  cluster.remove('Pod', 'default/held')
  const { status } = cluster.run(21).get<Pod>('Pod', 'default/held')
  expect(status.phase).toBe('Failed')
})
