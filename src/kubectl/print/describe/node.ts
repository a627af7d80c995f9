// `kubectl describe node`; source describe.go describeNode.
import type { KubeEvent, Node } from '../../../sim/api-types/core.ts'
import type { ResourceList } from '../../../sim/api-types/pod.ts'
import { nodeRoles } from '../../../sim/kinds/columns/node.ts'
import type { DescribeContext } from './context.ts'
import { withEvents } from './events.ts'
import { nodePodLines } from './node-pods.ts'
import { annotationLines, compareText, labelLines, taintLines, timeText } from './text.ts'

const SYSTEM_INFO: readonly (readonly [title: string, key: string])[] = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
]

export function describeNode(node: Node, context: DescribeContext): string {
  const { metadata, spec, status } = node
  const cidrs = spec.podCIDRs ?? []
  const body = [
    `Name:\t${metadata.name}`,
    `Roles:\t${nodeRoles(node).join(',') || '<none>'}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`,
    ...taintLines('Taints', spec.taints),
    `Unschedulable:\t${spec.unschedulable === true}`,
    ...leaseLines(node, context),
    ...conditionLines(node),
    'Addresses:',
    ...(status.addresses ?? []).map(({ type, address }) => `  ${type}:\t${address}`),
    ...resourceLines('Capacity', status.capacity),
    ...resourceLines('Allocatable', status.allocatable),
    'System Info:',
    ...SYSTEM_INFO.map(([title, key]) => `  ${title}:\t${status.nodeInfo?.[key] ?? ''}`),
    ...(spec.podCIDR ? [`PodCIDR:\t${spec.podCIDR}`] : []),
    ...(cidrs.length > 0 ? [`PodCIDRs:\t${cidrs.join(',')}`] : []),
    ...(spec.providerID ? [`ProviderID:\t${spec.providerID}`] : []),
    ...nodePodLines(node, context),
  ]
  return withEvents(body, node, context, nodeEvents(node, context))
}

// Controllers name a node by its uid, the kubelet by its name: two queries, one after the other.
function nodeEvents(node: Node, context: DescribeContext): readonly KubeEvent[] {
  const { metadata } = node
  const about = context
    .events('')
    .filter(({ involvedObject }) => {
      return involvedObject.kind === node.kind && involvedObject.name === metadata.name
    })
    .toSorted((a, b) => compareText(a.metadata.name, b.metadata.name))
  return [metadata.uid, metadata.name].flatMap((uid) =>
    about.filter((event) => event.involvedObject.uid === uid),
  )
}

function leaseLines({ metadata }: Node, context: DescribeContext): string[] {
  const { name } = metadata
  const lease = context.lease(name)
  if (lease === undefined) {
    return [`Lease:\tFailed to get lease: leases.coordination.k8s.io "${name}" not found`]
  }
  return [
    'Lease:',
    `  HolderIdentity:\t${lease.holderIdentity ?? '<unset>'}`,
    `  AcquireTime:\t${timeText(lease.acquireTime)}`,
    `  RenewTime:\t${timeText(lease.renewTime)}`,
  ]
}

function conditionLines({ status }: Node): string[] {
  const conditions = status.conditions ?? []
  if (conditions.length === 0) return []
  return [
    'Conditions:',
    '  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage',
    '  ----\t------\t-----------------\t------------------\t------\t-------',
    ...conditions.map((condition) => {
      const { type, status: state, reason = '', message = '' } = condition
      const heartbeat = timeText(condition.lastHeartbeatTime)
      const transition = timeText(condition.lastTransitionTime)
      return `  ${type} \t${state} \t${heartbeat} \t${transition} \t${reason} \t${message}`
    }),
  ]
}

function resourceLines(title: string, list: ResourceList | undefined): string[] {
  const names = Object.keys(list ?? {}).sort()
  if (names.length === 0) return []
  return [`${title}:`, ...names.map((name) => `  ${name}:\t${list?.[name] ?? ''}`)]
}
