// A small cluster in code: boot it with the actors under test, write objects, let time pass.
import { addMs, formatTime, parseTime } from '../../../src/base/time.ts'
import type { Actor } from '../../../src/sim/actor.ts'
import {
  createObject,
  deleteObject,
  updateObject,
  updateStatus,
  type Submitted,
} from '../../../src/sim/api.ts'
import { bootCluster } from '../../../src/sim/boot.ts'
import { clusterConfig, type ClusterConfig } from '../../../src/sim/cluster.ts'
import type { KubeEvent } from '../../../src/sim/api-types/core.ts'
import type { Condition, KubeObject } from '../../../src/sim/api-types/meta.ts'
import type { Container, Pod, PodSpec, PodStatus } from '../../../src/sim/api-types/pod.ts'
import { getObject, listObjects } from '../../../src/sim/store.ts'
import { deliver, runUntil, type World } from '../../../src/sim/world.ts'

export const START = parseTime('2026-03-02T09:00:00Z')
export const USER = { actor: 'user', causes: [] }

export interface Lab {
  readonly world: World
  /** Lets time pass, in seconds. */
  run: (seconds: number) => Lab
  create: <T extends KubeObject>(object: Submitted) => T
  update: <T extends KubeObject>(object: T) => T
  updateStatus: <T extends KubeObject>(object: T) => T
  remove: (kind: string, key: string, options?: Parameters<typeof deleteObject>[4]) => void
  get: <T extends KubeObject>(kind: T['kind'], key: string) => T
  find: <T extends KubeObject>(kind: T['kind'], key: string) => T | undefined
  list: <T extends KubeObject>(kind: T['kind']) => T[]
  /** `Normal Scheduled Pod/x: message`, oldest first. */
  events: () => string[]
}

export function lab(actors: readonly Actor[], cluster: Partial<ClusterConfig> = {}, seed = 1): Lab {
  const world = bootCluster(START, seed, clusterConfig(cluster), actors)
  const done = <T>(value: T): T => {
    deliver(world, actors)
    return value
  }
  const self: Lab = {
    world,
    run: (seconds) => {
      runUntil(world, actors, addMs(world.now, seconds * 1000))
      return self
    },
    create: (object) => done(createObject(world, USER, object)),
    update: (object) => done(updateObject(world, USER, object)),
    updateStatus: (object) => done(updateStatus(world, USER, object)),
    remove: (kind, key, options) => {
      done(deleteObject(world, USER, kind, key, options))
    },
    get: <T extends KubeObject>(kind: T['kind'], key: string) => {
      const object = getObject<T>(world.store, kind, key)
      if (object === undefined) throw new Error(`no ${kind} ${key}`)
      return object
    },
    find: (kind, key) => getObject(world.store, kind, key),
    list: (kind) => listObjects(world.store, kind),
    events: () =>
      listObjects<KubeEvent>(world.store, 'Event').map(
        ({ type, reason, involvedObject: about, message }) =>
          `${type} ${reason} ${about.kind}/${about.name}: ${message}`,
      ),
  }
  return self
}

/** A Pod of one container. */
export function pod(
  name: string,
  spec: Partial<PodSpec> = {},
  container: Partial<Container> = {},
): Submitted {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'main', image: 'busybox', ...container }], ...spec },
  }
}

/** The node each Pod is bound to, '' when none, by Pod name. */
export function nodesOf(cluster: Lab): Record<string, string> {
  const pods = cluster.list<Pod>('Pod')
  return Object.fromEntries(pods.map((p) => [p.metadata.name, p.spec.nodeName ?? '']))
}

/** Does a kubelet's part at once: bound Pods run and are ready, deleted ones end and go. */
export function settlePods(cluster: Lab): void {
  const now = formatTime(cluster.world.now)
  for (const pod of cluster.list<Pod>('Pod')) {
    const key = `${pod.metadata.namespace}/${pod.metadata.name}`
    if (pod.metadata.deletionTimestamp !== undefined)
      cluster.remove('Pod', key, { gracePeriodSeconds: 0 })
    else if (pod.spec.nodeName && pod.status.phase === 'Pending')
      setStatus(cluster, key, { phase: 'Running', conditions: [readyCondition(now)] })
  }
}

/** Writes the status of a Pod as its kubelet would. */
export function setStatus(cluster: Lab, key: string, status: Partial<PodStatus>): void {
  const pod = cluster.get<Pod>('Pod', key)
  cluster.updateStatus({ ...pod, status: { ...pod.status, ...status } })
}

export function readyCondition(now: string, status: 'True' | 'False' = 'True'): Condition {
  return { type: 'Ready', status, lastProbeTime: null, lastTransitionTime: now }
}
