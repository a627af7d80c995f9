// The rows of the Job controller's pure functions: indexes, back-offs, policies, order of removal.
import { addMs, parseTime } from '../../../src/base/time.ts'
import {
  nextRecord,
  remainingForIndexMs,
  remainingMs,
} from '../../../src/sim/actors/job/backoff.ts'
import { matchFailurePolicy } from '../../../src/sim/actors/job/failure-policy.ts'
import {
  delayedPods,
  failedIndexes,
  pendingIndexes,
  splitSurplus,
  succeededIndexes,
} from '../../../src/sim/actors/job/indexes.ts'
import { includesIndex, parseIntervals } from '../../../src/sim/actors/job/intervals.ts'
import { finishedCondition } from '../../../src/sim/actors/job/outcome.ts'
import { planPods } from '../../../src/sim/actors/job/plan.ts'
import { namePrefix, podOfJob } from '../../../src/sim/actors/job/pod-template.ts'
import {
  INDEX_FAILURES_KEY,
  INDEX_IGNORED_KEY,
  INDEX_KEY,
  finishTime,
  indexFailures,
  isActive,
  isTerminating,
} from '../../../src/sim/actors/job/pods.ts'
import { matchSuccessPolicy } from '../../../src/sim/actors/job/success-policy.ts'
import { byRemoval } from '../../../src/sim/actors/job/victims.ts'
import { viewJob } from '../../../src/sim/actors/job/view.ts'
import { withCondition } from '../../../src/sim/lib/conditions.ts'
import { type Json } from '../json.ts'
import { NOW, bare, intervals, jobOf, pairs, podOf, refTo } from './job-objects.ts'

