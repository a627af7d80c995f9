import { describe, expect, test } from 'vitest'
import { forkRng, randomInt } from '../../src/base/rng.ts'
import { addMs, parseTime, SECOND_MS, type SimTime } from '../../src/base/time.ts'
import { ACTORS } from '../../src/sim/actors/index.ts'
import { bootCluster } from '../../src/sim/boot.ts'
import { clusterConfig } from '../../src/sim/cluster.ts'
import {
  copyForWrites,
  createHistory,
  forgetAfter,
  frameBefore,
  remember,
  takeFrame,
  worldOf,
  type Frame,
} from '../../src/sim/history.ts'
import { machineOf } from '../../src/sim/machine.ts'
import { listObjects } from '../../src/sim/store.ts'
import { rngOf, runUntil, type World } from '../../src/sim/world.ts'
import { planOf, type FuzzPlan } from '../../src/headless/fuzz/plan.ts'
import { FUZZ_START } from '../../src/headless/fuzz/run.ts'
import { perform } from '../../src/headless/fuzz/steps.ts'

function boot() {
  return bootCluster(parseTime('2026-03-02T09:00:00Z'), 1, clusterConfig({}), ACTORS)
}

/** What can be seen of a World: how its parts are shared does not count. */
function visible(world: World) {
  const { now, log, queue, store, failures, logVersion } = world
  const objects = [...store.kinds.keys()].map((kind) => listObjects(store, kind))
  const { heap, ...pending } = queue
  return { now, log, objects, pending, tasks: heap.length, failures, logVersion }
}

/** Carries out the steps of a plan from now on to its end; `pause` is called again and again. */
function play(world: World, { steps }: FuzzPlan, pause: () => void): void {
  const from = world.now
  const until = addMs(FUZZ_START, 400 * SECOND_MS)
  let next = 0
  for (let at = FUZZ_START; at <= until; at = addMs(at, 7_300)) {
    for (; next < steps.length && addMs(FUZZ_START, steps[next]!.atMs) <= at; next++) {
      const { atMs, action } = steps[next]!
      if (addMs(FUZZ_START, atMs) <= from) continue
      runUntil(world, ACTORS, addMs(FUZZ_START, atMs))
      perform(world, action)
    }
    if (at <= from) continue
    runUntil(world, ACTORS, at)
    pause()
  }
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const rng = forkRng(seed, 'order')
  const left = [...items]
  return items.map(() => left.splice(randomInt(rng, left.length), 1)[0]!)
}

describe('what continues from a frame becomes what the World became', () => {
  test('when nothing is going on', () => {
    const world = boot()
    const history = createHistory(world, 0)
    const until = addMs(world.now, 600_000)
    runUntil(world, ACTORS, until)
    const again = worldOf(frameBefore(history, until))
    expect(again.now).toBe(world.start)
    runUntil(again, ACTORS, until)
    expect(visible(again)).toEqual(visible(world))
  })

  for (const seed of [3, 17, 29, 58, 91, 140, 233, 377])
    test(`from every frame of a busy run, in any order: seed ${seed}`, () => {
      const plan = planOf(seed)
      const straight = bootCluster(FUZZ_START, seed, plan.cluster, ACTORS)
      play(straight, plan, () => undefined)
      const world = bootCluster(FUZZ_START, seed, plan.cluster, ACTORS)
      const frames: Frame[] = []
      play(world, plan, () => frames.push(takeFrame(world, 0)))
      expect(visible(world)).toEqual(visible(straight))
      const chosen = shuffled(frames, seed).slice(0, 12)
      for (const frame of chosen) {
        const again = worldOf(frame)
        // Frames of the second life share with those of the first.
        play(again, plan, () => takeFrame(again, 0))
        expect(visible(again)).toEqual(visible(straight))
      }
    })

  test('and a frame equals the deep copy that was made with it, whatever happens later', () => {
    const plan = planOf(5)
    const world = bootCluster(FUZZ_START, 5, plan.cluster, ACTORS)
    const pairs: { frame: Frame; copy: World }[] = []
    play(world, plan, () => {
      const frame = takeFrame(world, 0)
      pairs.push({ frame, copy: structuredClone(frame.world) })
    })
    for (const { frame, copy } of pairs) {
      const log = { ...frame.world.log, entries: copy.log.entries }
      expect({ ...frame.world, log }).toEqual(copy)
    }
  })
})

