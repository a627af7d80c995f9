// One machine's kubelet in a world of its own: Pods are bound by hand, nobody else acts on them.
import { addMs, parseTime } from '../../../../src/base/time.ts'
import { kubelet } from '../../../../src/sim/actors/kubelet.ts'
import type { KubeEvent } from '../../../../src/sim/api-types/core.ts'
import type { Container, ContainerStatus, Pod, PodSpec } from '../../../../src/sim/api-types/pod.ts'
import { createObject, deleteObject, type DeleteOptions } from '../../../../src/sim/api.ts'
import { bootCluster } from '../../../../src/sim/boot.ts'
import { clusterConfig, type ClusterConfig } from '../../../../src/sim/cluster.ts'
import { getObject, listObjects } from '../../../../src/sim/store.ts'
import { deliver, runUntil, type World } from '../../../../src/sim/world.ts'

export const NODE = 'novacraft-worker'
const ACTORS = [kubelet]
const USER = { actor: 'user', causes: [] }

export interface KubeletLab {
  world: World
  /** Creates a Pod on the node; `container` fills its only container. */
  create: (name: string, container: Partial<Container>, spec?: Partial<PodSpec>) => Pod
  delete: (name: string, options?: DeleteOptions) => void
  run: (seconds: number) => void
  pod: (name: string) => Pod | undefined
  /** The first container's status. */
  status: (name: string) => ContainerStatus
  /** `Pending → Running/running → …`: phase and state of the first container, each once. */
  story: (name: string) => string
  /** `Reason: message (xN)` in the order of their first recording. */
  events: (name: string) => string[]
}

export function kubeletLab(cluster: Partial<ClusterConfig> = {}, seed = 1): KubeletLab {
  const start = parseTime('2026-03-02T10:00:00Z')
  const world = bootCluster(start, seed, clusterConfig(cluster), ACTORS)
  const pod = (name: string) => getObject<Pod>(world.store, 'Pod', `default/${name}`)
  return {
    world,
    create: (name, container, spec = {}) => {
      const containers = spec.containers ?? [{ name: 'main', image: 'busybox', ...container }]
      const made = createObject<Pod>(world, USER, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default' },
        spec: { restartPolicy: 'Never', nodeName: NODE, ...spec, containers },
      } as never)
      deliver(world, ACTORS)
      return made
    },
    delete: (name, options = {}) => {
      deleteObject(world, USER, 'Pod', `default/${name}`, options)
      deliver(world, ACTORS)
    },
    run: (seconds) => runUntil(world, ACTORS, addMs(world.now, seconds * 1000)),
    pod,
    status: (name) => pod(name)!.status.containerStatuses![0]!,
    story: (name) => storyOf(world, name),
    events: (name) =>
      listObjects<KubeEvent>(world.store, 'Event')
        .filter((event) => event.involvedObject.name === name)
        .map(({ reason, message, count = 1 }) => {
          const times = count > 1 ? ` (x${count})` : ''
          return `${reason}: ${message}${times}`
        }),
  }
}

function storyOf({ log }: World, name: string): string {
  const steps: string[] = []
  for (const entry of log.entries) {
    if (entry.kind !== 'Pod' || entry.name !== name) continue
    const step = entry.after === undefined ? 'gone' : stepOf(entry.after as Pod)
    if (steps.at(-1) !== step) steps.push(step)
  }
  return steps.join(' → ')
}

function stepOf({ metadata, status }: Pod): string {
  const deleting = metadata.deletionTimestamp === undefined ? '' : 'deleting '
  const { waiting, running, terminated } = status.containerStatuses?.[0]?.state ?? {}
  const restarts = status.containerStatuses?.[0]?.restartCount || ''
  const state =
    waiting?.reason ?? (running && 'running') ?? (terminated && `exit ${terminated.exitCode}`) ?? ''
  return `${deleting}${status.phase}${state && ` ${state}`}${restarts && ` r${restarts}`}`
}

/** A container that runs this script in a shell. */
export function script(text: string): Partial<Container> {
  return { command: ['sh', '-c', text] }
}
