// The page's dealings with one host: whatever moves its time, opens a session in it or runs a program
// goes through here, and every Update that comes back is taken in once and in order.
import type { HostLink, RemoteHost } from '../worker/client.ts'
import type { KeptPage, SessionStart, Update } from '../worker/protocol.ts'
import { createPrograms, type Programs, type StartProgram } from './programs.ts'
import { EMPTY_CLUSTER, type PageStore } from './store.ts'
import { createUpdates, type Updates } from './updates.ts'

export interface Engine extends Updates, Moves, Openings {
  readonly host: RemoteHost
  /** Starts a program of the lab. */
  startProgram: StartProgram
  /** Stops the page with an explanation: a broken invariant must not be played over. */
  fault: (message: string) => void
  /** Whether a jump, a step or an opening is under way. */
  isNavigating: () => boolean
}

/** Moving in time. */
interface Moves {
  /** Goes to a moment: forward by running, back by replay. */
  seek: (at: number) => Promise<void>
  step: (unit: 'task' | 'change') => Promise<void>
  /** Returns to a future that was left by typing in the past. */
  enterBranch: (id: number) => Promise<void>
  /** Leaves what is ahead as another future: from here on something else may happen. */
  dropFuture: () => Promise<void>
  /** Forgets such a future. */
  removeBranch: (id: number) => Promise<void>
  /** Asks for time to run to `until`; the Update may be shown a little later. */
  advance: (until: number, budgetMs: number) => Promise<Update | undefined>
}

/** Opening sessions. */
interface Openings {
  /** Opens a chapter at its beginning, with its files in the editor; false: it could not be. */
  enterChapter: (slug: string) => Promise<boolean>
  /**
   * Continues what was kept last, unless another chapter is wanted. Gives the page's own part of
   * it; `damaged` when it could not be read.
   */
  recall: (wanted: string | undefined) => Promise<KeptPage | 'nothing' | 'damaged'>
  /** Opens a link's session, paused at its moment; gives its files. Throws when it cannot be. */
  enterShared: (link: unknown) => Promise<Readonly<Record<string, string>>>
  /**
   * Resolves when the session that is being opened, or the earlier moment that is being gone to, is
   * there: what is typed meanwhile is for that one. Undefined when there is nothing to wait for.
   */
  replacing: () => Promise<void> | undefined
  /** Calls when time was set back, or another run begun, and no program continues in it. */
  onRewind: (listener: () => void) => void
}

/** What the parts of an engine share. */
interface Parts {
  host: RemoteHost
  store: PageStore
  updates: Updates
  programs: Programs
  fault: (message: string) => void
  /** Requests under way that decide where time stands; playback waits for them. */
  navigating: number
  /** Openings and ways back that are under way; it never rejects. */
  replacing: Promise<void> | undefined
  rewindListeners: (() => void)[]
}

/** How long a jump takes before the page says that it is under way. */
const SLOW_MS = 150

/** An engine for a host, which shows what happens in `store`. */
export function createEngine(link: HostLink, store: PageStore): Engine {
  const { host } = link
  const programs = createPrograms(link, (update) => updates.apply(update))
  const updates = createUpdates(store, programs.listener)
  const fault = (message: string): void => store.setState({ playing: false, fault: message })
  const parts: Parts = {
    host,
    store,
    updates,
    programs,
    fault,
    navigating: 0,
    replacing: undefined,
    rewindListeners: [],
  }
  void link.lost.then((message) => fault(`The simulation stopped: ${message}`))
  return {
    ...updates,
    ...moves(parts),
    ...openings(parts),
    host,
    fault,
    startProgram: programs.start,
    isNavigating: () => parts.navigating > 0,
  }
}

function moves(parts: Parts): Moves {
  const { host, store, updates } = parts
  return {
    async seek(at) {
      const gone = navigate(parts, async () => await host.seek(at))
      await (at < updates.clockNow() ? replacing(parts, gone) : gone)
    },
    async step(unit) {
      store.setState({ playing: false })
      await navigate(parts, async () => await host.step(unit))
    },
    async enterBranch(id) {
      store.setState({ playing: false })
      await replacing(
        parts,
        navigate(parts, async () => await host.enterBranch(id)),
      )
    },
    async dropFuture() {
      await navigate(parts, async () => await host.dropFuture())
    },
    async removeBranch(id) {
      updates.apply(await host.removeBranch(id))
    },
    async advance(until, budgetMs) {
      try {
        const update = await host.advance(until, budgetMs)
        updates.apply(update, true)
        return update
      } catch (error) {
        parts.fault(messageOf(error))
        return undefined
      }
    },
  }
}

function openings(parts: Parts): Openings {
  const { host, store, programs } = parts
  const enterChapter = (slug: string): Promise<boolean> =>
    navigate(parts, async () => {
      const { session, update } = await host.openChapter(slug)
      programs.endAll()
      const { files } = session
      const activeFile = Object.keys(files)[0]
      store.setState({ ...EMPTY_CLUSTER, session, files, appliedFiles: files, activeFile })
      return update
    })
  const recall: Openings['recall'] = async (wanted) => {
    const recalled = await host.recall(wanted)
    if (recalled.found !== 'session') return recalled.found
    await begin(parts, () => Promise.resolve(recalled))
    return recalled.page
  }
  const enterShared: Openings['enterShared'] = async (link) => {
    const { files } = await begin(parts, () => host.openShared(link))
    return files
  }
  return {
    enterChapter: (slug) => replacing(parts, enterChapter(slug)),
    recall: (wanted) => replacing(parts, recall(wanted)),
    enterShared: (link) => replacing(parts, enterShared(link)),
    replacing: () => parts.replacing,
    onRewind: (listener) => void parts.rewindListeners.push(listener),
  }
}

/** Notes that the run is being replaced; of several at once the last to end counts. */
function replacing<T>(parts: Parts, work: Promise<T>): Promise<T> {
  const all = Promise.allSettled([parts.replacing, work]).then(() => {
    if (parts.replacing === all) parts.replacing = undefined
  })
  parts.replacing = all
  return work
}

/** Runs a request that moves time or replaces the session; faults are shown, not thrown. */
async function navigate(parts: Parts, request: () => Promise<Update>): Promise<boolean> {
  const { store } = parts
  parts.navigating += 1
  const slow = setTimeout(() => store.setState({ seeking: true }), SLOW_MS)
  try {
    const update = await request()
    parts.updates.apply(update)
    // A command in whose midst time was set back continues there: the host says which have ended.
    if (update.reset && !parts.programs.areRunning())
      for (const listener of parts.rewindListeners) listener()
    return true
  } catch (error) {
    parts.fault(messageOf(error))
    return false
  } finally {
    clearTimeout(slow)
    parts.navigating -= 1
    if (store.getState().seeking) store.setState({ seeking: false })
  }
}

async function begin<T extends { session: SessionStart; update: Update }>(
  parts: Parts,
  request: () => Promise<T>,
): Promise<T> {
  parts.navigating += 1
  try {
    const begun = await request()
    parts.store.setState({ ...EMPTY_CLUSTER, session: begun.session, playing: false })
    parts.programs.endAll()
    parts.updates.apply(begun.update)
    return begun
  } finally {
    parts.navigating -= 1
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
