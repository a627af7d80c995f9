// Which nodes a Pod can run on, and in which words the others say no (scheduler framework/plugins,
// in the default profile's order). A node tells the reasons of its first failing plugin only.
import type { Node } from '../../api-types/core.ts'
import type { Pod } from '../../api-types/pod.ts'
import { isSidecar } from '../../lib/sidecar.ts'
import { matchesNode } from '../../lib/node-affinity.ts'
import { isTolerated, TAINT_UNSCHEDULABLE, untoleratedTaint } from '../../lib/taints.ts'
import { antiAffinityReason } from './anti-affinity.ts'
import { podRequests, type NodeInfo } from './requests.ts'

export type Plugin =
  | 'NodeUnschedulable'
  | 'NodeName'
  | 'TaintToleration'
  | 'NodeAffinity'
  | 'NodePorts'
  | 'NodeResourcesFit'
  | 'InterPodAffinity'

export interface Rejection {
  plugin: Plugin
  reasons: readonly string[]
  /** Whether evicting Pods of lower priority could help. */
  resolvable: boolean
}

type Filter = (pod: Pod, info: NodeInfo) => Rejection | undefined

const FILTERS: readonly Filter[] = [
  unschedulable,
  nodeName,
  taints,
  affinity,
  ports,
  resources,
  others,
]

/** Why the Pod cannot run on this node; undefined when it can. */
export function rejectionOf(pod: Pod, info: NodeInfo): Rejection | undefined {
  for (const filter of FILTERS) {
    const rejection = filter(pod, info)
    if (rejection !== undefined) return rejection
  }
  return undefined
}

function reject(plugin: Plugin, reason: string, resolvable = false): Rejection {
  return { plugin, reasons: [reason], resolvable }
}

function unschedulable(pod: Pod, { node }: NodeInfo): Rejection | undefined {
  if (node.spec.unschedulable !== true) return undefined
  const taint = { key: TAINT_UNSCHEDULABLE, effect: 'NoSchedule' as const }
  if (isTolerated(taint, pod.spec.tolerations)) return undefined
  return reject('NodeUnschedulable', 'node(s) were unschedulable')
}

function nodeName(pod: Pod, { node }: NodeInfo): Rejection | undefined {
  if (!pod.spec.nodeName || pod.spec.nodeName === node.metadata.name) return undefined
  return reject('NodeName', "node(s) didn't match the requested node name")
}

function taints(pod: Pod, { node }: NodeInfo): Rejection | undefined {
  const taint = untoleratedTaint(node.spec.taints, pod.spec.tolerations)
  return taint && reject('TaintToleration', 'node(s) had untolerated taint(s)')
}

function affinity(pod: Pod, { node }: NodeInfo): Rejection | undefined {
  if (matchesNode(pod.spec, node)) return undefined
  return reject('NodeAffinity', "node(s) didn't match Pod's node affinity/selector")
}

function ports(pod: Pod, info: NodeInfo): Rejection | undefined {
  const wanted = hostPorts(pod)
  if (wanted.length === 0) return undefined
  const used = info.pods.flatMap(hostPorts)
  if (!wanted.some((port) => used.some((other) => clash(port, other)))) return undefined
  const reason = "node(s) didn't have free ports for the requested pod ports"
  return reject('NodePorts', reason, true)
}

function others(pod: Pod, info: NodeInfo): Rejection | undefined {
  const reason = antiAffinityReason(pod, info)
  return reason === undefined ? undefined : reject('InterPodAffinity', reason, true)
}

interface HostPort {
  port: number
  protocol: string
  ip: string
}

const ANY_IP = '0.0.0.0'

function hostPorts(pod: Pod): readonly HostPort[] {
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar)
  return [...pod.spec.containers, ...sidecars].flatMap(({ ports: list = [] }) =>
    list.flatMap(({ hostPort = 0, protocol = 'TCP', hostIP }) =>
      hostPort > 0 ? [{ port: hostPort, protocol, ip: hostIP || ANY_IP }] : [],
    ),
  )
}

function clash(a: HostPort, b: HostPort): boolean {
  if (a.port !== b.port || a.protocol !== b.protocol) return false
  return a.ip === b.ip || a.ip === ANY_IP || b.ip === ANY_IP
}

/** noderesources/fit.go fitsRequest: all that is short is reported, Pods first. */
function resources(pod: Pod, info: NodeInfo): Rejection | undefined {
  const { requests } = podRequests(pod.spec)
  const reasons: string[] = []
  let resolvable = true
  if (info.pods.length + 1 > (info.allocatable['pods'] ?? 0) / 1000) reasons.push('Too many pods')
  for (const name of resourceOrder(requests)) {
    const asked = requests[name]!
    const allocatable = info.allocatable[name] ?? 0
    if (asked === 0 || asked <= allocatable - (info.requested[name] ?? 0)) continue
    reasons.push(`Insufficient ${name}`)
    if (asked > allocatable) resolvable = false
  }
  return reasons.length === 0 ? undefined : { plugin: 'NodeResourcesFit', reasons, resolvable }
}

const BASIC_RESOURCES = ['cpu', 'memory', 'ephemeral-storage']

function resourceOrder(requests: Readonly<Record<string, number>>): readonly string[] {
  const others = Object.keys(requests).filter((name) => !BASIC_RESOURCES.includes(name))
  return [...BASIC_RESOURCES.filter((name) => name in requests), ...others.sort()]
}

/**
 * Whether a change of a node may let a Pod pass a plugin that rejected it (queueing hints of each
 * plugin): it passes on the node as it is now, and did not before.
 */
export function mayPass(
  pod: Pod,
  plugin: Plugin,
  after: NodeInfo,
  before: NodeInfo | undefined,
): boolean {
  const filter = FILTERS[PLUGINS.indexOf(plugin)]!
  if (filter(pod, after) !== undefined) return false
  if (before === undefined || filter(pod, before) !== undefined) return true
  return plugin === 'NodeResourcesFit' && hasMore(pod, after, before)
}

/** Whether the node has more than before of anything the Pod asks for. */
function hasMore(pod: Pod, after: NodeInfo, before: NodeInfo): boolean {
  return ['pods', ...Object.keys(podRequests(pod.spec).requests)].some(
    (name) => (after.allocatable[name] ?? 0) > (before.allocatable[name] ?? 0),
  )
}

/** Whether a Pod that left its node had a host port that this one wants. */
export function freesPort(pod: Pod, gone: Pod): boolean {
  return hostPorts(pod).some((port) => hostPorts(gone).some((other) => clash(port, other)))
}

/** Whether other tolerations of a Pod may let it pass a plugin that rejected it. */
export function mayPassTolerating(pod: Pod, plugin: Plugin): boolean {
  if (plugin === 'TaintToleration') return true
  const taint = { key: TAINT_UNSCHEDULABLE, effect: 'NoSchedule' as const }
  return plugin === 'NodeUnschedulable' && isTolerated(taint, pod.spec.tolerations)
}

const PLUGINS: readonly Plugin[] = [
  'NodeUnschedulable',
  'NodeName',
  'TaintToleration',
  'NodeAffinity',
  'NodePorts',
  'NodeResourcesFit',
  'InterPodAffinity',
]

/** Whether anything of a node that filters look at differs. */
export function isRelevantChange(before: Node, after: Node): boolean {
  return (
    before.spec.taints !== after.spec.taints ||
    before.spec.unschedulable !== after.spec.unschedulable ||
    before.metadata.labels !== after.metadata.labels ||
    before.status.allocatable !== after.status.allocatable
  )
}
