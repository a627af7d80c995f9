// An actor is a process of the cluster. It is woken by keys, reads the live store, writes through
// the API, and may ask to be woken later. What it must remember between wake-ups is plain data in
// the World (memory.ts), so that a remembered World continues exactly.
import type { Rng } from '../base/rng.ts'
import type { SimTime } from '../base/time.ts'
import type { KubeObject } from './api-types/meta.ts'
import type { By } from './api.ts'
import type { World } from './world.ts'

/** Which component runs the actor: what `lab … stop` stops. */
export type Component = 'kube-controller-manager' | 'kube-scheduler' | 'kube-apiserver' | 'kubelet'

/** A change as a watch delivers it. `before` is absent on creation, `after` on removal. */
export interface Change {
  readonly kind: string
  readonly before: KubeObject | undefined
  readonly after: KubeObject | undefined
}

/** A wake-up that a change asks for. */
export interface Wake {
  key: string
  /** Delay in milliseconds; default WATCH_DELAY_MS. */
  afterMs?: number
  /** For an actor with instances (kubelets): which one. */
  instance?: string
}

/** How long a change takes from the API server to a watcher. A few milliseconds, as recorded. */
export const WATCH_DELAY_MS = 2

export interface Actor {
  /** `job-controller`; with instances `kubelet`, whose tasks name `kubelet/NODE`. */
  readonly name: string
  readonly component: Component
  /** By kind: the wake-ups a change asks for. Pure; reads the World only to resolve owners. */
  readonly watches: Readonly<Record<string, (change: Change, world: World) => readonly Wake[]>>
  /** Handles one key to its end. An ApiError is retried with back-off. */
  readonly sync: (ctx: Ctx, key: string) => void
  /**
   * Called when the component starts: at the birth of the cluster and after `lab … start`. Existing
   * objects are delivered as creations afterwards, as an informer's first list does.
   */
  readonly start?: (ctx: Ctx) => void
}

/** What an actor is given for one wake-up. */
export interface Ctx {
  readonly world: World
  readonly now: SimTime
  /** `kubelet/novacraft-worker` or `job-controller`. */
  readonly actor: string
  /** `novacraft-worker`; '' for an actor without instances. */
  readonly instance: string
  /** Who writes, and because of what: pass it to api.ts. */
  readonly by: By
  /** This actor's own random stream. */
  readonly rng: Rng
}

/** The part of an actor's name before the slash: its type in the registry. */
export function actorType(name: string): string {
  const slash = name.indexOf('/')
  return slash < 0 ? name : name.slice(0, slash)
}

/** The part of an actor's name after the slash. */
export function actorInstance(name: string): string {
  const slash = name.indexOf('/')
  return slash < 0 ? '' : name.slice(slash + 1)
}
