// A container's environment: what the cluster's services and the Pod's spec put into it
// (kubelet_pods.go makeEnvironmentVariables), and `$(NAME)` in commands and values. The runtime
// adds PATH, HOSTNAME and HOME.
import type { KubeObject } from '../../api-types/meta.ts'
import type { Container, EnvVar, Pod } from '../../api-types/pod.ts'
import type { Node } from '../../api-types/core.ts'
import { goQuote } from '../../lib/go-quote.ts'
import { milliValue, unitValue } from '../../lib/quantity.ts'
import { getObject } from '../../store.ts'
import type { Kubelet, Worker } from './state.ts'

/** The API server as seen from a Pod: the Service `kubernetes` of every cluster. */
const API_SERVICE_IP = '10.96.0.1'
const API_SERVICE: Readonly<Record<string, string>> = {
  KUBERNETES_SERVICE_HOST: API_SERVICE_IP,
  KUBERNETES_SERVICE_PORT: '443',
  KUBERNETES_SERVICE_PORT_HTTPS: '443',
  KUBERNETES_PORT: `tcp://${API_SERVICE_IP}:443`,
  KUBERNETES_PORT_443_TCP: `tcp://${API_SERVICE_IP}:443`,
  KUBERNETES_PORT_443_TCP_PROTO: 'tcp',
  KUBERNETES_PORT_443_TCP_PORT: '443',
  KUBERNETES_PORT_443_TCP_ADDR: API_SERVICE_IP,
}

interface Source {
  name?: string
  optional?: boolean
}

interface EnvFrom {
  prefix?: string
  configMapRef?: Source
  secretRef?: Source
}

/** The environment, or why the container cannot be created. */
export function containerEnvironment(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  podIp: string,
): { env: Record<string, string> } | { error: string } {
  const { pod } = worker
  const own: Record<string, string> = {}
  const envFrom = (container as { envFrom?: readonly EnvFrom[] }).envFrom ?? []
  for (const source of envFrom) {
    const found = dataOf(kubelet, pod, source.configMapRef, source.secretRef)
    if ('error' in found) return found
    for (const [key, value] of Object.entries(found.data)) own[(source.prefix ?? '') + key] = value
  }
  for (const variable of container.env ?? []) {
    const value = valueOf(kubelet, worker, container, variable, podIp, own)
    if (typeof value === 'object') return value
    if (value !== undefined) own[variable.name] = value
  }
  return { env: { ...API_SERVICE, ...own } }
}

function dataOf(
  kubelet: Kubelet,
  pod: Pod,
  configMap: Source | undefined,
  secret: Source | undefined,
): { data: Record<string, string> } | { error: string } {
  const source = configMap ?? secret
  if (source === undefined) return { data: {} }
  const kind = configMap === undefined ? 'Secret' : 'ConfigMap'
  const name = source.name ?? ''
  const data = keyedData(kubelet, kind, pod.metadata.namespace ?? '', name)
  if (data !== undefined || source.optional) return { data: data ?? {} }
  return { error: `${kind.toLowerCase()} "${name}" not found` }
}

/** The keys of a ConfigMap or Secret as text; undefined when it does not exist. */
export function keyedData(
  { ctx }: Kubelet,
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  name: string,
): Record<string, string> | undefined {
  const object = getObject<KubeObject>(ctx.world.store, kind, `${namespace}/${name}`)
  if (object === undefined) return undefined
  const { data = {}, binaryData = {} } = object as KubeObject & {
    data?: Record<string, string>
    binaryData?: Record<string, string>
  }
  if (kind === 'ConfigMap') return { ...data, ...mapValues(binaryData, fromBase64) }
  return mapValues(data, fromBase64)
}

function mapValues(data: Record<string, string>, map: (value: string) => string) {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, map(value)]))
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 as UTF-8 text; what is no base64 is skipped. */
function fromBase64(text: string): string {
  let bits = 0
  let count = 0
  let escaped = ''
  for (const char of text) {
    const value = BASE64.indexOf(char)
    if (value < 0) continue
    bits = ((bits << 6) | value) & 0xffffff
    count += 6
    if (count < 8) continue
    count -= 8
    escaped += '%' + ((bits >> count) & 0xff).toString(16).padStart(2, '0')
  }
  try {
    return decodeURIComponent(escaped)
  } catch {
    return escaped.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  }
}

