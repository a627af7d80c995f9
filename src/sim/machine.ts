// The machines of the cluster and what their container runtimes hold: it outlives the kubelet. All
// of it is plain data in the World, mutated in place once it is the World's own; a view is
// immutable and may be shared.
import type { SimTime } from '../base/time.ts'
import { cloneContainer, type Container } from '../container/container.ts'
import { normaliseReference } from './images/reference.ts'
import type { Pod } from './api-types/pod.ts'
import type { NodeConfig } from './cluster.ts'
import { createShelf, nextShelf, ownSlot, putSlot, type Shelf, type Slot } from './shelf.ts'
import type { World } from './world.ts'

/** A container as the runtime reports it. */
export interface ContainerView {
  readonly id: string
  readonly name: string
  /** The restart count it was created with. */
  readonly attempt: number
  /** `docker.io/library/perl:latest`. */
  readonly image: string
  /** The image as the spec named it when the container was made. */
  readonly specImage: string
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
export interface RuntimePod extends Slot {
  pod: Pod
  sandbox: PodView['sandbox']
  ip: string
  /** Newest first. */
  containers: RuntimeContainer[]
}

export interface Machine extends Slot {
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
  /** By uid. */
  pods: Shelf<RuntimePod>
}

/** The first address of a node's range is its bridge. */
const FIRST_IP = 2
/** No two machines are equally quick: each next one is slower by this, up to a limit. */
const LAG_MS = 10
const LAG_MAX_MS = 63

/** The machine of that name, to be changed; the first question makes it, switched on now. */
export function machineOf(world: World, name: string): Machine {
  const { machines } = world
  return ownSlot(machines, name, copyMachine) ?? putSlot(machines, name, createMachine(world, name))
}

/** The machine if there is one, to be looked at only. */
export function findMachine({ machines }: World, name: string): Machine | undefined {
  return machines.slots.get(name)
}

/** Whether there is a machine of that name, on or off. */
export function hasMachine(world: World, name: string): boolean {
  const machine = findMachine(world, name)
  return machine !== undefined && !machine.isRemoved
}

/** A Pod in the runtime of a machine that may be changed, to be changed as well. */
export function runtimePodOf(machine: Machine, uid: string): RuntimePod | undefined {
  return ownSlot(machine.pods, uid, copyRuntimePod)
}

function createMachine({ cluster, machines, now }: World, name: string): Machine {
  return {
    epoch: 0,
    config: cluster.nodes.find((node) => node.name === name) ?? { name },
    isOn: true,
    isRemoved: false,
    lagMs: Math.min(LAG_MAX_MS, LAG_MS * machines.slots.size),
    onSince: now,
    offAt: 0 as SimTime,
    images: new Set(imagesOf(cluster, name).map(normaliseReference)),
    pullsUntil: 0 as SimTime,
    nextIp: FIRST_IP,
    pods: createShelf(),
  }
}

/** A node may be called `constructor`. */
function imagesOf({ presentImages }: World['cluster'], name: string): readonly string[] {
  return Object.hasOwn(presentImages, name) ? (presentImages[name] ?? []) : []
}

function copyMachine(machine: Machine): Machine {
  return { ...machine, images: new Set(machine.images), pods: nextShelf(machine.pods) }
}

function copyRuntimePod(runtimePod: RuntimePod): RuntimePod {
  return { ...runtimePod, containers: runtimePod.containers.map(copyContainer) }
}

/** A process that has ended changes no more. */
function copyContainer({ view, process }: RuntimeContainer): RuntimeContainer {
  const isOver = process === undefined || process.exited !== undefined
  return { view, process: isOver ? process : cloneContainer(process) }
}
