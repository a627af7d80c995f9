// The birth of a cluster, and switching its parts off and on. What exists at the start is written
// through the API like everything else, so that it is in the log.
import { addMs, SECOND_MS, type SimTime } from '../base/time.ts'
import type { Actor } from './actor.ts'
import type { Namespace, ServiceAccount } from './api-types/core.ts'
import { createObject, type By } from './api.ts'
import type { ClusterConfig } from './cluster.ts'
import { forgetMemory } from './memory.ts'
import { namespace as namespaceKind } from './kinds/namespace.ts'
import { serviceAccount } from './kinds/serviceaccount.ts'
import { createNode } from './node-object.ts'
import { switchOff, switchOn } from './outages.ts'
import { cancelActor } from './queue.ts'
import { createWorld, ctxOf, deliver, deliverTo, runUntil, type World } from './world.ts'

const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']
const BOOT: By = { actor: 'kubeadm', causes: [] }
/** The cluster exists this long before the session begins, so that everything has settled. */
const SETTLE_MS = 600 * SECOND_MS

/** A running cluster at `start`: nodes Ready, namespaces and accounts there, nothing pending. */
export function bootCluster(
  start: SimTime,
  seed: number,
  cluster: ClusterConfig,
  actors: readonly Actor[],
  freezes = true,
): World {
  const world = createWorld(addMs(start, -SETTLE_MS), seed, cluster, freezes)
  for (const name of SYSTEM_NAMESPACES) {
    createObject<Namespace>(world, BOOT, namespaceManifest(name))
    createObject<ServiceAccount>(world, BOOT, accountManifest(name))
  }
  for (const [index, node] of cluster.nodes.entries())
    createNode(world, BOOT, node, { ready: true, cidr: index })
  for (const actor of actors) startActor(world, actor)
  deliver(world, actors)
  runUntil(world, actors, start)
  return { ...world, start }
}

/** Starts an actor: its `start`, then every existing object as if just created. */
function startActor(world: World, actor: Actor, instance = ''): void {
  const name = instance === '' ? actor.name : `${actor.name}/${instance}`
  actor.start?.(ctxOf(world, name, []))
  for (const kind of Object.keys(actor.watches)) {
    for (const object of world.store.kinds.get(kind)?.values() ?? [])
      deliverTo(world, actor, { kind, before: undefined, after: object }, [])
  }
}

/**
 * Switches a component (`kube-scheduler`, `kube-controller-manager`) off: its pending work and its
 * memory are gone, as when the process is killed.
 */
export function stopComponent(world: World, actors: readonly Actor[], component: string): void {
  switchOff(world, component)
  const names = new Set(actors.filter((a) => a.component === component).map((a) => a.name))
  cancelActor(world.queue, (actor) => names.has(actor))
  for (const name of names) forgetMemory(world, name)
}

/** Switches a component on again: it lists everything again. */
export function startComponent(world: World, actors: readonly Actor[], component: string): void {
  if (!switchOn(world, component)) return
  for (const actor of actors) if (actor.component === component) startActor(world, actor)
}

export function namespaceManifest(name: string) {
  return {
    apiVersion: 'v1',
    kind: namespaceKind.kind,
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }
}

export function accountManifest(namespace: string) {
  return {
    apiVersion: 'v1',
    kind: serviceAccount.kind,
    metadata: { name: 'default', namespace },
  }
}
