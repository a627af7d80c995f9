// The Job controller: looks at a Job and its Pods, decides by the pure functions beside this file,
// and writes. One sync is one level-triggered pass; what happened is seen in the objects only
// (pkg/controller/job/job_controller.go syncJob).
import { compact, extend } from '../../../base/plain.ts'
import { formatTime, MINUTE_MS, SECOND_MS } from '../../../base/time.ts'
import type { Actor, Ctx } from '../../actor.ts'
import type { Job, JobStatus } from '../../api-types/batch.ts'
import type { Condition } from '../../api-types/meta.ts'
import type { Pod } from '../../api-types/pod.ts'
import type { ApiError } from '../../errors.ts'
import { recordEvent } from '../../events.ts'
import { newCondition, withCondition } from '../../lib/conditions.ts'
import { actorMemory } from '../../memory.ts'
import { controllerOf, getObject, objectKey } from '../../store.ts'
import { wakeAfter } from '../../world.ts'
import { NO_BACKOFF, type BackoffRecord } from './backoff.ts'
import { claimPods, releasePod } from './claim.ts'
import { finishJob } from './finish.ts'
import { COMPLETED, deadlineLeftMs, decideOutcome, isComplete, isFinished } from './outcome.ts'
import { isReady } from './pods.ts'
import { planPods } from './plan.ts'
import { viewJob, type JobView } from './view.ts'
import { ADOPT, isJob, ORPHAN, wakesOfJob, wakesOfPod } from './watches.ts'
import { createPods, deletePods, removePods } from './writes.ts'

const CONTROLLER_NAME = 'kubernetes.io/job-controller'

interface Memory {
  /** By Job key: its failures; see backoff.ts. */
  backoff: Map<string, BackoffRecord>
}

const jobMemory = actorMemory<Memory>('job-controller', {
  initial: () => ({ backoff: new Map() }),
  copy: ({ backoff }) => ({ backoff: new Map(backoff) }),
})

export const jobController: Actor = {
  name: 'job-controller',
  component: 'kube-controller-manager',
  watches: { Job: wakesOfJob, Pod: wakesOfPod },
  tasks: {
    sync: (ctx, key) => syncJob(ctx, key, false),
    [ADOPT]: (ctx, key) => syncJob(ctx, key, true),
    [ORPHAN]: syncOrphan,
  },
  // DefaultJobApiBackOff, MaxJobApiBackOff.
  retry: { baseMs: SECOND_MS, maxMs: MINUTE_MS },
}

function syncJob(ctx: Ctx, key: string, adopting: boolean): void {
  const memory = jobMemory.of(ctx)
  const job = getObject<Job>(ctx.world.store, 'Job', key)
  if (job === undefined || isFinished(job)) {
    memory.backoff.delete(key)
    return
  }
  if (job.spec.managedBy !== undefined && job.spec.managedBy !== CONTROLLER_NAME) return
  const pods = claimPods(ctx, job, adopting || job.spec.manualSelector === true)
  const view = viewJob(started(job, ctx), pods, memory.backoff.get(key) ?? NO_BACKOFF, ctx.now)
  const outcome = decideOutcome(view)
  if (outcome === undefined) armDeadline(ctx, key, view.job)
  const managed = outcome === undefined ? manage(ctx, key, view) : endPods(ctx, view)
  const final = outcome ?? (isComplete(view, managed.active) ? COMPLETED : undefined)
  const status = withCounts(view.job.status, managed)
  const suspension =
    final === undefined && managed.called ? withSuspension(ctx, view.job, status) : status
  const remember = (): unknown => memory.backoff.set(key, view.backoff)
  finishJob(ctx, view, suspension, final, managed.terminating, remember)
  if (managed.error !== undefined) throw managed.error
}

// The clock of activeDeadlineSeconds starts with the first sync that is not suspended.
function started(job: Job, ctx: Ctx): Job {
  const { status = {}, spec } = job
  const startTime = status.startTime ?? (spec.suspend ? undefined : formatTime(ctx.now))
  const { uncountedTerminatedPods = {} } = status
  return { ...job, status: extend(status, compact({ uncountedTerminatedPods, startTime })) }
}

function armDeadline(ctx: Ctx, key: string, job: Job): void {
  const left = deadlineLeftMs(job, ctx.now)
  if (left !== undefined) wakeAfter(ctx, key, left)
}

/** What became of the Job's Pods in this sync. */
interface Managed {
  readonly active: number
  readonly ready: number
  readonly terminating: number
  /** Whether the wanted number was looked at: not for a Job that is being deleted. */
  readonly called: boolean
  readonly error: ApiError | undefined
}

// The Job is decided: whatever runs is stopped, and counted once it is gone.
function endPods(ctx: Ctx, view: JobView): Managed {
  deletePods(ctx, view.job, view.active)
  return extend(without(view, view.active), { called: false, error: undefined })
}

function without(view: JobView, removed: readonly Pod[]) {
  return {
    active: view.active.length - removed.length,
    ready: view.ready - removed.filter(isReady).length,
    terminating: view.terminating + removed.length,
  }
}

function manage(ctx: Ctx, key: string, view: JobView): Managed {
  const deleted = view.job.metadata.deletionTimestamp !== undefined
  const unchanged = extend(without(view, []), { called: !deleted, error: undefined })
  if (deleted) return unchanged
  const plan = planPods(view)
  if (plan.kind === 'remove') {
    removePods(ctx, view.job, plan.pods)
    return { ...unchanged, ...without(view, plan.pods) }
  }
  if (plan.kind === 'wait') wakeAfter(ctx, key, plan.ms)
  if (plan.kind !== 'create') return unchanged
  const { count, error } = createPods(ctx, view, plan.indexes)
  return { ...unchanged, active: unchanged.active + count, error }
}

function withCounts(status: JobStatus, { active, ready, terminating }: Managed): JobStatus {
  const { active: _old, ...rest } = status
  return extend(rest, compact({ active: active || undefined, ready, terminating }))
}

// Suspending takes the start time away; resuming starts the clock again.
function withSuspension(ctx: Ctx, job: Job, status: JobStatus): JobStatus {
  const now = formatTime(ctx.now)
  const wanted: Condition = job.spec.suspend
    ? newCondition('Suspended', 'True', 'JobSuspended', 'Job suspended', now)
    : newCondition('Suspended', 'False', 'JobResumed', 'Job resumed', now)
  const { conditions: old = [], startTime: _start, ...rest } = status
  const conditions = withCondition(old, wanted)
  if (conditions === old) return status
  const reason = job.spec.suspend ? 'Suspended' : 'Resumed'
  recordEvent(ctx, job, { type: 'Normal', reason, message: wanted.message ?? '' })
  const startTime = job.spec.suspend ? undefined : now
  return extend(rest, compact({ startTime, conditions }))
}

// A Pod whose Job is gone or over is released (syncOrphanPod).
function syncOrphan(ctx: Ctx, key: string): void {
  const pod = getObject<Pod>(ctx.world.store, 'Pod', key)
  if (pod === undefined) return
  const owner = controllerOf(pod)
  if (owner !== undefined) {
    if (!isJob(owner)) return
    const jobKey = objectKey(pod.metadata.namespace, owner.name)
    const job = getObject<Job>(ctx.world.store, 'Job', jobKey)
    const live = job?.metadata.uid === owner.uid ? job : undefined
    if (live !== undefined && !isFinished(live)) return
  }
  releasePod(ctx, pod)
}
