// One simulated cluster and who is connected to it. Requests that change something run as processes
// of the lab, exactly as commands of the terminal do, so that everything that waits learns of it.
import type { By } from '../../sim/api.ts'
import { addMs } from '../../base/time.ts'
import { advance, exec, type Lab } from '../../session/lab.ts'
import { feedFollowers, type Followers } from './logs.ts'
import type { OpenLists } from './read.ts'
import { newTimeline, recordTimeline, type Ledger } from './timeline.ts'
import { tellWatchers, type Watchers } from './watch.ts'

export interface Host {
  readonly lab: Lab
  readonly watchers: Watchers
  readonly followers: Followers
  readonly lists: OpenLists
  readonly timeline: Ledger
}

/** How long time runs on before requests and slow readers get their turn, in milliseconds. */
const SLICE_MS = 25
const SILENT = { stdin: '', files: {}, stdout: () => undefined, stderr: () => undefined }

/** Connects a lab, of which nothing has been shown to anybody else. */
export function hostOf(lab: Lab): Host {
  const watchers: Watchers = new Set()
  const timeline = newTimeline()
  for (const entry of lab.world.log.entries) recordTimeline(timeline, entry)
  lab.onEntry = (entry) => {
    recordTimeline(timeline, entry)
    tellWatchers(lab.world, watchers, entry)
  }
  return { lab, watchers, followers: new Set(), lists: new Map(), timeline }
}

/** Runs a write as a command of the lab; `line` is what the log says of it. Throws what it throws. */
export function asCommand<T>({ lab, followers }: Host, line: string, work: (by: By) => T): T {
  let outcome: { value: T } | { error: unknown } | undefined
  const program = function* (_argv: readonly string[], { by }: { by: By }) {
    try {
      outcome = { value: work(by) }
    } catch (error) {
      outcome = { error }
    }
    yield* []
    return 0
  }
  exec(lab, program, [], line, SILENT)
  feedFollowers(followers)
  if (outcome === undefined) throw new Error('the command did not run')
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

/** Lets simulated time pass, in slices between which requests are answered. */
export async function advanceBy(host: Host, ms: number): Promise<void> {
  const { lab, followers } = host
  const until = addMs(lab.world.now, ms)
  while (!runSlice(lab, until)) {
    feedFollowers(followers)
    await new Promise((resolve) => setImmediate(resolve))
    if (lab.world.now >= until) break
  }
  feedFollowers(followers)
}

function runSlice(lab: Lab, until: Lab['world']['now']): boolean {
  const endsAt = Date.now() + SLICE_MS
  return advance(lab, until, () => Date.now() < endsAt)
}
