// The CronJob controller: starts a Job when a scheduled time has come, if the policies allow, and
// keeps the books on the Jobs it started (pkg/controller/cronjob/cronjob_controllerv2.go).
import { formatTime, type SimTime } from '../../../base/time.ts'
import type { Actor, Ctx } from '../../actor.ts'
import type { CronJob, CronJobStatus, Job } from '../../api-types/batch.ts'
import { deleteObject, updateStatus } from '../../api.ts'
import { ApiError } from '../../errors.ts'
import { recordEvent } from '../../events.ts'
import { nextTime } from '../../lib/cron-next.ts'
import { zoneError } from '../../lib/cron-zone.ts'
import { goQuote } from '../../lib/go-quote.ts'
import { LATE_MS } from '../../ledger/ticks.ts'
import { actorMemory } from '../../memory.ts'
import { getObject, keyOf, listControlled } from '../../store.ts'
import { wakeAfter } from '../../world.ts'
import { keepBooks, withoutActive } from './bookkeeping.ts'
import { surplusJobs } from './history.ts'
import { jobName } from '../../lib/cron-run.ts'
import { noteTimes, type Noted, type TickVerdict } from './tick-outcomes.ts'
import { dueTime, requeueMs, scheduleOf, untilSlot, type Due } from './schedule.ts'
import { startRun } from './start.ts'
import { wakesOfCronJob, wakesOfJob } from './watches.ts'

/** The task that notes a time which passes while the CronJob is suspended. */
const NOTE = 'note'

interface Memory {
  /** By CronJob key: which scheduled times are noted; see tick-outcomes.ts. */
  noted: Map<string, Noted>
}

const memory = actorMemory<Memory>('cronjob-controller', {
  initial: () => ({ noted: new Map() }),
  copy: ({ noted }) => ({ noted: new Map(noted) }),
})

export const cronJobController: Actor = {
  name: 'cronjob-controller',
  component: 'kube-controller-manager',
  watches: { CronJob: wakesOfCronJob, Job: wakesOfJob },
  tasks: { sync, [NOTE]: noteIfSuspended },
}

function sync(ctx: Ctx, key: string): void {
  const cronJob = getObject<CronJob>(ctx.world.store, 'CronJob', key)
  if (cronJob === undefined) memory.of(ctx).noted.delete(key)
  else syncCronJob(ctx, cronJob)
}

function noteIfSuspended(ctx: Ctx, key: string): void {
  const cronJob = getObject<CronJob>(ctx.world.store, 'CronJob', key)
  if (cronJob === undefined) memory.of(ctx).noted.delete(key)
  else if (cronJob.spec.suspend) noteSuspended(ctx, cronJob)
}

// One status write at the end, also when a step was refused; the refusal is then retried.
function syncCronJob(ctx: Ctx, cronJob: CronJob): void {
  const jobs = listControlled<Job>(ctx.world.store, 'Job', cronJob.metadata.uid)
  const cleaned = cleanUp(ctx, cronJob, jobs)
  const { status, events } = keepBooks({ ...cronJob, status: cleaned }, jobs)
  for (const event of events) recordEvent(ctx, cronJob, event)
  const step = schedule(ctx, { ...cronJob, status })
  if (step.status !== cronJob.status) {
    updateStatus(ctx.world, ctx.by, { ...cronJob, status: step.status })
  }
  if (step.refusal !== undefined) throw step.refusal
  if (step.again) {
    const next = { ...cronJob, status: step.status }
    wakeAfter(ctx, keyOf(cronJob), requeueMs(next, scheduleOf(cronJob), ctx.now))
  }
}

// History first: a Job that is over the limit is forgotten before anything is said about its end.
function cleanUp(ctx: Ctx, cronJob: CronJob, jobs: readonly Job[]): CronJobStatus {
  let status: CronJobStatus = cronJob.status ?? {}
  for (const job of surplusJobs(cronJob, jobs)) {
    if (deleteJob(ctx, cronJob, job)) status = withoutActive(status, job.metadata.uid)
  }
  return status
}

function deleteJob(ctx: Ctx, cronJob: CronJob, job: Job): boolean {
  try {
    deleteObject(ctx.world, ctx.by, 'Job', keyOf(job), { propagationPolicy: 'Background' })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const message = `Deleted job: ${error.message}`
    recordEvent(ctx, cronJob, { type: 'Warning', reason: 'FailedDelete', message })
    return false
  }
  const message = `Deleted job ${job.metadata.name}`
  recordEvent(ctx, cronJob, { type: 'Normal', reason: 'SuccessfulDelete', message })
  return true
}

/** How the scheduling half of a sync ended. */
interface Step {
  readonly status: CronJobStatus
  /** Whether to look again after the next scheduled time. */
  readonly again: boolean
  readonly refusal?: ApiError
}

