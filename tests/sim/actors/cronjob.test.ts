import { describe, expect, test } from 'vitest'
import { addMs, formatTime } from '../../../src/base/time.ts'
import type { CronJob, CronJobSpec, Job } from '../../../src/sim/api-types/batch.ts'
import { cronJobController } from '../../../src/sim/actors/cronjob/controller.ts'
import { garbageCollector } from '../../../src/sim/actors/garbage-collector.ts'
import { jobController } from '../../../src/sim/actors/job/controller.ts'
import { startComponent, stopComponent } from '../../../src/sim/boot.ts'
import { cronJob } from './cronjob/objects.ts'
import { lab, START, type Lab } from './helpers.ts'

const KEY = 'default/report'
const ACTORS = [cronJobController, garbageCollector]

/** A lab at 09:00:00 with an every-minute CronJob. */
function minutely(spec: Partial<CronJobSpec> = {}): Lab {
  const { apiVersion, kind, spec: rest } = cronJob({ schedule: '* * * * *', ...spec })
  const cluster = lab(ACTORS)
  cluster.create({ apiVersion, kind, metadata: { name: 'report' }, spec: rest })
  return cluster.run(0.1)
}

/** Ends a Job as the Job controller would. */
function finish(cluster: Lab, name: string, type: 'Complete' | 'Failed' = 'Complete'): void {
  const job = cluster.get<Job>('Job', `default/${name}`)
  const now = formatTime(cluster.world.now)
  const conditions = [{ type, status: 'True' as const, lastTransitionTime: now }]
  cluster.updateStatus({ ...job, status: { startTime: now, completionTime: now, conditions } })
  cluster.run(0.01)
}

const jobs = (cluster: Lab): string[] => cluster.list<Job>('Job').map((job) => job.metadata.name)
const status = (cluster: Lab) => cluster.get<CronJob>('CronJob', KEY).status
const reasons = (cluster: Lab) => cluster.events().map((text) => text.split(' ')[1])

/** Outcome and minute of each noted time. */
function ticks(cluster: Lab): string[] {
  return cluster.world.log.entries
    .filter(({ verb }) => verb === 'note')
    .map(({ text, detail }) => `${detail?.['scheduledAt']?.slice(14, 16)} ${text}`)
}

describe('[CRON-1] starting', () => {
  test('a Job is made a tenth of a second after its time, and taken into the status', () => {
    const cluster = minutely()
    expect(jobs(cluster.run(59.9))).toEqual([])
    expect(jobs(cluster.run(0.2))).toEqual(['report-29540701'])
    expect(status(cluster)).toMatchObject({
      active: [
        { kind: 'Job', namespace: 'default', name: 'report-29540701', apiVersion: 'batch/v1' },
      ],
      lastScheduleTime: '2026-03-02T09:01:00Z',
    })
    expect(cluster.events()).toEqual([
      'Normal SuccessfulCreate CronJob/report: Created job report-29540701',
    ])
    expect(ticks(cluster)).toEqual(['01 fired'])
  })

  test('with Allow Jobs pile up', () => {
    expect(jobs(minutely().run(185))).toHaveLength(3)
  })

  test('an ended Job is seen, and old ones are cleaned up first', () => {
    const cluster = minutely({ successfulJobsHistoryLimit: 1 })
    cluster.run(65)
    finish(cluster, 'report-29540701')
    expect(status(cluster).active).toBeUndefined()
    cluster.run(60)
    finish(cluster, 'report-29540702')
    expect(jobs(cluster)).toEqual(['report-29540702'])
    expect(cluster.events().slice(-2)).toEqual([
      'Normal SuccessfulDelete CronJob/report: Deleted job report-29540701',
      'Normal SawCompletedJob CronJob/report: Saw completed job: report-29540702, condition: Complete',
    ])
  })

  test('a Job that is deleted by hand goes missing', () => {
    const cluster = minutely().run(65)
    cluster.remove('Job', 'default/report-29540701')
    cluster.run(1)
    expect(cluster.events().at(-1)).toBe(
      'Normal MissingJob CronJob/report: Active job went missing: report-29540701',
    )
  })
})

