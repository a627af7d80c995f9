// The columns of `kubectl get jobs`; source printers.go printJob.
import { humanDuration, parseTime, type SimTime } from '../../../base/time.ts'
import type { Job } from '../../api-types/batch.ts'
import type { Column } from '../kind.ts'
import {
  ageColumn,
  column,
  containerColumns,
  formatSelector,
  nameColumn,
  wideColumn,
} from './format.ts'

/** The STATUS cell: the first of these that holds. */
function jobStatus(job: Job): string {
  const conditions = job.status.conditions ?? []
  const holds = (type: string): boolean =>
    conditions.some((condition) => condition.type === type && condition.status === 'True')
  if (holds('Complete')) return 'Complete'
  if (holds('Failed')) return 'Failed'
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating'
  const rest = ['Suspended', 'FailureTarget', 'SuccessCriteriaMet']
  return rest.find(holds) ?? 'Running'
}

function completions(job: Job): string {
  const succeeded = job.status.succeeded ?? 0
  if (job.spec.completions !== undefined) return `${succeeded}/${job.spec.completions}`
  const parallelism = job.spec.parallelism ?? 0
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`
}

// A Failed Job has no completionTime: its duration keeps growing, as upstream's does.
function duration(job: Job, now: SimTime): string {
  const { startTime, completionTime } = job.status
  if (startTime === undefined) return ''
  const end = completionTime === undefined ? now : parseTime(completionTime)
  return humanDuration(end - parseTime(startTime))
}

export const jobColumns: readonly Column[] = [
  nameColumn,
  column<Job>('Status', jobStatus),
  column<Job>('Completions', completions),
  column<Job>('Duration', duration),
  ageColumn,
  ...containerColumns<Job>((job) => job.spec.template.spec.containers),
  wideColumn<Job>('Selector', (job) => formatSelector(job.spec.selector)),
]
