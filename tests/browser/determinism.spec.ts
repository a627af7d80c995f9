// The same session gives the same log in Node and in the browser's worker, twice.
import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { createHost } from '../../src/worker/host.ts'
import type { SessionStart } from '../../src/worker/protocol.ts'
import { openChapter } from './page.ts'

const files = Object.fromEntries(
  ['pi-job.yaml', 'daily-report-cronjob.yaml', 'fluentd-daemonset.yaml'].map((name) => [
    name,
    readFileSync(`src/story/manifests/${name}`, 'utf8'),
  ]),
)
const SESSION: SessionStart = {
  title: 'determinism',
  start: '2026-03-02T09:00:20Z',
  seed: 2026,
  cluster: {},
  files,
}
const LINES = Object.keys(files).map((name) => `kubectl apply -f ${name}`)
const UNTIL = Date.parse(SESSION.start) + 20 * 60_000

function hashInNode(): string {
  const host = createHost(
    () => 0,
    (slug) => {
      throw new Error(`no chapter ${slug} is wanted here`)
    },
  )
  host.open(SESSION)
  for (const line of LINES) {
    const [program = '', ...argv] = line.split(' ')
    host.exec(program, argv, { stdin: '', files, line })
  }
  host.advance(UNTIL, 1e9)
  return host.logHash()
}

/** Speaks to a worker of its own in the page, in the words of its message channel. */
async function hashInWorker(page: Page): Promise<string> {
  const url = page
    .workers()
    .find((worker) => worker.url().includes('sim.worker'))!
    .url()
  return page.evaluate(
    async ({ url, session, lines, until }) => {
      const worker = new Worker(url, { type: 'module' })
      let nextId = 1
      const call = (verb: string, ...args: unknown[]): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const id = nextId++
          const listen = ({ data }: MessageEvent): void => {
            if (data?.id !== id) return
            worker.removeEventListener('message', listen)
            if ('refusal' in data) reject(new Error(data.refusal))
            else resolve(data.value)
          }
          worker.addEventListener('message', listen)
          worker.postMessage({ id, verb, args })
        })
      await call('open', session)
      for (const line of lines) {
        const [program, ...argv] = line.split(' ')
        await call('exec', program, argv, { stdin: '', files: session.files, line })
      }
      await call('advance', until, 1e9)
      const hash = (await call('logHash')) as string
      worker.terminate()
      return hash
    },
    { url, session: SESSION, lines: LINES, until: UNTIL },
  )
}

test('twenty minutes of the tutorial have one log hash everywhere', async ({ page }) => {
  await openChapter(page, '01-three-requests')
  const hashes = [hashInNode(), hashInNode(), await hashInWorker(page), await hashInWorker(page)]
  expect(hashes[0]).toMatch(/^[0-9a-f]{8}$/)
  expect(new Set(hashes).size).toBe(1)
})