describe('[CRON-4] concurrency policies', () => {
  test('Forbid skips while a Job runs and starts the missed run when it ends', () => {
    const cluster = minutely({ concurrencyPolicy: 'Forbid' }).run(150)
    expect(jobs(cluster)).toEqual(['report-29540701'])
    expect(reasons(cluster)).toEqual(['SuccessfulCreate', 'JobAlreadyActive'])
    finish(cluster, 'report-29540701')
    expect(jobs(cluster)).toEqual(['report-29540701', 'report-29540702'])
    expect(status(cluster).lastScheduleTime).toBe('2026-03-02T09:02:00Z')
    expect(ticks(cluster)).toEqual(['01 fired', '02 skipped', '02 late'])
  })

  test('Replace deletes what runs', () => {
    const cluster = minutely({ concurrencyPolicy: 'Replace' }).run(125)
    expect(jobs(cluster)).toEqual(['report-29540702'])
    expect(status(cluster).active).toHaveLength(1)
    expect(reasons(cluster)).toEqual(['SuccessfulCreate', 'SuccessfulDelete', 'SuccessfulCreate'])
    expect(ticks(cluster)).toEqual(['01 fired', '02 replaced'])
  })
})

describe('[CRON-7] suspending', () => {
  test('[CRON-12] starts nothing, and notes each time; afterwards only the last missed run is started', () => {
    const cluster = minutely({ suspend: true }).run(190)
    expect(jobs(cluster)).toEqual([])
    expect(ticks(cluster)).toEqual(['01 suspended', '02 suspended', '03 suspended'])
    const live = cluster.get<CronJob>('CronJob', KEY)
    cluster.update({ ...live, spec: { ...live.spec, suspend: false } })
    expect(jobs(cluster.run(1))).toEqual(['report-29540703'])
    expect(ticks(cluster).at(-1)).toBe('03 late')
  })
})

describe('[CRON-8] times missed', () => {
  function afterDowntime(spec: Partial<CronJobSpec>, seconds: number): Lab {
    const cluster = minutely(spec)
    stopComponent(cluster.world, ACTORS, 'kube-controller-manager')
    cluster.run(seconds)
    startComponent(cluster.world, ACTORS, 'kube-controller-manager')
    return cluster.run(0.5)
  }

  test('while the controller was down: the last one is made up for', () => {
    const cluster = afterDowntime({}, 200)
    expect(jobs(cluster)).toEqual(['report-29540703'])
    expect(ticks(cluster)).toEqual(['01 missed', '02 missed', '03 late'])
  })

  test('unless startingDeadlineSeconds has passed, which no event tells', () => {
    const cluster = afterDowntime({ startingDeadlineSeconds: 10 }, 200)
    expect(jobs(cluster)).toEqual([])
    expect(cluster.events()).toEqual([])
    expect(ticks(cluster)).toEqual(['01 missed', '02 missed', '03 missed'])
  })

  test('more than a hundred are warned of, and the last is still started', () => {
    const cluster = afterDowntime({}, 7210)
    expect(jobs(cluster)).toEqual(['report-29540820'])
    expect(reasons(cluster)).toEqual(['TooManyMissedTimes', 'SuccessfulCreate'])
    expect(ticks(cluster)).toEqual(['01 too-many-missed', '00 late'])
  })
})

describe('[CRON-10] what is wrong with a CronJob is told by an event', () => {
  test('a schedule that never fires', () => {
    const why = 'time difference between two schedules is less than 1 second'
    expect(minutely({ schedule: '0 0 30 2 *' }).run(600).events()).toEqual([
      `Warning InvalidSchedule CronJob/report: invalid schedule: 0 0 30 2 * : ${why}`,
    ])
  })

  test('an unknown zone', () => {
    expect(minutely({ timeZone: 'Mars/Base' }).run(600).events()).toEqual([
      'Warning UnknownTimeZone CronJob/report: ' +
        'invalid timeZone: "Mars/Base": unknown time zone Mars/Base',
    ])
  })
})

test('[CRON-11] another schedule only sets the next alarm', () => {
  const cluster = minutely({ schedule: '0 0 1 1 *' }).run(125)
  const live = cluster.get<CronJob>('CronJob', KEY)
  cluster.update({ ...live, spec: { ...live.spec, schedule: '* * * * *' } })
  expect(jobs(cluster.run(50))).toEqual([])
  expect(jobs(cluster.run(6))).toEqual(['report-29540703'])
})

test('a remembered world goes on as the first one did', () => {
  const cluster = lab([cronJobController, jobController, garbageCollector])
  const { apiVersion, kind, spec } = cronJob({
    schedule: '*/2 * * * *',
    concurrencyPolicy: 'Replace',
  })
  cluster.create({ apiVersion, kind, metadata: { name: 'report' }, spec })
  cluster.run(300)
  expect(structuredClone(cluster.world)).toEqual(cluster.world)
  expect(cluster.world.now).toBe(addMs(START, 300_000))
})
