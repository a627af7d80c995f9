// Making the Job of a scheduled time and taking it into the status; a Job of that name may exist
// already (cronjob_controllerv2.go syncCronJob, last part).
import { extend } from '../../../base/plain.ts'
import { formatTime, type SimTime } from '../../../base/time.ts'
import type { Ctx } from '../../actor.ts'
import type { CronJob, CronJobStatus, Job } from '../../api-types/batch.ts'
import { createObject } from '../../api.ts'
import { ApiError, hasCause, NAMESPACE_TERMINATING } from '../../errors.ts'
import { recordEvent } from '../../events.ts'
import { controllerOf, getObject } from '../../store.ts'
import { isActive } from './bookkeeping.ts'
import { jobOfCronJob, referenceTo } from './job-template.ts'

/** What became of the attempt. */
interface Started {
  readonly status: CronJobStatus
  /** Whether to look again after the next scheduled time. */
  readonly again: boolean
  /** The Job that runs for this time. */
  readonly job?: string
  /** To be retried. */
  readonly refusal?: ApiError
}

/** Creates the Job for `time`, or adopts the CronJob's own one of that name. */
export function startRun(ctx: Ctx, cronJob: CronJob, time: SimTime): Started {
  const { status } = cronJob
  const submitted = jobOfCronJob(cronJob, time)
  try {
    const job = createObject<Job>(ctx.world, ctx.by, submitted)
    const message = `Created job ${job.metadata.name}`
    recordEvent(ctx, cronJob, { type: 'Normal', reason: 'SuccessfulCreate', message })
    return taken(cronJob, job, time)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.reason === 'AlreadyExists') return adoptExisting(ctx, cronJob, time)
    if (!hasCause(error, NAMESPACE_TERMINATING)) {
      const message = `Error creating job: ${error.message}`
      recordEvent(ctx, cronJob, { type: 'Warning', reason: 'FailedCreate', message })
    }
    return { status, again: false, refusal: error }
  }
}

function adoptExisting(ctx: Ctx, cronJob: CronJob, time: SimTime): Started {
  const { metadata, status } = cronJob
  const { name, namespace } = jobOfCronJob(cronJob, time).metadata
  const job = getObject<Job>(ctx.world.store, 'Job', `${namespace}/${name}`)
  const own = job !== undefined && controllerOf(job)?.uid === metadata.uid
  if (!own || isActive(status, job.metadata.uid)) return { status, again: false }
  return taken(cronJob, job, time)
}

// The nominal time is kept, however late the start was.
function taken({ status }: CronJob, job: Job, time: SimTime): Started {
  const active = [...(status.active ?? []), referenceTo(job)]
  const next = extend(status, { active, lastScheduleTime: formatTime(time) })
  return { status: next, again: true, job: job.metadata.name }
}
