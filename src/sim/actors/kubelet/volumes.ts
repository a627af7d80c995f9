// The volumes of a Pod on its node: whether they can be mounted, and the files they show in a
// container. A node has the directories of a plain Linux; a hostPath is looked up among them.
import type { Container, Pod, Volume } from '../../api-types/pod.ts'
import { recordEvent } from '../../events.ts'
import { fieldValue, keyedData, resourceValue } from './environment.ts'
import type { Kubelet, Worker } from './state.ts'

interface KeyedSource {
  name?: string
  secretName?: string
  optional?: boolean
  items?: readonly { key: string; path: string }[]
}

interface DownwardItem {
  path: string
  fieldRef?: { fieldPath: string }
  resourceFieldRef?: { containerName?: string; resource: string; divisor?: string }
}

/**
 * Tries to mount a Pod's volumes. The first that cannot be is reported in an event and returned
 * (volume reconciler, MountVolume.SetUp).
 */
export function mountProblem(kubelet: Kubelet, worker: Worker): string | undefined {
  for (const volume of worker.pod.spec.volumes ?? []) {
    const problem = problemOf(kubelet, worker.pod, volume)
    if (problem === undefined) continue
    const message = `MountVolume.SetUp failed for volume "${volume.name}" : ${problem}`
    recordEvent(kubelet.ctx, worker.pod, { type: 'Warning', reason: 'FailedMount', message })
    return message
  }
  return undefined
}

function problemOf(kubelet: Kubelet, pod: Pod, volume: Volume): string | undefined {
  if (volume.hostPath !== undefined) return hostPathProblem(volume.hostPath)
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const source = keyedSource(volume, kind)
    if (source === undefined) continue
    const { name, optional, items = [] } = source
    const data = keyedData(kubelet, kind, pod.metadata.namespace ?? '', name)
    if (optional) return undefined
    if (data === undefined) return `${kind.toLowerCase()} "${name}" not found`
    const missing = items.find(({ key }) => !Object.hasOwn(data, key))
    const what = kind === 'Secret' ? 'secret' : 'config'
    if (missing !== undefined)
      return `${kind.toLowerCase()} references non-existent ${what} key: ${missing.key}`
  }
  return undefined
}

function keyedSource(volume: Volume, kind: 'ConfigMap' | 'Secret') {
  const source = (kind === 'ConfigMap' ? volume.configMap : volume.secret) as
    KeyedSource | undefined
  if (source === undefined) return undefined
  return { ...source, name: source.name ?? source.secretName ?? '' }
}

type FileKind = 'directory' | 'file' | 'socket file' | 'character device' | 'block device'

/** What a node's file system has. Directories also exist on the way to each of these. */
const NODE_FILES: Readonly<Record<string, FileKind>> = {
  '/etc/machine-id': 'file',
  '/etc/hosts': 'file',
  '/etc/hostname': 'file',
  '/etc/os-release': 'file',
  '/etc/passwd': 'file',
  '/etc/resolv.conf': 'file',
  '/etc/localtime': 'file',
  '/etc/kubernetes/manifests': 'directory',
  '/etc/cni/net.d': 'directory',
  '/etc/ssl/certs': 'directory',
  '/bin': 'directory',
  '/boot': 'directory',
  '/dev/null': 'character device',
  '/dev/zero': 'character device',
  '/dev/kmsg': 'character device',
  '/dev/vda': 'block device',
  '/home': 'directory',
  '/lib/modules': 'directory',
  '/mnt': 'directory',
  '/opt/cni/bin': 'directory',
  '/proc': 'directory',
  '/root': 'directory',
  '/run/containerd/containerd.sock': 'socket file',
  '/run/systemd': 'directory',
  '/srv': 'directory',
  '/sys/fs/cgroup': 'directory',
  '/tmp': 'directory',
  '/usr/bin': 'directory',
  '/usr/local': 'directory',
  '/usr/share': 'directory',
  '/var/lib/containerd': 'directory',
  '/var/lib/kubelet': 'directory',
  '/var/log/containers': 'directory',
  '/var/log/pods': 'directory',
  '/var/log/journal': 'directory',
  '/var/tmp': 'directory',
}

