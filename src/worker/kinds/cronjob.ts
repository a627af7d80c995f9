// The worker's side of CronJobs: a skeleton, and the coming firings that are the timeline's ghosts.
import { parseTime, type SimTime } from '../../base/time.ts'
import type { CronJob } from '../../sim/api-types/batch.ts'
import { nextTime } from '../../sim/lib/cron-next.ts'
import { parseCron } from '../../sim/lib/cron-parse.ts'
import { skeletonContainer, type WorkerKind } from './kind.ts'

const MANIFEST = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: my-cronjob
spec:
  schedule: "*/5 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - ${skeletonContainer(10)}
          restartPolicy: OnFailure
`

export const cronJob: WorkerKind = {
  kind: 'CronJob',
  skeleton: { manifest: MANIFEST, text: 'Makes a Job whenever its schedule says so.' },
  fieldOrder: {
    CronJobSpec: ['schedule', 'jobTemplate', 'concurrencyPolicy', 'timeZone', 'suspend'],
    JobTemplateSpec: ['spec', 'metadata'],
  },
  // The Pods of its Jobs may not restart for ever.
  restartPolicies: ['Never', 'OnFailure'],
  upcoming: (object, now) => upcomingFirings(object as CronJob, now),
  condition: (object) => conditionOf(object as CronJob),
}

/** What the policy will do if what runs now still runs then. */
function conditionOf({ spec, status }: CronJob): string {
  const active = (status.active ?? []).map(({ name }) => name).join(', ')
  if (active === '') return ''
  if (spec.concurrencyPolicy === 'Forbid') return `Forbid: not while ${active} runs`
  return spec.concurrencyPolicy === 'Replace' ? `Replace: ends ${active} if it still runs` : ''
}

const UPCOMING_FIRINGS = 24
/** Schedules remembered at most. */
const REMEMBERED_MAX = 200

/** None while it is suspended. */
function upcomingFirings(cronJob: CronJob, now: SimTime): readonly SimTime[] {
  return cronJob.spec.suspend === true ? [] : upcomingTimes(cronJob, now)
}

/** The coming firings of a schedule; remembered, because they are asked for with every answer. */
const rememberedTimes = new Map<string, { from: SimTime; times: SimTime[] }>()

function upcomingTimes(cronJob: CronJob, now: SimTime): readonly SimTime[] {
  const { schedule, timeZone } = cronJob.spec
  const id = `${cronJob.metadata.uid} ${schedule} ${timeZone ?? ''}`
  const known = rememberedTimes.get(id)
  if (known !== undefined && known.from <= now && now < known.times[0]!) return known.times
  const parsed = parseCron(schedule)
  const times: SimTime[] = []
  let at: SimTime | undefined = base(cronJob, now)
  while (times.length < UPCOMING_FIRINGS) {
    at = nextTime(parsed, at, timeZone)
    if (at === undefined) break
    if (at > now) times.push(at)
  }
  if (times.length > 0) rememberedTimes.set(id, { from: now, times })
  if (rememberedTimes.size > REMEMBERED_MAX) rememberedTimes.clear()
  return times
}

/** `@every` counts from the last firing; calendar schedules from any moment. */
function base(cronJob: CronJob, now: SimTime): SimTime {
  if (!cronJob.spec.schedule.startsWith('@every')) return now
  return parseTime(cronJob.status?.lastScheduleTime ?? cronJob.metadata.creationTimestamp)
}
