// What submitting a manifest costs in the worker: the check of every pause in typing, and applying
// it, beside what merely reading its YAML takes.
import { readFileSync } from 'node:fs'
import { parseTime } from '../base/time.ts'
import { PROGRAMS } from '../kubectl/programs/index.ts'
import { readManifest } from '../kubectl/yaml/manifest.ts'
import { clusterConfig } from '../sim/cluster.ts'
import { createLab, exec, type Lab } from '../session/lab.ts'
import { checkManifest } from '../worker/check.ts'

const NAME = 'pi-job.yaml'
const TEXT = readFileSync(`src/story/manifests/${NAME}`, 'utf8')
const ROUNDS = 200

/** Milliseconds for the first time in a fresh process, and the median of many times. */
export interface Cost {
  firstMs: number
  medianMs: number
}

/** Submitting, the checks it consists of, and reading its YAML alone. */
export interface ManifestCost {
  submit: Cost
  check: Cost
  read: Cost
  /** How many readings a submission costs. */
  submitToRead: number
}

/** To be called before anything else has warmed the engine up. */
export function benchManifest(): ManifestCost {
  const start = parseTime('2026-03-02T09:00:00Z')
  const lab = createLab({ start, seed: 1, cluster: clusterConfig({}) })
  const read = cost(() => readManifest(TEXT))
  const check = cost(() => checkManifest(lab.world, TEXT))
  const submit = cost((round) => apply(lab, TEXT.replace('pi-calculator', `pi-${round}`)))
  return { submit, check, read, submitToRead: submit.medianMs / read.medianMs }
}

function cost(run: (round: number) => unknown): Cost {
  const took: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now()
    run(round)
    took.push(performance.now() - begin)
  }
  const [firstMs = 0] = took
  return { firstMs, medianMs: took.sort((a, b) => a - b)[ROUNDS / 2]! }
}

function apply(lab: Lab, manifest: string): void {
  const argv = ['apply', '-f', NAME]
  const stderr = (message: string): never => {
    throw new Error(message)
  }
  const terminal = { stdin: '', files: { [NAME]: manifest }, stdout: () => undefined, stderr }
  exec(lab, PROGRAMS['kubectl']!, argv, `kubectl ${argv.join(' ')}`, terminal)
}
