// Every command that ran in a container of the recordings ends here with the same code, after the
// same time, and a log that was read shows the same lines.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseTime } from '../../src/base/time.ts'
import { resumeContainer, launchContainer, type Container } from '../../src/container/container.ts'
import { imageConfig } from '../../src/sim/images/registry.ts'

interface Terminated {
  exitCode: number
  reason: string
  startedAt: string
  finishedAt: string
}

interface Spec {
  image: string
  command?: string[]
  args?: string[]
}

interface Pod {
  metadata: {
    name: string
    deletionTimestamp?: string
    annotations?: Record<string, string>
  }
  spec: { containers: Spec[] }
  status: { containerStatuses?: { restartCount: number; state: { terminated?: Terminated } }[] }
}

interface Session {
  objects?: { kind: string; object: unknown }[]
  steps: { run: string; stdout: string }[]
}

const FOLDER = new URL('../reference/', import.meta.url)

function read(name: string): Session {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Session
}

interface Recorded {
  title: string
  container: Spec
  index: string | undefined
  end: Terminated
}

/** Every container run that ended by itself. */
function recordedRuns(): Recorded[] {
  const runs = new Map<string, Recorded>()
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
    for (const { kind, object } of read(file).objects ?? []) {
      if (kind !== 'Pod') continue
      const { metadata, spec, status } = object as Pod
      const [container] = spec.containers
      const end = status.containerStatuses?.[0]?.state.terminated
      if (container === undefined || end === undefined || metadata.deletionTimestamp) continue
      if (container.command?.[0] === 'no-such-program') continue
      const title = `${file} ${metadata.name} ${status.containerStatuses?.[0]?.restartCount ?? 0}`
      const index = metadata.annotations?.['batch.kubernetes.io/job-completion-index']
      runs.set(title, { title, container, index, end })
    }
  }
  return [...runs.values()]
}

function run({ container, index, end }: Recorded): Container {
  const result = launchContainer({
    ...container,
    image: imageConfig(container.image),
    env: index === undefined ? {} : { JOB_COMPLETION_INDEX: index },
    hostname: 'pod',
    seed: 1,
    now: parseTime(end.startedAt),
    attempt: 0,
  })
  if ('error' in result) throw new Error(result.error)
  const { container: process } = result
  while (process.wakeAt !== undefined) resumeContainer(process, process.wakeAt)
  return process
}

const runs = recordedRuns()

describe('containers end as on the real cluster', () => {
  test('there are recorded runs', () => {
    expect(runs.length).toBeGreaterThan(50)
  })

  test.each(runs)('$title', (recorded) => {
    const { end } = recorded
    const process = run(recorded)
    expect(process.exited?.code).toBe(end.exitCode)
    const real = parseTime(end.finishedAt) - parseTime(end.startedAt)
    expect(Math.abs((process.exited?.at ?? 0) - parseTime(end.startedAt) - real)).toBeLessThan(1000)
  })
})

test('perl prints the digits that kubectl logs showed', () => {
  const step = read('t1-pi-calculator.json').steps.find(({ run: line }) => line.includes('logs'))
  const perl = runs.find(({ title }) => title.startsWith('t1-'))
  if (perl === undefined) throw new Error('no recorded perl')
  expect(
    `${run(perl)
      .log.map((line) => line.text)
      .join('\n')}\n`,
  ).toBe(step?.stdout)
})