/** The words of pkg/volume/hostpath for each checked type. */
const CHECKED: Readonly<Record<string, { kind: FileKind; words: string }>> = {
  Directory: { kind: 'directory', words: 'a directory' },
  File: { kind: 'file', words: 'a file' },
  Socket: { kind: 'socket file', words: 'a socket file' },
  CharDevice: { kind: 'character device', words: 'a character device' },
  BlockDevice: { kind: 'block device', words: 'a block device' },
}

function nodeFile(path: string): FileKind | undefined {
  const plain = path.replace(/\/+$/, '').replace(/^\/var\/run(?=\/|$)/, '/run')
  const known = NODE_FILES[plain]
  if (known !== undefined) return known
  const isOnTheWay = Object.keys(NODE_FILES).some((other) => other.startsWith(`${plain}/`))
  return isOnTheWay ? 'directory' : undefined
}

/** Types that create what is missing, and no type at all, mount whatever is there. */
function hostPathProblem({ path, type = '' }: { path: string; type?: string }): string | undefined {
  const found = nodeFile(path)
  const failed = (words: string) => `hostPath type check failed: ${path} is not ${words}`
  if (type === 'DirectoryOrCreate' && found !== undefined && found !== 'directory')
    return failed('a directory')
  if (type === 'FileOrCreate' && found !== undefined && found !== 'file') return failed('a file')
  const check = CHECKED[type]
  if (check === undefined || check.kind === found) return undefined
  return failed(check.words)
}

/** The files a container's mounts show, by absolute path; undefined when there are none. */
export function mountedFiles(
  kubelet: Kubelet,
  { pod }: Worker,
  container: Container,
): Record<string, string> | undefined {
  const files: Record<string, string> = {}
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const volume = pod.spec.volumes?.find((candidate) => candidate.name === name)
    if (volume === undefined) continue
    for (const [path, text] of Object.entries(volumeFiles(kubelet, pod, container, volume))) {
      if (subPath === undefined || subPath === '') files[`${mountPath}/${path}`] = text
      else if (path === subPath) files[mountPath] = text
    }
  }
  return Object.keys(files).length === 0 ? undefined : files
}

function volumeFiles(
  kubelet: Kubelet,
  pod: Pod,
  container: Container,
  volume: Volume,
): Record<string, string> {
  const namespace = pod.metadata.namespace ?? ''
  if (volume.name.startsWith('kube-api-access-')) return tokenFiles(namespace)
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const source = keyedSource(volume, kind)
    if (source === undefined) continue
    const data = keyedData(kubelet, kind, namespace, source.name) ?? {}
    if (source.items === undefined) return data
    const picked = source.items.filter(({ key }) => Object.hasOwn(data, key))
    return Object.fromEntries(picked.map(({ key, path }) => [path, data[key]!]))
  }
  const downward = volume['downwardAPI'] as { items?: readonly DownwardItem[] } | undefined
  const entries = (downward?.items ?? []).map((item) => {
    const ip = kubelet.machine.pods.slots.get(pod.metadata.uid)?.ip ?? ''
    const { path, fieldRef, resourceFieldRef } = item
    if (fieldRef !== undefined) return [path, fieldValue(kubelet, pod, fieldRef.fieldPath, ip)]
    if (resourceFieldRef === undefined) return [path, '']
    return [path, resourceValue(kubelet, pod, container, resourceFieldRef)]
  })
  return Object.fromEntries(entries) as Record<string, string>
}

/** What every Pod sees of its service account. The token is no secret: it opens nothing. */
function tokenFiles(namespace: string): Record<string, string> {
  return { namespace, token: 'eyJhbGciOiJSUzI1NiJ9.lab.lab', 'ca.crt': CERTIFICATE }
}

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nlab\n-----END CERTIFICATE-----\n'
