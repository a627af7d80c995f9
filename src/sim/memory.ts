// What actors remember between wake-ups: plain data in the World, one slot for each actor and one
// for its event recorder. An actor declares the type of its memory once; only this file knows that
// the World keeps all of them side by side.
import type { Ctx } from './actor.ts'
import { dropSlot, ownSlot, putSlot } from './shelf.ts'
import type { World } from './world.ts'

/** One actor's memory. `value` is of the type that the actor declared. */
export interface MemorySlot {
  epoch: number
  value: unknown
}

/** The handle by which an actor gets at its memory. */
interface ActorMemory<T> {
  /** To be read and written; made the first time. Valid for this wake-up only. */
  readonly of: (ctx: Ctx) => T
  /** To be read only; undefined when nothing was remembered yet. */
  readonly peek: (world: World, instance?: string) => T | undefined
}

interface MemoryOptions<T> {
  /** What an actor remembers when it has just started. */
  readonly initial: (ctx: Ctx) => T
  /** A copy to be changed independently; everything immutable may be shared. */
  readonly copy: (value: T) => T
}

/** Before an actor's name: the memory of its recorder. */
const RECORDER = 'events/'

/** Declares what the actor of this name (each of its instances) remembers. */
export function actorMemory<T>(name: string, options: MemoryOptions<T>): ActorMemory<T> {
  return {
    of: accessOf(options, ({ instance, actor }) => (instance === '' ? name : actor)),
    peek: ({ memory }, instance = '') => {
      const slot = memory.slots.get(instance === '' ? name : `${name}/${instance}`)
      return slot?.value as T | undefined
    },
  }
}

/** Declares what the event recorder of every actor of a kind remembers. */
export function recorderMemory<T>(options: MemoryOptions<T>): Pick<ActorMemory<T>, 'of'> {
  return { of: accessOf(options, ({ actor }) => RECORDER + actor) }
}

/** The actor's process has ended: what it and its recorder remembered is gone. */
export function forgetMemory({ memory, failures }: World, actor: string): void {
  dropSlot(memory, actor)
  dropSlot(memory, RECORDER + actor)
  for (const id of failures.keys()) if (id.startsWith(`${actor}\n`)) failures.delete(id)
}

function accessOf<T>({ initial, copy }: MemoryOptions<T>, nameOf: (ctx: Ctx) => string) {
  const copySlot = (slot: MemorySlot): MemorySlot => ({ epoch: 0, value: copy(slot.value as T) })
  return (ctx: Ctx): T => {
    const { memory } = ctx.world
    const name = nameOf(ctx)
    const slot =
      ownSlot(memory, name, copySlot) ?? putSlot(memory, name, { epoch: 0, value: initial(ctx) })
    return slot.value as T
  }
}
