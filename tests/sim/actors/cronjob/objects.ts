// CronJobs and their Jobs in code.
import type {
  CronJob,
  CronJobSpec,
  CronJobStatus,
  Job,
} from '../../../../src/sim/api-types/batch.ts'
import type { Condition } from '../../../../src/sim/api-types/meta.ts'

export function cronJob(
  spec: Partial<CronJobSpec> = {},
  status: CronJobStatus = {},
  createdAt = '2026-03-02T09:00:00Z',
): CronJob {
  const containers = [{ name: 'main', image: 'busybox' }]
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: 'report',
      namespace: 'default',
      uid: 'cron-uid',
      resourceVersion: '1',
      creationTimestamp: createdAt,
    },
    spec: {
      schedule: '0 * * * *',
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: { spec: { template: { spec: { containers, restartPolicy: 'Never' } } } },
      ...spec,
    },
    status,
  }
}

/** A Job of the CronJob, ended by `condition` if given. */
export function jobNamed(name: string, condition?: 'Complete' | 'Failed', time = ''): Job {
  const ended: Condition[] =
    condition === undefined ? [] : [{ type: condition, status: 'True', lastTransitionTime: time }]
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-${name}`,
      resourceVersion: '7',
      creationTimestamp: '2026-03-02T09:00:00Z',
    },
    spec: { template: { spec: { containers: [] } } },
    status: {
      ...(time === '' ? {} : { startTime: time, completionTime: time }),
      conditions: ended,
    },
  }
}
