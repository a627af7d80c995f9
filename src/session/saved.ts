// What a reload needs to continue: the beginning, the timeline, and a World of it so that little
// has to be run again. The World is a convenience: without one the inputs give the same moment.
import { worldOf } from '../sim/history.ts'
import type { Trace } from '../sim/trace.ts'
import type { World } from '../sim/world.ts'
import { Invalid, listAt, numberAt, recordAt } from './checks.ts'
import { inputsOf } from './branches.ts'
import { isWriting } from './lab.ts'
import { isUsable, traceAt } from './rewind.ts'
import { finishInstant, type Run } from './run.ts'
import type { SessionStart } from './session.ts'
import { readSession } from './read-session.ts'
import { migratedInputs } from './migrate.ts'
import { readTimeline } from './read-timeline.ts'
import { timelineOf, type SavedFrame, type Timeline } from './timeline.ts'

export interface SavedSession {
  version: number
  session: SessionStart
  timeline: Timeline
  /** Absent where it would save nothing. */
  frame?: SavedFrame
}

const SAVE_VERSION = 3
/** Of the saved World; one of another version is passed over and the inputs are run again. */
const WORLD_VERSION = 5
/** Of the log only the end is saved, for "why?": nine tenths of a World are its log. */
const ENTRIES_SAVED_MAX = 2_000

/**
 * The run as plain data, at the end of the instant that is now. It shares its World with the run:
 * whoever stores it copies it before the run continues.
 */
export function saveRun(session: SessionStart, run: Run): SavedSession {
  finishInstant(run)
  const timeline = timelineOf(run)
  const frame = frameOf(run)
  return { version: SAVE_VERSION, session, timeline, ...(frame === undefined ? {} : { frame }) }
}

/** The World of now; or, while a command is open that may still write, the last one before it. */
function frameOf(run: Run): SavedFrame | undefined {
  const { lab, trace, inputs } = run
  const version = WORLD_VERSION
  if (!isWriting(lab))
    return { version, world: withShortLog(lab.world), trace, inputs: inputs.length }
  const { now } = lab.world
  const frame = run.history.frames.findLast(
    (candidate) =>
      candidate.at <= now &&
      candidate.at > candidate.world.start &&
      candidate.inputs <= inputs.length &&
      isUsable(candidate, inputs),
  )
  if (frame === undefined) return undefined
  const world = withShortLog(worldOf(frame))
  return { version, world, trace: traceAt(trace, frame, world), inputs: frame.inputs }
}

function withShortLog(world: World): World {
  const entries = world.log.entries.slice(-ENTRIES_SAVED_MAX)
  return { ...world, log: { ...world.log, entries, firstId: world.log.nextId - entries.length } }
}

/**
 * Reads what was saved, by this version or an earlier one. Throws Invalid with what is wrong. The
 * World itself is not looked into: nothing but this page has written it.
 */
export function readSaved(value: unknown): SavedSession {
  const saved = recordAt(value, 'the saved session')
  const version = numberAt(saved['version'], 'version')
  if (version > SAVE_VERSION)
    throw new Invalid(`it was saved by a newer version of this page (${version})`)
  const session = readSession(saved['session'], 'session')
  if (version < SAVE_VERSION) return migrated(session, saved)
  const timeline = readTimeline(saved['timeline'], session)
  const frame = readFrame(saved['frame'], timeline)
  return { version, session, timeline, ...(frame === undefined ? {} : { frame }) }
}

function readFrame(value: unknown, timeline: Timeline): SavedFrame | undefined {
  if (value === undefined) return undefined
  const frame = recordAt(value, 'frame')
  if (frame['version'] !== WORLD_VERSION) return undefined
  const inputs = numberAt(frame['inputs'], 'frame.inputs')
  if (inputs > inputsOf(timeline.branches, timeline.branch).length)
    throw new Invalid('frame.inputs is more than there are')
  return isWhole(frame) ? (frame as unknown as SavedFrame) : undefined
}

/** A frame only saves running again, so one that is not as it was written is done without. */
function isWhole({ world, trace }: Readonly<Record<string, unknown>>): boolean {
  const { store, log } = (world ?? {}) as Partial<World>
  const { spans, dirty } = (trace ?? {}) as Partial<Trace>
  return (
    typeof store === 'object' &&
    Array.isArray(log?.entries) &&
    spans instanceof Map &&
    dirty instanceof Set
  )
}

/** Versions 1 and 2 had a World of their own shape beside the inputs: only its time still counts. */
function migrated(session: SessionStart, saved: Readonly<Record<string, unknown>>): SavedSession {
  const kept = recordAt(saved['world'], 'world')
  const now = numberAt(recordAt(kept['world'], 'world.world')['now'], 'world.world.now')
  const inputs = listAt(kept['inputs'], 'world.inputs')
  const timeline = migratedInputs({ inputs, now, session, path: 'world.inputs' })
  return { version: SAVE_VERSION, session, timeline }
}
