// What the timeline needs of the whole run, a few fields a thing, long after the log was trimmed:
// spans of the kinds that have them, and scheduled times with what became of each.
import type { SimTime } from '../base/time.ts'
import { parseTime } from '../base/time.ts'
import type { KubeObject } from './api-types/meta.ts'
import { kindOf } from './kinds/index.ts'
import type { KindView, ObjectState } from './kinds/kind.ts'
import type { Entry } from './log.ts'
import { controllerOf, getObject, objectKey, type Store } from './store.ts'

/** A thing with a beginning, an end and states in between. */
export interface TraceSpan {
  uid: string
  kind: string
  namespace: string
  name: string
  ownerUid: string
  ownerKind: string
  ownerName: string
  /** The node it is bound to; ''. */
  node: string
  from: SimTime
  /** When the object was removed; undefined while it exists. */
  to: SimTime | undefined
  /** When its work ended (Job finished, Pod terminal). */
  doneAt: SimTime | undefined
  states: { at: SimTime; state: ObjectState }[]
  restarts: number
}

/** What became of one scheduled time of a CronJob. */
export type CronOutcome =
  'fired' | 'late' | 'skipped' | 'replaced' | 'missed' | 'suspended' | 'too-many-missed'

export interface CronMark {
  uid: string
  /** The nominal time. */
  scheduledAt: SimTime
  /** When it was decided. */
  at: SimTime
  outcome: CronOutcome
  /** The Job it made, if any. */
  job: string
  /** The rule that decided, in a sentence. */
  rule: string
  /** The Entry of the decision. */
  entry: number
}

export interface Trace {
  spans: Map<string, TraceSpan>
  marks: CronMark[]
  /** uids whose spans changed since the last `takeChanges`. */
  dirty: Set<string>
}

/** Oldest finished spans go first beyond this; about 300 bytes each. */
const SPANS_MAX = 50_000
const MARKS_MAX = 100_000
/** Dropped at once, so that dropping costs nothing per mark. */
const MARKS_TRIM = 10_000

export function createTrace(): Trace {
  return { spans: new Map(), marks: [], dirty: new Set() }
}

/** Takes one Entry into the trace. Entries that show nothing on the timeline change nothing. */
export function recordTrace(trace: Trace, entry: Entry): void {
  if (entry.verb === 'note') return recordMark(trace, entry)
  const object = entry.after ?? entry.before
  if (object === undefined) return
  const view = kindOf(entry.kind).view
  if (view?.span === undefined) return
  let span = trace.spans.get(entry.uid)
  if (span === undefined) {
    span = newSpan(entry, object)
    trace.spans.set(entry.uid, span)
    if (trace.spans.size > SPANS_MAX) dropOldest(trace)
  }
  updateSpan(span, entry, view)
  trace.dirty.add(entry.uid)
}

/** The spans that changed since the last call. */
export function takeChanges(trace: Trace): TraceSpan[] {
  const spans: TraceSpan[] = []
  for (const uid of trace.dirty) {
    const span = trace.spans.get(uid)
    if (span !== undefined) spans.push(span)
  }
  trace.dirty.clear()
  return spans
}

/** All spans again, for a view that starts over. */
export function takeAll(trace: Trace): TraceSpan[] {
  trace.dirty.clear()
  return [...trace.spans.values()]
}

/** A trace that can be changed without changing this one. */
export function copyTrace(trace: Trace): Trace {
  const spans = new Map<string, TraceSpan>()
  for (const [uid, span] of trace.spans) spans.set(uid, { ...span, states: [...span.states] })
  return { ...trace, spans, marks: [...trace.marks], dirty: new Set(trace.dirty) }
}

/** Forgets what came after `at`: time was set back, and the objects are those of `store`. */
export function truncateTrace(trace: Trace, at: SimTime, store: Store): void {
  for (const [uid, span] of trace.spans) {
    if (span.from > at) {
      trace.spans.delete(uid)
      continue
    }
    // Over by then: all of it stays.
    if (span.to !== undefined && span.to <= at) continue
    span.to = undefined
    if (span.doneAt !== undefined && span.doneAt > at) span.doneAt = undefined
    span.states = span.states.filter((state) => state.at <= at)
    const object = getObject(store, span.kind, objectKey(span.namespace, span.name))
    const view = kindOf(span.kind).view
    if (object !== undefined && view !== undefined) placeSpan(span, view, object)
  }
  // Marks lie in the order of time.
  let length = trace.marks.length
  while (length > 0 && trace.marks[length - 1]!.at > at) length--
  trace.marks.length = length
}

function recordMark(trace: Trace, entry: Entry): void {
  if (entry.detail?.['scheduledAt'] === undefined) return
  trace.marks.push({
    uid: entry.uid,
    scheduledAt: parseTime(entry.detail['scheduledAt']),
    at: entry.at,
    outcome: entry.text as CronOutcome,
    job: entry.detail['job'] ?? '',
    rule: entry.detail['rule'] ?? '',
    entry: entry.id,
  })
  if (trace.marks.length < MARKS_MAX + MARKS_TRIM) return
  trace.marks = trace.marks.slice(-MARKS_MAX)
}

function newSpan(entry: Entry, object: KubeObject): TraceSpan {
  const owner = controllerOf(object)
  return {
    uid: entry.uid,
    kind: entry.kind,
    namespace: entry.namespace,
    name: entry.name,
    ownerUid: owner?.uid ?? '',
    ownerKind: owner?.kind ?? '',
    ownerName: owner?.name ?? '',
    node: '',
    from: entry.at,
    to: undefined,
    doneAt: undefined,
    states: [],
    restarts: 0,
  }
}

function updateSpan(span: TraceSpan, entry: Entry, view: KindView): void {
  const object = entry.after
  if (object === undefined) {
    span.to = entry.at
    return
  }
  placeSpan(span, view, object)
  const state = stateOf(view, object)
  if (span.states.at(-1)?.state !== state) span.states.push({ at: entry.at, state })
  const done = state === 'succeeded' || state === 'failed'
  if (done && span.doneAt === undefined) span.doneAt = entry.at
}

function placeSpan(span: TraceSpan, view: KindView, object: KubeObject): void {
  const facts = view.span?.(object)
  span.node = facts?.node ?? ''
  span.restarts = facts?.restarts ?? 0
}

/** The state in which the page shows an object; `pending` for kinds that have none. */
export function stateOf({ state }: KindView, object: KubeObject): ObjectState {
  return state?.(object) ?? 'pending'
}

function dropOldest(trace: Trace): void {
  for (const [uid, span] of trace.spans) {
    if (span.to === undefined) continue
    trace.spans.delete(uid)
    if (trace.spans.size <= SPANS_MAX * 0.9) return
  }
}
