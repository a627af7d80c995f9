// Where an object keeps the Pods it runs: for what changes containers (polymorphichelpers
// UpdatePodSpecForObject). Kinds that the lab has none of count, too: their manifests are text.
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { PodSpec } from '../sim/api-types/pod.ts'
import { kubectlKind } from './kinds/index.ts'

type Path = readonly string[]

const TEMPLATE: Path = ['spec', 'template', 'spec']
/** Kinds with a Pod template of which the lab has no objects. */
const OTHERS = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']

function pathOf(kind: string): Path | undefined {
  return kubectlKind(kind)?.podSpecPath ?? (OTHERS.includes(kind) ? TEMPLATE : undefined)
}

/** The object's Pod spec; undefined when it has none. */
export function podSpecOf(object: KubeObject): PodSpec | undefined {
  const path = pathOf(object.kind)
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
  return put(object, pathOf(object.kind) ?? []) as KubeObject
}
