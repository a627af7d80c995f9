// What applying a manifest would change, and the repair of manifests that lost their indentation.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { apply, openHost } from './host.ts'

const FOLDER = join(import.meta.dirname, '../../src/story/manifests')
const NAMES = ['pi-job.yaml', 'daily-report-cronjob.yaml', 'fluentd-daemonset.yaml'] as const
const MANIFESTS = Object.fromEntries(
  NAMES.map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]),
)
const REPORT = MANIFESTS['daily-report-cronjob.yaml']!

/** As it comes from a web page: every line from the first column. */
function flat(text: string): string {
  return text.replaceAll(/^ +/gm, '')
}

describe('the preview of applying', () => {
  it('shows a new object without a live one', () => {
    const [preview, ...more] = openHost().preview(REPORT)
    expect(more).toEqual([])
    expect(preview).toMatchObject({ title: 'CronJob daily-report', isNew: true })
    expect(preview?.lines).toContain('+  concurrencyPolicy: Allow')
    expect(preview?.lines.filter((line) => !line?.startsWith('+'))).toEqual([])
  })
  it('shows a changed object as it is and as it would be, and nothing the server keeps', () => {
    const host = openHost()
    apply(host, REPORT)
    const [preview] = host.preview(REPORT.replace('*/1', '*/5'))
    expect(preview?.isNew).toBe(false)
    expect(preview?.lines.filter((line) => line !== undefined && !line.startsWith(' '))).toEqual([
      "-  schedule: '*/1 * * * *'",
      "+  schedule: '*/5 * * * *'",
    ])
    expect(preview?.lines.join('\n')).not.toMatch(/uid:|last-applied|status:|resourceVersion/)
  })
  it('is empty when nothing would change or the server refuses', () => {
    const host = openHost()
    apply(host, REPORT)
    expect(host.preview(REPORT)).toEqual([])
    expect(host.preview(REPORT.replace('schedule:', 'schedul:'))).toEqual([])
    expect(host.preview('a: b: c')).toEqual([])
  })
  it('shows only what changes of a file with several objects', () => {
    const host = openHost()
    apply(host, REPORT)
    const both = `${REPORT.replace('*/1', '*/5')}---\n${MANIFESTS['pi-job.yaml']}`
    const found = host.preview(both).map(({ title, isNew }) => [title, isNew])
    expect(found).toEqual([
      ['CronJob daily-report', false],
      ['Job pi-calculator', true],
    ])
  })
  it('changes nothing', () => {
    const host = openHost()
    apply(host, REPORT)
    const before = host.logHash()
    host.preview(REPORT.replace('*/1', '*/5'))
    expect(host.logHash()).toBe(before)
  })
})

describe('the repair of lost indentation', () => {
  for (const name of NAMES)
    it(`finds again how ${name} stood`, () => {
      const host = openHost()
      const text = flat(MANIFESTS[name]!)
      expect(host.check(text)).not.toEqual([])
      const repaired = host.repair(text)
      expect(repaired).toBe(MANIFESTS[name])
      expect(host.check(repaired!)).toEqual([])
      expect(host.repair(repaired!)).toBeUndefined()
    })
  it('takes what a clipboard adds: other line ends, blanks, empty lines, a margin', () => {
    const host = openHost()
    const text = flat(MANIFESTS['pi-job.yaml']!)
    for (const pasted of [
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '  \n'),
      `\n\n${text}\n\n`,
      text.replaceAll('\n', '\n\n'),
      text.replaceAll(/^/gm, '    '),
    ])
      expect(host.check(host.repair(pasted) ?? 'kind: x')).toEqual([])
  })
  it('takes several manifests at once', () => {
    const host = openHost()
    const text = NAMES.map((name) => MANIFESTS[name]).join('---\n')
    expect(host.repair(flat(text))).toBe(text)
  })
  it('leaves alone what has its indentation, and what is no manifest', () => {
    const host = openHost()
    for (const text of [REPORT, '', 'hello\n', 'a: b\nc:\nd: e\n'])
      expect(host.repair(text)).toBeUndefined()
  })
})
