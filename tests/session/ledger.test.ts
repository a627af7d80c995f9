import { describe, expect, it } from 'vitest'
import { addMs } from '../../src/base/time.ts'
import { seekRun } from '../../src/session/rewind.ts'
import { advanceRun, createRun, type Run } from '../../src/session/run.ts'
import { saveRun } from '../../src/session/saved.ts'
import type { SessionStart } from '../../src/session/session.ts'
import { runOf } from '../../src/session/timeline.ts'
import { typeCommand } from '../../src/session/typing.ts'
import { findLedger, tickRecords, type TickRecord } from '../../src/sim/ledger/read.ts'

const MANIFEST = `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "* * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - { name: main, image: busybox, command: [date] }
`
const SESSION: SessionStart = {
  title: 'test',
  start: '2026-03-02T09:00:00Z',
  seed: 1,
  cluster: {},
  files: { 'cron.yaml': MANIFEST },
}
const QUIET = { stdout: () => undefined, stderr: () => undefined }

function type(run: Run, program: string, ...argv: string[]): void {
  const line = [program, ...argv].join(' ')
  typeCommand(run, { program, argv, line, stdin: '' }, QUIET)
}

const pass = (run: Run, seconds: number) =>
  advanceRun(run, addMs(run.lab.world.now, seconds * 1000))

function told({ lab: { world } }: Run): TickRecord[] {
  return tickRecords(world, findLedger(world, 'default', 'report')!, world.start)
}

/** An outage of five minutes in the second minute, seen from a while after it. */
function afterOutage(): Run {
  const run = createRun(SESSION)
  type(run, 'kubectl', 'apply', '-f', 'cron.yaml')
  pass(run, 70)
  type(run, 'lab', 'controller-manager', 'stop')
  pass(run, 300)
  type(run, 'lab', 'controller-manager', 'start')
  pass(run, 100)
  return run
}

describe('the ledger', () => {
  it('is that of the moment after going back, and the same again after going forward', () => {
    const run = afterOutage()
    const [end, before] = [run.lab.world.now, told(run)]
    expect(before.map(({ outcome }) => outcome.slice(0, 9))).toEqual([
      'fired',
      'missed-co',
      'missed-co',
      'missed-co',
      'missed-co',
      'late',
      'fired',
    ])
    seekRun(run, addMs(run.lab.world.start, 200_000))
    expect(told(run).map(({ rule }) => rule.slice(0, 31))).toEqual([
      'its time had come',
      'kube-controller-manager is off ',
      'kube-controller-manager is off ',
    ])
    seekRun(run, end)
    expect(told(run)).toEqual(before)
  })

  it('comes back with a saved session', () => {
    const run = afterOutage()
    const { timeline, frame } = structuredClone(saveRun(SESSION, run))
    expect(told(runOf(SESSION, timeline, frame))).toEqual(told(run))
    expect(told(runOf(SESSION, timeline))).toEqual(told(run))
  })
})
