// The little there is of a kubeconfig: one cluster, one context, and its namespace, which
// `kubectl config set-context` changes. It is kept in the World, so that a replay knows it too.
import type { World } from '../sim/world.ts'

export const CONTEXT_NAME = 'novacraft'
/** Where the API server would be. */
const SERVER = 'https://127.0.0.1:6443'

/** The namespace of the current context; `default` unless it was set. */
export function contextNamespace(world: World): string {
  return world.kubeconfig?.namespace || 'default'
}

/** The namespace as it was set; '' when it never was. */
export function configuredNamespace(world: World): string {
  return world.kubeconfig?.namespace ?? ''
}

export function setContextNamespace(world: World, namespace: string): void {
  world.kubeconfig = { ...world.kubeconfig, namespace }
}

/** The address of the API server. */
export function serverOf(world: World): string {
  return world.kubeconfig?.server ?? SERVER
}

/** Tells of a server that clients outside the lab can reach. */
export function setServer(world: World, server: string): void {
  world.kubeconfig = { namespace: configuredNamespace(world), server }
}
