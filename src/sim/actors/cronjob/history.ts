// Which finished Jobs of a CronJob are too many: the oldest beyond the two history limits
// (cronjob_controllerv2.go cleanupFinishedJobs). Pure.
import type { CronJob, Job } from '../../api-types/batch.ts'
import { finishedCondition } from '../job/outcome.ts'

/** The Jobs to delete, oldest first, the successful ones before the failed ones. */
export function surplusJobs({ spec }: CronJob, jobs: readonly Job[]): Job[] {
  const { successfulJobsHistoryLimit: successes, failedJobsHistoryLimit: failures } = spec
  return [...oldest(jobs, 'Complete', successes), ...oldest(jobs, 'Failed', failures)]
}

function oldest(jobs: readonly Job[], outcome: string, limit: number | undefined): Job[] {
  if (limit === undefined) return []
  const finished = jobs.filter((job) => finishedCondition(job)?.type === outcome)
  const surplus = finished.length - limit
  return surplus <= 0 ? [] : finished.sort(byStart).slice(0, surplus)
}

// Jobs that never started come last; times of one format compare as texts.
function byStart(a: Job, b: Job): number {
  const [x, y] = [a.status.startTime, b.status.startTime]
  if (x !== y) {
    if (x === undefined) return 1
    return y === undefined || x < y ? -1 : 1
  }
  return a.metadata.name < b.metadata.name ? -1 : 1
}
