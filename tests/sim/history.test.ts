import { expect, test } from 'vitest'
import { addMs, parseTime } from '../../src/base/time.ts'
import { ACTORS } from '../../src/sim/actors/index.ts'
import { bootCluster } from '../../src/sim/boot.ts'
import { clusterConfig } from '../../src/sim/cluster.ts'
import {
  createHistory,
  forgetAfter,
  frameBefore,
  remember,
  worldOf,
} from '../../src/sim/history.ts'
import { runUntil } from '../../src/sim/world.ts'

function boot() {
  return bootCluster(parseTime('2026-03-02T09:00:00Z'), 1, clusterConfig({}), ACTORS)
}

test('frames are taken at whole milliseconds, however long the history', () => {
  const world = boot()
  const history = createHistory(world, 0)
  for (let frame = 0; frame < 300; frame++) {
    expect(Number.isInteger(history.nextAt)).toBe(true)
    runUntil(world, ACTORS, addMs(history.nextAt, frame % 7))
    remember(history, world, 0)
  }
  expect(history.frames.length).toBeLessThanOrEqual(64)
  expect(history.frames[0]?.at).toBe(world.start)
})

test('what continues from a frame becomes what the world became', () => {
  const world = boot()
  const history = createHistory(world, 0)
  const until = addMs(world.now, 600_000)
  runUntil(world, ACTORS, until)
  const again = worldOf(frameBefore(history, until))
  expect(again.now).toBe(world.start)
  runUntil(again, ACTORS, until)
  expect(again.log.entries).toEqual(world.log.entries)
  expect(again.store).toEqual(world.store)
})

test('a future that was left is forgotten', () => {
  const world = boot()
  const history = createHistory(world, 0)
  for (let minute = 1; minute <= 5; minute++) {
    runUntil(world, ACTORS, addMs(world.start, minute * 60_000))
    remember(history, world, 0)
  }
  forgetAfter(history, addMs(world.start, 150_000))
  expect(history.frames.map(({ at }) => at - world.start)).toEqual([0, 60_000, 120_000])
  expect(history.nextAt - world.start).toBe(180_000)
})
