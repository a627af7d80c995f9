// The served cluster as a client library sees it: the published client for Node, its informer,
// its watch and its logs; and the example of the README, run as a reader would.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import {
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  Log,
  makeInformer,
  type V1CronJob,
  type V1Job,
} from '@kubernetes/client-node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { kubeconfigOf } from '../../../src/headless/api/kubeconfig.ts'
import { JOBS, served, type Served } from './served.ts'

const NAMESPACE = 'default'
const YEAR_TEST_MS = 120_000

let api: Served
let config: KubeConfig
beforeEach(async () => {
  api = await served()
  config = new KubeConfig()
  config.loadFromString(kubeconfigOf(api.url))
})
afterEach(() => api.close())

function cronJobOf(name: string, schedule: string, command: string): V1CronJob {
  const container = { name: 'main', image: 'busybox:1.36', command: ['sh', '-c', command] }
  const template = { spec: { restartPolicy: 'Never', containers: [container] } }
  const jobTemplate = { spec: { backoffLimit: 0, template } }
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: { schedule, jobTemplate },
  }
}

const namesOf = (jobs: readonly V1Job[]): string[] => jobs.map(({ metadata }) => metadata!.name!)

describe('the client for Node', () => {
  it('has an informer that knows what is there, also when its connection was cut', async () => {
    const batch = config.makeApiClient(BatchV1Api)
    const body = cronJobOf('tick', '*/10 * * * *', 'sleep 5')
    await batch.createNamespacedCronJob({ namespace: NAMESPACE, body })
    const list = () => batch.listNamespacedJob({ namespace: NAMESPACE })
    const informer = makeInformer<V1Job>(config, JOBS, list)
    const seen = { add: 0, delete: 0 }
    informer.on('add', () => seen.add++)
    informer.on('delete', () => seen.delete++)
    informer.on('error', () => void informer.start())
    await informer.start()

    await api.advance(3700)
    // Successful runs are kept three at a time: six came, three went.
    await vi.waitFor(() => expect(seen).toEqual({ add: 6, delete: 3 }))

    api.cut()
    await api.advance(3600)
    const live = namesOf((await list()).items).sort()
    await vi.waitFor(() => expect(namesOf([...informer.list()]).sort()).toEqual(live), 5000)
    expect(live).toHaveLength(3)
    await informer.stop()
  })

  it('follows a log to its end', async () => {
    const batch = config.makeApiClient(BatchV1Api)
    const command = 'for i in 1 2 3; do echo line $i; sleep 60; done'
    const { jobTemplate } = cronJobOf('a', '* * * * *', command).spec!
    const body: V1Job = { metadata: { name: 'talks' }, spec: jobTemplate.spec! }
    await batch.createNamespacedJob({ namespace: NAMESPACE, body })
    await api.advance(10)
    const core = config.makeApiClient(CoreV1Api)
    const labelSelector = 'job-name=talks'
    const { items } = await core.listNamespacedPod({ namespace: NAMESPACE, labelSelector })
    const stream = new PassThrough()
    let text = ''
    stream.on('data', (part: Buffer) => (text += part.toString()))
    await new Log(config).log(NAMESPACE, items[0]!.metadata!.name!, 'main', stream, {
      follow: true,
    })
    await vi.waitFor(() => expect(text).toBe('line 1\n'))
    await api.advance(60)
    await vi.waitFor(() => expect(text).toBe('line 1\nline 2\n'))
    await api.advance(300)
    await vi.waitFor(() => expect(stream.readableEnded).toBe(true))
    expect(text).toBe('line 1\nline 2\nline 3\n')
  })

  it('gets the words of a refusal', async () => {
    const batch = config.makeApiClient(BatchV1Api)
    const body = cronJobOf('never', '61 * * * *', 'true')
    await expect(batch.createNamespacedCronJob({ namespace: NAMESPACE, body })).rejects.toThrow(
      /spec\.schedule: Invalid value: .*61 \* \* \* \*.*end of range \(61\) above maximum \(59\)/,
    )
  })
})

describe('a year of CronJobs', () => {
  it('passes in a minute and says what failed', { timeout: YEAR_TEST_MS }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'year-'))
    const files = [
      cronJobOf('backup', '30 2 * * 1', 'sleep 90'),
      cronJobOf('report', '0 6 1 * *', 'exit 3'),
    ].map((object) => {
      const file = join(folder, `${object.metadata!.name!}.yaml`)
      writeFileSync(file, JSON.stringify(object))
      return file
    })
    const year = spawn(process.execPath, ['src/headless/api/year.mjs', ...files])
    let printed = ''
    year.stdout.on('data', (part: Buffer) => (printed += part.toString()))
    const exit = await new Promise((resolve) => year.on('close', resolve))
    rmSync(folder, { recursive: true })
    expect(printed).toBe(
      'backup: firings: 52 fired; Jobs: 52 succeeded\n' +
        'report: firings: 12 fired; Jobs: 12 failed\n',
    )
    expect(exit).toBe(1)
  })
})
