import { expect, test } from 'vitest'
import { scheduler } from '../../../src/sim/actors/scheduler/scheduler.ts'
import type { KubeEvent, Node } from '../../../src/sim/api-types/core.ts'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { lab, nodesOf, pod } from './helpers.ts'

const asking = (cpu: string) => ({ resources: { requests: { cpu } } })

test('[SCHED-1] a new Pod is bound within milliseconds, node and condition in one version', () => {
  const cluster = lab([scheduler])
  const before = cluster.create<Pod>(pod('a'))
  const bound = cluster.run(0.02).get<Pod>('Pod', 'default/a')
  expect(bound.spec.nodeName).toMatch(/^novacraft-worker/)
  expect(bound.metadata.generation).toBe(before.metadata.generation)
  expect(bound.status.conditions).toEqual([
    {
      type: 'PodScheduled',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: '2026-03-02T09:00:00Z',
    },
  ])
  expect(cluster.events()).toEqual([
    `Normal Scheduled Pod/a: Successfully assigned default/a to ${bound.spec.nodeName}`,
  ])
})

test('[SCHED-2] equal Pods spread over the workers and leave the control plane alone', () => {
  const cluster = lab([scheduler])
  for (const name of ['a', 'b', 'c']) {
    cluster.create(pod(name))
    cluster.run(0.01)
  }
  const nodes = Object.values(nodesOf(cluster)).sort()
  expect(nodes).toEqual(['novacraft-worker', 'novacraft-worker2', 'novacraft-worker3'])
})

test('[SCHED-3] a Pod too big for any node is told why, in the words of v1.36', () => {
  const cluster = lab([scheduler])
  cluster.create(pod('big', {}, asking('64')))
  const waiting = cluster.run(1).get<Pod>('Pod', 'default/big')
  const message =
    '0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient cpu. ' +
    'no new claims to deallocate, preemption: 0/4 nodes are available: ' +
    '4 Preemption is not helpful for scheduling.'
  expect(waiting.spec.nodeName).toBeUndefined()
  expect(waiting.status.conditions).toMatchObject([
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message },
  ])
  expect(cluster.events()).toEqual([`Warning FailedScheduling Pod/big: ${message}`])
})

test('[SCHED-3] a full node may be told apart from one that could never hold the Pod', () => {
  const cluster = lab([scheduler], { nodes: [{ name: 'only' }], cpu: '2' })
  cluster.create(pod('first', {}, asking('1500m')))
  cluster.run(0.01).create(pod('second', {}, asking('1')))
  expect(cluster.run(0.01).events().at(-1)).toBe(
    'Warning FailedScheduling Pod/second: 0/1 nodes are available: 1 Insufficient cpu. ' +
      'no new claims to deallocate, preemption: 0/1 nodes are available: ' +
      '1 No preemption victims found for incoming pod.',
  )
})

test('[SCHED-3] a daemon Pod names its node; the others are not even looked at', () => {
  const cluster = lab([scheduler])
  const term = {
    matchFields: [{ key: 'metadata.name', operator: 'In' as const, values: ['novacraft-worker2'] }],
  }
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } }
  cluster.create(pod('d', { affinity: { nodeAffinity: required } }, asking('64')))
  expect(cluster.run(0.01).events()[0]).toContain(
    "0/4 nodes are available: 1 Insufficient cpu, 3 node(s) didn't satisfy plugin(s) " +
      '[NodeAffinity]. no new claims',
  )
})

test('[SCHED-4] a waiting Pod is tried again when a label or a freed node concerns it', () => {
  const cluster = lab([scheduler], { nodes: [{ name: 'only' }], cpu: '2' })
  cluster.create(pod('ssd', { nodeSelector: { disk: 'ssd' } }))
  cluster.create(pod('first', {}, asking('1500m')))
  cluster.run(0.01).create(pod('second', {}, asking('1')))
  cluster.run(20)
  expect(nodesOf(cluster)).toEqual({ ssd: '', first: 'only', second: '' })
  cluster.remove('Pod', 'default/first', { gracePeriodSeconds: 0 })
  expect(nodesOf(cluster.run(0.01))).toEqual({ ssd: '', second: 'only' })
  const node = cluster.get<Node>('Node', 'only')
  const labels = { ...node.metadata.labels, disk: 'ssd' }
  cluster.update({ ...node, metadata: { ...node.metadata, labels } })
  expect(nodesOf(cluster.run(0.01))).toEqual({ ssd: 'only', second: 'only' })
})

test('[SCHED-4] [EVENT-4] without any event it is tried again after five minutes, as one series', () => {
  const cluster = lab([scheduler])
  cluster.create(pod('big', {}, asking('64')))
  cluster.run(3600)
  const events = cluster.list<KubeEvent>('Event')
  const counts = events.map(({ series }) => series?.count)
  expect(events).toHaveLength(2)
  expect(counts[0]).toBeUndefined()
  expect(counts[1]).toBeGreaterThan(5)
})

