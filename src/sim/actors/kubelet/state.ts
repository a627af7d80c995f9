// What a node remembers. The machine holds what the container runtime knows and survives its
// kubelet; the kubelet holds what is lost when its process ends. Both are plain data, mutated in
// place; a view is immutable and may be shared.
import { forkRng, randomInt } from '../../../base/rng.ts'
import type { SimTime } from '../../../base/time.ts'
import { memoryOf, type Ctx } from '../../actor.ts'
import type { Pod, PodStatus } from '../../api-types/pod.ts'
import type { NodeConfig } from '../../cluster.ts'
import type { Container } from '../../../container/container.ts'
import { normaliseReference } from '../../images/reference.ts'
import type { World } from '../../world.ts'
import type { Backoff } from './backoff.ts'
import type { ProbeWorker } from './probe-state.ts'
import type { PodOperation } from './pod-operation.ts'
import { LAG_MAX_MS, LAG_MS } from './timing.ts'

/** A container as the runtime reports it. */
export interface ContainerView {
  readonly id: string
  readonly name: string
  /** The restart count it was created with. */
  readonly attempt: number
  /** `docker.io/library/perl:latest`. */
  readonly image: string
  readonly imageId: string
  readonly state: 'created' | 'running' | 'exited'
  readonly startedAt: SimTime
  readonly finishedAt: SimTime
  readonly exitCode: number
  readonly reason: string
  readonly message: string
}

/** A Pod as the runtime reports it; what the kubelet's cache holds. */
export interface PodView {
  readonly sandbox:
    { readonly id: string; readonly ready: boolean; readonly attempt: number } | undefined
  readonly ip: string
  /** Newest first. */
  readonly containers: readonly ContainerView[]
}

export interface RuntimeContainer {
  view: ContainerView
  process: Container | undefined
}

/** A Pod in the runtime. `pod` is the object it was made from: an orphan is ended by it. */
export interface RuntimePod {
  pod: Pod
  sandbox: PodView['sandbox']
  ip: string
  /** Newest first. */
  containers: RuntimeContainer[]
}

export interface Machine {
  /** What its kubelet registers it as. */
  config: NodeConfig
  isOn: boolean
  /** Taken away for good; a new one may get its name. */
  isRemoved: boolean
  /** How much later than the quickest machine it notices things, in milliseconds. */
  lagMs: number
  /** Since when the kubelet renews its lease. */
  onSince: SimTime
  /** When it was switched off; meaningless while on. */
  offAt: SimTime
  /** Normalised references of the images that are here. */
  images: Set<string>
  /** When the registry connection is free again, if pulls are serialized. */
  pullsUntil: SimTime
  nextIp: number
  pods: Map<string, RuntimePod>
}

/** Where a Pod is in its life with this kubelet (pod_workers.go PodWorkerState). */
export type Stage = 'syncing' | 'terminating' | 'terminated' | 'finished'

/** Why a container could not be started, as its waiting state shows it. */
export interface StartFailure {
  reason: string
  message: string
}

/** The pod worker and everything else the kubelet knows of one Pod. */
export interface Worker {
  uid: string
  key: string
  /** The Pod as the API server last told. */
  pod: Pod
  stage: Stage
  /** An update is there that no sync has taken yet. */
  pending: boolean
  working: boolean
  /** A sync has begun and waits for a runtime status newer than the last sync. */
  waiting: boolean
  lastSyncAt: SimTime
  /** When the worker goes on by itself. */
  resumeAt: SimTime | undefined
  /** When the work queue asks for another sync. */
  dueAt: SimTime | undefined
  run: PodOperation | undefined
  /** Seconds; 0: not told yet. */
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

export interface KubeletState {
  /** Before this it has not read its Pods yet: it was started a moment ago. */
  podsFrom: SimTime
  relistPhaseMs: number
  syncPhaseMs: number
  workers: Map<string, Worker>
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
/** The first address of a node's range is its bridge. */
const FIRST_IP = 2

export function kubeletOf(ctx: Ctx): Kubelet {
  const state = memoryOf(ctx, () => createState(ctx))
  return { ctx, state, machine: machineOf(ctx.world, ctx.instance) }
}

function createState(ctx: Ctx): KubeletState {
  const rng = forkRng(ctx.world.seed, `${ctx.actor}/beats`)
  return {
    podsFrom: NEVER,
    relistPhaseMs: randomInt(rng, 1000),
    syncPhaseMs: randomInt(rng, 1000),
    workers: new Map(),
    restarts: new Map(),
    pulls: new Map(),
    pullErrors: new Map(),
  }
}

/** The machine of that name; the first question makes it, switched on now. */
export function machineOf(world: World, name: string): Machine {
  const key = `machine/${name}`
  const known = world.memory.get(key) as Machine | undefined
  if (known !== undefined) return known
  const fresh: Machine = {
    config: world.cluster.nodes.find((node) => node.name === name) ?? { name },
    isOn: true,
    isRemoved: false,
    lagMs: Math.min(LAG_MAX_MS, LAG_MS * countMachines(world)),
    onSince: world.now,
    offAt: NEVER,
    images: new Set((world.cluster.presentImages[name] ?? []).map(normaliseReference)),
    pullsUntil: NEVER,
    nextIp: FIRST_IP,
    pods: new Map(),
  }
  world.memory.set(key, fresh)
  return fresh
}

function countMachines({ memory }: World): number {
  let count = 0
  for (const key of memory.keys()) if (key.startsWith('machine/')) count++
  return count
}

/** The machine if there is one. */
export function findMachine(world: World, name: string): Machine | undefined {
  return world.memory.get(`machine/${name}`) as Machine | undefined
}

export function createWorker(pod: Pod, key: string): Worker {
  return {
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
    run: undefined,
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
