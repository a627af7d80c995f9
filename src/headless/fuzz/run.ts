// Runs a plan: faults and commands with every invariant checked after every step; then everything
// is mended, and the cluster must come to rest.
import { addMs, MINUTE_MS, parseTime, SECOND_MS } from '../../base/time.ts'
import { ACTORS } from '../../sim/actors/index.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { CronJob, Job } from '../../sim/api-types/batch.ts'
import type { Node } from '../../sim/api-types/core.ts'
import { bootCluster } from '../../sim/boot.ts'
import { unsettledThings, violationsOf } from './invariants.ts'
import { entriesAfter } from '../../sim/log.ts'
import { listObjects } from '../../sim/store.ts'
import { nextTaskAt, step, type World } from '../../sim/world.ts'
import type { FuzzPlan } from './plan.ts'
import { perform, type FuzzAction, type FuzzStep } from './steps.ts'

interface FuzzResult {
  /** What went wrong, in sentences; [] when nothing did. */
  problems: readonly string[]
  tasks: number
  /** The last things that happened, for a look at what led to a problem. */
  world: World
}

export const FUZZ_START = parseTime('2026-03-02T09:00:30Z')
/** When the faults end. */
const HEAL_MS = 250 * SECOND_MS
/** By when everything has ended: the longest back-offs are over. */
const REST_MS = 40 * MINUTE_MS
/** A seed that needs more tasks than this has an actor that never rests. */
const TASKS_MAX = 200_000
const PROBLEMS_MAX = 5

export function runPlan(plan: FuzzPlan): FuzzResult {
  const world = bootCluster(FUZZ_START, plan.seed, plan.cluster, ACTORS)
  const run: FuzzRun = { world, problems: [], tasks: 0, seenId: world.log.nextId - 1 }
  try {
    for (const { atMs, action } of plan.steps) {
      runTo(run, atMs)
      perform(world, action)
      check(run)
    }
    runTo(run, HEAL_MS)
    for (const action of healing(world)) perform(world, action)
    runTo(run, HEAL_MS + REST_MS)
    if (run.problems.length === 0) run.problems.push(...unsettledThings(world))
  } catch (error) {
    run.problems.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
  }
  return { problems: run.problems.slice(0, PROBLEMS_MAX), tasks: run.tasks, world }
}

interface FuzzRun {
  world: World
  problems: string[]
  tasks: number
  seenId: number
}

function runTo(run: FuzzRun, atMs: number): void {
  const until = addMs(FUZZ_START, atMs)
  const { world } = run
  for (;;) {
    const at = nextTaskAt(world)
    if (at === undefined || at > until) break
    step(world, ACTORS)
    check(run)
    if (++run.tasks > TASKS_MAX) throw new Error(`more than ${TASKS_MAX} tasks`)
  }
  world.now = until
}

function check(run: FuzzRun): void {
  const { world } = run
  for (const entry of entriesAfter(world.log, run.seenId))
    run.problems.push(...violationsOf(world, entry))
  run.seenId = world.log.nextId - 1
  if (run.problems.length >= PROBLEMS_MAX) throw new Error('too many problems')
}

/** Machines and programs on, nodes open, Jobs not suspended, and nothing that starts again by itself. */
function healing(world: World): readonly FuzzAction[] {
  const nodes = listObjects<Node>(world.store, 'Node')
  return [
    ...(['controller-manager', 'scheduler'] as const).map((name): FuzzAction => ({
      do: 'program',
      verb: 'start',
      name,
    })),
    // A kubelet registers its node when it starts, and only then.
    ...world.cluster.nodes
      .filter(({ name }) => !nodes.some(({ metadata }) => metadata.name === name))
      .map(({ name }): FuzzAction => ({ do: 'node', verb: 'stop', name })),
    ...world.cluster.nodes.map(({ name }): FuzzAction => ({ do: 'node', verb: 'start', name })),
    ...nodes
      .filter(({ spec }) => spec.unschedulable === true)
      .map(({ metadata: { name } }): FuzzAction => ({ do: 'uncordon', name })),
    ...listObjects<CronJob>(world.store, 'CronJob').map((cronJob) =>
      patch(cronJob, { suspend: true }),
    ),
    // While a Job is stopped the last failed Pod of an index is kept for its successor.
    ...listObjects<Job>(world.store, 'Job').map((job) =>
      patch(job, { suspend: false, ...(job.spec.parallelism === 0 ? { parallelism: 1 } : {}) }),
    ),
  ]
}

function patch({ kind, metadata: { name } }: KubeObject, spec: object): FuzzAction {
  return { do: 'patch', kind, name, patch: { spec } }
}

/** The plan with as few steps as still go wrong: each is left out in turn. */
export function shrink(plan: FuzzPlan): FuzzPlan {
  let { steps } = plan
  for (let index = 0; index < steps.length;) {
    const fewer: FuzzStep[] = steps.filter((_, other) => other !== index)
    if (runPlan({ ...plan, steps: fewer }).problems.length > 0) steps = fewer
    else index++
  }
  return { ...plan, steps }
}
