// The vocabulary of goals over one small run: a CronJob under Forbid, a Job of failures, what the
// learner typed and when.
import { describe, expect, it } from 'vitest'
import { findingOf, type Check, type Finding } from '../../src/story/goals.ts'
import { measure } from '../../src/story/measures.ts'
import { parseScript } from '../../src/story/script-text.ts'
import { playScript } from '../../src/story/script.ts'
import type { Scene } from '../../src/story/subjects.ts'
import { createRun } from '../../src/session/run.ts'

function steps(script: string) {
  return parseScript(script, (why) => {
    throw new Error(why)
  })
}

/** A run in which the first `prepared` commands are not the learner's. */
function scene(script: string, prepared = 0): Scene {
  const run = createRun({ start: '2026-03-02T10:00:30Z', seed: 1, cluster: {} })
  playScript(run, steps(script))
  return { run, prepared }
}

const BUSY = `
  kubectl create cronjob busy --image=busybox --schedule="* * * * *" -- sleep 85
  # wait 5s
  kubectl patch cronjob busy -p '{"spec":{"concurrencyPolicy":"Forbid"}}'
  # wait 6m`

describe('ticks and lives', () => {
  const busy = scene(BUSY)
  const found = (check: Check): Finding => findingOf(check, busy)

  it('are counted by outcome, and a run is one that was made late, too', () => {
    expect(measure({ ticks: { name: 'busy', outcome: 'fired' } }, busy).value).toBe(1)
    expect(measure({ ticks: { name: 'busy', outcome: 'run' } }, busy).value).toBe(4)
    expect(measure({ outcomes: { name: 'busy', until: '2026-03-02T10:03:30Z' } }, busy).value).toBe(
      'fired skipped late skipped',
    )
  })

  it('never more than one at once holds when its time is over, not before', () => {
    const since = { kind: 'CronJob', name: 'busy', path: 'spec.concurrencyPolicy' }
    const within = (length: string): Check => ({
      atOnce: { kind: 'Job', owner: 'CronJob/busy', since, for: length, max: 1 },
    })
    expect(found(within('5m')).met).toBe(true)
    expect(found(within('1h')).met).toBe(false)
    expect(found(within('1h')).because).toContain('its time is not over')
  })

  it('no tick skipped between two times of day', () => {
    const quiet = (since: string, until: string): Check => ({
      ticks: { name: 'busy', outcome: 'skipped', since, until, max: 0 },
    })
    expect(found(quiet('10:00', '10:02')).met).toBe(true)
    expect(found(quiet('10:02', '10:04')).met).toBe(false)
  })

  it('since a change that was never made is said as such', () => {
    const since = { kind: 'CronJob', name: 'busy', path: 'spec.schedule' }
    const check: Check = { ticks: { name: 'busy', outcome: 'fired', since } }
    expect(findingOf(check, { ...busy, prepared: 1 })).toEqual({
      met: false,
      because: 'you have not changed spec.schedule of CronJob busy yet',
    })
  })

  it('a change that was prepared is not the learner’s', () => {
    const elapsed: Check = {
      elapsed: { since: { kind: 'CronJob', name: 'busy' }, min: '1m' },
    }
    expect(found(elapsed).met).toBe(true)
    expect(findingOf(elapsed, { ...busy, prepared: 2 }).met).toBe(false)
  })
})

describe('what was typed', () => {
  const read = scene(`
    kubectl create job bad --image=busybox -- sh -c "echo no; exit 1"
    # wait 5s
    kubectl logs job/bad
    # wait 1s
    kubectl delete job bad
    # wait 5s`)

  it('counts from the learner’s first command on', () => {
    expect(findingOf({ ran: '^kubectl create' }, read).met).toBe(true)
    expect(findingOf({ ran: '^kubectl create' }, { ...read, prepared: 1 }).met).toBe(false)
  })

  it('reads a log that is gone now, as its Pod was then', () => {
    const logOf = (state: 'failed' | 'succeeded'): Check => ({
      readLog: { kind: 'Pod', owner: 'Job/bad', state },
    })
    expect(findingOf(logOf('failed'), read).met).toBe(true)
    expect(findingOf(logOf('succeeded'), read).met).toBe(false)
  })

  it('is in order: the log was read before the Job was deleted', () => {
    const readLog: Check = { readLog: { kind: 'Pod', owner: 'Job/bad' } }
    const deleted: Check = { ran: '^kubectl delete' }
    expect(findingOf({ inOrder: [readLog, deleted] }, read).met).toBe(true)
    expect(findingOf({ inOrder: [deleted, readLog] }, read)).toMatchObject({
      met: false,
      because: expect.stringContaining('before you typed kubectl delete job bad'),
    })
  })
})

describe('objects', () => {
  const nodes = scene('kubectl taint nodes novacraft-worker team=a:NoSchedule')

  it('are picked by where: a value, a pattern, or nothing set', () => {
    const count = (where: Record<string, unknown>): unknown =>
      measure({ count: { kind: 'Node', where } }, nodes).value
    expect(count({ 'spec.taints.0.key': 'team' })).toBe(1)
    expect(count({ 'metadata.name': '/worker[23]$/' })).toBe(2)
    expect(count({ 'spec.taints': null })).toBe(2)
  })

  it('a field of every one, or of one', () => {
    const tainted = (every: boolean): Check => ({
      field: { kind: 'Node', name: 'novacraft-worker*', path: 'spec.taints.0.key', every },
    })
    expect(findingOf(tainted(false), nodes).met).toBe(true)
    expect(findingOf(tainted(true), nodes).met).toBe(false)
  })
})

describe('a script', () => {
  it('has files as they were edited, without the indentation of the script', () => {
    const [step] = steps(
      '# file a.yaml\n  kind: Job\n    x: 1\n# end\n# wait 90s\nkubectl get nodes',
    )
    expect(step).toEqual({
      afterMs: 90_000,
      run: 'kubectl get nodes',
      files: { 'a.yaml': 'kind: Job\n  x: 1\n' },
    })
  })

  it('is refused for a file without an end and for a wait that is none', () => {
    expect(() => steps('# file a.yaml\nkind: Job')).toThrow('# file a.yaml has no # end')
    expect(() => steps('# wait soon')).toThrow('# wait soon: a number with s, m, h or d is needed')
  })
})
