// Remembered Worlds to rewind from. A Frame shares every immutable object with the World it was
// taken of and copies only the maps and what actors mutate, so that it costs little to keep.
import { addMs, type SimTime } from '../base/time.ts'
import type { World } from './world.ts'

/** A World at rest: nothing of it is ever run; `worldOf` makes one that can be. */
export interface Frame {
  readonly at: SimTime
  readonly world: World
  /** How many entries of the (shared) log array belong to this frame. */
  readonly entries: number
  /** How many inputs had been given: replay from here begins with the next. */
  readonly inputs: number
}

export interface History {
  /** In the order of time, the first one taken at the start. */
  frames: Frame[]
  /** No frame is taken earlier than this. */
  nextAt: SimTime
}

/** Between two frames at first; doubled whenever the history is full. */
const FRAME_INTERVAL_MS = 60_000
const FRAMES_MAX = 64

export function createHistory(world: World, inputs: number): History {
  return { frames: [takeFrame(world, inputs)], nextAt: addMs(world.now, FRAME_INTERVAL_MS) }
}

/**
 * Remembers the World if it is time to. Frames lie densely near now and ever sparser in the past:
 * when there are too many, every second one of the older half is forgotten.
 */
export function remember(history: History, world: World, inputs: number): void {
  if (world.now < history.nextAt) return
  history.frames.push(takeFrame(world, inputs))
  if (history.frames.length > FRAMES_MAX) {
    const half = FRAMES_MAX / 2
    history.frames = history.frames.filter((_, index) => index === 0 || index > half || index % 2)
  }
  const span = world.now - history.frames[0]!.at
  const interval = Math.max(FRAME_INTERVAL_MS, span / FRAMES_MAX)
  history.nextAt = addMs(world.now, interval)
}

/** The latest frame not after `at`; the first one when `at` lies before the history. */
export function frameBefore(history: History, at: SimTime): Frame {
  return history.frames.findLast((frame) => frame.at <= at) ?? history.frames[0]!
}

/** Forgets the frames after `at`: the future was left. */
export function forgetAfter(history: History, at: SimTime): void {
  history.frames = history.frames.filter((frame, index) => index === 0 || frame.at <= at)
  history.nextAt = addMs(history.frames.at(-1)!.at, FRAME_INTERVAL_MS)
}

function takeFrame(world: World, inputs: number): Frame {
  return { at: world.now, world: copyWorld(world), entries: world.log.entries.length, inputs }
}

/** A World that continues from the frame; the frame stays as it is. */
export function worldOf(frame: Frame): World {
  const world = copyWorld(frame.world)
  world.log.entries = frame.world.log.entries.slice(0, frame.entries)
  return world
}

/** A copy that shares objects, tasks and entries, all of which are immutable. */
function copyWorld(world: World): World {
  const { queue } = world
  return {
    ...copyForWrites(world),
    // The array is shared: it only grows at its end, and a trim replaces it.
    log: { ...world.log },
    queue: { heap: [...queue.heap], pending: new Map(queue.pending), nextSeq: queue.nextSeq },
    memory: structuredCloneOf(world.memory),
    stopped: new Set(world.stopped),
    failures: new Map(world.failures),
  }
}

/**
 * A copy as deep as writes to the API go, with an empty log that goes on counting. No Task may run
 * in it: queue and memory of the actors, the large parts, stay the World's own.
 */
export function copyForWrites(world: World): World {
  const { store, log } = world
  return {
    ...world,
    store: {
      kinds: copyMaps(store.kinds, (objects) => new Map(objects)),
      owned: copyMaps(store.owned, (places) => new Map(places)),
      podsOfNode: copyMaps(store.podsOfNode, (keys) => new Set(keys)),
      resourceVersion: store.resourceVersion,
    },
    log: { ...log, entries: [], firstId: log.nextId },
    rngs: copyMaps(world.rngs, (rng) => ({ ...rng })),
  }
}

function copyMaps<V>(map: Map<string, V>, copy: (value: V) => V): Map<string, V> {
  const result = new Map<string, V>()
  for (const [key, value] of map) result.set(key, copy(value))
  return result
}

/** A deep copy of plain data, maps and sets; what is frozen is immutable and therefore shared. */
function structuredCloneOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null || isImmutable(value)) return value
  if (Array.isArray(value)) return value.map(structuredCloneOf) as T
  if (value instanceof Map) return copyMaps(value as Map<string, unknown>, structuredCloneOf) as T
  if (value instanceof Set) return new Set(value) as T
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value))
    copy[key] = structuredCloneOf((value as Record<string, unknown>)[key])
  return copy as T
}

/** Stored objects are never written in place, frozen or not. */
function isImmutable(value: object): boolean {
  return Object.isFrozen(value) || ('apiVersion' in value && 'metadata' in value)
}
