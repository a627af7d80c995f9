// What a Pod's status says of its resources (kubelet_pods.go convertToAPIPodLevelResourcesStatus).
import type { Container, Pod, PodSpec, PodStatus, ResourceList } from '../../api-types/pod.ts'
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  isPodLevel,
  parseQuantity,
} from '../../lib/quantity.ts'
import { isSidecar } from '../../lib/sidecar.ts'

type Resources = Pick<PodStatus, 'resources'> & { allocatedResources?: ResourceList }

const NOTHING: Resources = { resources: {} }
const known = new WeakMap<PodSpec, { pending: Resources; running: Resources }>()

/** `allocatedResources` and `resources`; once the Pod runs, the latter is read from its cgroup. */
export function podResources(pod: Pod): Resources {
  const { spec } = pod
  if (!hasResources(spec)) return NOTHING
  let result = known.get(spec)
  if (result === undefined) known.set(spec, (result = compute(spec)))
  return pod.status.phase === 'Running' ? result.running : result.pending
}

function hasResources(spec: PodSpec): boolean {
  const asks = ({ resources }: Container) =>
    resources?.requests !== undefined || resources?.limits !== undefined
  return spec.containers.some(asks) || (spec.initContainers ?? []).some(asks)
}

function compute(spec: PodSpec): { pending: Resources; running: Resources } {
  const requests = total(spec, 'requests')
  const limits = total(spec, 'limits')
  const allocated = isEmpty(requests) ? {} : { allocatedResources: requests }
  const pending = {
    ...(isEmpty(limits) ? {} : { limits }),
    ...(isEmpty(requests) ? {} : { requests }),
  }
  const { memory } = requests
  const running = memory === undefined ? {} : { requests: { memory } }
  return {
    pending: { ...allocated, resources: pending },
    running: { ...allocated, resources: running },
  }
}

function isEmpty(list: ResourceList): boolean {
  return Object.keys(list).length === 0
}

/** The sum over the containers and sidecars, or the most an init container needs beside them. */
export function total(spec: PodSpec, which: 'requests' | 'limits'): ResourceList {
  const of = ({ resources }: Container): ResourceList => resources?.[which] ?? {}
  let sum: ResourceList = {}
  for (const container of spec.containers) sum = plus(sum, of(container))
  let sidecars: ResourceList = {}
  let peak: ResourceList = {}
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) {
      sum = plus(sum, of(container))
      sidecars = plus(sidecars, of(container))
      peak = most(peak, sidecars)
    } else peak = most(peak, plus(sidecars, of(container)))
  }
  const whole = Object.entries(spec.resources?.[which] ?? {}).filter(([name]) => isPodLevel(name))
  const asked = { ...most(sum, peak), ...Object.fromEntries(whole) }
  return plus(asked, spec.overhead ?? {})
}

function plus(a: ResourceList, b: ResourceList): ResourceList {
  const sum: Record<string, string> = { ...a }
  for (const [name, value] of Object.entries(b)) {
    const old = sum[name]
    sum[name] =
      old === undefined
        ? value
        : formatQuantity(addQuantities(parseQuantity(old), parseQuantity(value)))
  }
  return sum
}

function most(a: ResourceList, b: ResourceList): ResourceList {
  const max: Record<string, string> = { ...a }
  for (const [name, value] of Object.entries(b)) {
    const old = max[name]
    if (old === undefined || compareQuantities(parseQuantity(old), parseQuantity(value)) < 0)
      max[name] = value
  }
  return max
}
