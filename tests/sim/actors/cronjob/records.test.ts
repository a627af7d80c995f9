import { describe, expect, test } from 'vitest'
import { parseTime } from '../../../../src/base/time.ts'
import { keepBooks } from '../../../../src/sim/actors/cronjob/bookkeeping.ts'
import { surplusJobs } from '../../../../src/sim/actors/cronjob/history.ts'
import { formatInZone, jobOfCronJob } from '../../../../src/sim/actors/cronjob/job-template.ts'
import { jobName } from '../../../../src/sim/lib/cron-run.ts'
import { cronJob, jobNamed } from './objects.ts'

const active = (...names: string[]) => ({
  active: names.map((name) => ({ name, uid: `uid-${name}` })),
})

describe('[CRON-2] the books on Jobs', () => {
  test('nothing changes while the listed Jobs run', () => {
    const cron = cronJob({}, active('a'))
    expect(keepBooks(cron, [jobNamed('a')])).toEqual({ status: cron.status, events: [] })
    expect(keepBooks(cron, [jobNamed('a')]).status).toBe(cron.status)
  })

  test('an ended Job leaves the list and sets the time of success', () => {
    const ended = jobNamed('a', 'Complete', '2026-03-02T10:00:05Z')
    const { status, events } = keepBooks(cronJob({}, active('a', 'b')), [ended, jobNamed('b')])
    expect(status).toEqual({ ...active('b'), lastSuccessfulTime: '2026-03-02T10:00:05Z' })
    expect(events.map(({ message }) => message)).toEqual([
      'Saw completed job: a, condition: Complete',
    ])
  })

  test('the list is absent when it is empty; a failure is no success', () => {
    const { status, events } = keepBooks(cronJob({}, active('a')), [jobNamed('a', 'Failed')])
    expect(status).toEqual({})
    expect(events[0]?.message).toBe('Saw completed job: a, condition: Failed')
  })

  test('a success that is not listed counts too, an older one does not', () => {
    const older = { lastSuccessfulTime: '2026-03-02T11:00:00Z' }
    const job = jobNamed('a', 'Complete', '2026-03-02T10:00:05Z')
    expect(keepBooks(cronJob(), [job]).status.lastSuccessfulTime).toBe('2026-03-02T10:00:05Z')
    expect(keepBooks(cronJob({}, older), [job]).status).toEqual(older)
  })

  test('a stranger that runs is warned of and not taken in', () => {
    const { status, events } = keepBooks(cronJob(), [jobNamed('x')])
    expect(status).toEqual({})
    expect(events).toEqual([
      {
        type: 'Warning',
        reason: 'UnexpectedJob',
        message: 'Saw a job that the controller did not create or forgot: x',
      },
    ])
  })

  test('a listed Job that is gone is missed', () => {
    const { status, events } = keepBooks(cronJob({}, active('a', 'b')), [jobNamed('b')])
    expect(status).toEqual(active('b'))
    expect(events.map(({ message }) => message)).toEqual(['Active job went missing: a'])
  })
})

describe('[CRON-6] history', () => {
  const done = [3, 1, 2, 4, 5].map((hour) =>
    jobNamed(`ok-${hour}`, 'Complete', `2026-03-02T0${hour}:00:00Z`),
  )
  const failed = [2, 1].map((hour) =>
    jobNamed(`bad-${hour}`, 'Failed', `2026-03-02T0${hour}:00:00Z`),
  )
  const names = (spec: Parameters<typeof cronJob>[0]) =>
    surplusJobs(cronJob(spec), [...done, ...failed, jobNamed('running')]).map(
      (j) => j.metadata.name,
    )

  test('keeps three successes and one failure, the oldest go', () => {
    expect(names({})).toEqual(['ok-1', 'ok-2', 'bad-1'])
  })

  test('a limit of 0 keeps none', () => {
    const spec = { successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 5 }
    expect(names(spec)).toEqual(['ok-1', 'ok-2', 'ok-3', 'ok-4', 'ok-5'])
  })

  test('a Job that never started counts as the youngest', () => {
    const { startTime: _none, ...status } = done[0]!.status
    const jobs = [{ ...done[0]!, status }, ...done.slice(1)]
    const surplus = surplusJobs(cronJob({ successfulJobsHistoryLimit: 1 }), jobs)
    expect(surplus.map((j) => j.metadata.name)).toEqual(['ok-1', 'ok-2', 'ok-4', 'ok-5'])
  })
})

describe('[CRON-5] the Job of a scheduled time', () => {
  const time = parseTime('2026-03-02T09:05:00Z')

  test('is named after the minute', () => {
    expect(jobName('report', time)).toBe('report-29540705')
    expect(jobName('report', parseTime('2026-03-02T09:05:59Z'))).toBe('report-29540705')
  })

  test('has the labels and annotations of the template and says its time', () => {
    const metadata = { labels: { app: 'r' }, annotations: { note: 'n' } }
    const { jobTemplate } = cronJob().spec
    const made = jobOfCronJob(cronJob({ jobTemplate: { ...jobTemplate, metadata } }), time)
    expect(made.metadata.labels).toEqual({ app: 'r' })
    expect(made.metadata.annotations).toEqual({
      note: 'n',
      'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-03-02T09:05:00Z',
    })
    expect(made.metadata.ownerReferences).toMatchObject([{ kind: 'CronJob', controller: true }])
  })

  test.each([
    [undefined, '2026-03-02T09:05:00Z'],
    ['UTC', '2026-03-02T09:05:00Z'],
    ['Europe/London', '2026-03-02T09:05:00Z'],
    ['Asia/Tokyo', '2026-03-02T18:05:00+09:00'],
    ['America/St_Johns', '2026-03-02T05:35:00-03:30'],
  ])('tells it in the zone %s', (zone, text) => {
    expect(formatInZone(time, zone)).toBe(text)
  })
})
