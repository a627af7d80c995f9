// The page's dealings with the worker: every answer that is an Update passes through `apply`, once
// and in order. At high speed Updates are gathered and shown at most 30 times a second, so that
// React never has more to do than the eye can use.
import { connect, type RemoteHost } from '../worker/client.ts'
import type { KeptPage, ObjectView, SessionStart, Update } from '../worker/protocol.ts'
import { EMPTY_CLUSTER, notify, usePage } from './store.ts'
import { TimelineModel } from './timeline/model.ts'

/** Who listens to a running program. */
export interface ProcessListener {
  output: (stream: 'stdout' | 'stderr', text: string) => void
  exit: (code: number) => void
}

/** The run as the timeline sees it: too large to copy, so `traceRevision` counts its changes. */
export const timeline = new TimelineModel()

const FLUSH_MS = 30
const REST_MAX_MS = 250

const listeners = new Map<number, ProcessListener>()
let remote: RemoteHost | undefined
let objects = new Map<string, ObjectView>()
let objectsChanged = false
let traceChanged = false
let latest: Update | undefined
let flushedAt = 0
/** The frame that is being made shows an Update. */
let justFlushed = false
/** Between two showings. */
let restMs = 0
let clock = 0
/** Requests under way that decide where time stands; playback waits for them. */
let navigating = 0

/** The worker; started at the first use. */
export function host(): RemoteHost {
  remote ??= connect((message) => fault(`The simulation stopped: ${message}`))
  return remote
}

/** Stops the page with an explanation: a broken invariant must not be played over. */
export function fault(message: string): void {
  usePage.setState({ playing: false, fault: message })
}

/** Whether a jump, a step or an opening is under way. */
export function isNavigating(): boolean {
  return navigating > 0
}

/** Takes in an Update. It is shown at once, or, `lazily`, with the next frame that is due. */
export function apply(update: Update, lazily = false): void {
  if (update.complete) {
    objects = new Map()
    objectsChanged = true
  }
  for (const view of update.objects) objects.set(view.object.metadata.uid, view)
  for (const uid of update.removedUids) objects.delete(uid)
  if (update.objects.length + update.removedUids.length > 0) objectsChanged = true
  if (timeline.apply(update)) traceChanged = true
  for (const { pid, stream, text } of update.output) listeners.get(pid)?.output(stream, text)
  for (const { pid, code } of update.exits) {
    const listener = listeners.get(pid)
    listeners.delete(pid)
    listener?.exit(code)
  }
  latest = update
  clock = update.now
  if (!lazily) flush()
}

/** Where time stands in the worker, which may be a little later than what is shown. */
export function clockNow(): number {
  return clock
}

/**
 * Called at each frame. Shows what has been taken in, unless the last showing was a moment ago: a
 * page that needs long for a frame is given twice as long to do what else it has to.
 */
export function flushIfDue(frameMs: number): void {
  if (justFlushed) restMs = Math.min(REST_MAX_MS, Math.max(FLUSH_MS, 2 * frameMs))
  justFlushed = false
  if (performance.now() - flushedAt >= restMs) flush()
}

/** Shows what has been taken in since the last showing. */
export function flush(): void {
  if (latest === undefined) return
  const update = latest
  latest = undefined
  flushedAt = performance.now()
  justFlushed = true
  const state = usePage.getState()
  usePage.setState({
    now: update.now,
    start: update.start,
    nextTaskAt: update.nextTaskAt,
    behind: update.behind,
    ready: true,
    ...(objectsChanged ? { objects: new Map(objects) } : {}),
    ...(traceChanged ? { traceRevision: state.traceRevision + 1 } : {}),
    ...(same(state.goals, update.goals) ? {} : { goals: update.goals }),
    ...(same(state.branches, update.branches) ? {} : { branches: update.branches }),
    ...(same(state.stopped, update.stopped) ? {} : { stopped: update.stopped }),
    ...upcomingChange(state.upcoming, update),
  })
  objectsChanged = false
  traceChanged = false
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

/** Runs a request that moves time or replaces the session; faults are shown, not thrown. */
async function navigate(request: () => Promise<Update>): Promise<boolean> {
  navigating += 1
  const slow = setTimeout(() => usePage.setState({ seeking: true }), 150)
  try {
    apply(await request())
    return true
  } catch (error) {
    fault(messageOf(error))
    return false
  } finally {
    clearTimeout(slow)
    navigating -= 1
    if (usePage.getState().seeking) usePage.setState({ seeking: false })
  }
}

/** Opens a chapter at its beginning, with its files in the editor. */
export async function enterChapter(slug: string): Promise<boolean> {
  endAll()
  return await navigate(async () => {
    const { session, update } = await host().openChapter(slug)
    const { files } = session
    const activeFile = Object.keys(files)[0]
    usePage.setState({ ...EMPTY_CLUSTER, session, files, appliedFiles: files, activeFile })
    return update
  })
}

/**
 * Continues what was kept last, unless another chapter is wanted. Gives the page's own part of it;
 * `damaged` when it could not be read.
 */
export async function recall(
  wanted: string | undefined,
): Promise<KeptPage | 'nothing' | 'damaged'> {
  const recalled = await host().recall(wanted)
  if (recalled.found !== 'session') return recalled.found
  await begin(() => Promise.resolve(recalled))
  return recalled.page
}

/** Opens a link's session, paused at its moment; gives its files. Throws when it cannot be. */
export async function enterShared(link: unknown): Promise<Readonly<Record<string, string>>> {
  return (await begin(async () => await host().openShared(link))).files
}

async function begin<T extends { session: SessionStart; update: Update }>(
  request: () => Promise<T>,
): Promise<T> {
  navigating += 1
  try {
    const begun = await request()
    usePage.setState({ ...EMPTY_CLUSTER, session: begun.session, playing: false })
    apply(begun.update)
    return begun
  } finally {
    navigating -= 1
  }
}

/** Goes to a moment: forward by running, back by replay. */
export async function seek(at: number): Promise<void> {
  if (at < usePage.getState().now && endAll())
    notify('Time was set back, so the command that was running has ended.')
  await navigate(async () => await host().seek(at))
}

export async function step(unit: 'task' | 'change'): Promise<void> {
  usePage.setState({ playing: false })
  await navigate(async () => await host().step(unit))
}

/** Asks for time to run to `until`; the Update may be shown a little later. */
export async function advance(until: number, budgetMs: number): Promise<Update | undefined> {
  try {
    const update = await host().advance(until, budgetMs)
    apply(update, true)
    return update
  } catch (error) {
    fault(messageOf(error))
    return undefined
  }
}

/** Starts a program; the listener hears its output, some of it perhaps before this resolves. */
export async function execProgram(
  program: string,
  argv: readonly string[],
  options: { stdin: string; files: Readonly<Record<string, string>>; line: string },
  listener: ProcessListener,
): Promise<number> {
  const { pid, update } = await host().exec(program, argv, options)
  listeners.set(pid, listener)
  apply(update)
  return pid
}

/** Ctrl-C for one program. */
export async function interruptProgram(pid: number): Promise<void> {
  apply(await host().interrupt(pid))
}

/**
 * Set back in time, programs that were waiting are gone with the future they waited for. Says
 * whether there were any.
 */
function endAll(): boolean {
  const ended = [...listeners.values()]
  listeners.clear()
  for (const listener of ended) listener.exit(130)
  return ended.length > 0
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
