// Random sessions for the property test: what people do at a small cluster, in any order.
import { forkRng, randomInt, type Rng } from '../../src/base/rng.ts'
import { addMs, simTimeOf } from '../../src/base/time.ts'
import { plainProgram } from '../../src/kubectl/programs/words.ts'
import { reloaded, throughLink, type Course } from '../../src/headless/paths.ts'
import { enterBranch } from '../../src/session/futures.ts'
import { seekRun } from '../../src/session/rewind.ts'
import { nextAt } from '../../src/session/lab.ts'
import { advanceRun, createRun, finishInstant, stepRun, type Run } from '../../src/session/run.ts'
import type { SessionStart } from '../../src/session/session.ts'
import { interruptCommand, setFiles, typeCommand } from '../../src/session/typing.ts'

const pod = (name: string, grace: number): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {terminationGracePeriodSeconds: ` +
  `${grace}, containers: [{name: main, image: busybox, command: [sleep, "1000"]}]}}`

const job = (seconds: number, extra = ''): string =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: work}, spec: {parallelism: 2, ` +
  `completions: 3, ${extra} template: {spec: {restartPolicy: Never, containers: [{name: main, ` +
  `image: busybox, command: [sh, -c, "sleep ${seconds}; echo done"]}]}}}}`

const FILES = {
  'pod.yaml': pod('solo', 100),
  'job.yaml': job(7),
  'cron.yaml':
    '{apiVersion: batch/v1, kind: CronJob, metadata: {name: tick}, spec: {schedule: "* * * * *", ' +
    'jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, ' +
    'image: busybox, command: [sleep, "15"]}]}}}}}}',
  'daemon.yaml':
    '{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent}, spec: {selector: ' +
    '{matchLabels: {app: agent}}, template: {metadata: {labels: {app: agent}}, spec: ' +
    '{terminationGracePeriodSeconds: 10, containers: [{name: main, image: busybox, command: ' +
    '[sleep, "10000"]}]}}}}',
}

/** Commands that wait and then write. */
const WRITERS = [
  'kubectl replace --force -f pod.yaml',
  'kubectl replace --force -f job.yaml',
  'kubectl replace --force -f pod.yaml -f job.yaml',
  'kubectl drain a b --ignore-daemonsets --force',
  'kubectl drain b a --force --ignore-daemonsets --grace-period=70',
  'kubectl drain a b --ignore-daemonsets --force --timeout=7s',
]

const LINES = [
  ...WRITERS,
  'kubectl apply -f pod.yaml',
  'kubectl apply -f job.yaml',
  'kubectl apply -f job.yaml',
  'kubectl apply -f cron.yaml',
  'kubectl apply -f daemon.yaml',
  'kubectl uncordon a b',
  'kubectl uncordon a',
  'kubectl delete pod solo',
  'kubectl delete pods --all --grace-period=9',
  'kubectl delete job work --cascade=foreground',
  'kubectl delete -f cron.yaml -f daemon.yaml',
  'kubectl get pods --watch',
  'kubectl get pods --watch',
  'kubectl get events --watch',
  'kubectl logs -f job/work',
  'kubectl logs -f solo',
  'kubectl wait --for=condition=complete job/work --timeout=50s',
  'kubectl wait --for=delete pod/solo --timeout=30s',
  'kubectl rollout status ds/agent',
  'kubectl rollout restart ds/agent',
  'kubectl create job once --image=busybox -- sleep 3',
  'sleep 5',
  'lab node stop a',
  'lab node start a',
  'lab node add c',
  'lab controller-manager stop',
  'lab controller-manager start',
  'lab scheduler stop',
  'lab scheduler start',
]

const UNHEARD = { stdout: () => undefined, stderr: () => undefined }

/** A session lived through by someone who also travels, and the run in which that ended. */
export function randomSession(seed: number): { course: Course; lived: Run } {
  const rng = forkRng(seed, 'session')
  const session: SessionStart = {
    title: `seed ${seed}`,
    start: '2026-03-02T09:00:30Z',
    seed,
    cluster: { nodes: [{ name: 'a' }, { name: 'b' }] },
    files: FILES,
  }
  let run = createRun(session)
  for (const name of Object.keys(FILES))
    if (randomInt(rng, 2) === 0) typeLine(run, `kubectl apply -f ${name}`)
  advanceRun(run, addMs(run.lab.world.now, randomInt(rng, 8_000)))
  for (let acts = 5 + randomInt(rng, 12); acts > 0; acts--) run = act(run, session, rng)
  advanceRun(run, addMs(run.lab.world.now, randomInt(rng, 60_000)))
  finishInstant(run)
  const inputs = [...run.inputs]
  return { course: { session, inputs, end: run.lab.world.now }, lived: run }
}

/** What one does next: more often than not a command, at once or a little later. */
function act(run: Run, session: SessionStart, rng: Rng): Run {
  const { now, start } = run.lab.world
  const chance = randomInt(rng, 24)
  if (chance < 7) type(run, rng)
  else if (chance < 11) advanceRun(run, addMs(now, randomInt(rng, 9_000)))
  else if (chance === 11) {
    typeLine(run, WRITERS[randomInt(rng, WRITERS.length)]!)
    advanceRun(run, addMs(now, randomInt(rng, 150_000)))
  } else if (chance === 12) {
    let left = randomInt(rng, 4)
    advanceRun(run, addMs(now, 30_000), () => left-- > 0)
  } else if (chance < 16) {
    stepIntoInstant(run, rng)
    if (chance === 13) interruptOne(run, rng)
    else type(run, rng)
  } else if (chance < 19) interruptOne(run, rng)
  else if (chance === 19) setFiles(run, edited(run, rng))
  else if (chance === 20) seekRun(run, simTimeOf(start + randomInt(rng, now - start + 1)))
  else if (chance === 21) return reloaded(run, session)
  else if (chance === 22) return throughLink(run, session)
  else enterOne(run, rng)
  return run
}

/** Steps on for a few seconds at most, until something else is due at the same instant. */
function stepIntoInstant(run: Run, rng: Rng): void {
  const giveUpAt = addMs(run.lab.world.now, randomInt(rng, 5_000))
  do {
    const at = nextAt(run.lab)
    if (at === undefined || at > giveUpAt) return
    stepRun(run)
  } while (nextAt(run.lab) !== run.lab.world.now || randomInt(rng, 3) > 0)
}

function type(run: Run, rng: Rng): void {
  typeLine(run, LINES[randomInt(rng, LINES.length)]!)
}

function typeLine(run: Run, line: string): void {
  typeCommand(run, { ...plainProgram(line)!, line, stdin: '' }, UNHEARD)
}

function interruptOne(run: Run, rng: Rng): void {
  const { running } = run.lab
  if (running.length > 0) interruptCommand(run, running[randomInt(rng, running.length)]!.pid)
}

function enterOne(run: Run, rng: Rng): void {
  const others = run.branches.filter(({ id }) => id !== run.branch)
  if (others.length > 0) enterBranch(run, others[randomInt(rng, others.length)]!.id)
}

function edited({ files }: Run, rng: Rng): Record<string, string> {
  if (randomInt(rng, 4) === 0) {
    const { 'job.yaml': _gone, ...rest } = files
    return rest
  }
  const suspended = randomInt(rng, 2) === 0 ? 'suspend: true,' : ''
  return { ...files, 'pod.yaml': pod('solo', randomInt(rng, 150)), 'job.yaml': job(5, suspended) }
}
