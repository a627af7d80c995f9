// What the built-in admission plugins do to a Pod on its way in: ServiceAccount, Priority,
// DefaultTolerationSeconds (plugin/pkg/admission). Pure: names and look-ups come as arguments.
import type { KubeObject } from '../../api-types/meta.ts'
import type { Container, Pod, PodSpec, Toleration, Volume } from '../../api-types/pod.ts'
import { ApiError } from '../../errors.ts'
import { fill, mapItems, mapKey } from '../defaults/fill.ts'

/** Draws a random name suffix of that many characters. */
export type Suffix = (length: number) => string

/** Reads an object of the cluster by kind and store key (`namespace/name`). */
export type Lookup = (kind: string, key: string) => KubeObject | undefined

const TOKEN_MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'
const TOKEN_VOLUME_PREFIX = 'kube-api-access-'
const SUFFIX_LENGTH = 5
/** The token's lifetime: an hour and some seconds, by which the extension is told from others. */
const TOKEN_SECONDS = 3607
const FILE_MODE = 420
const EVICTION_SECONDS = 300

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
  let spec = withServiceAccount(pod, pod.spec, suffix, lookup)
  spec = withPriority(pod, spec)
  spec = withEvictionTolerations(spec)
  return spec === pod.spec ? pod : { ...pod, spec }
}

function forbidden(pod: Pod, why: string): ApiError {
  const { name } = pod.metadata
  return new ApiError('Forbidden', `pods "${name}" is forbidden: ${why}`, { kind: 'pods', name })
}

function withPriority(pod: Pod, spec: PodSpec): PodSpec {
  const { priorityClassName: className = '' } = spec
  const priority = className === '' ? 0 : SYSTEM_PRIORITIES[className]
  if (priority === undefined)
    throw forbidden(pod, `no PriorityClass with name ${className} was found`)
  if (spec.priority !== undefined && spec.priority !== priority)
    throw forbidden(
      pod,
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; ` +
        `priority admission controller computed ${priority} from the given PriorityClass name`,
    )
  const preemptionPolicy = spec.preemptionPolicy ?? 'PreemptLowerPriority'
  if (preemptionPolicy !== 'PreemptLowerPriority')
    throw forbidden(
      pod,
      `the string value of PreemptionPolicy (${preemptionPolicy}) must not be provided in pod ` +
        'spec; priority admission controller computed PreemptLowerPriority from the given ' +
        'PriorityClass name',
    )
  if (spec.priority === priority && spec.preemptionPolicy === preemptionPolicy) return spec
  return { ...spec, priority, preemptionPolicy }
}

function withServiceAccount(pod: Pod, spec: PodSpec, suffix: Suffix, lookup?: Lookup): PodSpec {
  const name = spec.serviceAccountName || 'default'
  const key = `${pod.metadata.namespace}/${name}`
  const account = lookup?.('ServiceAccount', key) as Account | undefined
  if (lookup !== undefined && account === undefined)
    throw forbidden(
      pod,
      `error looking up service account ${key}: serviceaccount "${name}" not found`,
    )
  const named = fill(
    { ...spec, serviceAccountName: name, serviceAccount: name },
    pullSecrets(account),
  )
  const automount = spec.automountServiceAccountToken ?? account?.automountServiceAccountToken
  return automount === false ? named : withToken(named, suffix)
}

interface Account extends KubeObject {
  automountServiceAccountToken?: boolean
  imagePullSecrets?: readonly { name: string }[]
}

function pullSecrets(account: Account | undefined): Partial<PodSpec> {
  const imagePullSecrets = account?.imagePullSecrets
  return imagePullSecrets === undefined ? {} : { imagePullSecrets }
}

/** Mounts the API token into every container that has nothing mounted there. */
function withToken(spec: PodSpec, suffix: Suffix): PodSpec {
  const existing = spec.volumes?.find((volume) => volume.name.startsWith(TOKEN_VOLUME_PREFIX))
  const name = existing?.name ?? TOKEN_VOLUME_PREFIX + suffix(SUFFIX_LENGTH)
  let mounted = false
  const mount = (container: Container): Container => {
    const mounts = container.volumeMounts ?? []
    if (mounts.some(({ mountPath }) => mountPath === TOKEN_MOUNT_PATH)) return container
    mounted = true
    const added = { mountPath: TOKEN_MOUNT_PATH, name, readOnly: true }
    return { ...container, volumeMounts: [...mounts, added] }
  }
  let result = mapKey(spec, 'initContainers', (list) => mapItems(list, mount))
  result = mapKey(result, 'containers', (list) => mapItems(list, mount))
  if (!mounted || existing !== undefined) return result
  const volume: Volume = { name, projected: TOKEN_SOURCE }
  return { ...result, volumes: [...(result.volumes ?? []), volume] }
}

/** Pods leave dead nodes after five minutes unless they say otherwise. */
function withEvictionTolerations(spec: PodSpec): PodSpec {
  const given = spec.tolerations ?? []
  const missing = EVICTION_TOLERATIONS.filter(({ key }) => !given.some((t) => covers(t, key!)))
  return missing.length === 0 ? spec : { ...spec, tolerations: [...given, ...missing] }
}

function covers(toleration: Toleration, key: string): boolean {
  const sameKey = !toleration.key || toleration.key === key
  return sameKey && (!toleration.effect || toleration.effect === 'NoExecute')
}
