// `kubectl describe cronjob`; source describe.go describeCronJob.
import type { CronJob } from '../../../sim/api-types/batch.ts'
import { formatBool, selectorText } from '../../../sim/kinds/columns/format.ts'
import type { DescribeContext } from './context.ts'
import { withEvents } from './events.ts'
import { templateLines } from './template.ts'
import { annotationLines, labelLines, nameLines, timeText } from './text.ts'

const UNSET = '<unset>'

export function describeCronJob(cronJob: CronJob, context: DescribeContext): string {
  const { metadata, spec, status } = cronJob
  const { startingDeadlineSeconds: deadline } = spec
  const active = (status.active ?? []).map((reference) => reference.name ?? '')
  const body = [
    ...nameLines(cronJob),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Schedule:\t${spec.schedule}`,
    `Concurrency Policy:\t${spec.concurrencyPolicy ?? ''}`,
    `Suspend:\t${formatBool(spec.suspend)}`,
    `Time Zone:\t${spec.timeZone ?? UNSET}`,
    `Successful Job History Limit:\t${spec.successfulJobsHistoryLimit ?? UNSET}`,
    `Failed Job History Limit:\t${spec.failedJobsHistoryLimit ?? UNSET}`,
    `Starting Deadline Seconds:\t${deadline === undefined ? UNSET : `${deadline}s`}`,
    ...jobTemplateLines(cronJob),
    `Last Schedule Time:\t${timeText(status.lastScheduleTime)}`,
    `Active Jobs:\t${active.length === 0 ? '<none>' : active.join(', ')}`,
  ]
  return withEvents(body, cronJob, context)
}

function jobTemplateLines({ spec }: CronJob): string[] {
  const job = spec.jobTemplate.spec
  return [
    `Selector:\t${job.selector === undefined ? UNSET : selectorText(job.selector)}`,
    `Parallelism:\t${job.parallelism ?? UNSET}`,
    `Completions:\t${job.completions ?? UNSET}`,
    ...(job.activeDeadlineSeconds === undefined
      ? []
      : [`Active Deadline Seconds:\t${job.activeDeadlineSeconds}s`]),
    ...templateLines(job.template),
  ]
}