describe('frames', () => {
  test('share what was not written since the one before', () => {
    const world = boot()
    const first = takeFrame(world, 0)
    const second = takeFrame(world, 0)
    expect(second.world.machines.slots).toBe(first.world.machines.slots)
    expect(second.world.store.kinds.get('Node')).toBe(first.world.store.kinds.get('Node'))
    machineOf(world, 'novacraft-worker').nextIp++
    const third = takeFrame(world, 0).world.machines.slots
    const before = first.world.machines.slots
    expect(third.get('novacraft-worker')).not.toBe(before.get('novacraft-worker'))
    expect(third.get('novacraft-worker2')).toBe(before.get('novacraft-worker2'))
  })

  test('cannot be written: a write into what they share throws where it happens', () => {
    const world = boot()
    const machine = machineOf(world, 'novacraft-worker')
    const rng = rngOf(world, 'kubelet/novacraft-worker')
    const nodes = world.store.kinds.get('Node')!
    takeFrame(world, 0)
    expect(() => machine.nextIp++).toThrow(TypeError)
    expect(() => machine.images.add('docker.io/library/other:latest')).toThrow('never written')
    expect(() => rng.state++).toThrow(TypeError)
    expect(() => nodes.delete('novacraft-worker')).toThrow('never written')
    machineOf(world, 'novacraft-worker').nextIp++
  })

  test('are left alone by trial writes, and so is the World itself', () => {
    const world = boot()
    const frame = takeFrame(world, 0)
    const trial = copyForWrites(world)
    const name = { kind: 'ConfigMap', apiVersion: 'v1' }
    perform(trial, { do: 'apply', object: { ...name, metadata: { name: 'a' } } })
    const mapsOf = ({ store }: World) => listObjects(store, 'ConfigMap', 'default').length
    expect(mapsOf(trial)).toBe(mapsOf(world) + 1)
    perform(world, { do: 'apply', object: { ...name, metadata: { name: 'b' } } })
    expect(mapsOf(trial)).toBe(mapsOf(world))
    expect(mapsOf(frame.world)).toBe(mapsOf(world) - 1)
  })
})

describe('a history', () => {
  test('takes frames at whole milliseconds, however long it is', () => {
    const world = boot()
    const history = createHistory(world, 0)
    for (let frame = 0; frame < 300; frame++) {
      expect(Number.isInteger(history.nextAt)).toBe(true)
      runUntil(world, ACTORS, addMs(history.nextAt, frame % 7))
      remember(history, world, 0)
    }
    expect(history.frames.length).toBeLessThanOrEqual(128)
    expect(history.frames[0]?.at).toBe(world.start)
  })

  test('takes them the denser the more happens', () => {
    const gapOf = (tasksASecond: number): number => {
      const world = boot()
      const history = createHistory(world, 0)
      for (let frame = 0; frame < 20; frame++) {
        const { nextAt } = history
        world.queue.nextSeq += Math.round(((nextAt - world.now) / SECOND_MS) * tasksASecond)
        world.now = nextAt
        remember(history, world, 0)
      }
      const [a, b] = history.frames.slice(-2)
      return b!.at - a!.at
    }
    expect(gapOf(20)).toBe(100 * SECOND_MS)
    expect(gapOf(200)).toBe(10 * SECOND_MS)
    expect(gapOf(1_000_000)).toBe(SECOND_MS)
    expect(gapOf(0)).toBe(6 * 3600 * SECOND_MS)
  })

  test('has ever sparser frames the longer ago they are, and never a long way to one', () => {
    const world = boot()
    const history = createHistory(world, 0)
    const began = world.queue.nextSeq
    for (let frame = 0; frame < 1_500; frame++) {
      world.queue.nextSeq += 2_000
      world.now = history.nextAt
      remember(history, world, 0)
    }
    const done = history.frames.map((frame) => frame.world.queue.nextSeq)
    expect(done.length).toBe(128)
    expect(done[0]).toBe(began)
    const now = done.at(-1)!
    for (let i = 1; i < done.length; i++) {
      const gap = done[i]! - done[i - 1]!
      expect(gap).toBeLessThanOrEqual(Math.max(2_000, (now - done[i - 1]!) / 10))
    }
    expect(now - done.at(-20)!).toBe(19 * 2_000)
  })

  test('keeps the store that a waiting command holds up to date', () => {
    const world = boot()
    const { store } = world
    takeFrame(world, 0)
    perform(world, { do: 'label', name: 'novacraft-worker', key: 'disk', value: 'ssd' })
    const [node] = listObjects(store, 'Node').filter(({ metadata }) => metadata.labels?.['disk'])
    expect(node?.metadata.name).toBe('novacraft-worker')
  })

  test('forgets a future that was left', () => {
    const world = boot()
    const history = createHistory(world, 0)
    const frameAt = (at: SimTime) => {
      runUntil(world, ACTORS, at)
      remember({ ...history, nextAt: at }, world, 0)
    }
    for (let minute = 1; minute <= 5; minute++) frameAt(addMs(world.start, minute * 60_000))
    forgetAfter(history, addMs(world.start, 150_000))
    expect(history.frames.map(({ at }) => at - world.start)).toEqual([0, 60_000, 120_000])
    expect(history.nextAt - world.start).toBe(180_000)
  })
})