function schedule(ctx: Ctx, cronJob: CronJob): Step {
  const { status, spec, metadata } = cronJob
  const stop: Step = { status, again: false }
  if (metadata.deletionTimestamp !== undefined) return stop
  const badZone = spec.timeZone === undefined ? undefined : zoneError(spec.timeZone)
  if (badZone !== undefined) {
    const message = `invalid timeZone: ${goQuote(spec.timeZone ?? '')}: ${badZone}`
    recordEvent(ctx, cronJob, { type: 'Warning', reason: 'UnknownTimeZone', message })
    return stop
  }
  if (spec.suspend) {
    noteSuspended(ctx, cronJob)
    return stop
  }
  if (spec.schedule.includes('TZ')) warnZonePrefix(ctx, cronJob)
  const due = dueTime(cronJob, scheduleOf(cronJob), ctx.now, true)
  if (due.invalid) {
    const why = 'time difference between two schedules is less than 1 second'
    const message = `invalid schedule: ${spec.schedule} : ${why}`
    recordEvent(ctx, cronJob, { type: 'Warning', reason: 'InvalidSchedule', message })
    return stop
  }
  if (due.time === undefined) {
    noteRun(ctx, cronJob, undefined)
    return { status, again: true }
  }
  return runDue(ctx, cronJob, due, due.time)
}

function warnZonePrefix(ctx: Ctx, cronJob: CronJob): void {
  const where = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/'
  const schedule = goQuote(cronJob.spec.schedule)
  const what = `CRON_TZ or TZ used in schedule ${schedule} is not officially supported`
  const message = `${what}, see ${where} for more details`
  recordEvent(ctx, cronJob, { type: 'Warning', reason: 'UnsupportedSchedule', message })
}

function runDue(ctx: Ctx, cronJob: CronJob, due: Due, time: SimTime): Step {
  const { status, spec } = cronJob
  if (due.missed === 'many') {
    const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew'
    const message = `too many missed start times. ${advice}`
    recordEvent(ctx, cronJob, { type: 'Warning', reason: 'TooManyMissedTimes', message })
  }
  const { active = [] } = status
  const name = jobName(cronJob.metadata.name, time)
  const known = active.some((reference) => reference.name === name)
  if (known || status.lastScheduleTime === formatTime(time)) return { status, again: true }
  if (spec.concurrencyPolicy === 'Forbid' && active.length > 0) {
    const message =
      'Not starting job because prior execution is running and concurrency policy is Forbid'
    recordEvent(ctx, cronJob, { type: 'Normal', reason: 'JobAlreadyActive', message })
    const rule = `concurrencyPolicy Forbid: ${active[0]?.name} was still running`
    noteRun(ctx, cronJob, { time, outcome: 'skipped', rule })
    return { status, again: true }
  }
  return replaceAndStart(ctx, cronJob, time)
}

function replaceAndStart(ctx: Ctx, cronJob: CronJob, time: SimTime): Step {
  let { status } = cronJob
  const replaced = cronJob.spec.concurrencyPolicy === 'Replace' ? (status.active ?? []) : []
  for (const { namespace, name, uid } of replaced) {
    const job = getObject<Job>(ctx.world.store, 'Job', `${namespace}/${name}`)
    if (job !== undefined && !deleteJob(ctx, cronJob, job)) break
    status = withoutActive(status, uid ?? '')
  }
  const started = startRun(ctx, { ...cronJob, status }, time)
  if (started.job !== undefined) {
    const ended = replaced.map(({ name }) => name).join(', ')
    noteRun(ctx, cronJob, startVerdict(ctx.now, time, started.job, ended))
  }
  const { status: final, again, refusal } = started
  return refusal === undefined ? { status: final, again } : { status: final, again, refusal }
}

function startVerdict(now: SimTime, time: SimTime, job: string, ended: string): TickVerdict {
  if (ended !== '') {
    const rule = `concurrencyPolicy Replace: ${ended} was still running and was deleted`
    return { time, outcome: 'replaced', rule, job, ended }
  }
  if (now - time <= LATE_MS) return { time, outcome: 'fired', rule: 'its time had come', job }
  const rule = 'the most recent missed time is started as soon as it can be'
  return { time, outcome: 'late', rule, job }
}

// Times that passed without a decision of their own were missed.
function noteRun(ctx: Ctx, cronJob: CronJob, verdict: TickVerdict | undefined): void {
  const { startingDeadlineSeconds: deadline } = cronJob.spec
  const rule =
    deadline === undefined || verdict?.job !== undefined
      ? 'of several missed times only the most recent is started'
      : `startingDeadlineSeconds ${deadline} had passed`
  const { noted } = memory.of(ctx)
  const key = keyOf(cronJob)
  const missed = { outcome: 'missed', rule } as const
  noted.set(key, noteTimes(ctx, cronJob, noted.get(key), verdict, missed))
}

// A suspended CronJob sleeps; the times that pass it by are noted without waking it.
function noteSuspended(ctx: Ctx, cronJob: CronJob): void {
  const { noted } = memory.of(ctx)
  const key = keyOf(cronJob)
  const rule = 'spec.suspend is true'
  const missed = { outcome: 'suspended', rule } as const
  noted.set(key, noteTimes(ctx, cronJob, noted.get(key), undefined, missed))
  const next = nextTime(scheduleOf(cronJob), ctx.now)
  if (next !== undefined) wakeAfter(ctx, key, untilSlot(next, ctx.now), NOTE)
}
