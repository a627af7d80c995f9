// The order in which kustomize prints: what others need comes first (api/resmap, legacy order).
import type { KubeObject } from '../../sim/api-types/meta.ts'

const FIRST = (
  'Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount ' +
  'PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints ' +
  'Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment ' +
  'StatefulSet CronJob PodDisruptionBudget'
).split(' ')
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

function rank({ kind }: KubeObject): number {
  if (FIRST.includes(kind)) return FIRST.indexOf(kind) - FIRST.length
  return LAST.includes(kind) ? 1 + LAST.indexOf(kind) : 0
}

/** The objects by kind, then by group, kind, namespace and name. */
export function sortedForApply(objects: readonly KubeObject[]): KubeObject[] {
  const key = ({ apiVersion, kind, metadata }: KubeObject): string =>
    [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ')
  return [...objects].sort(
    (a, b) => rank(a) - rank(b) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0),
  )
}
