// The host as the page uses it, in process.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planOf } from '../../src/story/plans.ts'
import { createHost } from '../../src/worker/host.ts'
import type { Host, InspectionPart, SessionStart, Update } from '../../src/worker/protocol.ts'

const MANIFESTS = join(import.meta.dirname, '../../src/story/manifests')
const FILES = {
  'pi-job.yaml': readFileSync(join(MANIFESTS, 'pi-job.yaml'), 'utf8'),
  'daily-report-cronjob.yaml': readFileSync(join(MANIFESTS, 'daily-report-cronjob.yaml'), 'utf8'),
}
const START = Date.parse('2026-03-02T09:00:20Z')
const SESSION: SessionStart = {
  title: 'test',
  start: '2026-03-02T09:00:20Z',
  seed: 7,
  cluster: {},
  files: FILES,
}

function openHost(): Host {
  let ticks = 0
  const host = createHost(() => ticks++, planOf)
  host.open(SESSION)
  return host
}

function type(host: Host, line: string): { update: Update; text: string } {
  const [program = '', ...argv] = line.split(' ')
  const { update } = host.exec(program, argv, { stdin: '', files: FILES, line })
  return { update, text: update.output.map(({ text }) => text).join('') }
}

function states(update: Update, kind: string): string[] {
  return update.objects
    .filter(({ object }) => object.kind === kind)
    .map(({ state, status }) => `${state} ${status}`)
}

const BUDGET = 1e9

