// CronJobs (batch/validation ValidateCronJobCreate, ValidateCronJobUpdate).
import type { CronJob, CronJobSpec } from '../../api-types/batch.ts'
import { CronError } from '../../lib/cron-field.ts'
import { parseCron } from '../../lib/cron-parse.ts'
import { zoneError } from '../../lib/cron-zone.ts'
import { invalid, nonNegative, notSupported, oneOf, required, type FieldErrors } from './field.ts'
import { jobSpecErrors } from './job.ts'
import { dnsSubdomain } from './names.ts'
import { validateMeta, validateMetaUpdate } from './object-meta.ts'

/** Eleven characters are left for the suffix of its Jobs. */
const NAME_MAX = 52
const POLICIES = ['Allow', 'Forbid', 'Replace']

export function validateCronJob(cronJob: CronJob): FieldErrors {
  const { name } = cronJob.metadata
  const why = `must be no more than ${NAME_MAX} characters`
  return [
    ...validateMeta(cronJob.metadata, { namespaced: true, name: dnsSubdomain }),
    ...specErrors(cronJob.spec, undefined),
    ...(name.length > NAME_MAX ? [invalid('metadata.name', name, why)] : []),
  ]
}

/** An update may change anything in the spec. */
export function validateCronJobUpdate(cronJob: CronJob, old: CronJob): FieldErrors {
  return [...validateMetaUpdate(cronJob, old), ...specErrors(cronJob.spec, old.spec)]
}

function specErrors(spec: CronJobSpec, old: CronJobSpec | undefined): FieldErrors {
  const { timeZone } = spec
  const checksZone = old === undefined || old.timeZone !== timeZone
  return [
    ...(spec.schedule ? scheduleErrors(spec, old) : [required('spec.schedule')]),
    ...nonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...(checksZone && timeZone !== undefined ? zoneErrors(timeZone) : []),
    ...oneOf('spec.concurrencyPolicy', spec.concurrencyPolicy, POLICIES),
    ...templateErrors(spec),
    ...nonNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...nonNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ]
}

function scheduleErrors(
  { schedule, timeZone }: CronJobSpec,
  old: CronJobSpec | undefined,
): FieldErrors {
  const field = 'spec.schedule'
  const problem = scheduleProblem(schedule)
  const errors = problem === undefined ? [] : [invalid(field, schedule, problem)]
  if (!schedule.includes('TZ')) return errors
  if (old === undefined || !old.schedule.includes('TZ')) {
    const why = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'
    return [...errors, invalid(field, schedule, why)]
  }
  if (timeZone === undefined) return errors
  const both = 'cannot use both timeZone field and TZ or CRON_TZ in schedule'
  return [...errors, invalid(field, schedule, both)]
}

function scheduleProblem(schedule: string): string | undefined {
  try {
    parseCron(schedule)
    return undefined
  } catch (error) {
    if (!(error instanceof CronError)) throw error
    return error.panics ? `invalid schedule format: ${error.message}` : error.message
  }
}

/** A part of a zone's name, which is also the name of a file. */
function isZonePart(part: string): boolean {
  const climbs = part === '.' || part === '..'
  return !climbs && !part.startsWith('-') && /^[A-Za-z.\-_0-9+]{1,14}$/.test(part)
}

function zoneErrors(zone: string): FieldErrors {
  const field = 'spec.timeZone'
  if (zone === '') return [invalid(field, zone, 'timeZone must be nil or non-empty string')]
  const local =
    'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones'
  if (!zone.split('/').every(isZonePart)) return [invalid(field, zone, `unknown time zone ${zone}`)]
  // Go knows the name Local, but no other way of writing it.
  const unknown = zone === 'Local' ? undefined : zoneError(zone)
  return [
    ...(zone.toLowerCase() === 'local' ? [invalid(field, zone, local)] : []),
    ...(unknown === undefined ? [] : [invalid(field, zone, unknown)]),
  ]
}

function templateErrors({ jobTemplate }: CronJobSpec): FieldErrors {
  const { spec } = jobTemplate
  const field = 'spec.jobTemplate.spec'
  const why = '`selector` will be auto-generated'
  return [
    ...jobSpecErrors(spec, field),
    ...(spec.selector === undefined ? [] : [invalid(`${field}.selector`, spec.selector, why)]),
    ...(spec.manualSelector
      ? [notSupported(`${field}.manualSelector`, true, ['nil', 'false'])]
      : []),
  ]
}
