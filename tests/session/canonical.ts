// A World as text, in which only what matters decides: two Worlds with the same text go on alike.
import type { World } from '../../src/sim/world.ts'

/** Everything but the log (which a reload shortens) and the layout of the queue's heap. */
export function canonicalWorld(world: World): string {
  const { now, store, queue, rngs, memory, machines, kubeconfig, stopped, failures, log } = world
  const { outages, ledgers } = world
  const tasks = [...queue.pending.values()].sort((a, b) => a.seq - b.seq)
  const text = {
    store,
    rngs,
    memory,
    machines,
    kubeconfig,
    stopped,
    failures,
    tasks,
    outages,
    ledgers,
  }
  return JSON.stringify([now, log.nextId, log.digest, queue.nextSeq, canonical(text)])
}

/** Which of two Worlds may write a piece in place: no part of what they are. */
const SHARING = ['epoch', 'isOwn', 'ownKinds']

function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null
  if (Array.isArray(value)) return value.map(canonical)
  if (value instanceof Map)
    return [...value].map(([key, item]) => [String(key), canonical(item)]).sort(byKey)
  if (value instanceof Set) return [...value].map(canonical).sort()
  return Object.entries(value)
    .filter(([key, item]) => item !== undefined && !SHARING.includes(key))
    .map(([key, item]) => [key, canonical(item)])
    .sort(byKey)
}

function byKey(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1
}
