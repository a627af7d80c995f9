// The Job that a CronJob makes for a scheduled time (pkg/controller/cronjob/utils.go
// getJobFromTemplate2). Its name follows from the time, so that no run is made twice. Pure.
import { compact } from '../../../base/plain.ts'
import { addMs, formatTime, SECOND_MS, type SimTime } from '../../../base/time.ts'
import type { CronJob, Job, ObjectReference } from '../../api-types/batch.ts'
import type { Submitted } from '../../api.ts'
import { jobName } from '../../lib/cron-run.ts'
import { offsetAt, zoneTable } from '../../lib/cron-zone.ts'
import { controllerReference } from '../../lib/owner.ts'

const SCHEDULED_AT_KEY = 'batch.kubernetes.io/cronjob-scheduled-timestamp'

export function jobOfCronJob(cronJob: CronJob, scheduledAt: SimTime): Submitted {
  const { jobTemplate, timeZone } = cronJob.spec
  const { labels, annotations } = jobTemplate.metadata ?? {}
  const { namespace } = cronJob.metadata
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: compact({
      name: jobName(cronJob.metadata.name, scheduledAt),
      namespace,
      labels,
      annotations: { ...annotations, [SCHEDULED_AT_KEY]: formatInZone(scheduledAt, timeZone) },
      ownerReferences: [controllerReference(cronJob)],
    }),
    spec: jobTemplate.spec,
  }
}

/** RFC 3339 with the zone's offset at that time; `Z` when it is zero. */
export function formatInZone(time: SimTime, zone: string | undefined): string {
  const offset = zone === undefined ? 0 : offsetAt(zoneTable(zone), Math.floor(time / SECOND_MS))
  if (offset === 0) return formatTime(time)
  const local = formatTime(addMs(time, offset * SECOND_MS)).slice(0, -1)
  const minutes = Math.floor(Math.abs(offset) / 60)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** What `status.active` says of a Job (client-go tools/reference GetReference). */
export function referenceTo({ metadata, kind, apiVersion }: Job): ObjectReference {
  const { name, namespace, uid, resourceVersion } = metadata
  return compact({ kind, namespace, name, uid, apiVersion, resourceVersion })
}
