// The ledger of a run: what became of each firing of a CronJob, and from when to when each Job and
// Pod ran. Kept as it happens, because the log forgets.
import { formatTime, type SimTime } from '../../base/time.ts'
import type { Entry } from '../../sim/log.ts'
import { createTrace, recordTrace, type Trace, type TraceSpan } from '../../sim/trace.ts'

export interface Ledger {
  readonly trace: Trace
  /** Names of CronJobs by uid: a mark outlives its CronJob. */
  readonly cronJobs: Map<string, { namespace: string; name: string }>
}

export function newTimeline(): Ledger {
  return { trace: createTrace(), cronJobs: new Map() }
}

/** Takes each entry once, in order. */
export function recordTimeline({ trace, cronJobs }: Ledger, entry: Entry): void {
  recordTrace(trace, entry)
  const { kind, uid, namespace, name } = entry
  if (kind === 'CronJob' && !cronJobs.has(uid)) cronJobs.set(uid, { namespace, name })
}

/** GET /lab/timeline: times in RFC 3339, null for what has not come yet. */
export function timelineReport({ trace, cronJobs }: Ledger, now: SimTime): object {
  const firings = trace.marks.map(({ uid, scheduledAt, at, outcome, job, rule, entry }) => ({
    namespace: cronJobs.get(uid)?.namespace ?? '',
    cronJob: cronJobs.get(uid)?.name ?? '',
    uid,
    scheduledAt: formatTime(scheduledAt),
    decidedAt: formatTime(at),
    outcome,
    job: job === '' ? null : job,
    rule,
    entry,
  }))
  const runs = [...trace.spans.values()].map(runOf)
  return { now: formatTime(now), firings, runs }
}

function runOf(span: TraceSpan): object {
  const { uid, kind, namespace, name, ownerKind, ownerName, node, restarts, states } = span
  return {
    uid,
    kind,
    namespace,
    name,
    owner: ownerName === '' ? null : { kind: ownerKind, name: ownerName },
    node: node === '' ? null : node,
    from: formatTime(span.from),
    doneAt: timeOrNull(span.doneAt),
    to: timeOrNull(span.to),
    state: states.at(-1)?.state ?? null,
    states: states.map(({ at, state }) => ({ at: formatTime(at), state })),
    restarts,
  }
}

function timeOrNull(at: SimTime | undefined): string | null {
  return at === undefined ? null : formatTime(at)
}
