// The World and its whole loop. Time passes only here: the least Task is taken, `now` is set, its
// actor runs to completion, and what it changed is delivered to the watchers as further Tasks.
import { assert } from '../base/assert.ts'
import { forkRng, type Rng } from '../base/rng.ts'
import { addMs, type SimTime } from '../base/time.ts'
import {
  actorInstance,
  actorType,
  DEFAULT_RETRY,
  SYNC,
  WATCH_DELAY_MS,
  type Actor,
  type Change,
  type Ctx,
} from './actor.ts'
import { ApiError } from './errors.ts'
import type { ClusterConfig } from './cluster.ts'
import { createLog, entryOf, type Entry, type Log } from './log.ts'
import { createQueue, enqueue, peekTask, popTask, type Queue, type Task } from './queue.ts'
import type { CronLedger } from './ledger/ticks.ts'
import type { Machine } from './machine.ts'
import type { MemorySlot } from './memory.ts'
import type { Outage } from './outages.ts'
import { createShelf, ownSlot, putSlot, type Shelf } from './shelf.ts'
import { createStore, type Store } from './store.ts'

/** The whole simulation as plain data: `structuredClone(world)` equals `world`. */
export interface World {
  now: SimTime
  readonly start: SimTime
  readonly seed: number
  readonly cluster: ClusterConfig
  /**
   * Whether stored objects are frozen, so that a write in place throws where it happens: in tests
   * and replays. The page goes without: copying frozen objects costs a third of the speed.
   */
  readonly freezes: boolean
  store: Store
  queue: Queue
  log: Log
  /** The id of the last Entry that was delivered to the watchers. */
  deliveredId: number
  /** Random streams by user, made on first use. */
  rngs: Shelf<RngSlot>
  /** What each actor remembers; see memory.ts. */
  memory: Shelf<MemorySlot>
  /** By name; those that were taken away stay known. */
  machines: Shelf<Machine>
  /** What `kubectl config` set; undefined before. */
  kubeconfig: Kubeconfig | undefined
  /** Grows whenever a container may have written something. */
  logVersion: number
  /** Programs (`kube-scheduler`) and machines (`node/NAME`) that are switched off. */
  stopped: Set<string>
  /** When they were, and the others before. Replaced as a whole, never written. */
  outages: readonly Outage[]
  /** By uid of the CronJob: what became of each of its scheduled times; see ledger/. */
  ledgers: Shelf<CronLedger>
  /** Consecutive failures of a Task's id: its retry back-off. */
  failures: Map<string, number>
}

/** A random stream of the World's own. */
interface RngSlot extends Rng {
  epoch: number
}

/** The context of kubectl, which is kept here so that a replay knows it too. */
interface Kubeconfig {
  readonly namespace: string
  /** Where the API server really is, when clients outside the lab can reach it. */
  readonly server?: string
}

/** Tasks at one instant beyond which some pair of actors is waking each other for ever. */
const TASKS_PER_INSTANT_MAX = 200_000

/** An empty World at `start`; `bootCluster` in boot.ts puts a cluster into it. */
export function createWorld(
  start: SimTime,
  seed: number,
  cluster: ClusterConfig,
  freezes = true,
): World {
  return {
    now: start,
    start,
    seed,
    cluster,
    freezes,
    store: createStore(),
    queue: createQueue(),
    log: createLog(),
    deliveredId: 0,
    rngs: createShelf(),
    memory: createShelf(),
    machines: createShelf(),
    kubeconfig: undefined,
    logVersion: 0,
    stopped: new Set(),
    outages: [],
    ledgers: createShelf(),
    failures: new Map(),
  }
}

/** The random stream of this name, forked from the seed on first use. */
export function rngOf(world: World, name: string): Rng {
  const { rngs, seed } = world
  return ownSlot(rngs, name, copyRng) ?? putSlot(rngs, name, copyRng(forkRng(seed, name)))
}

function copyRng({ state }: Rng): RngSlot {
  return { state, epoch: 0 }
}

export function ctxOf(world: World, actor: string, causes: readonly number[]): Ctx {
  return {
    world,
    now: world.now,
    actor,
    instance: actorInstance(actor),
    by: { actor, causes },
    rng: rngOf(world, actor),
  }
}

/** Asks for a wake-up of this actor for `key` after `afterMs`. */
export function wakeAfter(ctx: Ctx, key: string, afterMs: number, task = SYNC): void {
  const at = addMs(ctx.now, Math.max(0, afterMs))
  enqueue(ctx.world.queue, ctx.actor, task, key, at, ctx.by.causes)
}

