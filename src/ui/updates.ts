// Taking in Updates, once and in order, and showing them. At high speed they are gathered and shown
// at most 30 times a second, so that React never has more to do than the eye can use.
import type { ObjectView, ProcessOutput, Update } from '../worker/protocol.ts'
import type { PageStore } from './store.ts'
import { TimelineModel } from './timeline/model.ts'

/** Hears what commands write and that they ended, in order. */
export interface CommandListener {
  output: (output: ProcessOutput) => void
  exit: (pid: number, code: number) => void
}

export interface Updates {
  /** The run as the timeline sees it: too large to copy, so `traceRevision` counts its changes. */
  readonly timeline: TimelineModel
  /** Takes in an Update. It is shown at once, or, `lazily`, with the next frame that is due. */
  apply: (update: Update, lazily?: boolean) => void
  /** Where time stands in the worker, which may be a little later than what is shown. */
  clockNow: () => number
  /**
   * Called at each frame, with its length. Shows what has been taken in, unless the last showing
   * was a moment ago: a page that needs long for a frame gets twice as long for what else it does.
   */
  flushIfDue: (frameMs: number) => void
  /** Shows what has been taken in since the last showing. */
  flush: () => void
}

const FLUSH_MS = 30
const REST_MAX_MS = 250

/** What has been taken in but may not be shown yet. */
interface Gathered {
  timeline: TimelineModel
  objects: Map<string, ObjectView>
  objectsChanged: boolean
  traceChanged: boolean
  latest: Update | undefined
}

export function createUpdates(store: PageStore, listener: CommandListener): Updates {
  const gathered: Gathered = {
    timeline: new TimelineModel(),
    objects: new Map(),
    objectsChanged: false,
    traceChanged: false,
    latest: undefined,
  }
  let flushedAt = 0
  /** The frame that is being made shows an Update. */
  let justFlushed = false
  /** Between two showings. */
  let restMs = 0
  let clock = 0
  const flush = (): void => {
    if (gathered.latest === undefined) return
    flushedAt = performance.now()
    justFlushed = true
    show(store, gathered, gathered.latest)
  }
  return {
    timeline: gathered.timeline,
    apply(update, lazily = false) {
      gather(gathered, update)
      clock = update.now
      for (const output of update.output) listener.output(output)
      for (const { pid, code } of update.exits) listener.exit(pid, code)
      if (!lazily) flush()
    },
    clockNow: () => clock,
    flushIfDue(frameMs) {
      if (justFlushed) restMs = Math.min(REST_MAX_MS, Math.max(FLUSH_MS, 2 * frameMs))
      justFlushed = false
      if (performance.now() - flushedAt >= restMs) flush()
    },
    flush,
  }
}

function gather(gathered: Gathered, update: Update): void {
  if (update.complete) {
    gathered.objects = new Map()
    gathered.objectsChanged = true
  }
  for (const view of update.objects) gathered.objects.set(view.object.metadata.uid, view)
  for (const uid of update.removedUids) gathered.objects.delete(uid)
  if (update.objects.length + update.removedUids.length > 0) gathered.objectsChanged = true
  if (gathered.timeline.apply(update)) gathered.traceChanged = true
  gathered.latest = update
}

function show(store: PageStore, gathered: Gathered, update: Update): void {
  const { objects, objectsChanged, traceChanged } = gathered
  Object.assign(gathered, { latest: undefined, objectsChanged: false, traceChanged: false })
  const state = store.getState()
  store.setState({
    now: update.now,
    start: update.start,
    nextTaskAt: update.nextTaskAt,
    seenTo: update.seenTo,
    behind: update.behind,
    ready: true,
    ...(objectsChanged ? { objects: new Map(objects) } : {}),
    ...(traceChanged ? { traceRevision: state.traceRevision + 1 } : {}),
    ...(same(state.goals, update.goals) ? {} : { goals: update.goals }),
    ...(same(state.branches, update.branches) ? {} : { branches: update.branches }),
    ...(same(state.stopped, update.stopped) ? {} : { stopped: update.stopped }),
    ...upcomingChange(state.upcoming, update),
  })
}

function upcomingChange(known: ReadonlyMap<string, readonly number[]>, update: Update) {
  const { upcoming } = update
  const unchanged =
    known.size === upcoming.length &&
    upcoming.every(({ uid, times }) => same(known.get(uid) ?? [], times))
  return unchanged ? {} : { upcoming: new Map(upcoming.map(({ uid, times }) => [uid, times])) }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