describe('the host', () => {
  it('sends everything when a session opens and only changes afterwards', () => {
    const host = createHost(() => 0, planOf)
    const first = host.open(SESSION)
    expect(first.reset).toBe(true)
    expect(states(first, 'Node')).toHaveLength(4)
    expect(host.advance(START + 1_000, BUDGET).objects).toEqual([])
  })

  it('runs a command and shows what it made as time passes', () => {
    const host = openHost()
    const { text } = type(host, 'kubectl apply -f pi-job.yaml')
    expect(text).toBe('job.batch/pi-calculator created\n')
    const soon = host.advance(START + 3_000, BUDGET)
    expect(states(soon, 'Pod')).toEqual(['running Running'])
    const later = host.advance(START + 15_000, BUDGET)
    expect(states(later, 'Job')).toEqual(['succeeded Complete'])
    expect(later.spans.map(({ kind, doneAt }) => `${kind} ${doneAt !== undefined}`).sort()).toEqual(
      ['Job true', 'Pod true'],
    )
  })

  it('tells the coming firings of a CronJob and what became of the past ones', () => {
    const host = openHost()
    const { update } = type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    expect(update.upcoming[0]!.times[0]).toBe(START + 40_000)
    const { ledgers } = host.advance(START + 125_000, BUDGET)
    expect(ledgers[0]!.ticks).toMatchObject([
      { first: START + 40_000, stepMs: 60_000, count: 2, outcome: 'fired' },
    ])
  })

  it('goes back and comes again to the same log', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    host.advance(START + 300_000, BUDGET)
    const hash = host.logHash()
    const back = host.seek(START + 50_000)
    expect(back.reset).toBe(true)
    expect(back.now).toBe(START + 50_000)
    expect(states(back, 'Job')).toHaveLength(1)
    host.seek(START + 300_000)
    expect(host.logHash()).toBe(hash)
  })

  it('leaves the old future when something is typed in the past', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    host.advance(START + 300_000, BUDGET)
    host.seek(START + 50_000)
    type(host, 'kubectl delete cronjob daily-report')
    const update = host.advance(START + 300_000, BUDGET)
    expect(update.ledgers).toEqual([])
    expect(update.upcoming).toEqual([])
  })

  it('continues a saved session as if it had not been closed', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    host.advance(START + 90_000, BUDGET)
    const saved = structuredClone(host.save())
    const other = createHost(() => 0, planOf)
    const { update: restored } = other.restore(saved)
    expect(restored.reset).toBe(true)
    expect(states(restored, 'CronJob')).toHaveLength(1)
    for (const each of [host, other]) each.advance(START + 600_000, BUDGET)
    expect(other.logHash()).toBe(host.logHash())
    expect(states(other.seek(START + 10_000), 'Job')).toEqual([])
  })

  it('refuses what a newer version saved or shared, and says so', () => {
    const host = openHost()
    const [saved, link] = [host.save(), host.share()]
    const other = createHost(() => 0, planOf)
    expect(() => other.restore({ ...saved, version: saved.version + 1 })).toThrow('a newer version')
    expect(() => other.openShared({ ...link, version: link.version + 1 })).toThrow(
      'a newer version',
    )
  })

  it('stops at its budget and says so', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    const update = host.advance(START + 86_400_000, 3)
    expect(update.behind).toBe(true)
    expect(update.now).toBeLessThan(START + 86_400_000)
  })

  it('streams a watch and ends it on Ctrl-C', () => {
    const host = openHost()
    type(host, 'kubectl apply -f pi-job.yaml')
    const line = 'kubectl get jobs --watch'
    const argv = line.split(' ').slice(1)
    const { pid } = host.exec('kubectl', argv, { stdin: '', files: FILES, line })
    const rows = host.advance(START + 15_000, BUDGET).output.map(({ text }) => text)
    expect(rows.join('')).toMatch(/Complete +1\/1/)
    expect(host.interrupt(pid).exits).toEqual([{ pid, code: 130 }])
    expect(host.advance(START + 20_000, BUDGET).output).toEqual([])
  })

  it('tells only what changed, however long the run has been', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    const FIRINGS = 5
    let until = START
    const told = Array.from({ length: 80 }, () => {
      until += FIRINGS * 60_000
      const { reset, complete, objects, spans, ledgers } = host.advance(until, BUDGET)
      expect([reset, complete]).toEqual([false, false])
      return objects.length + spans.length + ledgers.flatMap(({ ticks }) => ticks).length
    })
    // A firing is a mark, its Job and its Pod, each told once and once more when removed.
    expect(Math.max(...told)).toBeLessThan(12 * FIRINGS)
  })

  it('tells all objects after a jump longer than the log, and of spans only those that changed', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    host.advance(START + 3_600_000, BUDGET)
    const far = host.seek(START + 27 * 3_600_000)
    expect([far.reset, far.complete]).toEqual([false, true])
    expect(states(far, 'Job')).toHaveLength(3)
    expect(far.spans.some(({ from }) => from < START + 3_000_000)).toBe(false)
  })

  it('saves the end of a long log only, and continues from it', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    host.advance(START + 4 * 3_600_000, BUDGET)
    const saved = structuredClone(host.save())
    const { log } = saved.frame!.world
    expect(log.entries).toHaveLength(2_000)
    expect(log.entries[0]!.id).toBe(log.firstId)
    const other = createHost(() => 0, planOf)
    other.restore(saved)
    const ends = [host, other].map((each) => each.advance(START + 5 * 3_600_000, BUDGET))
    expect(ends[1]!.objects).toEqual(ends[0]!.objects)
    expect(ends[1]!.ledgers).toEqual(ends[0]!.ledgers)
  })

  it('explains a scheduled time by what made it so, back to the line that was typed', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    type(host, 'lab controller-manager stop')
    host.advance(START + 110_000, BUDGET)
    const { why } = host.inspect('CronJob', 'default', 'daily-report', 'why', START + 40_000)!
    expect(why).toHaveLength(1)
    expect(why![0]!.entry.summary).toMatch(/^missed-controller: kube-controller-manager is off/)
    expect(why![0]!.causes.map(({ summary }) => summary)).toEqual([
      'lab controller-manager stop',
      'schedule "*/1 * * * *"',
      'kubectl apply -f daily-report-cronjob.yaml',
    ])
  })

  it('promises no firing while nobody acts on a schedule', () => {
    const host = openHost()
    type(host, 'kubectl apply -f daily-report-cronjob.yaml')
    expect(type(host, 'lab controller-manager stop').update.upcoming[0]!.times).toEqual([])
    expect(type(host, 'lab controller-manager start').update.upcoming[0]!.times).toHaveLength(24)
  })

  it('inspects an object with its owners and its causes', () => {
    const host = openHost()
    type(host, 'kubectl apply -f pi-job.yaml')
    const update = host.advance(START + 15_000, BUDGET)
    const pod = update.objects.find(({ object }) => object.kind === 'Pod')!.object
    const see = (part: InspectionPart) => host.inspect('Pod', 'default', pod.metadata.name, part)!
    expect(see('owners').owners!.map(({ kind }) => kind)).toEqual(['Job', 'Pod'])
    expect(see('yaml').yaml).toContain('kind: Pod')
    expect(see('describe').describe).toContain('Controlled By:  Job/pi-calculator')
    expect(see('events').events!.map(({ reason }) => reason)).toContain('Started')
    const told = see('why').why!.map(({ entry }) => entry.summary)
    expect(told.join()).toContain('finalizers batch.kubernetes.io/job-tracking → none')
    const created = see('why').why!.at(-1)!
    expect(created.causes.at(-1)).toMatchObject({
      actor: 'user',
      summary: 'kubectl apply -f pi-job.yaml',
    })
  })

  it('gives the same log for the same seed and another for another', () => {
    const hashOf = (seed: number): string => {
      const host = createHost(() => 0, planOf)
      host.open({ ...SESSION, seed })
      type(host, 'kubectl apply -f daily-report-cronjob.yaml')
      host.advance(START + 200_000, BUDGET)
      return host.logHash()
    }
    expect(hashOf(1)).toBe(hashOf(1))
    expect(hashOf(1)).not.toBe(hashOf(2))
  })
})
