// The writing end of a sync: the status with the uids of ended Pods and the interim condition, then
// the Pods' release, then the numbers and the terminal condition (job_controller.go
// flushUncountedAndRemoveFinalizers, enactJobFinished, recordJobFinished).
import { compact, extend } from '../../../base/plain.ts'
import type { Ctx } from '../../actor.ts'
import type { Job, JobStatus } from '../../api-types/batch.ts'
import { updateStatus } from '../../api.ts'
import { recordEvent } from '../../events.ts'
import { withCondition } from '../../lib/conditions.ts'
import { releasePod } from './claim.ts'
import { interimCondition, terminalCondition, type JobOutcome } from './outcome.ts'
import { isTracked } from './pods.ts'
import { countReleased, hasUncounted, trackPods } from './tracking.ts'
import type { JobView } from './view.ts'

/**
 * Writes what the sync found. `status` has the new counts of running Pods; `flushed` is called when
 * the first write was needed, which is when the back-off record is kept.
 */
export function finishJob(
  ctx: Ctx,
  view: JobView,
  status: JobStatus,
  outcome: JobOutcome | undefined,
  terminating: number,
  flushed: () => void,
): void {
  const { counts, release, full } = trackPods({ ...view, job: { ...view.job, status } }, outcome)
  const interim = withInterim(counts, outcome, view.now)
  let job = updateStatus<Job>(ctx.world, ctx.by, { ...view.job, status: interim })
  if (job.metadata.resourceVersion !== view.job.metadata.resourceVersion) flushed()
  for (const pod of release) releasePod(ctx, pod)
  const released = new Set(release.map(({ metadata }) => metadata.uid))
  const left = view.pods.filter(isTracked).filter(({ metadata }) => !released.has(metadata.uid))
  const counted = countReleased(job.status, new Set(left.map(({ metadata }) => metadata.uid)))
  const ends =
    outcome !== undefined && !full && terminating === 0 && !hasUncounted({ status: counted })
  const final = ends ? withTerminal(counted, outcome, view.now) : counted
  if (final === job.status) return
  job = updateStatus<Job>(ctx.world, ctx.by, { ...job, status: final })
  if (ends) recordEnd(ctx, job, outcome)
}

function withInterim(
  status: JobStatus,
  outcome: JobOutcome | undefined,
  now: JobView['now'],
): JobStatus {
  if (outcome === undefined || outcome.announced) return status
  const conditions = withCondition(status.conditions ?? [], interimCondition(outcome, now))
  return extend(status, { conditions })
}

function withTerminal(status: JobStatus, outcome: JobOutcome, now: JobView['now']): JobStatus {
  const condition = terminalCondition(outcome, now)
  const conditions = withCondition(status.conditions ?? [], condition)
  const { lastTransitionTime } = condition
  const completionTime = outcome.success ? lastTransitionTime : undefined
  return extend(status, compact({ conditions, completionTime }))
}

function recordEnd(ctx: Ctx, job: Job, { success, reason, message }: JobOutcome): void {
  if (!success) {
    recordEvent(ctx, job, { type: 'Warning', reason, message })
    return
  }
  const { completions } = job.spec
  if (completions !== undefined && (job.status.succeeded ?? 0) > completions) {
    const tooMany = 'Too many succeeded pods running after completion count reached'
    recordEvent(ctx, job, { type: 'Warning', reason: 'TooManySucceededPods', message: tooMany })
  }
  recordEvent(ctx, job, { type: 'Normal', reason: 'Completed', message: 'Job completed' })
}
