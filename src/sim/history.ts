// Remembered Worlds to rewind from. A Frame shares with the World it was taken of everything that
// the World does not write afterwards, so that it costs what changes and not what there is.
import { addMs, HOUR_MS, SECOND_MS, type SimTime } from '../base/time.ts'
import { protectFrame } from './frame-guard.ts'
import { copyQueue } from './queue.ts'
import { nextShelf } from './shelf.ts'
import { nextStore } from './store.ts'
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

/** From the first frame to the second. */
const FIRST_INTERVAL_MS = 60 * SECOND_MS
/** What happens between two frames: done again within some forty milliseconds. */
const FRAME_TASKS = 2_000
/** However much or little happens, two frames lie at least and at most this far apart. */
const INTERVAL_MIN_MS = SECOND_MS
const INTERVAL_MAX_MS = 6 * HOUR_MS
const FRAMES_MAX = 128

export function createHistory(world: World, inputs: number): History {
  return { frames: [takeFrame(world, inputs)], nextAt: addMs(world.now, FIRST_INTERVAL_MS) }
}

/**
 * Remembers the World if it is time to. Frames lie densely near now and ever sparser in the past,
 * so that a short way back is quick and a long one costs no more than a small part of it.
 */
export function remember(history: History, world: World, inputs: number): void {
  if (world.now < history.nextAt) return
  const last = history.frames.at(-1)!
  history.frames.push(takeFrame(world, inputs))
  if (history.frames.length > FRAMES_MAX)
    history.frames = history.frames.toSpliced(leastMissed(history.frames), 1)
  history.nextAt = addMs(world.now, intervalAfter(last, world))
}

/**
 * The frame that can be forgotten: what would have to be done again without it is the least part of
 * what has been done since. Never the first one or the last.
 */
function leastMissed(frames: readonly Frame[]): number {
  const done = frames.map(({ world }) => world.queue.nextSeq)
  const now = done.at(-1)!
  let index = 1
  let least = Infinity
  for (let i = 1; i < frames.length - 1; i++) {
    const part = (done[i + 1]! - done[i - 1]! + 1) / (now - done[i]! + 1)
    if (part < least) [index, least] = [i, part]
  }
  return index
}

/** How long it will take until FRAME_TASKS more are done, if time passes as since `last`. */
function intervalAfter(last: Frame, { now, queue }: World): number {
  const spanMs = now - last.at
  const tasks = queue.nextSeq - last.world.queue.nextSeq
  const wantedMs = tasks === 0 ? Infinity : Math.floor((spanMs * FRAME_TASKS) / tasks)
  // At most twice as long as the last time: what is quiet now may not stay so.
  const limitedMs = Math.min(wantedMs, 2 * spanMs, INTERVAL_MAX_MS)
  return Math.max(INTERVAL_MIN_MS, limitedMs)
}

/** The latest frame not after `at`; the first one when `at` lies before the history. */
export function frameBefore(history: History, at: SimTime): Frame {
  return history.frames.findLast((frame) => frame.at <= at) ?? history.frames[0]!
}

/** Forgets the frames after `at`: the future was left. */
export function forgetAfter(history: History, at: SimTime): void {
  history.frames = history.frames.filter((frame, index) => index === 0 || frame.at <= at)
  history.nextAt = addMs(history.frames.at(-1)!.at, FIRST_INTERVAL_MS)
}

/** The World continues with handles of its own; what they held so far is the frame's as well. */
export function takeFrame(world: World, inputs: number): Frame {
  const frame = { ...handOver(world), ...copies(world) }
  if (world.freezes) protectFrame(frame)
  return { at: world.now, world: frame, entries: world.log.entries.length, inputs }
}

/** A World that continues from the frame; the frame stays as it is. */
export function worldOf({ world, entries }: Frame): World {
  const log = { ...world.log, entries: world.log.entries.slice(0, entries) }
  return { ...world, ...nextHandles(world), ...copies(world), log }
}

/**
 * A World to try writes to the API in, with an empty log that continues to count. No Task may run
 * in it: its queue is the World's own.
 */
export function copyForWrites(world: World): World {
  const log = { ...world.log, entries: [], firstId: world.log.nextId }
  const before = handOver(world)
  return { ...before, ...nextHandles(before), log }
}

/** The World with the handles it had; it continues with others. */
function handOver(world: World): World {
  const before = { ...world, store: { ...world.store } }
  const { store, ...shelves } = nextHandles(before)
  // Who waits holds the store: it stays the same one.
  Object.assign(world.store, store)
  Object.assign(world, shelves)
  return before
}

/** New handles to what is large: it is copied piece by piece when it is written. */
function nextHandles({ store, rngs, memory, machines, ledgers }: World) {
  return {
    store: nextStore(store),
    rngs: nextShelf(rngs),
    memory: nextShelf(memory),
    machines: nextShelf(machines),
    ledgers: nextShelf(ledgers),
  }
}

/** What is small is copied; the array of the log is shared: it only grows, and a trim replaces it. */
function copies({ queue, log, stopped, failures }: World) {
  return {
    queue: copyQueue(queue),
    log: { ...log },
    stopped: new Set(stopped),
    failures: new Map(failures),
  }
}
