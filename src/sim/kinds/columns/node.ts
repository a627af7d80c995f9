// The columns of `kubectl get nodes`; source printers.go printNode.
import type { Node } from '../../api-types/core.ts'
import type { Column } from '../kind.ts'
import { ageColumn, column, nameColumn, NONE, wideColumn } from './format.ts'

const ROLE_PREFIX = 'node-role.kubernetes.io/'

/** Role names from the node's labels, sorted. */
export function nodeRoles(node: Node): readonly string[] {
  const roles = new Set<string>()
  for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key !== ROLE_PREFIX) roles.add(key.slice(ROLE_PREFIX.length))
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value)
  }
  return [...roles].sort()
}

function status(node: Node): string {
  const ready = node.status.conditions?.find((condition) => condition.type === 'Ready')
  const words = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady']
  if (node.spec.unschedulable === true) words.push('SchedulingDisabled')
  return words.join(',')
}

function address(node: Node, type: string): string {
  return node.status.addresses?.find((entry) => entry.type === type)?.address ?? NONE
}

function info(node: Node, key: string): string {
  return node.status.nodeInfo?.[key] || '<unknown>'
}

function kernel(node: Node): string {
  const architecture = node.status.nodeInfo?.architecture
  return architecture
    ? `${info(node, 'kernelVersion')} (${architecture})`
    : info(node, 'kernelVersion')
}

export const nodeColumns: readonly Column[] = [
  nameColumn,
  column<Node>('Status', status),
  column<Node>('Roles', (node) => nodeRoles(node).join(',') || NONE),
  ageColumn,
  column<Node>('Version', (node) => node.status.nodeInfo?.kubeletVersion ?? ''),
  wideColumn<Node>('Internal-IP', (node) => address(node, 'InternalIP')),
  wideColumn<Node>('External-IP', (node) => address(node, 'ExternalIP')),
  wideColumn<Node>('OS-Image', (node) => info(node, 'osImage')),
  wideColumn<Node>('Kernel-Version', kernel),
  wideColumn<Node>('Container-Runtime', (node) => info(node, 'containerRuntimeVersion')),
]
