import { expect, test } from 'vitest'
import type { Actor } from '../../../src/sim/actor.ts'
import { eventTtl } from '../../../src/sim/actors/event-ttl.ts'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { recordEvent } from '../../../src/sim/events.ts'
import { deliver, ctxOf } from '../../../src/sim/world.ts'
import type { KubeEvent, Node } from '../../../src/sim/api-types/core.ts'
import { lab, pod, type Lab } from './helpers.ts'

/** Records one event about the Pod `a`. */
function tell(cluster: Lab, message: string, actors: readonly Actor[] = []): void {
  const about = cluster.get<Pod>('Pod', 'default/a')
  const ctx = ctxOf(cluster.world, 'teller', [])
  recordEvent(ctx, about, { type: 'Normal', reason: 'Told', message })
  deliver(cluster.world, actors)
}

function withPod(actors: readonly Actor[] = []): Lab {
  const cluster = lab(actors)
  cluster.create(pod('a'))
  return cluster
}

test('[EVENT-1] the same message again raises the count of the event there is', () => {
  const cluster = withPod()
  tell(cluster, 'hello')
  tell(cluster.run(60), 'hello')
  const events = cluster.list<KubeEvent>('Event')
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    count: 2,
    firstTimestamp: '2026-03-02T09:00:00Z',
    lastTimestamp: '2026-03-02T09:01:00Z',
    source: { component: 'teller' },
  })
})

test('[EVENT-2] from the tenth different message in ten minutes on they are combined', () => {
  const cluster = withPod()
  for (let i = 1; i <= 12; i++) tell(cluster.run(30), `message ${i}`)
  const events = cluster.list<KubeEvent>('Event')
  expect(events).toHaveLength(10)
  expect(events.at(-1)).toMatchObject({
    message: '(combined from similar events): message 12',
    count: 3,
  })
})

test('[EVENT-3] a source that never stops is held to one event in five minutes', () => {
  const cluster = withPod()
  for (let i = 0; i < 30; i++) tell(cluster, 'again')
  expect(cluster.list<KubeEvent>('Event')[0]!.count).toBe(25)
  tell(cluster.run(301), 'again')
  expect(cluster.list<KubeEvent>('Event')[0]!.count).toBe(31)
})

test('[EVENT-5] an event is forgotten an hour after it was last written', () => {
  const cluster = withPod([eventTtl])
  tell(cluster, 'early', [eventTtl])
  tell(cluster.run(1800), 'late', [eventTtl])
  tell(cluster.run(600), 'early', [eventTtl])
  const messages = (): string[] => cluster.list<KubeEvent>('Event').map(({ message }) => message)
  expect(messages()).toEqual(['early', 'late'])
  cluster.run(3200)
  expect(messages()).toEqual(['early'])
  cluster.run(600)
  expect(messages()).toEqual([])
})

test('[EVENT-6] events about Nodes are kept apart from a namespace of learners', () => {
  const cluster = lab([])
  const ctx = ctxOf(cluster.world, 'node-controller', [])
  const about = cluster.get<Node>('Node', 'novacraft-worker')
  recordEvent(ctx, about, { type: 'Normal', reason: 'NodeNotReady', message: 'x' })
  const [event] = cluster.list<KubeEvent>('Event')
  expect(event!.metadata.namespace).toBe('kube-node-lease')
})
