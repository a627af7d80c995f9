import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simTimeOf } from '../../src/base/time.ts'
import {
  cancelActor,
  createQueue,
  enqueue,
  peekTask,
  popTask,
  type Queue,
} from '../../src/sim/queue.ts'

const add = (queue: Queue, actor: string, key: string, at: number, causes: number[] = []) =>
  enqueue(queue, actor, 'sync', key, simTimeOf(at), causes)

function drain(queue: Queue): string[] {
  const seen: string[] = []
  for (let task = popTask(queue); task !== undefined; task = popTask(queue))
    seen.push(`${task.at} ${task.actor}/${task.key}`)
  return seen
}

describe('the queue', () => {
  it('[TIME-2] gives tasks in the order of time, then of queueing', () => {
    const queue = createQueue()
    add(queue, 'b', 'x', 20)
    add(queue, 'a', 'y', 10)
    add(queue, 'c', 'z', 10)
    expect(drain(queue)).toEqual(['10 a/y', '10 c/z', '20 b/x'])
  })

  it('[TIME-4] keeps one task a key, at the earliest time, with the causes of all', () => {
    const queue = createQueue()
    add(queue, 'a', 'k', 30, [1])
    add(queue, 'a', 'k', 10, [2])
    add(queue, 'a', 'k', 20, [3])
    expect(popTask(queue)).toMatchObject({ at: 10, causes: [1, 2, 3] })
    expect(popTask(queue)).toBeUndefined()
  })

  it('forgets the tasks of a stopped actor', () => {
    const queue = createQueue()
    for (const key of ['x', 'y']) add(queue, 'a', key, 1)
    add(queue, 'b', 'x', 2)
    expect(peekTask(queue)).toMatchObject({ key: 'x' })
    cancelActor(queue, (actor) => actor === 'a')
    expect(drain(queue)).toEqual(['2 b/x'])
  })

  it('agrees with a sorted list, whatever is queued', () => {
    const operation = fc.tuple(fc.nat(50), fc.nat(9))
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        const queue = createQueue()
        const earliest = new Map<string, number>()
        for (const [at, key] of operations) {
          add(queue, 'a', String(key), at)
          earliest.set(String(key), Math.min(at, earliest.get(String(key)) ?? Infinity))
        }
        const times = drain(queue).map((text) => Number(text.split(' ')[0]))
        expect(times).toEqual([...earliest.values()].sort((a, b) => a - b))
      }),
    )
  })

  it('is plain data', () => {
    const queue = createQueue()
    for (let i = 0; i < 20; i++) add(queue, 'a', String(i % 7), (i * 37) % 11)
    expect(drain(structuredClone(queue))).toEqual(drain(queue))
  })
})
