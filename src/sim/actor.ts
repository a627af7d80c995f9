// An actor is a process of the cluster. It is woken by keys, reads the live store, writes through
// the API, and may ask to be woken later. What it must remember between wake-ups is plain data in
// the World (memory.ts), so that a remembered World continues exactly.
import type { Rng } from '../base/rng.ts'
import type { SimTime } from '../base/time.ts'
import type { KubeObject } from './api-types/meta.ts'
import type { By } from './api.ts'
import type { World } from './world.ts'

/** Which component runs the actor: what `lab … stop` stops. */
type Component = 'kube-controller-manager' | 'kube-scheduler' | 'kube-apiserver' | 'kubelet'

/** A change as a watch delivers it. `before` is absent on creation, `after` on removal. */
export interface Change {
  readonly kind: string
  readonly before: KubeObject | undefined
  readonly after: KubeObject | undefined
}

/** A wake-up that a change asks for. */
export interface Wake {
  /** Which of the actor's tasks; SYNC unless given. */
  task?: string
  key: string
  /** Delay in milliseconds; default WATCH_DELAY_MS. */
  afterMs?: number
  /** For an actor with instances (kubelets): which one. */
  instance?: string
}

/** How long a change takes from the API server to a watcher. A few milliseconds, as recorded. */
export const WATCH_DELAY_MS = 2

/** Handles one key to its end. An ApiError is retried with back-off. */
export type TaskHandler = (ctx: Ctx, key: string) => void

/** The task that brings the world to what an object says. */
export const SYNC = 'sync'

/** A delay for each task and key that doubles with every failure in a row. */
interface RetryPolicy {
  readonly baseMs: number
  readonly maxMs: number
}

/** client-go util/workqueue default_rate_limiters.go: 5 ms doubling to 1000 s. */
export const DEFAULT_RETRY: RetryPolicy = { baseMs: 5, maxMs: 1_000_000 }

export interface Actor {
  /** `job-controller`; with instances `kubelet`, whose tasks name `kubelet/NODE`. */
  readonly name: string
  readonly component: Component
  /** By kind: the wake-ups a change asks for. Pure; reads the World only to resolve owners. */
  readonly watches: Readonly<Record<string, (change: Change, world: World) => readonly Wake[]>>
  /** What it can be woken for, by name. Most have one, SYNC. */
  readonly tasks: Readonly<Record<string, TaskHandler>>
  /** How a task is repeated after an ApiError; DEFAULT_RETRY unless given. */
  readonly retry?: RetryPolicy
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
