// What a kubelet does for its Node: the lease it renews, the status and events when it starts.
// Nothing here ticks: the time of the last renewal is computed when someone asks.
import { addMs, formatTime, type SimTime } from '../../../base/time.ts'
import type { Ctx } from '../../actor.ts'
import type { Node } from '../../api-types/core.ts'
import { updateStatus } from '../../api.ts'
import { recordEvent } from '../../events.ts'
import { findMachine } from '../../machine.ts'
import { nodeConditions } from '../../node-object.ts'
import { getObject } from '../../store.ts'
import type { World } from '../../world.ts'
import type { Kubelet } from './state.ts'
import { LEASE_RENEW_MS } from './timing.ts'

/**
 * When the kubelet of a node last renewed its Lease, up to now; undefined when that node never had
 * a machine. A node that is switched off keeps its last time.
 */
export function lastRenewTime(world: World, node: string): SimTime | undefined {
  const machine = findMachine(world, node)
  if (machine === undefined) return undefined
  const until = machine.isOn ? world.now : machine.offAt
  const renewals = Math.floor((until - machine.onSince) / LEASE_RENEW_MS)
  return addMs(machine.onSince, Math.max(0, renewals) * LEASE_RENEW_MS)
}

export function nodeOf(ctx: Ctx): Node | undefined {
  return getObject<Node>(ctx.world.store, 'Node', ctx.instance)
}

/** The first three numbers of the addresses of the node's Pods. */
export function podSubnet({ ctx }: Kubelet): string {
  const cidr = nodeOf(ctx)?.spec.podCIDR ?? '10.244.0.0/24'
  return cidr.slice(0, cidr.lastIndexOf('.'))
}

/** The events of a kubelet that has just started (kubelet_node_status.go setNodeStatus). */
export function recordStart(ctx: Ctx, node: Node): void {
  event(ctx, node, 'Starting', 'Starting kubelet.')
  for (const reason of HEALTHY) statusEvent(ctx, node, reason)
  event(ctx, node, 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods')
}

const HEALTHY = ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID']

function statusEvent(ctx: Ctx, node: Node, reason: string): void {
  event(ctx, node, reason, `Node ${node.metadata.name} status is now: ${reason}`)
}

function event(ctx: Ctx, node: Node, reason: string, message: string): void {
  recordEvent(ctx, node, { type: 'Normal', reason, message, byName: true })
}

/** Reports the node healthy and ready; conditions that already said so keep their times. */
export function reportReady(ctx: Ctx): void {
  const node = nodeOf(ctx)
  if (node === undefined) return
  const old = node.status.conditions ?? []
  const fresh = nodeConditions(formatTime(ctx.now), true)
  const conditions = fresh.map((condition) => {
    const before = old.find(({ type }) => type === condition.type)
    const { lastTransitionTime = '' } = before?.status === condition.status ? before : condition
    return { ...condition, lastTransitionTime }
  })
  const foreign = old.filter(({ type }) => !fresh.some((condition) => condition.type === type))
  const status = { ...node.status, conditions: [...foreign, ...conditions] }
  updateStatus<Node>(ctx.world, ctx.by, { ...node, status })
  const wasReady = old.some(({ type, status: s }) => type === 'Ready' && s === 'True')
  if (!wasReady) statusEvent(ctx, node, 'NodeReady')
}
