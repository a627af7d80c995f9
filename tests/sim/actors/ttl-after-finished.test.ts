import { expect, test } from 'vitest'
import { formatTime } from '../../../src/base/time.ts'
import type { Job } from '../../../src/sim/api-types/batch.ts'
import { garbageCollector } from '../../../src/sim/actors/garbage-collector.ts'
import { ttlAfterFinished } from '../../../src/sim/actors/ttl-after-finished.ts'
import { job } from './job/objects.ts'
import { lab, type Lab } from './helpers.ts'

function finished(ttl: number | undefined, type: 'Complete' | 'FailureTarget'): Lab {
  const cluster = lab([ttlAfterFinished, garbageCollector])
  const { apiVersion, kind, spec } = job(ttl === undefined ? {} : { ttlSecondsAfterFinished: ttl })
  const made = cluster.create<Job>({ apiVersion, kind, metadata: { name: 'work' }, spec })
  const time = formatTime(cluster.world.now)
  const conditions = [{ type, status: 'True' as const, lastTransitionTime: time }]
  cluster.updateStatus({ ...made, status: { conditions } })
  return cluster
}

const exists = (cluster: Lab): boolean => cluster.find<Job>('Job', 'default/work') !== undefined

test('[TTL-1] a finished Job goes when its time to live is over', () => {
  const cluster = finished(10, 'Complete')
  expect(exists(cluster.run(9.9))).toBe(true)
  expect(exists(cluster.run(0.2))).toBe(false)
})

test('[TTL-1] a time to live of 0 is over at once', () => {
  expect(exists(finished(0, 'Complete').run(0.1))).toBe(false)
})

test('[TTL-1] a Job without one, or not really finished, stays', () => {
  expect(exists(finished(undefined, 'Complete').run(9000))).toBe(true)
  expect(exists(finished(10, 'FailureTarget').run(9000))).toBe(true)
})

test('[TTL-2] a later change of the time to live counts', () => {
  const cluster = finished(100, 'Complete').run(50)
  const live = cluster.get<Job>('Job', 'default/work')
  cluster.update({ ...live, spec: { ...live.spec, ttlSecondsAfterFinished: 60 } })
  expect(exists(cluster.run(9))).toBe(true)
  expect(exists(cluster.run(2))).toBe(false)
})
