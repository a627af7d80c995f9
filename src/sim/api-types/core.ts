// core/v1 Node, Namespace, ServiceAccount and Event.
import type { Condition, KubeObject } from './meta.ts'
import type { ObjectReference } from './batch.ts'
import type { ResourceList, TaintEffect } from './pod.ts'

export interface Taint {
  key: string
  value?: string
  effect: TaintEffect
  timeAdded?: string
}

interface NodeSpec {
  podCIDR?: string
  podCIDRs?: readonly string[]
  providerID?: string
  unschedulable?: boolean
  taints?: readonly Taint[]
}

interface NodeStatus {
  capacity?: ResourceList
  allocatable?: ResourceList
  conditions?: readonly Condition[]
  addresses?: readonly { type: string; address: string }[]
  nodeInfo?: Readonly<Record<string, string>>
  images?: readonly { names: readonly string[]; sizeBytes: number }[]
  daemonEndpoints?: unknown
}

export interface Node extends KubeObject {
  readonly kind: 'Node'
  readonly spec: Readonly<NodeSpec>
  readonly status: Readonly<NodeStatus>
}

export interface Namespace extends KubeObject {
  readonly kind: 'Namespace'
  readonly spec: { finalizers?: readonly string[] }
  readonly status: { phase?: 'Active' | 'Terminating'; conditions?: readonly Condition[] }
}

export interface ServiceAccount extends KubeObject {
  readonly kind: 'ServiceAccount'
}

/** core/v1 Event. Classic recorders fill first/lastTimestamp and count; the scheduler eventTime. */
export interface KubeEvent extends KubeObject {
  readonly kind: 'Event'
  readonly involvedObject: ObjectReference
  readonly reason: string
  readonly message: string
  readonly type: 'Normal' | 'Warning'
  readonly source: { component?: string; host?: string }
  readonly firstTimestamp: string | null
  readonly lastTimestamp: string | null
  readonly count?: number
  readonly eventTime: string | null
  readonly series?: { count: number; lastObservedTime: string }
  readonly action?: string
  readonly reportingComponent: string
  readonly reportingInstance: string
}
