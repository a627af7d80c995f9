// What the API server warns of in Pods and templates although it accepts them: labels and volumes
// that are outdated, fields that do nothing (pkg/api/pod/warnings.go, pkg/api/node/util.go).
import type { Affinity, NodeSelectorTerm, Pod, PodSpec, PodTemplateSpec } from '../api-types/pod.ts'
import { containerWarnings } from './container-warnings.ts'
import { dnsLabel } from './validation/names.ts'
import { sortedEntries } from './validation/sorted.ts'

type Warnings = readonly string[]
type NodeAffinity = NonNullable<Affinity['nodeAffinity']>

/** Labels that were renamed, with what they are called now. */
const OLD_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods':
    'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
}
const OLD_VOLUMES: Readonly<Record<string, string>> = {
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'deprecated in v1.11, and disabled by default in v1.33+',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  flocker: 'deprecated in v1.22, non-functional in v1.25+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
}

/** Warnings about a Pod that is created. */
export function podWarnings({ metadata, spec }: Pod): Warnings {
  const messages = dnsLabel(metadata.name)
  const about = "metadata.name: this is used in the Pod's hostname, which can result in"
  const surprise = `${about} surprising behavior; a DNS label is recommended`
  const name = messages.length > 0 ? [`${surprise}: [${messages.join(' ')}]`] : []
  return [...name, ...specWarnings(spec, 'spec')]
}

/** Warnings about the name of an object whose Pods are named after it. */
export function ownerNameWarnings(name: string): Warnings {
  const messages = dnsLabel(name)
  if (messages.length === 0) return []
  const about = 'metadata.name: this is used in Pod names and hostnames, which can result in'
  const surprise = `${about} surprising behavior; a DNS label is recommended`
  return [`${surprise}: [${messages.join(' ')}]`]
}

export function templateWarnings(template: PodTemplateSpec, field: string): Warnings {
  return specWarnings(template.spec, `${field}.spec`)
}

function specWarnings(spec: PodSpec, field: string): Warnings {
  const { nodeSelector, volumes = [], terminationGracePeriodSeconds: grace = 0 } = spec
  const negative = 'must be >= 0; negative values are invalid and will be treated as 1'
  return [
    ...sortedEntries(nodeSelector).flatMap(([key]) =>
      Object.hasOwn(OLD_LABELS, key) ? [`${field}.nodeSelector[${key}]: ${OLD_LABELS[key]}`] : [],
    ),
    ...nodeAffinityWarnings(spec.affinity?.nodeAffinity, `${field}.affinity.nodeAffinity`),
    ...spreadWarnings(spec, `${field}.topologySpreadConstraints`),
    ...volumes.flatMap((volume, index) =>
      Object.keys(volume)
        .filter((source) => Object.hasOwn(OLD_VOLUMES, source))
        .map((source) => `${field}.volumes[${index}].${source}: ${OLD_VOLUMES[source]}`),
    ),
    ...pullSecretWarnings(spec.imagePullSecrets ?? [], `${field}.imagePullSecrets`),
    ...containerWarnings(spec, field),
    ...(grace < 0 ? [`${field}.terminationGracePeriodSeconds: ${negative}`] : []),
  ]
}

function nodeAffinityWarnings(affinity: NodeAffinity | undefined, field: string): Warnings {
  const required = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution
  const hard = `${field}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`
  const soft = `${field}.preferredDuringSchedulingIgnoredDuringExecution`
  return [
    ...(required ?? []).flatMap((term, index) => termWarnings(term, `${hard}[${index}]`)),
    ...(preferred ?? []).flatMap(({ preference }, index) => [
      ...termWarnings(preference, `${soft}[${index}].preference`),
    ]),
  ]
}

function termWarnings({ matchExpressions = [] }: NodeSelectorTerm, field: string): Warnings {
  return matchExpressions.flatMap(({ key }, index) =>
    Object.hasOwn(OLD_LABELS, key)
      ? [`${field}.matchExpressions[${index}].key: ${key} is ${OLD_LABELS[key]}`]
      : [],
  )
}

function spreadWarnings({ topologySpreadConstraints = [] }: PodSpec, field: string): Warnings {
  return topologySpreadConstraints.flatMap((constraint, index) => {
    const { topologyKey: key = '', labelSelector } = constraint as {
      topologyKey?: string
      labelSelector?: unknown
    }
    const place = `${field}[${index}]`
    const old = Object.hasOwn(OLD_LABELS, key)
    const none = `${place}.labelSelector: a null labelSelector results in matching no pod`
    return [
      ...(old ? [`${place}.topologyKey: ${key} is ${OLD_LABELS[key]}`] : []),
      ...(labelSelector === undefined ? [none] : []),
    ]
  })
}

function pullSecretWarnings(secrets: readonly { name?: string }[], field: string): Warnings {
  const names = secrets.map(({ name = '' }) => name)
  return [
    ...names.flatMap((name, index) =>
      names.indexOf(name) < index ? [`${field}[${index}].name: duplicate name "${name}"`] : [],
    ),
    ...names.flatMap((name, index) =>
      name === '' ? [`${field}[${index}].name: invalid empty name ""`] : [],
    ),
  ]
}
