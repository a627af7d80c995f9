// What the controller decided about scheduled times, noted in the log: the cluster itself keeps no
// record of it. What became of each time in the end is in the ledger, which is made of these notes.
import { compact } from '../../../base/plain.ts'
import { formatTime, type SimTime } from '../../../base/time.ts'
import type { Ctx } from '../../actor.ts'
import type { CronJob } from '../../api-types/batch.ts'
import { note } from '../../api.ts'
import { nextTime } from '../../lib/cron-next.ts'
import type { CronOutcome } from '../../trace.ts'
import { scheduleText } from '../../lib/cron-run.ts'
import { lastRun, scheduleOf } from './schedule.ts'

/** How far the scheduled times of a CronJob have been noted. */
export interface Noted {
  readonly uid: string
  /** Another schedule starts again: its past times are nobody's. */
  readonly schedule: string
  readonly until: SimTime
}

/** What was decided about one scheduled time. */
export interface TickVerdict {
  readonly time: SimTime
  readonly outcome: CronOutcome
  /** The rule that decided, in a sentence. */
  readonly rule: string
  /** The Job that was made. */
  readonly job?: string
  /** The Jobs that Replace deleted for it, as `a, b`. */
  readonly ended?: string
}

/** Times noted one by one at a sync; of more only that there were too many. */
const NOTES_MAX = 100

/**
 * Notes the scheduled times since `noted` up to now: `verdict` for its time, `otherwise` for the
 * others. Returns how far it got.
 */
export function noteTimes(
  ctx: Ctx,
  cronJob: CronJob,
  noted: Noted | undefined,
  verdict: TickVerdict | undefined,
  otherwise: Pick<TickVerdict, 'outcome' | 'rule'>,
): Noted {
  const { uid } = cronJob.metadata
  const schedule = scheduleText(cronJob)
  let until = lastRun(cronJob)
  if (noted?.uid === uid) until = noted.schedule === schedule ? noted.until : ctx.now
  const times = timesUntil(cronJob, until, ctx.now)
  if (times.length > NOTES_MAX) noteTooMany(ctx, cronJob, times[0] ?? ctx.now)
  else {
    for (const time of times) {
      if (time !== verdict?.time) noteOne(ctx, cronJob, { ...otherwise, time })
    }
  }
  // A skipped time may be noted a second time, when it is started after all.
  const isNew = verdict !== undefined && (verdict.job !== undefined || verdict.time > until)
  if (isNew) noteOne(ctx, cronJob, verdict)
  const last = times.at(-1)
  return { uid, schedule, until: last !== undefined && last > until ? last : until }
}

function timesUntil(cronJob: CronJob, from: SimTime, now: SimTime): SimTime[] {
  const schedule = scheduleOf(cronJob)
  const times: SimTime[] = []
  let time = nextTime(schedule, from)
  while (time !== undefined && time <= now && times.length <= NOTES_MAX) {
    times.push(time)
    time = nextTime(schedule, time)
  }
  // Too many to tell apart: the rest is skipped as well.
  if (times.length > NOTES_MAX) times.push(now)
  return times
}

function noteTooMany(ctx: Ctx, cronJob: CronJob, time: SimTime): void {
  const rule = `more than ${NOTES_MAX} times were missed; only the last may still be started`
  noteOne(ctx, cronJob, { time, outcome: 'too-many-missed', rule })
}

function noteOne(ctx: Ctx, cronJob: CronJob, { time, outcome, ...rest }: TickVerdict): void {
  const detail = compact({ scheduledAt: formatTime(time), ...rest })
  note(ctx.world, ctx.by, cronJob, outcome, detail)
}
