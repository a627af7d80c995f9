// The page's side of CronJobs: a lane of firings, with the Jobs they made.
import { CalendarClock } from 'lucide-react'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { UiKind } from './kind.ts'

export const cronJob: UiKind = {
  kind: 'CronJob',
  cluster: { as: 'chip', progress },
  lane: { icon: CalendarClock, span: 'bar', holds: 'Job', fires: true },
}

/** The schedule, and how many of its Jobs are active. */
function progress({ spec, status }: KubeObject): string {
  const { schedule } = spec as { schedule: string }
  const { active = [] } = (status ?? {}) as { active?: readonly unknown[] }
  return active.length === 0 ? schedule : `${schedule} · ${active.length} active`
}
