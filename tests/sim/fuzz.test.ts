// Random sessions under faults. Every invariant is checked after every step, and when the faults
// have ended the cluster must come to rest. `npm run fuzz` runs more of them and shrinks a failure.
import { describe, expect, test } from 'vitest'
import { addMs } from '../../src/base/time.ts'
import { planOf } from '../../src/headless/fuzz/plan.ts'
import { FUZZ_START, runPlan, shrink } from '../../src/headless/fuzz/run.ts'
import { sessionOf } from '../../src/headless/fuzz/session.ts'
import { commandOf, perform } from '../../src/headless/fuzz/steps.ts'
import { ACTORS } from '../../src/sim/actors/index.ts'
import { bootCluster } from '../../src/sim/boot.ts'
import type { Entry } from '../../src/sim/log.ts'
import { violationsOf } from '../../src/headless/fuzz/invariants.ts'
import { createWorld, runUntil } from '../../src/sim/world.ts'
import { NOVACRAFT } from '../../src/sim/cluster.ts'

const SEEDS = 2_000
const SEEDS_EACH = 100
const TIMEOUT_MS = 120_000

describe('random sessions under faults', () => {
  for (let from = 1; from <= SEEDS; from += SEEDS_EACH) {
    test(
      `break nothing and come to rest: seeds ${from} to ${from + SEEDS_EACH - 1}`,
      () => {
        for (let seed = from; seed < from + SEEDS_EACH; seed++) {
          const { problems } = runPlan(planOf(seed))
          expect({ seed, problems }).toEqual({ seed, problems: [] })
        }
      },
      TIMEOUT_MS,
    )
  }

  test('a seed gives the same log each time, entry by entry', () => {
    for (const seed of [3, 14, 159]) {
      const [first, second] = [runPlan(planOf(seed)), runPlan(planOf(seed))]
      expect(second.world.log.entries).toEqual(first.world.log.entries)
      expect(second.tasks).toBe(first.tasks)
    }
  })

  test('a copy of the World made in mid-air goes on as the World does', () => {
    for (const seed of [3, 14, 159, 265]) {
      const { cluster, steps } = planOf(seed)
      const world = bootCluster(FUZZ_START, seed, cluster, ACTORS)
      for (const { atMs, action } of steps) {
        runUntil(world, ACTORS, addMs(FUZZ_START, atMs))
        perform(world, action)
      }
      const copy = structuredClone(world)
      const until = addMs(world.now, 600_000)
      runUntil(world, ACTORS, until)
      runUntil(copy, ACTORS, until)
      expect(copy).toEqual(world)
    }
  })

  test('the seeds differ, and meet every kind of step', () => {
    const plans = Array.from({ length: 300 }, (_, seed) => planOf(seed))
    const done = plans.flatMap(({ steps }) => steps.map(({ action }) => action.do))
    const kinds = [
      'apply',
      'patch',
      'delete',
      'deletePods',
      'node',
      'program',
      'cordon',
      'uncordon',
      'label',
    ]
    expect([...new Set(done)].sort()).toEqual([...kinds].sort())
  })
})

describe('a failing seed', () => {
  test('is told as a session with its files and command lines', () => {
    const plan = planOf(5)
    const session = sessionOf(plan, 'five') as { start: string; steps: { run: string }[] }
    expect(session.start).toBe(new Date(FUZZ_START).toISOString().replace('.000', ''))
    expect(session.steps.map(({ run }) => run)).toEqual(
      plan.steps.map(({ action }) => commandOf(action)),
    )
  })

  test('is shrunk to nothing when nothing is wrong with it', () => {
    const plan = { ...planOf(5), steps: planOf(5).steps.slice(0, 1) }
    expect(shrink(plan).steps).toEqual(plan.steps)
  })
})

describe('invariants', () => {
  const world = createWorld(FUZZ_START, 1, NOVACRAFT)
  const metadata = { name: 'a', namespace: 'default', uid: 'u', creationTimestamp: '' }
  const entry = (kind: string, before: object, after: object): Entry => ({
    id: 1,
    at: FUZZ_START,
    actor: 'someone',
    verb: 'update',
    kind,
    namespace: 'default',
    name: 'a',
    uid: 'u',
    causes: [],
    before: { apiVersion: 'v1', kind, metadata: { ...metadata, resourceVersion: '1' }, ...before },
    after: { apiVersion: 'v1', kind, metadata: { ...metadata, resourceVersion: '2' }, ...after },
  })

  const broken: Record<string, { entry: Entry; sentence: string }> = {
    'a Pod never moves': {
      entry: entry(
        'Pod',
        { spec: { nodeName: 'x' }, status: {} },
        { spec: { nodeName: 'y' }, status: {} },
      ),
      sentence: 'moved from x to y',
    },
    'a Pod ends once': {
      entry: entry(
        'Pod',
        { spec: {}, status: { phase: 'Failed' } },
        { spec: {}, status: { phase: 'Running' } },
      ),
      sentence: 'phase Running after Failed',
    },
    'a Pod is counted by leaving those not counted': {
      entry: entry('Job', { spec: {}, status: {} }, { spec: {}, status: { succeeded: 1 } }),
      sentence: '1 counted as succeeded, 0 had been waiting',
    },
    'a count never falls': {
      entry: entry('Job', { spec: {}, status: { failed: 2 } }, { spec: {}, status: { failed: 1 } }),
      sentence: 'failed fell to 1',
    },
    'versions rise': {
      entry: entry('Secret', {}, { metadata: { ...metadata, resourceVersion: '1' } }),
      sentence: 'resourceVersion 1 after 1',
    },
    'a deletion is for good': {
      entry: entry(
        'Secret',
        { metadata: { ...metadata, resourceVersion: '1', deletionTimestamp: 'now' } },
        {},
      ),
      sentence: 'its deletion was taken back',
    },
  }
  for (const [rule, { entry: wrong, sentence }] of Object.entries(broken))
    test(rule, () => {
      expect(violationsOf(world, wrong)).toEqual([
        `${wrong.kind} default/a by someone: ${sentence}`,
      ])
    })
})
