// What the runners of upstream's tables share: the rows as they come, and one wake-up of an actor.
import { SYNC, type Actor } from '../../src/sim/actor.ts'
import { ctxOf, type World } from '../../src/sim/world.ts'

/** A row's objects: parts of API objects, of a form that differs from table to table. */
export type Json = ReturnType<typeof JSON.parse>

/** What a row expects and the simulation does not do; empty when the row holds. */
export type Problems = readonly string[]

/** Runs one task of an actor with one key, as a wake-up does; an error comes through. */
export function perform(world: World, actor: Actor, key: string, task = SYNC): void {
  actor.tasks[task]!(ctxOf(world, actor.name, []), key)
}
