// The columns of `kubectl get cronjobs`; source printers.go printCronJob.
import type { CronJob } from '../../api-types/batch.ts'
import type { Column } from '../kind.ts'
import {
  ageColumn,
  ageOf,
  column,
  containerColumns,
  formatBool,
  formatSelector,
  nameColumn,
  NONE,
  wideColumn,
} from './format.ts'

export const cronJobColumns: readonly Column[] = [
  nameColumn,
  column<CronJob>('Schedule', (cronJob) => cronJob.spec.schedule),
  column<CronJob>('Timezone', (cronJob) => cronJob.spec.timeZone ?? NONE),
  column<CronJob>('Suspend', (cronJob) => formatBool(cronJob.spec.suspend)),
  column<CronJob>('Active', (cronJob) => String(cronJob.status.active?.length ?? 0)),
  column<CronJob>('Last Schedule', ({ status }, now) =>
    status.lastScheduleTime === undefined ? NONE : ageOf(status.lastScheduleTime, now),
  ),
  ageColumn,
  ...containerColumns<CronJob>((cronJob) => cronJob.spec.jobTemplate.spec.template.spec.containers),
  wideColumn<CronJob>('Selector', ({ spec }) => formatSelector(spec.jobTemplate.spec.selector)),
]
