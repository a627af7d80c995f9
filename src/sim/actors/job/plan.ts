// How many Pods a Job should have now, and so what to create or remove (job_controller.go
// manageJob). Pure.
import { SECOND_MS } from '../../../base/time.ts'
import type { Pod } from '../../api-types/pod.ts'
import { remainingForIndexMs, remainingMs } from './backoff.ts'
import { pendingIndexes, splitSurplus } from './indexes.ts'
import { hasLimitPerIndex, isIndexed, replacesOnlyFailed } from './pods.ts'
import { byRemoval } from './victims.ts'
import type { JobView } from './view.ts'

/** Creation and removal never happen in the same sync; removal goes first. */
export type JobPlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'remove'; readonly pods: readonly Pod[] }
  /** One entry a Pod: its index, or undefined for Jobs without indexes. */
  | { readonly kind: 'create'; readonly indexes: readonly (number | undefined)[] }
  /** Back-off: look again after `ms`. */
  | { readonly kind: 'wait'; readonly ms: number }

const NOTHING: JobPlan = { kind: 'nothing' }
/** MaxPodCreateDeletePerSync. */
const CHANGES_MAX = 500
/** A retry is never sooner than the batching of Pod events. */
const WAIT_MIN_MS = SECOND_MS

/** What to do about the Job's Pods. */
export function planPods(view: JobView): JobPlan {
  const { job, active } = view
  if (job.spec.suspend) return remove(toRemove(view, active.length))
  const wanted = wantedPods(view)
  const surplus = toRemove(view, Math.max(0, active.length - wanted)).slice(0, CHANGES_MAX)
  if (surplus.length > 0) return remove(surplus)
  const leaving = replacesOnlyFailed(job) ? view.terminating : 0
  const missing = Math.min(wanted - leaving - active.length, CHANGES_MAX)
  return missing > 0 ? create(view, missing) : NOTHING
}

function remove(pods: readonly Pod[]): JobPlan {
  return pods.length === 0 ? NOTHING : { kind: 'remove', pods }
}

/** With completions: what is left to do, at most parallelism at a time. */
function wantedPods({ job, active, succeeded }: JobView): number {
  const { completions, parallelism = 1 } = job.spec
  // A work queue: one success means that the work is done, so whatever runs may end.
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism
  return Math.max(0, Math.min(parallelism, completions - succeeded))
}

function toRemove({ job, active }: JobView, atLeast: number): Pod[] {
  const { surplus, rest } = isIndexed(job)
    ? splitSurplus(job, active)
    : { surplus: [], rest: active }
  if (surplus.length >= atLeast) return surplus
  return [...surplus, ...[...rest].sort(byRemoval).slice(0, atLeast - surplus.length)]
}

function create(view: JobView, count: number): JobPlan {
  const { job, now } = view
  const perIndex = hasLimitPerIndex(job)
  const wait = perIndex ? 0 : remainingMs(view.backoff, now)
  if (wait > 0) return { kind: 'wait', ms: Math.max(wait, WAIT_MIN_MS) }
  if (!isIndexed(job)) return { kind: 'create', indexes: Array.from({ length: count }) }
  const { pods, active, succeededIndexes, failedIndexes } = view
  const pending = pendingIndexes(job, pods, active, succeededIndexes, failedIndexes, count)
  return perIndex ? createReady(view, pending) : created(pending)
}

function created(indexes: readonly number[]): JobPlan {
  return indexes.length === 0 ? NOTHING : { kind: 'create', indexes }
}

// Each index has its own back-off; while some are ready, the others wait for the next sync.
function createReady({ delayed, now }: JobView, pending: readonly number[]): JobPlan {
  const waits = pending.map((index) => remainingForIndexMs(delayed.get(index), now))
  const ready = pending.filter((_, position) => waits[position] === 0)
  if (ready.length > 0 || pending.length === 0) return created(ready)
  return { kind: 'wait', ms: Math.max(Math.min(...waits), WAIT_MIN_MS) }
}
