// What can be measured of a run: counts, ticks, lives of Jobs and Pods, fields, times. Goals compare
// a measure with bounds, predictions and claims ask for its value: one vocabulary for all three.
import { addMs, SECOND_MS, type SimTime } from '../base/time.ts'
import type { ObjectState } from '../sim/kinds/kind.ts'
import type { CronMark, TraceSpan } from '../sim/trace.ts'
import { durationMs } from './duration.ts'
import { find, momentOf, fieldAt, wordMatches } from './subjects.ts'
import type { Moment, Scene, Since, Which } from './subjects.ts'

/** A stretch of time; both ends may be left open. */
interface Window {
  since?: Since
  /** How long from `since`: the measure counts for a goal when that has passed. */
  for?: string
  /** Instead of `for`: up to this time. */
  until?: string
}

/** Lives of Jobs, Pods or Nodes, those that have gone included. */
export interface Lives extends Window {
  kind: string
  name?: string
  namespace?: string
  owner?: string
  node?: string
  /** Only those that came into this state within the window; absent: that were created in it. */
  state?: ObjectState
  /** Only those that were also created in the window. */
  begun?: boolean
}

/** Scheduled times of a CronJob. */
export interface Ticks extends Window {
  name: string
  /** `fired`, `late`, `skipped`, `replaced`, `missed`, `suspended`, `too-many-missed`, `run`. */
  outcome?: string
}

export type Measure =
  | { count: Which }
  | { ticks: Ticks }
  /** How many such lives there were. */
  | { happened: Lives }
  /** The most that were unfinished at one time, of those begun in the window. */
  | { atOnce: Lives }
  /** Seconds from the creation to the end of the first such life. */
  | { took: Lives }
  /** The outcomes of a CronJob's ticks in order: `fired skipped fired`. */
  | { outcomes: Ticks }
  | { field: Which & { path: string } }
  /** The first group of a pattern in what the last command printed. */
  | { printed: string }

export type Value = string | number | undefined

export interface Measured extends Partial<Moment> {
  value: Value
  /** Set when the window has not begun or has not passed: nothing final can be said. */
  open?: 'not-begun' | 'not-passed'
}

/** The value of a measure at this moment. `printed` is what the last command said. */
export function measure(what: Measure, scene: Scene, printed = ''): Measured {
  if ('count' in what) return { value: find(what.count, scene).length }
  if ('ticks' in what) return ticks(what.ticks, scene)
  if ('happened' in what) return happened(what.happened, scene)
  if ('atOnce' in what) return atOnce(what.atOnce, scene)
  if ('took' in what) return took(what.took, scene)
  if ('outcomes' in what) return outcomes(what.outcomes, scene)
  if ('printed' in what) return { value: new RegExp(what.printed, 'm').exec(printed)?.[1] }
  const [object] = find(what.field, scene)
  const value = fieldAt(object, what.field.path)
  return { value: typeof value === 'number' ? value : textOf(value) }
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return JSON.stringify(value)
}

interface Bounds {
  from: SimTime
  until: SimTime
  entry?: number
}

/** The window's ends; undefined when it has not begun. */
function boundsOf(window: Window, scene: Scene): Bounds | undefined {
  const { start } = scene.run.lab.world
  const since: Moment | undefined =
    window.since === undefined ? { at: start } : momentOf(window.since, scene)
  if (since === undefined) return undefined
  const length = window.for === undefined ? undefined : durationMs(window.for)
  const until = window.until === undefined ? undefined : momentOf(window.until, scene)?.at
  const end = length === undefined ? until : addMs(since.at, length)
  const forEver = Infinity as SimTime
  const entry = since.entry === undefined ? {} : { entry: since.entry }
  return { from: since.at, until: end ?? forEver, ...entry }
}

/** Marks an answer as not final while the window is still open at its end. */
function settled(measured: Measured, { until }: Bounds, { run }: Scene): Measured {
  if (until === (Infinity as SimTime) || run.lab.world.now >= until) return measured
  return { ...measured, open: 'not-passed' }
}

function ticksIn({ name }: Ticks, { from, until }: Bounds, scene: Scene): CronMark[] {
  const { trace, lab } = scene.run
  const uids = new Set<string>()
  for (const objects of lab.world.store.kinds.values())
    for (const { metadata } of objects.values())
      if (wordMatches(name, metadata.name)) uids.add(metadata.uid)
  for (const entry of lab.world.log.entries)
    if (entry.verb === 'note' && wordMatches(name, entry.name)) uids.add(entry.uid)
  return trace.marks.filter((mark) => uids.has(mark.uid) && mark.at >= from && mark.at < until)
}

