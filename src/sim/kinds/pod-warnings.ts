// What the API server warns of in Pods and templates although it accepts them
// (pkg/api/pod/warnings.go).
import type { Container, Pod, PodSpec, PodTemplateSpec } from '../api-types/pod.ts'
import { goQuote } from '../lib/go-quote.ts'
import { parseQuantity } from '../lib/quantity.ts'
import { dnsLabel } from './validation/names.ts'
import { sortedEntries } from './validation/sorted.ts'

type Warnings = readonly string[]

const ONE = 10n ** 9n
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
const BYTES = ['memory', 'ephemeral-storage']

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
    ...volumes.flatMap((volume, index) =>
      Object.keys(volume)
        .filter((source) => Object.hasOwn(OLD_VOLUMES, source))
        .map((source) => `${field}.volumes[${index}].${source}: ${OLD_VOLUMES[source]}`),
    ),
    ...containerWarnings(spec.initContainers ?? [], `${field}.initContainers`),
    ...containerWarnings(spec.containers ?? [], `${field}.containers`),
    ...(grace < 0 ? [`${field}.terminationGracePeriodSeconds: ${negative}`] : []),
  ]
}

function containerWarnings(containers: readonly Container[], field: string): Warnings {
  return containers.flatMap((container, index) => [
    ...byteWarnings(container, `${field}[${index}].resources`),
    ...envWarnings(container, `${field}[${index}].env`),
    ...portWarnings(container, `${field}[${index}].ports`),
  ])
}

/** `100m` of memory is a tenth of a byte: surely a slip. */
function byteWarnings({ resources = {} }: Container, field: string): Warnings {
  return (['limits', 'requests'] as const).flatMap((list) =>
    BYTES.flatMap((name) => {
      const quantity = resources[list]?.[name]
      if (quantity === undefined || parseQuantity(quantity).nano % ONE === 0n) return []
      const what = `fractional byte value ${goQuote(quantity)} is invalid, must be an integer`
      return [`${field}.${list}[${name}]: ${what}`]
    }),
  )
}

function envWarnings({ env = [] }: Container, field: string): Warnings {
  const seen = new Set<string>()
  return env.flatMap(({ name }, index) => {
    const repeated = seen.has(name)
    seen.add(name)
    if (!repeated) return []
    const hides = `hides previous definition of ${goQuote(name)}`
    return [`${field}[${index}]: ${hides}, which may be dropped when using apply`]
  })
}

function portWarnings({ ports = [] }: Container, field: string): Warnings {
  return ports.flatMap((port, index) => {
    const key = (other: typeof port): string =>
      `${other.protocol}/${other.containerPort}/${other.hostPort ?? 0}/${other.hostIP ?? ''}`
    const first = ports.findIndex((other) => key(other) === key(port))
    if (first === index) return []
    return [`${field}[${index}]: duplicate port definition with ${field}[${first}]`]
  })
}
