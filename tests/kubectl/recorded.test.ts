// What a real kubectl 1.36 printed on an equal cluster, step by step, and that the lab's prints the
// same. Recorded by `npm run compare:kubectl -- --record tests/kubectl/recorded SESSION…`.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ownCluster, type Session, type Step } from '../../src/headless/compare-kubectl/clusters.ts'
import { isSame, type Printed } from '../../src/headless/compare-kubectl/normalize.ts'

const FOLDER = 'tests/kubectl/recorded'

/** What differs, and why it does. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'kubectl diff -f job.yaml --prune=true': 'the lab does not prune',
  'kubectl get jobs --match-server-version=true': 'the lab knows no builds of kubectl',
  'kubectl get pods --sort-by=.spec.containers': 'the real one logs the time and its process',
  'kubectl get pods --sort-by=.metadata.labels': 'the real one logs the time and its process',
  'kubectl version  -o json': 'the lab knows no builds of kubectl',
}

type Recorded = Step & Printed

interface Recording extends Session {
  start: string
  steps: readonly Recorded[]
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))

test.each(files)('prints what the real client printed: %s', async (name) => {
  const recording = JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as Recording
  const own = ownCluster(recording, recording.start)
  const wrong: unknown[] = []
  for (const [index, step] of recording.steps.entries()) {
    await own.advanceTo(step.at)
    const ours = await own.run(step, index === 0 ? (recording.files ?? {}) : {})
    if (step.exit === undefined || Object.hasOwn(DIFFERENT, step.run)) continue
    const { run, exit, stdout, stderr } = step
    if (!isSame(ours, step)) wrong.push({ run, ours, real: { exit, stdout, stderr } })
  }
  expect(wrong).toEqual([])
})

test('there are recordings of every command', () => {
  expect(files.length).toBeGreaterThan(60)
})