/** By form of row: what the simulation does, in the words of the row's `expect`. */
export const JOB_PART_RUNS: Readonly<Record<string, (given: Json, expect: Json) => Json>> = {
  sort(given, expect) {
    const pods = given.pods.map((p: Json) => podOf(p, refTo()))
    for (let turn = 0; turn < pods.length; turn++) {
      for (const list of [
        [...pods.slice(turn), ...pods.slice(0, turn)],
        [...pods.slice(turn), ...pods.slice(0, turn)].reverse(),
      ]) {
        const order = list.sort(byRemoval).map((p: Json) => p.metadata.name)
        if (JSON.stringify(order) !== JSON.stringify(expect.order)) return { order }
      }
    }
    return { order: expect.order }
  },
  filter: (given) => ({
    names: given.pods
      .map((p: Json) => podOf(p, refTo()))
      .filter(given.what === 'active' ? isActive : isTerminating)
      .map((p: Json) => p.metadata.name),
  }),
  finished: (given) => ({
    type: finishedCondition(jobOf({ status: { conditions: given.conditions } }))?.type ?? null,
  }),
  condition(given) {
    const list = withCondition(given.have, given.wanted)
    return { list: bare([...list]), updated: list !== given.have }
  },
  creation(given) {
    const n = Math.max(...given.indexes) + 1
    const job = jobOf({
      spec: {
        completionMode: 'Indexed',
        parallelism: n,
        completions: n,
        backoffLimit: 2147483647,
        backoffLimitPerIndex: 10,
      },
    })
    const others = Array.from({ length: n }, (_, i) => i).filter((i) => !given.indexes.includes(i))
    const delayed = new Map(
      Object.entries(given.delayed).map(([i, p]: Json) => [
        Number(i),
        podOf({ index: i, tracked: true, ...p }, refTo()),
      ]),
    )
    const view = viewJob(job, [], { failures: 0, lastFailureAt: undefined }, parseTime(given.now))
    const plan: Json = planPods({
      ...view,
      succeeded: others.length,
      succeededIndexes: parseIntervals(others.join(','), n),
      failedIndexes: [],
      delayed,
    } as Json)
    return plan.kind === 'create' ? { create: plan.indexes } : { waitMs: plan.ms }
  },
  succeededIndexes(given) {
    const job = jobOf({
      spec: { completionMode: 'Indexed', completions: given.completions },
      status: { completedIndexes: given.previous },
    })
    const previous = parseIntervals(given.previous, given.completions)
    return {
      status: pairs(previous),
      all: pairs(
        succeededIndexes(
          job,
          given.pods.map((p: Json) => podOf(p, refTo())),
          previous,
        ),
      ),
    }
  },
  failedIndexes(given) {
    const job = jobOf({
      spec: { completionMode: 'Indexed', ...given.spec },
      status: given.previous === undefined ? {} : { failedIndexes: given.previous },
    })
    return {
      all: pairs(
        failedIndexes(
          job,
          given.pods.map((p: Json) => podOf(p, refTo())),
        ),
      ),
    }
  },
  delayed(given) {
    const job = jobOf({ spec: { completionMode: 'Indexed', ...given.spec } })
    const pods = given.pods.map((p: Json) => podOf(p, refTo()))
    const map = delayedPods(
      job,
      pods,
      pods.filter(isActive),
      succeededIndexes(job, pods, []),
      failedIndexes(job, pods),
    )
    return { uids: [...map.values()].map((p: Json) => p.metadata.uid).sort() }
  },
  newCounts(given) {
    const job = jobOf({
      spec: {
        completionMode: 'Indexed',
        completions: 5,
        backoffLimitPerIndex: 9,
        ...(given.rules ? { podFailurePolicy: { rules: given.rules } } : {}),
      },
    })
    const pod: Json = podOfJob(job, 0, given.replaced ? podOf(given.replaced, refTo()) : undefined)
    return {
      failures: pod.metadata.annotations[INDEX_FAILURES_KEY],
      ignored: pod.metadata.annotations[INDEX_IGNORED_KEY] ?? null,
    }
  },
  has: (given) => ({ has: includesIndex(intervals(given.intervals), given.index) }),
  pending(given) {
    const job = jobOf({
      spec: { completionMode: 'Indexed', completions: given.completions, parallelism: 1 },
    })
    const active = given.active.map((p: Json) => podOf(p, refTo()))
    return {
      indexes: pendingIndexes(
        job,
        active,
        active,
        intervals(given.succeeded),
        given.failed ? intervals(given.failed) : undefined,
        given.count,
      ),
    }
  },
  duplicates(given) {
    const job = jobOf({ spec: { completionMode: 'Indexed', completions: given.completions } })
    const { surplus, rest } = splitSurplus(
      job,
      given.pods.map((p: Json) => podOf(p, refTo())),
    )
    // upstream's order within the list is that of its sort; here only which Pods matters
    const say = (list: Json[]) =>
      list.map((p) => [p.metadata.annotations?.[INDEX_KEY] ?? '-', p.status.phase])
    return { remove: say(surplus), keep: say(rest) }
  },
  prefix: (given) => ({ prefix: namePrefix(given.job, given.index) }),
  failureCount: (given) => ({
    count: indexFailures(
      podOf(given.value === null ? {} : { failures: given.value }, refTo()),
      false,
    ),
  }),
  record(given) {
    const make = (at: string) => podOf({ containers: [{ finishedAt: at }] }, refTo())
    const { failures, lastFailureAt } = nextRecord(
      {
        failures: given.old.failures,
        lastFailureAt:
          given.old.lastFailureAt === null ? undefined : parseTime(given.old.lastFailureAt),
      },
      given.succeeded.map(make),
      given.failed.map(make),
    )
    return {
      failures,
      lastFailureAt: lastFailureAt === undefined ? null : new Date(lastFailureAt).toISOString(),
    }
  },
  finish: (given) => ({ at: new Date(finishTime(podOf(given.pod, refTo()))).toISOString() }),
  remaining: (given) => ({
    ms: remainingMs(
      {
        failures: given.failures,
        lastFailureAt: given.sinceMs === null ? undefined : parseTime(NOW),
      },
      addMs(parseTime(NOW), given.sinceMs ?? 0),
    ),
  }),
  remainingIndex: (given) => ({
    ms: remainingForIndexMs(
      given.pod ? podOf(given.pod, refTo()) : undefined,
      parseTime(given.now),
    ),
  }),
  failurePolicy(given) {
    const { action, counts, message } = matchFailurePolicy(
      given.rules ? { rules: given.rules } : undefined,
      podOf(given.pod, refTo()),
    )
    return { message: message ?? null, counts, action: action ?? null }
  },
  successPolicy: (given) => ({
    message:
      matchSuccessPolicy(
        given.rules ? { rules: given.rules } : undefined,
        given.completions,
        intervals(given.succeeded),
      ) ?? null,
  }),
}
