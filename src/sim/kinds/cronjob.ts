// batch/v1 CronJob (pkg/registry/batch/cronjob/strategy.go).
import type { CronJob } from '../api-types/batch.ts'
import { cronJobColumns } from './columns/cronjob.ts'
import { cronJobDefaults } from './defaults/job.ts'
import type { Kind } from './kind.ts'

export const cronJob: Kind = {
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
  validate: () => [],
  validateUpdate: () => [],
}