/** The time of the next Task; undefined when nothing will ever happen by itself. */
export function nextTaskAt(world: World): SimTime | undefined {
  return peekTask(world.queue)?.at
}

/** Takes the least Task and runs it. Returns it, or undefined when there is none. */
export function step(world: World, actors: readonly Actor[]): Task | undefined {
  const task = popTask(world.queue)
  if (task === undefined) return undefined
  // Asked first: the words of an assertion are made even when it holds.
  if (task.at < world.now)
    assert(false, `a task in the past: ${task.actor} ${task.task} ${task.key}`)
  world.now = task.at
  const actor = rosterOf(actors).byName.get(actorType(task.actor))
  if (actor === undefined) assert(false, `a task for an unknown actor: ${task.actor}`)
  runTask(world, actor, task)
  deliver(world, actors)
  return task
}

/** Runs every Task up to and including `until`, then sets `now` to `until`. */
export function runUntil(world: World, actors: readonly Actor[], until: SimTime): void {
  let instant = world.now
  let tasks = 0
  for (;;) {
    const at = nextTaskAt(world)
    if (at === undefined || at > until) break
    const task = step(world, actors)
    tasks = at === instant ? tasks + 1 : 1
    instant = at
    if (tasks >= TASKS_PER_INSTANT_MAX)
      assert(false, `time stands still: ${task?.actor} ${task?.task} ${task?.key}`)
  }
  if (until > world.now) world.now = until
}

/** Queues wake-ups for what changed since the last delivery. Called after every run of an actor
 * and after every command of a user. */
export function deliver(world: World, actors: readonly Actor[]): void {
  const last = world.log.nextId - 1
  if (world.deliveredId === last) return
  const { byKind } = rosterOf(actors)
  for (let id = world.deliveredId + 1; id <= last; id++) {
    const entry = entryOf(world.log, id)
    if (entry?.before === undefined && entry?.after === undefined) continue
    const watchers = byKind.get(entry.kind)
    if (watchers === undefined) continue
    const causes = [id]
    for (const actor of watchers) deliverTo(world, actor, entry, causes)
  }
  world.deliveredId = last
}

/** What is asked of a list of actors at every step. */
interface Roster {
  byName: Map<string, Actor>
  /** The actors that watch each kind. */
  byKind: Map<string, Actor[]>
}

/** Worked out once for each list of actors. */
const rosters = new WeakMap<readonly Actor[], Roster>()

function rosterOf(actors: readonly Actor[]): Roster {
  const known = rosters.get(actors)
  if (known !== undefined) return known
  const byKind = new Map<string, Actor[]>()
  for (const actor of actors)
    for (const kind of Object.keys(actor.watches))
      byKind.set(kind, [...(byKind.get(kind) ?? []), actor])
  const roster = { byName: new Map(actors.map((actor) => [actor.name, actor])), byKind }
  rosters.set(actors, roster)
  return roster
}

/** Delivers one change to one actor, unless its program is stopped. */
export function deliverTo(
  world: World,
  actor: Actor,
  change: Change | Entry,
  causes: readonly number[],
): void {
  const watch = actor.watches[change.kind]
  if (watch === undefined) return
  if (actor.component !== 'kubelet' && world.stopped.has(actor.component)) return
  for (const wake of watch(change, world)) {
    const name = wake.instance === undefined ? actor.name : `${actor.name}/${wake.instance}`
    if (wake.instance !== undefined && world.stopped.has(`node/${wake.instance}`)) continue
    const at = addMs(world.now, wake.afterMs ?? WATCH_DELAY_MS)
    enqueue(world.queue, name, wake.task ?? SYNC, wake.key, at, causes)
  }
}

function runTask(world: World, actor: Actor, task: Task): void {
  const ctx = ctxOf(world, task.actor, task.causes)
  const { id } = task
  const handler = actor.tasks[task.task]
  if (handler === undefined) assert(false, `${task.actor} has no task ${task.task}`)
  try {
    handler(ctx, task.key)
    if (world.failures.size > 0) world.failures.delete(id)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const failures = (world.failures.get(id) ?? 0) + 1
    world.failures.set(id, failures)
    const { baseMs, maxMs } = actor.retry ?? DEFAULT_RETRY
    wakeAfter(ctx, task.key, Math.min(maxMs, baseMs * 2 ** (failures - 1)), task.task)
  }
}
