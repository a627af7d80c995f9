// batch/v1 CronJob (pkg/registry/batch/cronjob/strategy.go).
import type { CronJob } from '../api-types/batch.ts'
import type { KubeObject } from '../api-types/meta.ts'
import { cronJobColumns } from './columns/cronjob.ts'
import { cronJobDefaults } from './defaults/job.ts'
import type { Kind } from './kind.ts'
import { ownerNameWarnings, templateWarnings } from './pod-warnings.ts'
import { validateCronJob, validateCronJobUpdate } from './validation/cronjob.ts'

export const cronJob: Kind<'CronJob'> = {
  kind: 'CronJob',
  group: 'batch',
  version: 'v1',
  plural: 'cronjobs',
  singular: 'cronjob',
  shortNames: ['cj'],
  categories: ['all'],
  namespaced: true,
  columns: cronJobColumns,
  hasGeneration: true,
  defaults: (object) => cronJobDefaults(object as CronJob),
  prepareForCreate: (object) => ({ ...object, status: {} }),
  validate: (object) => validateCronJob(object as CronJob),
  validateUpdate: (object, old) => validateCronJobUpdate(object as CronJob, old as CronJob),
  warnings,
  view: {},
}

/** An old schedule may keep its zone; the doubled `spec` of the warning is upstream's. */
function warnings(object: KubeObject, old: KubeObject | undefined): readonly string[] {
  const { schedule, jobTemplate } = (object as CronJob).spec
  const zoned =
    'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see ' +
    'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details'
  return [
    ...(old === undefined ? ownerNameWarnings(object.metadata.name) : []),
    ...templateWarnings(jobTemplate.spec.template, 'spec.jobTemplate.spec.template'),
    ...(old !== undefined && schedule.includes('TZ') ? [zoned] : []),
  ]
}
