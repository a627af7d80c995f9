// kubectl's side of CronJobs.
import type { CronJob } from '../../sim/api-types/batch.ts'
import { createCronJob } from '../commands/create-job.ts'
import { describeCronJob } from '../print/describe/cronjob.ts'
import type { KubectlKind } from './kind.ts'

export const cronJob: KubectlKind = {
  kind: 'CronJob',
  describe: (object, context) => describeCronJob(object as CronJob, context),
  create: createCronJob,
  isVisited: true,
  podSpecPath: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
}
