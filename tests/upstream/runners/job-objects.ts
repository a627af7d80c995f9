// Jobs and their Pods as the Job controller's rows write them, and a World to put them into.
import { parseTime } from '../../../src/base/time.ts'
import { jobController } from '../../../src/sim/actors/job/controller.ts'
import {
  INDEX_FAILURES_KEY,
  INDEX_IGNORED_KEY,
  INDEX_KEY,
  TRACKING_FINALIZER,
} from '../../../src/sim/actors/job/pods.ts'
import { bootCluster } from '../../../src/sim/boot.ts'
import { clusterConfig } from '../../../src/sim/cluster.ts'
import { putObject } from '../../../src/sim/store.ts'
import { type Json } from '../json.ts'

export const NOW = '2026-03-02T09:00:00Z'
export const ZERO = '0001-01-01T00:00:00Z'
export const UID = 'job-uid'
export const ACTORS = [jobController]

export function container(c: Json): Json {
  const ended = c.exitCode !== undefined || c.finishedAt !== undefined
  const state = ended
    ? {
        terminated: {
          exitCode: c.exitCode ?? 0,
          ...(c.finishedAt ? { finishedAt: c.finishedAt } : {}),
        },
      }
    : c.running
      ? { running: { startedAt: ZERO } }
      : {}
  return {
    name: c.name ?? '',
    state,
    lastState: {},
    ready: false,
    restartCount: c.restarts ?? 0,
    image: '',
    imageID: '',
  }
}
let counter = 0
/** Names of Pods count anew with each row. */
export function restartCount(): void {
  counter = 0
}
export function podOf(p: Json, owner: Json, i = counter++): Json {
  const annotations: Json = {
    ...(p.index === undefined ? {} : { [INDEX_KEY]: p.index }),
    ...(p.failures === undefined ? {} : { [INDEX_FAILURES_KEY]: p.failures }),
    ...(p.ignored === undefined ? {} : { [INDEX_IGNORED_KEY]: p.ignored }),
  }
  const conditions = [
    ...(p.ready ? [{ type: 'Ready', status: 'True', lastTransitionTime: ZERO }] : []),
    ...(p.conditions ?? []),
  ]
  const labels = p.labels === null ? undefined : (p.labels ?? { foo: 'bar' })
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: p.name ?? `pod-${i}`,
      namespace: p.namespace ?? 'default',
      uid: p.uid ?? `r-${i}`,
      resourceVersion: String(50 + (p.version ?? 0)),
      creationTimestamp: p.createdAt ?? ZERO,
      ...(labels ? { labels } : {}),
      ...(Object.keys(annotations).length ? { annotations } : {}),
      ...(owner ? { ownerReferences: [owner] } : {}),
      ...(p.tracked ? { finalizers: [TRACKING_FINALIZER] } : {}),
      ...(p.deletedAt ? { deletionTimestamp: p.deletedAt } : {}),
      ...(p.grace === undefined ? {} : { deletionGracePeriodSeconds: p.grace }),
    },
    spec: {
      containers: [{ name: 'c', image: 'foo/bar' }],
      ...(p.node ? { nodeName: p.node } : {}),
      ...(p.sidecars
        ? {
            initContainers: p.sidecars.map((name: string) => ({
              name,
              image: 'x',
              restartPolicy: 'Always',
            })),
          }
        : {}),
    },
    status: {
      ...(p.phase === undefined || p.phase === '' ? {} : { phase: p.phase }),
      ...(conditions.length ? { conditions } : {}),
      ...(p.containers ? { containerStatuses: p.containers.map(container) } : {}),
      ...(p.initContainers ? { initContainerStatuses: p.initContainers.map(container) } : {}),
    },
  }
}
export const refTo = (name = 'foobar', uid = UID) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  name,
  uid,
  controller: true,
  blockOwnerDeletion: true,
})
export function jobOf(j: Json, name = 'foobar', uid = UID): Json {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: j.name ?? name,
      namespace: j.namespace ?? 'default',
      uid: j.uid ?? uid,
      resourceVersion: '60',
      generation: 1,
      creationTimestamp: NOW,
      ...(j.deleting ? { deletionTimestamp: NOW, finalizers: ['foregroundDeletion'] } : {}),
    },
    spec: {
      ...(j.noSelector ? {} : { selector: { matchLabels: { foo: 'bar' } } }),
      template: {
        metadata: { labels: { foo: 'bar' } },
        spec: {
          containers: [{ name: 'c', image: 'foo/bar' }],
          ...(j.restartPolicy ? { restartPolicy: j.restartPolicy } : {}),
        },
      },
      ...j.spec,
    },
    status: withTimes(j.status ?? {}),
  }
}
export const withTimes = (status: Json) =>
  status.conditions
    ? {
        ...status,
        conditions: status.conditions.map((c: Json) => ({
          lastProbeTime: ZERO,
          lastTransitionTime: ZERO,
          ...c,
        })),
      }
    : status
export function boot(at = NOW): Json {
  return bootCluster(parseTime(at), 1, clusterConfig({}), ACTORS, true)
}
export function put(world: Json, object: Json): void {
  putObject(world.store, object)
}
export const bare = (conditions: Json[] = []) =>
  conditions.map(({ type, status, reason, message }) => ({ type, status, reason, message }))
export function plain(status: Json): Json {
  const u = status.uncountedTerminatedPods ?? {}
  return {
    active: status.active ?? 0,
    ready: status.ready ?? null,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    terminating: status.terminating ?? null,
    completedIndexes: status.completedIndexes ?? '',
    failedIndexes: status.failedIndexes ?? null,
    uncounted: { succeeded: u.succeeded ?? [], failed: u.failed ?? [] },
    conditions: bare(status.conditions),
    completed: status.completionTime !== undefined,
  }
}
export const intervals = (list: Json[]): { first: number; last: number }[] =>
  list.map(([first, last]) => ({ first, last }))
export const pairs = (list: Json) => list.map(({ first, last }: Json) => [first, last])