function valueOf(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  { value, valueFrom }: EnvVar,
  podIp: string,
  known: Record<string, string>,
): string | undefined | { error: string } {
  if (valueFrom === undefined) return expand(value ?? '', { ...API_SERVICE, ...known })
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom
  const { pod } = worker
  if (fieldRef !== undefined) return fieldValue(kubelet, pod, fieldRef.fieldPath, podIp)
  if (resourceFieldRef !== undefined)
    return resourceValue(kubelet, pod, container, resourceFieldRef)
  const ref = configMapKeyRef ?? secretKeyRef
  if (ref === undefined) return undefined
  const kind = configMapKeyRef === undefined ? 'Secret' : 'ConfigMap'
  const namespace = pod.metadata.namespace ?? ''
  const data = keyedData(kubelet, kind, namespace, ref.name ?? '')
  const found = data?.[ref.key]
  if (found !== undefined || ref.optional) return found
  if (data === undefined) return { error: `${kind.toLowerCase()} "${ref.name}" not found` }
  return { error: `couldn't find key ${ref.key} in ${kind} ${namespace}/${ref.name}` }
}

/** The downward API's fields (podFieldSelectorRuntimeValue, fieldpath.ExtractFieldPathAsString). */
export function fieldValue({ ctx }: Kubelet, pod: Pod, path: string, podIp: string): string {
  const { metadata, spec, status } = pod
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path)
  if (keyed !== null) return metadata[keyed[1] as 'labels' | 'annotations']?.[keyed[2]!] ?? ''
  const node = getObject<Node>(ctx.world.store, 'Node', ctx.instance)
  const own = node?.status.addresses?.find(({ type }) => type === 'InternalIP')?.address
  const hostIp = own ?? status.hostIP ?? ''
  const ip = spec.hostNetwork ? hostIp : podIp
  const values: Readonly<Record<string, string>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace ?? '',
    'metadata.uid': metadata.uid,
    'metadata.labels': keyedLines(metadata.labels),
    'metadata.annotations': keyedLines(metadata.annotations),
    'spec.nodeName': spec.nodeName ?? '',
    'spec.serviceAccountName': spec.serviceAccountName ?? '',
    'status.hostIP': hostIp,
    'status.hostIPs': hostIp,
    'status.podIP': ip,
    'status.podIPs': ip,
  }
  return values[path] ?? ''
}

function keyedLines(map: Readonly<Record<string, string>> | undefined): string {
  const keys = Object.keys(map ?? {}).sort()
  return keys.map((key) => `${key}=${goQuote(map![key]!)}`).join('\n')
}

/** resource.ExtractContainerResourceValue; without a limit, the node's allocatable counts. */
export function resourceValue(
  { ctx }: Kubelet,
  pod: Pod,
  self: Container,
  ref: { containerName?: string; resource: string; divisor?: string },
): string {
  const all = [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
  const container = all.find(({ name }) => name === ref.containerName) ?? self
  const [which = '', resource = ''] = ref.resource.split('.')
  const list = which === 'limits' ? container.resources?.limits : container.resources?.requests
  const node = getObject<Node>(ctx.world.store, 'Node', ctx.instance)
  const whole = which === 'limits' ? node?.status.allocatable?.[resource] : undefined
  const amount = list?.[resource] ?? whole ?? '0'
  const divisor = ref.divisor === undefined || ref.divisor === '0' ? '1' : ref.divisor
  if (resource === 'cpu')
    return String(Math.ceil((milliValue(amount) ?? 0) / (milliValue(divisor) ?? 1000)))
  return String(Math.ceil((unitValue(amount) ?? 0) / (unitValue(divisor) ?? 1)))
}

/** third_party/forked/golang/expansion: `$(NAME)` is replaced if known, `$$` is a dollar. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  if (!text.includes('$')) return text
  return text.replace(/\$(?:\$|\(([^()]*)\))/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$'
    return Object.hasOwn(env, name) ? env[name]! : whole
  })
}
