// kubectl's side of Jobs.
import type { Job } from '../../sim/api-types/batch.ts'
import { createJob } from '../commands/create-job.ts'
import { describeJob } from '../print/describe/job.ts'
import type { KubectlKind } from './kind.ts'

export const job: KubectlKind = {
  kind: 'Job',
  describe: (object, context) => describeJob(object as Job, context),
  create: createJob,
  isVisited: true,
  logs: 'selected',
  podSpecPath: ['spec', 'template', 'spec'],
}
