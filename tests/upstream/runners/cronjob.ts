// The CronJob controller's rows: one sync of a CronJob with its Jobs, or one of its pure functions.
import { isDeepStrictEqual } from 'node:util'
import { WATCH_DELAY_MS } from '../../../src/sim/actor.ts'
import { cronJobController } from '../../../src/sim/actors/cronjob/controller.ts'
import { surplusJobs } from '../../../src/sim/actors/cronjob/history.ts'
import { dueTime, requeueMs, scheduleOf } from '../../../src/sim/actors/cronjob/schedule.ts'
import { wakesOfCronJob } from '../../../src/sim/actors/cronjob/watches.ts'
import { getObject } from '../../../src/sim/store.ts'
import type { Json } from '../json.ts'
import {
  complete,
  entriesOf,
  eventsOf,
  isoOf,
  pendingMs,
  syncOf,
  timeOf,
  worldOf,
} from './cluster.ts'

/** By form of row: what the simulation does, in the words of the row's `expect`. */
export const CRONJOB_RUNS: Readonly<Record<string, (row: Json) => Json>> = {
  'cronjob-sync'({ given, expect }) {
    const world = worldOf(given)
    const before = getObject<Json>(world.store, 'CronJob', given.sync)
    const last = world.log.nextId
    const error = syncOf(world, cronJobController, given.sync)
    const after = getObject<Json>(world.store, 'CronJob', given.sync)
    const log = world.log.entries.filter((e) => e.id >= last)
    const created = log
      .filter((e) => e.kind === 'Job' && e.verb === 'create')
      .map((e) => e.after as Json)
    const deleted = log.filter((e) => e.kind === 'Job' && e.verb === 'delete').map((e) => e.name)
    for (const job of created) {
      const owner = job.metadata.ownerReferences?.find((o: Json) => o.controller)
      const want = {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        name: before.metadata.name,
        uid: before.metadata.uid,
      }
      for (const [field, value] of Object.entries(want))
        if (owner?.[field] !== value) throw new Error(`controllerRef.${field}: ${owner?.[field]}`)
    }
    const job = created[0]
    const writes = log.filter((e) => e.kind === 'CronJob' && e.verb === 'update').length
    const said = eventsOf(world)
    return {
      creates: created.length,
      deletes: deleted.length,
      deletedJobs: [...deleted].sort(),
      warnings: said.filter((e) => e.type === 'Warning').length,
      events: said.length,
      statusWritten: writes > 0,
      statusWrites: writes,
      requeueMs: pendingMs(world, cronJobController, given.sync),
      error: error !== undefined,
      active: (after.status?.active ?? []).length,
      activeNames: (after.status?.active ?? []).map((a: Json) => a.name),
      lastSuccessfulTime: after.status?.lastSuccessfulTime,
      created: job &&
        expect.created && {
          namePrefix: job.metadata.name.slice(0, expect.created.namePrefix.length),
          labels: job.metadata.labels,
          annotations: job.metadata.annotations,
        },
    }
  },
  'cronjob-picks'({ given }) {
    const world = worldOf(given)
    syncOf(world, cronJobController, given.sync)
    // Unfinished and not in `active`: each one that is taken into account is told of by UnexpectedJob.
    return {
      picked: eventsOf(world)
        .filter((e) => e.reason === 'UnexpectedJob')
        .map((e) => e.message.split(': ').at(-1)),
    }
  },
  'cronjob-wake'({ given }) {
    const world = worldOf({ now: given.now, objects: [given.after] })
    const wakes = wakesOfCronJob(
      { kind: 'CronJob', before: complete(given.before), after: complete(given.after) },
      world,
    )
    if (wakes.length !== 1) throw new Error(`${wakes.length} wakes`)
    return { delayMs: (wakes[0]!.afterMs ?? WATCH_DELAY_MS) - WATCH_DELAY_MS }
  },
  due({ given, expect }) {
    const cronJob = complete(given.cronJob)
    const now = timeOf(given.now)
    const due = dueTime(cronJob, scheduleOf(cronJob), now, given.withDeadline)
    if (given.sync !== undefined) {
      // The same through the controller: the Job that is started bears the minute of the time that is due.
      const world = worldOf({ now: given.now, objects: [given.cronJob] })
      syncOf(world, cronJobController, given.sync)
      const names = entriesOf(world, 'Job', 'create').map(({ name }) => name)
      const want =
        due.time === undefined || isoOf(due.time) === cronJob.status?.lastScheduleTime
          ? []
          : [`${cronJob.metadata.name}-${Math.floor(due.time / 60_000)}`]
      if (!isDeepStrictEqual(names, want))
        throw new Error(`controller started ${names}, due is ${want}`)
      if (expect.invalid && !eventsOf(world).some((e) => e.reason === 'InvalidSchedule'))
        throw new Error('no InvalidSchedule event')
    }
    return {
      base: isoOf(due.base),
      time: isoOf(due.time),
      someTime: due.time !== undefined,
      missed: due.missed,
      invalid: due.invalid,
    }
  },
  requeue({ given }) {
    const cronJob = complete(given.cronJob)
    return { requeueMs: requeueMs(cronJob, scheduleOf(cronJob), timeOf(given.now)) }
  },
  'job-order'({ given }) {
    const cronJob = { spec: { successfulJobsHistoryLimit: 0 } } as Json
    return { order: surplusJobs(cronJob, given.jobs.map(complete)).map((job) => job.metadata.name) }
  },
}
