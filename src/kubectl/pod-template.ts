// Where an object keeps the Pods it runs: for what changes containers (polymorphichelpers
// UpdatePodSpecForObject). Kinds that the lab has none of count, too: their manifests are text.
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { PodSpec } from '../sim/api-types/pod.ts'

type Path = readonly string[]

const TEMPLATE: Path = ['spec', 'template', 'spec']
const PATHS: Readonly<Record<string, Path>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  DaemonSet: TEMPLATE,
  Deployment: TEMPLATE,
  Job: TEMPLATE,
  ReplicaSet: TEMPLATE,
  ReplicationController: TEMPLATE,
  StatefulSet: TEMPLATE,
}

/** The object's Pod spec; undefined when it has none. */
export function podSpecOf(object: KubeObject): PodSpec | undefined {
  const path = PATHS[object.kind]
  return path?.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    object,
  ) as PodSpec | undefined
}

/** The object with another Pod spec in its place. */
export function withPodSpec(object: KubeObject, spec: PodSpec): KubeObject {
  const put = (value: unknown, path: Path): unknown => {
    const [key, ...rest] = path
    if (key === undefined) return spec
    const map = (value ?? {}) as Record<string, unknown>
    return { ...map, [key]: put(map[key], rest) }
  }
  return put(object, PATHS[object.kind] ?? []) as KubeObject
}