/** A run was made of a tick, on time, late, or in place of another. */
const MADE_A_RUN = ['fired', 'late', 'replaced']

function ticks(wanted: Ticks, scene: Scene): Measured {
  const bounds = boundsOf(wanted, scene)
  if (bounds === undefined) return { value: 0, open: 'not-begun' }
  const { outcome } = wanted
  const found = ticksIn(wanted, bounds, scene).filter(
    (mark) =>
      outcome === undefined ||
      (outcome === 'run' ? MADE_A_RUN.includes(mark.outcome) : mark.outcome === outcome),
  )
  const last = found.at(-1)
  const moment = last === undefined ? {} : { at: last.at, entry: last.entry }
  return settled({ value: found.length, ...moment }, bounds, scene)
}

function outcomes(wanted: Ticks, scene: Scene): Measured {
  const bounds = boundsOf(wanted, scene)
  if (bounds === undefined) return { value: undefined, open: 'not-begun' }
  const words = ticksIn(wanted, bounds, scene).map(({ outcome }) => outcome)
  return settled({ value: words.join(' ') }, bounds, scene)
}

/** The spans of a kind, owner and name, whenever they were. */
function livesOf(wanted: Lives, { run }: Scene): TraceSpan[] {
  return [...run.trace.spans.values()].filter(
    (span) =>
      span.kind === wanted.kind &&
      wordMatches(wanted.name, span.name) &&
      (wanted.namespace === undefined || span.namespace === wanted.namespace) &&
      wordMatches(wanted.owner, `${span.ownerKind}/${span.ownerName}`) &&
      (wanted.node === undefined || span.node === wanted.node),
  )
}

/** When a life came into the wanted state (or began) within the window. */
function reachedAt(span: TraceSpan, { state }: Lives, { from, until }: Bounds) {
  const moments = state === undefined ? [{ at: span.from, state: undefined }] : span.states
  return moments.find((moment) => moment.state === state && moment.at >= from && moment.at < until)
    ?.at
}

function happened(wanted: Lives, scene: Scene): Measured {
  const bounds = boundsOf(wanted, scene)
  if (bounds === undefined) return { value: 0, open: 'not-begun' }
  let last: { at: SimTime; uid: string } | undefined
  let count = 0
  for (const span of livesOf(wanted, scene)) {
    const at = reachedAt(span, wanted, bounds)
    if (at === undefined || (wanted.begun === true && span.from < bounds.from)) continue
    count++
    if (last === undefined || at >= last.at) last = { at, uid: span.uid }
  }
  return settled({ value: count, ...entryAt(last, scene) }, bounds, scene)
}

/** The Entry about an object at a moment, while the log still has it. */
function entryAt(
  moment: { at: SimTime; uid: string } | undefined,
  { run }: Scene,
): Partial<Moment> {
  if (moment === undefined) return {}
  const { at, uid } = moment
  const entry = run.lab.world.log.entries.findLast((one) => one.uid === uid && one.at === at)
  return entry === undefined ? { at } : { at, entry: entry.id }
}

function atOnce(wanted: Lives, scene: Scene): Measured {
  const bounds = boundsOf(wanted, scene)
  if (bounds === undefined) return { value: 0, open: 'not-begun' }
  const steps: { at: SimTime; by: number; uid: string }[] = []
  for (const span of livesOf(wanted, scene)) {
    const end = span.doneAt ?? span.to ?? (Infinity as SimTime)
    if (span.from < bounds.from || span.from >= bounds.until) continue
    steps.push({ at: span.from, by: 1, uid: span.uid })
    steps.push({ at: end, by: -1, uid: span.uid })
  }
  // What ended at the instant in which another began was not beside it.
  steps.sort((a, b) => a.at - b.at || a.by - b.by)
  let now = 0
  let most = 0
  let peak: { at: SimTime; uid: string } | undefined
  for (const { at, by, uid } of steps) {
    now += by
    if (now <= most) continue
    most = now
    peak = { at, uid }
  }
  return settled({ value: most, ...entryAt(peak, scene) }, bounds, scene)
}

function took(wanted: Lives, scene: Scene): Measured {
  const bounds = boundsOf(wanted, scene)
  if (bounds === undefined) return { value: undefined, open: 'not-begun' }
  const [span] = livesOf(wanted, scene).filter(({ from }) => from >= bounds.from)
  if (span?.doneAt === undefined) return { value: undefined }
  const value = Math.round((span.doneAt - span.from) / SECOND_MS)
  return { value, ...entryAt({ at: span.doneAt, uid: span.uid }, scene) }
}