test('[SCHED-5] gated, bound and foreign Pods are not its business', () => {
  const cluster = lab([scheduler])
  cluster.create(pod('gated', { schedulingGates: [{ name: 'later' }] }))
  cluster.create(pod('bound', { nodeName: 'novacraft-worker' }))
  cluster.create(pod('foreign', { schedulerName: 'mine' }))
  cluster.run(1)
  expect(nodesOf(cluster)).toEqual({ gated: '', bound: 'novacraft-worker', foreign: '' })
  const gated = cluster.get<Pod>('Pod', 'default/gated')
  const { schedulingGates: _gates, ...spec } = gated.spec
  cluster.update({ ...gated, spec })
  expect(nodesOf(cluster.run(0.01))['gated']).not.toBe('')
})

test('[SCHED-6] a Pod of higher priority evicts as few others as it needs', () => {
  const cluster = lab([scheduler], { nodes: [{ name: 'only' }], cpu: '2' })
  cluster.create(pod('small', {}, asking('500m')))
  cluster.create(pod('large', {}, asking('1500m')))
  cluster.run(0.01)
  cluster.create(pod('urgent', { priorityClassName: 'system-node-critical' }, asking('1')))
  cluster.run(0.01)
  const deleted = cluster.list<Pod>('Pod').filter((p) => p.metadata.deletionTimestamp)
  expect(deleted.map((p) => p.metadata.name)).toEqual(['large'])
  expect(cluster.get<Pod>('Pod', 'default/urgent').status.nominatedNodeName).toBe('only')
  cluster.remove('Pod', 'default/large', { gracePeriodSeconds: 0 })
  expect(nodesOf(cluster.run(0.01))['urgent']).toBe('only')
  expect(cluster.get<Pod>('Pod', 'default/urgent').status).not.toHaveProperty('nominatedNodeName')
})

test('[SCHED-6] it takes the node it was promised, however empty others are by then', () => {
  const cluster = lab([scheduler], { nodes: [{ name: 'one' }, { name: 'two' }], cpu: '2' })
  cluster.create(pod('stays', { nodeName: 'one' }, asking('500m')))
  cluster.create(pod('goes', { nodeName: 'one' }, asking('1500m')))
  for (const name of ['a', 'b']) cluster.create(pod(name, { nodeName: 'two' }, asking('1')))
  cluster.create(pod('high', { priorityClassName: 'system-cluster-critical' }, asking('1500m')))
  cluster.run(0.1)
  expect(cluster.get<Pod>('Pod', 'default/high').status.nominatedNodeName).toBe('one')
  for (const name of ['goes', 'a', 'b'])
    cluster.remove('Pod', `default/${name}`, { gracePeriodSeconds: 0 })
  expect(nodesOf(cluster.run(0.01))['high']).toBe('one')
})

test('[SCHED-6] when it is deleted while it waits, others get the room at once', () => {
  const cluster = lab([scheduler], { nodes: [{ name: 'only' }], cpu: '3' })
  cluster.create(pod('low', {}, asking('2')))
  cluster.run(0.1)
  cluster.create(pod('high', { priorityClassName: 'system-cluster-critical' }, asking('2')))
  cluster.run(0.1).create(pod('small', {}, asking('1')))
  expect(nodesOf(cluster.run(10))).toEqual({ low: 'only', high: '', small: '' })
  cluster.remove('Pod', 'default/high')
  expect(nodesOf(cluster.run(0.01))).toEqual({ low: 'only', small: 'only' })
})

test('[SCHED-6] the room it was promised is kept until its victims have gone', () => {
  const cluster = lab([scheduler], { nodes: [{ name: 'only' }], cpu: '2' })
  cluster.create(pod('low', { terminationGracePeriodSeconds: 30 }, asking('2')))
  cluster.run(0.1)
  const priorityClassName = 'system-cluster-critical'
  cluster.create(pod('high', { priorityClassName }, asking('1500m')))
  cluster.run(0.1).create(pod('small', {}, asking('100m')))
  cluster.run(0.1).create(pod('large', {}, asking('1')))
  expect(nodesOf(cluster.run(1))).toEqual({ low: 'only', high: '', small: '', large: '' })
  cluster.remove('Pod', 'default/low', { gracePeriodSeconds: 0 })
  expect(nodesOf(cluster.run(1))).toEqual({ high: 'only', small: 'only', large: '' })
})

test('[SCHED-6] nobody is evicted twice for the same Pod', () => {
  const cluster = lab([scheduler], { nodes: [{ name: 'only' }], cpu: '3' })
  for (const name of ['a', 'b', 'c']) cluster.create(pod(name, {}, asking('1')))
  cluster.run(0.1)
  cluster.create(pod('high', { priorityClassName: 'system-cluster-critical' }, asking('1')))
  cluster.run(600)
  const leaving = cluster.list<Pod>('Pod').filter(({ metadata }) => metadata.deletionTimestamp)
  expect(leaving).toHaveLength(1)
  expect(cluster.events().at(-1)).toContain('due to a terminating pod on the nominated node.')
})

test('[SCHED-7] a thousand Pods are placed evenly in little time', () => {
  const cluster = lab([scheduler], { pods: 1000 })
  for (let i = 0; i < 1000; i++) cluster.create(pod(`p${i}`))
  cluster.run(1)
  const counts = new Map<string, number>()
  for (const node of Object.values(nodesOf(cluster))) counts.set(node, (counts.get(node) ?? 0) + 1)
  expect(counts.size).toBe(3)
  expect(Math.min(...counts.values())).toBeGreaterThan(320)
})
