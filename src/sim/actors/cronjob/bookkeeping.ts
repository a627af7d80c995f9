// What the state of its Jobs means for a CronJob's status: which are still active, which ended and
// how (cronjob_controllerv2.go syncCronJob, first part). Pure.
import { extend } from '../../../base/plain.ts'
import type { CronJob, CronJobStatus, Job } from '../../api-types/batch.ts'
import type { EventText } from '../../events.ts'
import { finishedCondition } from '../job/outcome.ts'

/** A new status and what to tell about it. */
interface Bookkeeping {
  readonly status: CronJobStatus
  readonly events: readonly EventText[]
}

/** Compares the Jobs that exist with the status. The same status when nothing changed. */
export function keepBooks(cronJob: CronJob, jobs: readonly Job[]): Bookkeeping {
  let status: CronJobStatus = cronJob.status ?? {}
  const events: EventText[] = []
  for (const job of jobs) {
    const { uid, name } = job.metadata
    const listed = isActive(status, uid)
    const ended = finishedCondition(job)
    if (ended === undefined) {
      if (!listed) {
        const message = `Saw a job that the controller did not create or forgot: ${name}`
        events.push({ type: 'Warning', reason: 'UnexpectedJob', message })
      }
      continue
    }
    if (listed) {
      status = withoutActive(status, uid)
      const message = `Saw completed job: ${name}, condition: ${ended.type}`
      events.push({ type: 'Normal', reason: 'SawCompletedJob', message })
    }
    if (ended.type === 'Complete') status = withSuccess(status, job.status.completionTime)
  }
  return dropMissing({ status, events }, jobs)
}

function dropMissing({ status, events }: Bookkeeping, jobs: readonly Job[]): Bookkeeping {
  const missing = (status.active ?? []).filter(
    ({ uid }) => !jobs.some(({ metadata }) => metadata.uid === uid),
  )
  if (missing.length === 0) return { status, events }
  const reported = missing.map(({ name }): EventText => ({
    type: 'Normal',
    reason: 'MissingJob',
    message: `Active job went missing: ${name}`,
  }))
  const left = missing.reduce((rest, { uid }) => withoutActive(rest, uid ?? ''), status)
  return { status: left, events: [...events, ...reported] }
}

export function isActive({ active = [] }: CronJobStatus, uid: string): boolean {
  return active.some((reference) => reference.uid === uid)
}

/** The status without the reference; an empty list is no list. */
export function withoutActive(status: CronJobStatus, uid: string): CronJobStatus {
  if (!isActive(status, uid)) return status
  const { active = [], ...rest } = status
  const others = active.filter((reference) => reference.uid !== uid)
  return others.length === 0 ? rest : extend(rest, { active: others })
}

function withSuccess(status: CronJobStatus, completedAt: string | undefined): CronJobStatus {
  const { lastSuccessfulTime: last } = status
  if (completedAt === undefined || (last !== undefined && last >= completedAt)) return status
  return extend(status, { lastSuccessfulTime: completedAt })
}
