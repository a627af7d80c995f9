// What a kubelet remembers and loses when its process ends; what its machine holds is in
// sim/machine.ts. Plain data, mutated in place. A worker is looked up for each wake-up: after a
// frame it is another object.
import { forkRng, randomInt } from '../../../base/rng.ts'
import type { SimTime } from '../../../base/time.ts'
import type { Ctx } from '../../actor.ts'
import type { Pod, PodStatus } from '../../api-types/pod.ts'
import { machineOf, type Machine, type PodView } from '../../machine.ts'
import { actorMemory } from '../../memory.ts'
import { createShelf, nextShelf, ownSlot, type Shelf, type Slot } from '../../shelf.ts'
import type { Backoff } from './backoff.ts'
import { copyOperation, type PodOperation, type StartFailure } from './pod-operation.ts'
import type { ProbeWorker } from './probe-state.ts'

/** Where a Pod is in its life with this kubelet (pod_workers.go PodWorkerState). */
type Stage = 'syncing' | 'terminating' | 'terminated' | 'finished'

/** The pod worker and everything else the kubelet knows of one Pod. */
export interface Worker extends Slot {
  uid: string
  key: string
  /** The Pod as the API server last reported it. */
  pod: Pod
  stage: Stage
  /** An update is there that no sync has taken yet. */
  pending: boolean
  working: boolean
  /** A sync has begun and waits for a runtime status newer than the last sync. */
  waiting: boolean
  lastSyncAt: SimTime
  /** When the worker continues by itself. */
  resumeAt: SimTime | undefined
  /** When the work queue asks for another sync. */
  dueAt: SimTime | undefined
  operation: PodOperation | undefined
  /** Seconds; 0: not given yet. */
  graceSeconds: number
  /** The Pod is gone from the API server. */
  isRemoved: boolean
  /** What the last relist saw, by container id; the sandbox counts as one. */
  seen: Map<string, string>
  cache: PodView | undefined
  observedAt: SimTime
  isDirty: boolean
  /** The status manager's copy. */
  status: PodStatus | undefined
  failures: Map<string, StartFailure>
  probes: ProbeWorker[]
}

interface KubeletState {
  /** Before this it has not read its Pods yet: it was started a moment ago. */
  podsFrom: SimTime
  relistPhaseMs: number
  syncPhaseMs: number
  /** By uid. */
  workers: Shelf<Worker>
  restarts: Backoff
  pulls: Backoff
  pullErrors: Map<string, string>
}

/** Everything a step of the kubelet works on. */
export interface Kubelet {
  readonly ctx: Ctx
  readonly state: KubeletState
  readonly machine: Machine
}

const NEVER = 0 as SimTime
export function kubeletOf(ctx: Ctx): Kubelet {
  return { ctx, state: memory.of(ctx), machine: machineOf(ctx.world, ctx.instance) }
}

/** The worker of a Pod, to be changed. */
export function workerOf({ state }: Kubelet, uid: string): Worker | undefined {
  return ownSlot(state.workers, uid, copyWorker)
}

const memory = actorMemory<KubeletState>('kubelet', { initial: createState, copy: copyState })

/** Entries of back-offs are replaced, never changed. */
function copyState(state: KubeletState): KubeletState {
  return {
    ...state,
    workers: nextShelf(state.workers),
    restarts: new Map(state.restarts),
    pulls: new Map(state.pulls),
    pullErrors: new Map(state.pullErrors),
  }
}

/** What is seen, cached and reported is replaced as a whole. */
function copyWorker(worker: Worker): Worker {
  const { operation, failures, probes } = worker
  return {
    ...worker,
    operation: operation && copyOperation(operation),
    failures: new Map(failures),
    probes: probes.map((probe) => ({ ...probe })),
  }
}

function createState(ctx: Ctx): KubeletState {
  const rng = forkRng(ctx.world.seed, `${ctx.actor}/beats`)
  return {
    podsFrom: NEVER,
    relistPhaseMs: randomInt(rng, 1000),
    syncPhaseMs: randomInt(rng, 1000),
    workers: createShelf(),
    restarts: new Map(),
    pulls: new Map(),
    pullErrors: new Map(),
  }
}

export function createWorker(pod: Pod, key: string): Worker {
  return {
    epoch: 0,
    uid: pod.metadata.uid,
    key,
    pod,
    stage: 'syncing',
    pending: false,
    working: false,
    waiting: false,
    lastSyncAt: NEVER,
    resumeAt: undefined,
    dueAt: undefined,
    operation: undefined,
    graceSeconds: 0,
    isRemoved: false,
    seen: new Map(),
    cache: undefined,
    observedAt: NEVER,
    isDirty: false,
    status: undefined,
    failures: new Map(),
    probes: [],
  }
}
