// What a container finds in its volumes that are directories. A container has files of its own; an
// emptyDir begins as the Pod's other containers, ended ones included, left it. Pure.
import type { SimTime } from '../../../base/time.ts'
import type { Container, Pod, Volume } from '../../api-types/pod.ts'
import type { FileNode } from '../../../container/kernel/types.ts'
import type { RuntimePod } from '../../machine.ts'

type Nodes = Readonly<Record<string, FileNode>>

/** The directories of a container's volumes and what is in them, by absolute path. */
export function sharedFiles(
  pod: Pod,
  runtimePod: RuntimePod,
  container: Container,
  now: SimTime,
): Nodes {
  const nodes: Record<string, FileNode> = {}
  for (const { volume, path } of folderMounts(pod, container)) {
    nodes[path] = { kind: 'directory', text: '', mode: 0o777, changedAt: now }
    if (volume.emptyDir === undefined) continue
    for (const [name, node] of leftIn(pod, runtimePod, volume)) nodes[path + name] = node
  }
  return nodes
}

function folderMounts(pod: Pod, container: Container): { volume: Volume; path: string }[] {
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath, subPath = '' }) => {
    const volume = pod.spec.volumes?.find((candidate) => candidate.name === name)
    const path = mountPath.replace(/\/+$/, '')
    if (volume === undefined || !isFolder(volume) || path === '' || subPath !== '') return []
    return [{ volume, path }]
  })
}

/** A hostPath without a type is taken for a directory. */
function isFolder({ emptyDir, hostPath }: Volume): boolean {
  if (hostPath === undefined) return emptyDir !== undefined
  const { type = '' } = hostPath
  return type === '' || type.startsWith('Directory')
}

/**
 * The files of an emptyDir by their path in it. What the newest container knows of counts: it began
 * with what the older ones had left, so only what those changed since is newer.
 */
function leftIn(pod: Pod, { containers }: RuntimePod, volume: Volume): Map<string, FileNode> {
  const { initContainers = [], containers: regular } = pod.spec
  const found = new Map<string, { node: FileNode | null; since: SimTime }>()
  for (const { view, process } of containers) {
    const spec = [...initContainers, ...regular].find(({ name }) => name === view.name)
    const mount = spec && folderMounts(pod, spec).find((one) => one.volume.name === volume.name)
    if (mount === undefined || process === undefined) continue
    for (const [path, node] of Object.entries(process.files)) {
      if (!path.startsWith(`${mount.path}/`)) continue
      const name = path.slice(mount.path.length)
      const known = found.get(name)
      const since = node?.changedAt ?? view.startedAt
      if (known === undefined || since > known.since) found.set(name, { node, since })
    }
  }
  const kept = new Map<string, FileNode>()
  for (const [name, { node }] of found) if (node !== null) kept.set(name, node)
  return kept
}
