// The Lease a kubelet renews. It is no object of the store (it would change every ten seconds and
// fill the log); what `describe node` says of it follows from the machine.
import { formatMicroTime, formatTime } from '../base/time.ts'
import { lastRenewTime, leasedSince } from '../sim/kubelets.ts'
import type { World } from '../sim/world.ts'
import type { LeaseFacts } from './print/describe/context.ts'

/** The node's Lease; undefined when no kubelet ever ran there. */
export function leaseOf(world: World, node: string): LeaseFacts | undefined {
  const since = leasedSince(world, node)
  if (since === undefined) return undefined
  const renewed = lastRenewTime(world, node) ?? since
  return {
    holderIdentity: node,
    acquireTime: formatTime(since),
    renewTime: formatMicroTime(renewed),
  }
}
