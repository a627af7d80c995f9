// What `kubectl describe` asks the cluster beside the object itself. The command supplies it, so
// that describing stays a pure function of objects and the time.
import type { SimTime } from '../../../base/time.ts'
import type { KubeEvent } from '../../../sim/api-types/core.ts'
import type { Pod } from '../../../sim/api-types/pod.ts'

/** The Lease a node renews in kube-node-lease; times are RFC 3339. */
export interface LeaseFacts {
  holderIdentity?: string
  acquireTime?: string
  renewTime?: string
}

export interface DescribeContext {
  readonly now: SimTime
  /** `--show-events`; by default true for one object, false for several and for a name's prefix. */
  readonly showEvents: boolean
  /** Every Event of a namespace; '' means all namespaces. */
  readonly events: (namespace: string) => readonly KubeEvent[]
  /** Every Pod of a namespace; '' means all namespaces. */
  readonly pods: (namespace: string) => readonly Pod[]
  /** The node's Lease; undefined when there is none. */
  readonly lease: (nodeName: string) => LeaseFacts | undefined
}
