// Defaults of pod specs: of templates, and the few more that only real Pods get
// (core/v1 SetDefaults_PodSpec, SetDefaults_Pod).
import type { Container, PodSpec, PodTemplateSpec } from '../../api-types/pod.ts'
import { containerDefaults } from './container.ts'
import { fill, mapItems, mapKey, memoized } from './fill.ts'
import { requestsFromLimits, roundedList } from './resources.ts'
import { volumeDefaults } from './volume.ts'

const POD_SPEC: Partial<PodSpec> = {
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  securityContext: {},
  terminationGracePeriodSeconds: 30,
  schedulerName: 'default-scheduler',
}

/** Defaults of any pod spec. Remembered by identity: Pods of one template share theirs. */
const podSpecDefaults = memoized((spec: PodSpec): PodSpec => {
  let result = fill(withServiceAccount(spec), POD_SPEC)
  result = mapKey(result, 'containers', (list) => mapItems(list, containerDefaults))
  result = mapKey(result, 'initContainers', (list) => mapItems(list, containerDefaults))
  result = mapKey(result, 'volumes', (list) => mapItems(list, volumeDefaults))
  return mapKey(result, 'overhead', roundedList)
})

/** Defaults of the spec of a Pod itself. */
export const ownPodSpecDefaults = memoized((given: PodSpec): PodSpec => {
  let spec = fill(podSpecDefaults(given), { enableServiceLinks: true })
  spec = eachContainer(spec, (container) => mapKey(container, 'resources', requestsFromLimits))
  return spec.hostNetwork ? eachContainer(spec, withHostPorts) : spec
})

/** Defaults of a template; a template without spec gets an empty one, as decoding makes it. */
export function templateDefaults(template: PodTemplateSpec | undefined): PodTemplateSpec {
  const given: PodTemplateSpec = template ?? EMPTY_TEMPLATE
  const spec = podSpecDefaults(given.spec ?? EMPTY_TEMPLATE.spec)
  if (given.spec === spec && given.metadata !== undefined) return given
  return { metadata: {}, ...given, spec }
}

const EMPTY_TEMPLATE = { spec: {} } as PodTemplateSpec

/** The deprecated `serviceAccount` always shows the same name (conversion core → v1). */
function withServiceAccount(spec: PodSpec): PodSpec {
  const name = spec.serviceAccountName ?? spec.serviceAccount
  if (name === undefined) return spec
  if (spec.serviceAccount === name && spec.serviceAccountName === name) return spec
  return { ...spec, serviceAccountName: name, serviceAccount: name }
}

function eachContainer(spec: PodSpec, map: (container: Container) => Container): PodSpec {
  const mapped = mapKey(spec, 'containers', (list) => mapItems(list, map))
  return mapKey(mapped, 'initContainers', (list) => mapItems(list, map))
}

/** On the host's network a container's port is the host's port. */
function withHostPorts(container: Container): Container {
  return mapKey(container, 'ports', (ports) =>
    mapItems(ports, (port) =>
      port.hostPort === undefined ? { ...port, hostPort: port.containerPort } : port,
    ),
  )
}
