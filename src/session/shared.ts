// What a link carries: how the session began, and its timeline. The World need not travel: the same
// beginning and the same inputs give the same moment on another machine.
import { Invalid, listAt, numberAt, recordAt } from './checks.ts'
import type { Files } from './inputs.ts'
import { migratedInputs } from './migrate.ts'
import { readFiles, readSession } from './read-session.ts'
import { readTimeline } from './read-timeline.ts'
import type { Run } from './run.ts'
import type { SessionStart } from './session.ts'
import { timelineOf, type Timeline } from './timeline.ts'

export interface SharedSession {
  version: number
  session: SessionStart
  /** The folder as the editor shows it, which no command need have seen. */
  files: Files
  timeline: Timeline
}

const LINK_VERSION = 2

export function shareRun(session: SessionStart, run: Run): SharedSession {
  return { version: LINK_VERSION, session, files: run.files, timeline: timelineOf(run) }
}

/** Reads a link's JSON, of this version or an earlier one. Throws Invalid with what is wrong. */
export function readShared(value: unknown): SharedSession {
  const link = recordAt(value, 'the link')
  const version = numberAt(link['version'], 'version')
  if (version > LINK_VERSION)
    throw new Invalid(`it was made by a newer version of this page (${version})`)
  const session = readSession(link['session'], 'session')
  const files = readFiles(link['files'], 'files')
  if (version === LINK_VERSION)
    return { version, session, files, timeline: readTimeline(link['timeline'], session) }
  const inputs = listAt(link['inputs'], 'inputs')
  const now = numberAt(link['now'], 'now')
  const timeline = migratedInputs({ inputs, now, session, path: 'inputs' })
  return { version: LINK_VERSION, session, files, timeline }
}
