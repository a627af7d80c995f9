// What the built-in admission plugins do to a Pod on its way in: ServiceAccount, Priority,
// DefaultTolerationSeconds (plugin/pkg/admission). Pure: names and look-ups come as arguments.
import { compact, extend } from '../../../base/plain.ts'
import type { KubeObject } from '../../api-types/meta.ts'
import type { Container, Pod, PodSpec, Toleration, Volume } from '../../api-types/pod.ts'
import { ApiError } from '../../errors.ts'
import type { Lookup, Suffix } from './admission.ts'
import { fill, mapItems, memoized } from '../defaults/fill.ts'

const TOKEN_MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'
const TOKEN_VOLUME_PREFIX = 'kube-api-access-'
const SUFFIX_LENGTH = 5
/** The token's lifetime: an hour and some seconds, by which the extension is recognised. */
const TOKEN_SECONDS = 3607
const FILE_MODE = 420
const EVICTION_SECONDS = 300
/** Of the default priority class, and so of every Pod. */
const PREEMPTION = 'PreemptLowerPriority'

/** The priority classes every cluster has (scheduling/v1 system classes). */
const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2000000000,
  'system-node-critical': 2000001000,
}

const TOKEN_SOURCE: Readonly<Record<string, unknown>> = {
  defaultMode: FILE_MODE,
  sources: [
    { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
    { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
    {
      downwardAPI: {
        items: [
          { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' },
        ],
      },
    },
  ],
}

const EVICTION_TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
const EVICTION_TOLERATIONS: readonly Toleration[] = EVICTION_TAINTS.map((key) => ({
  effect: 'NoExecute',
  key,
  operator: 'Exists',
  tolerationSeconds: EVICTION_SECONDS,
}))

/** Admits a Pod on create: adds what the plugins add, or throws ApiError Forbidden. */
export function admitPod(pod: Pod, suffix: Suffix, lookup?: Lookup): Pod {
  const account = accountOf(pod, lookup)
  requirePriority(pod)
  const { runtimeClassName } = pod.spec
  if (runtimeClassName !== undefined)
    throw forbidden(pod, `pod rejected: RuntimeClass "${runtimeClassName}" not found`)
  let spec = completed(pod.spec)
  if (account?.imagePullSecrets !== undefined)
    spec = fill(spec, { imagePullSecrets: account.imagePullSecrets })
  const automount = spec.automountServiceAccountToken ?? account?.automountServiceAccountToken
  if (automount !== false) spec = withToken(spec, suffix)
  return spec === pod.spec ? pod : { ...pod, spec }
}

function forbidden(pod: Pod, why: string): ApiError {
  const { name } = pod.metadata
  return new ApiError('Forbidden', `pods "${name}" is forbidden: ${why}`, { kind: 'pods', name })
}

interface Account extends KubeObject {
  automountServiceAccountToken?: boolean
  imagePullSecrets?: readonly { name: string }[]
}

function accountOf(pod: Pod, lookup: Lookup | undefined): Account | undefined {
  if (lookup === undefined) return undefined
  const name = pod.spec.serviceAccountName || 'default'
  const key = `${pod.metadata.namespace}/${name}`
  const account = lookup('ServiceAccount', key) as Account | undefined
  if (account !== undefined) return account
  const why = `error looking up service account ${key}: serviceaccount "${name}" not found`
  throw forbidden(pod, why)
}

/** The class must exist, and what it decides must not be given otherwise. */
function requirePriority(pod: Pod): void {
  const { priorityClassName: className = '', priority: given, preemptionPolicy } = pod.spec
  const priority = priorityOf(className)
  if (priority === undefined)
    throw forbidden(pod, `no PriorityClass with name ${className} was found`)
  const computed = (value: string | number): string =>
    'must not be provided in pod spec; priority admission controller computed ' +
    `${value} from the given PriorityClass name`
  if (given !== undefined && given !== priority)
    throw forbidden(pod, `the integer value of priority (${given}) ${computed(priority)}`)
  if (preemptionPolicy !== undefined && preemptionPolicy !== PREEMPTION)
    throw forbidden(
      pod,
      `the string value of PreemptionPolicy (${preemptionPolicy}) ${computed(PREEMPTION)}`,
    )
}

function priorityOf(className: string): number | undefined {
  return className === '' ? 0 : SYSTEM_PRIORITIES[className]
}

/** What follows from the spec alone; Pods of one template share it. */
const completed = memoized((spec: PodSpec): PodSpec => {
  const name = spec.serviceAccountName || 'default'
  const given = spec.tolerations ?? []
  // Pods leave dead nodes after five minutes unless they say otherwise.
  const missing = EVICTION_TOLERATIONS.filter(({ key }) => !given.some((t) => covers(t, key!)))
  return {
    ...spec,
    serviceAccountName: name,
    serviceAccount: name,
    priority: priorityOf(spec.priorityClassName ?? '') ?? 0,
    preemptionPolicy: PREEMPTION,
    tolerations: missing.length === 0 ? given : [...given, ...missing],
  }
})

/** Mounts the API token into every container that has nothing mounted there. */
function withToken(spec: PodSpec, suffix: Suffix): PodSpec {
  const existing = spec.volumes?.find((volume) => volume.name.startsWith(TOKEN_VOLUME_PREFIX))
  const name = existing?.name ?? TOKEN_VOLUME_PREFIX + suffix(SUFFIX_LENGTH)
  const added = { mountPath: TOKEN_MOUNT_PATH, name, readOnly: true }
  const mount = (container: Container): Container => {
    const mounts = container.volumeMounts ?? []
    if (mounts.some(({ mountPath }) => mountPath === TOKEN_MOUNT_PATH)) return container
    return extend(container, { volumeMounts: [...mounts, added] })
  }
  const { initContainers, volumes = [] } = spec
  const containers = mapItems(spec.containers ?? [], mount)
  const first = initContainers === undefined ? undefined : mapItems(initContainers, mount)
  if (containers === spec.containers && first === initContainers) return spec
  const volume: Volume = { name, projected: TOKEN_SOURCE }
  const all = existing === undefined ? [...volumes, volume] : undefined
  return extend(spec, compact({ containers, initContainers: first, volumes: all }))
}

function covers(toleration: Toleration, key: string): boolean {
  const sameKey = !toleration.key || toleration.key === key
  return sameKey && (!toleration.effect || toleration.effect === 'NoExecute')
}
