// The pending work of the cluster: a binary heap of Tasks ordered by (at, seq), with at most one
// Task for each (actor, task, key), as a workqueue with delays has it. Plain data, part of the World.
import { assert } from '../base/assert.ts'
import type { SimTime } from '../base/time.ts'

/** A queued wake-up. `causes` are ids of the Entries that led to it. */
export interface Task {
  /** Actor, task and key: what is pending once only. */
  readonly id: string
  readonly at: SimTime
  readonly seq: number
  readonly actor: string
  /** Which of the actor's handlers it is for. */
  readonly task: string
  readonly key: string
  readonly causes: readonly number[]
}

export interface Queue {
  heap: Task[]
  /** The live Task of each id; a Task in the heap that is not here was replaced. */
  pending: Map<string, Task>
  nextSeq: number
}

/** More pending Tasks than this means that some actor wakes itself without end. */
const TASKS_MAX = 1_000_000
/** Causes kept on a Task; a burst of changes says no more than its first few. */
const CAUSES_MAX = 8

export function createQueue(): Queue {
  return { heap: [], pending: new Map(), nextSeq: 1 }
}

/** A queue to change independently; Tasks are immutable. */
export function copyQueue({ heap, pending, nextSeq }: Queue): Queue {
  return { heap: [...heap], pending: new Map(pending), nextSeq }
}

/**
 * Queues a wake-up. When one for the same actor, task and key is pending, the earlier time wins and
 * the causes are joined (client-go util/workqueue delaying_queue.go).
 */
export function enqueue(
  queue: Queue,
  actor: string,
  task: string,
  key: string,
  at: SimTime,
  causes: readonly number[],
): void {
  const id = `${actor}\n${task}\n${key}`
  const old = queue.pending.get(id)
  const joined = old === undefined ? causes : joinCauses(old.causes, causes)
  if (old !== undefined && old.at <= at) {
    if (joined !== old.causes) replaceCauses(queue, id, old, joined)
    return
  }
  // The message is made only when it is needed: this is the hottest place of all.
  if (queue.pending.size >= TASKS_MAX)
    assert(false, `too many pending tasks: ${actor} ${task} ${key}`)
  const fresh: Task = { id, at, seq: queue.nextSeq++, actor, task, key, causes: joined }
  queue.pending.set(id, fresh)
  push(queue.heap, fresh)
}

/** Takes back every wake-up of the actors for which `matches` holds. */
export function cancelActor(queue: Queue, matches: (actor: string) => boolean): void {
  for (const [id, task] of queue.pending) if (matches(task.actor)) queue.pending.delete(id)
}

/** The next Task without taking it. */
export function peekTask(queue: Queue): Task | undefined {
  for (;;) {
    const top = queue.heap[0]
    if (top === undefined) return undefined
    if (queue.pending.get(top.id) === top) return top
    pop(queue.heap)
  }
}

/** Takes the least Task. */
export function popTask(queue: Queue): Task | undefined {
  const top = peekTask(queue)
  if (top === undefined) return undefined
  pop(queue.heap)
  queue.pending.delete(top.id)
  return top
}

function replaceCauses(queue: Queue, id: string, old: Task, causes: readonly number[]): void {
  const task = { ...old, causes }
  const index = queue.heap.indexOf(old)
  assert(index >= 0, 'a pending task is in the heap')
  queue.heap[index] = task
  queue.pending.set(id, task)
}

function joinCauses(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length >= CAUSES_MAX) return a
  const fresh = b.filter((cause) => !a.includes(cause))
  return fresh.length === 0 ? a : [...a, ...fresh].slice(0, CAUSES_MAX)
}

function before(a: Task, b: Task): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq)
}

function push(heap: Task[], task: Task): void {
  let index = heap.length
  heap.push(task)
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent]!
    if (!before(task, above)) break
    heap[index] = above
    index = parent
  }
  heap[index] = task
}

function pop(heap: Task[]): void {
  const last = heap.pop()!
  const size = heap.length
  if (size === 0) return
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= size) break
    if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child++
    if (!before(heap[child]!, last)) break
    heap[index] = heap[child]!
    index = child
  }
  heap[index] = last
}
