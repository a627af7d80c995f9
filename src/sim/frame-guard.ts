// In tests and replays: makes a write into what a frame holds throw where it happens, and not where
// the rewound World differs a thousand tasks later. Parts that are protected already are not walked
// again, so that this too costs what changed.
import { assert } from '../base/assert.ts'
import type { World } from './world.ts'

/** Protects everything that the World a frame was taken of may share with it. */
export function protectFrame({ store, queue, rngs, memory, machines, ledgers }: World): void {
  for (const part of [store, queue, rngs, memory, machines, ledgers]) protect(part)
}

function protect(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  if (value instanceof Map) protectMembers(value, value.values(), ['set', 'delete', 'clear'])
  else if (value instanceof Set) protectMembers(value, value.values(), ['add', 'delete', 'clear'])
  else {
    Object.freeze(value)
    for (const part of Object.values(value)) protect(part)
  }
}

/** Freezing alone does not keep a Map or a Set from changing. */
function protectMembers(
  collection: object,
  members: Iterable<unknown>,
  writes: readonly string[],
): void {
  for (const write of writes) Object.defineProperty(collection, write, { value: refuse })
  Object.freeze(collection)
  for (const member of members) protect(member)
}

function refuse(): void {
  assert(false, 'a frame is never written')
}
