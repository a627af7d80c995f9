// The Lease a kubelet renews. It is no object of the store (it would change every ten seconds and
// fill the log); what `describe node` says of it follows from the machine.
import { formatMicroTime, formatTime } from '../base/time.ts'
import { lastRenewTime } from '../sim/actors/kubelet/node.ts'
import { findMachine } from '../sim/actors/kubelet/state.ts'
import type { World } from '../sim/world.ts'
import type { LeaseFacts } from './print/describe/context.ts'

/** The node's Lease; undefined when no kubelet ever ran there. */
export function leaseOf(world: World, node: string): LeaseFacts | undefined {
  const machine = findMachine(world, node)
  if (machine === undefined) return undefined
  const renewed = lastRenewTime(world, node) ?? machine.onSince
  return {
    holderIdentity: node,
    acquireTime: formatTime(machine.onSince),
    renewTime: formatMicroTime(renewed),
  }
}
