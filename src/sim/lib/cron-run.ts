// What names one run of a CronJob: the schedule it follows, and the Job made for a scheduled time.
import { MINUTE_MS, type SimTime } from '../../base/time.ts'
import type { CronJob } from '../api-types/batch.ts'
import { validTimeZone } from './cron-zone.ts'

/** The text that is parsed: the timeZone goes in front, unless the schedule names a zone. */
export function scheduleText({ spec }: CronJob): string {
  const { schedule, timeZone } = spec
  if (schedule.includes('TZ') || timeZone === undefined || !validTimeZone(timeZone)) return schedule
  return `TZ=${timeZone} ${schedule}`
}

/** `NAME-MINUTES`: minutes since 1970, so runs of `@every` within one minute share a name. */
export function jobName(cronJob: string, scheduledAt: SimTime): string {
  return `${cronJob}-${Math.floor(scheduledAt / MINUTE_MS)}`
}
