// Random sessions, made from a seed: every command of the lab's kubectl with random arguments, flags
// and values, right ones and wrong ones, on a cluster with a Job, a CronJob and a DaemonSet.
import { forkRng, randomInt, type Rng } from '../../base/rng.ts'
import { COMMANDS } from '../../kubectl/commands/index.ts'
import type { Command } from '../../kubectl/command.ts'
import type { FlagSpec } from '../../kubectl/flags.ts'
import type { Session, Step } from './clusters.ts'

/** Steps of one session: states wander, and a fault is found near its cause. */
const STEPS_EACH = 25
const STEP_SECONDS = 5
/** What a script cannot drive, what never ends, and what depends on the machine. */
const LEFT_OUT = new Set(
  'edit exec attach cp debug port-forward proxy plugin kuberc completion certificate top help options'.split(
    ' ',
  ),
)
const LEFT_OUT_FLAGS = new Set(
  'watch watch-only follow help v vmodule kubeconfig cache-dir profile profile-output token'.split(
    ' ',
  ),
)

const FILES: Readonly<Record<string, string>> = {
  'job.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: demo, labels: {app: demo}}
spec:
  completions: 2
  template:
    metadata: {labels: {app: demo}}
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox, command: [sh, -c, 'echo one; sleep 1; echo two']}]
`,
  'cron.yaml': `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: '0 2 * * *'
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers: [{name: main, image: busybox, command: [date]}]
`,
  'ds.yaml': `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, labels: {app: agent}}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers: [{name: agent, image: busybox, command: [sh, -c, 'echo up; sleep 100000']}]
`,
  'cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: '1'}
`,
}

const ARGUMENTS = (
  'job/demo cronjob/nightly ds/agent cm/settings pods jobs cronjobs ds nodes cm secrets events ' +
  'all job demo nightly agent x1 job/missing nope/x deployments ns default app=demo app- a=b ' +
  'novacraft-worker node/novacraft-worker get pods,jobs --'
).split(' ')

const VALUES = (
  'json yaml name wide jsonpath={.metadata.name} custom-columns=N:.metadata.name nope 1 0 -1 x ' +
  'true false client server none app=demo app!=demo a=b metadata.name=demo busybox busybox:1.36 ' +
  'job.yaml cron.yaml ds.yaml cm.yaml missing.yaml . 5s 1m kube-system default ' +
  'Never OnFailure key=value a,b merge strategic {} *'
).split(' ')

interface Leaf {
  words: readonly string[]
  command: Command
}

function leavesOf(command: Command, words: readonly string[]): Leaf[] {
  if (LEFT_OUT.has(command.name)) return []
  const inner = (command.commands ?? []).flatMap((each) => leavesOf(each, [...words, each.name]))
  return command.run === undefined ? inner : [{ words, command }, ...inner]
}

/** Sessions with `count` steps to compare in all. The same seed makes the same sessions. */
export function fuzzSessions(count: number, seed: number): (readonly [string, Session])[] {
  const leaves = leavesOf(COMMANDS.root, [])
  const sessions: (readonly [string, Session])[] = []
  for (let done = 0; done < count; done += STEPS_EACH) {
    const rng = forkRng(seed, `session ${done}`)
    const compared = Array.from({ length: Math.min(STEPS_EACH, count - done) }, (_, index) => ({
      at: 60 + index * STEP_SECONDS,
      run: randomLine(rng, leaves),
    }))
    const setup: Step[] = ['job', 'cron', 'ds'].map((name) => ({
      at: 0,
      run: `kubectl apply -f ${name}.yaml`,
      setup: true,
    }))
    const session = { seed: 1 + randomInt(rng, 1000), files: FILES, steps: [...setup, ...compared] }
    sessions.push([`fuzz-${seed}-${done / STEPS_EACH}`, session])
  }
  return sessions
}

function randomLine(rng: Rng, leaves: readonly Leaf[]): string {
  const { words, command } = pick(rng, leaves)
  const args = Array.from({ length: randomInt(rng, 3) }, () => pick(rng, ARGUMENTS))
  const flags = (command.flags ?? []).filter(({ name }) => !LEFT_OUT_FLAGS.has(name))
  const given = Array.from({ length: flags.length === 0 ? 0 : randomInt(rng, 4) }, () =>
    randomFlag(rng, pick(rng, flags)),
  )
  return ['kubectl', ...words, ...args, ...given].join(' ')
}

function randomFlag(rng: Rng, flag: FlagSpec): string {
  const { name, type } = flag
  if (type === 'bool') return randomInt(rng, 4) === 0 ? `--${name}=false` : `--${name}`
  if (name === 'filename') return `-f ${pick(rng, Object.keys(FILES))}`
  return `--${name}=${quoted(pick(rng, VALUES))}`
}

function quoted(value: string): string {
  return /[{}*!]/.test(value) ? `'${value}'` : value
}

function pick<T>(rng: Rng, list: readonly T[]): T {
  return list[randomInt(rng, list.length)]!
}
