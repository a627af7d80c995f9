// Containers of a Pod: regular, init and sidecar (core/validation validateContainers,
// validateInitContainers, validateContainerCommon).
import type { Container, ContainerRestartRule, Volume } from '../../api-types/pod.ts'
import { validateEnv, validateEnvFrom, type EnvFrom } from './env.ts'
import {
  duplicate,
  eachInvalid,
  forbidden,
  invalid,
  notSupported,
  oneOf,
  required,
  tooMany,
  type FieldErrors,
} from './field.ts'
import { validateDevices, validateMounts } from './mounts.ts'
import { dnsLabel, portName, portNumber } from './names.ts'
import { validateContainerProbes } from './probes.ts'
import { validateResources } from './resources.ts'
import { validateContainerSecurity, type ContainerSecurity } from './security.ts'

/** What of the Pod matters to its containers. */
export interface PodContext {
  /** The volumes that can be mounted. */
  volumes: ReadonlyMap<string, Volume>
  graceSeconds: number | undefined
  restartPolicy: string | undefined
  hostUsers: boolean
}

interface ResizePolicy {
  resourceName?: string
  restartPolicy?: string
}

interface Extended extends Container {
  envFrom?: readonly EnvFrom[]
  resizePolicy?: readonly ResizePolicy[]
}

const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError']
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const RESTART_ACTIONS = ['Restart']
const RESTART_RULES_MAX = 20
const EXIT_CODE_OPERATORS = ['In', 'NotIn']
const EXIT_CODES_MAX = 255
const RESTART_POLICIES = ['Always', 'Never', 'OnFailure']

/** The regular containers. */
export function validateContainers(
  containers: readonly Container[],
  pod: PodContext,
  field: string,
): FieldErrors {
  if (containers.length === 0) return [required(field)]
  const names = new Set<string>()
  const errors = containers.flatMap((container, index) => {
    const at = `${field}[${index}]`
    const repeated = names.has(container.name)
    names.add(container.name)
    return [
      ...commonErrors(container, pod, at),
      ...(repeated ? [duplicate(`${at}.name`, container.name)] : []),
      ...validateContainerProbes(container, pod.graceSeconds, at),
      ...restartPolicyErrors(container, at),
    ]
  })
  return [...errors, ...hostPortConflicts(containers, field)]
}

/** Since 1.34 a container may have a restart policy of its own. */
function restartPolicyErrors(container: Container, at: string): FieldErrors {
  const { restartPolicy, restartPolicyRules = [] } = container
  const needed = 'must specify restartPolicy when restart rules are used'
  if (restartPolicy === undefined)
    return restartPolicyRules.length > 0 ? [required(`${at}.restartPolicy`, needed)] : []
  const known = RESTART_POLICIES.includes(restartPolicy)
  return [
    ...(known ? [] : [notSupported(`${at}.restartPolicy`, restartPolicy, RESTART_POLICIES)]),
    ...restartRuleErrors(restartPolicyRules, `${at}.restartPolicyRules`),
  ]
}

/** validateContainerRestartPolicy's rules: at most 20, each of at most 255 exit codes. */
function restartRuleErrors(rules: readonly ContainerRestartRule[], field: string): FieldErrors {
  return [
    ...(rules.length > RESTART_RULES_MAX ? [tooMany(field, rules.length, RESTART_RULES_MAX)] : []),
    ...rules.flatMap(({ action = '', exitCodes }, index) => [
      ...(RESTART_ACTIONS.includes(action)
        ? []
        : [notSupported(`${field}[${index}].action`, action, RESTART_ACTIONS)]),
      ...(exitCodes === undefined
        ? [required(`${field}[${index}].exitCodes`, 'must be specified')]
        : exitCodeErrors(exitCodes, `${field}[${index}].exitCodes`)),
    ]),
  ]
}

function exitCodeErrors(
  { operator = '', values = [] }: NonNullable<ContainerRestartRule['exitCodes']>,
  at: string,
): FieldErrors {
  return [
    ...(EXIT_CODE_OPERATORS.includes(operator)
      ? []
      : [notSupported(`${at}.operator`, operator, EXIT_CODE_OPERATORS)]),
    ...(values.length > EXIT_CODES_MAX
      ? [tooMany(`${at}.values`, values.length, EXIT_CODES_MAX)]
      : []),
  ]
}

/** Containers that run first; those that always restart run along (sidecars). */
export function validateInitContainers(
  containers: readonly Container[],
  regular: readonly Container[],
  pod: PodContext,
  field: string,
): FieldErrors {
  const names = new Set(regular.map(({ name }) => name))
  return containers.flatMap((container, index) => {
    const at = `${field}[${index}]`
    const { name } = container
    const repeated = names.has(name)
    if (name !== '') names.add(name)
    return [
      ...commonErrors(container, pod, at),
      ...restartPolicyErrors(container, at),
      ...(repeated ? [duplicate(`${at}.name`, name)] : []),
      ...hostPortConflicts([container], field),
      ...(container.restartPolicy === 'Always'
        ? validateContainerProbes(container, pod.graceSeconds, at)
        : forbiddenInInit(container, at)),
    ]
  })
}

function forbiddenInInit(container: Container, at: string): FieldErrors {
  const fields = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const
  const why = 'may not be set for init containers without restartPolicy=Always'
  return fields
    .filter((name) => container[name] !== undefined)
    .map((name) => forbidden(`${at}.${name}`, why))
}

function commonErrors(container: Container, pod: PodContext, at: string): FieldErrors {
  const { name = '', image = '', terminationMessagePolicy } = container
  const { envFrom, resizePolicy } = container as Extended
  const security = container.securityContext as ContainerSecurity | undefined
  return [
    ...(name === '' ? [required(`${at}.name`)] : eachInvalid(`${at}.name`, name, dnsLabel(name))),
    ...(image === '' ? [required(`${at}.image`)] : []),
    ...oneOf(`${at}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES),
    ...portsErrors(container.ports ?? [], `${at}.ports`),
    ...validateEnv(container.env, `${at}.env`),
    ...validateEnvFrom(envFrom, `${at}.envFrom`),
    ...validateMounts(container, pod.volumes, `${at}.volumeMounts`),
    ...validateDevices(container, pod.volumes, `${at}.volumeDevices`),
    ...oneOf(`${at}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES),
    ...validateResources(container.resources, `${at}.resources`),
    ...resizeErrors(resizePolicy ?? [], pod.restartPolicy, `${at}.resizePolicy`),
    ...validateContainerSecurity(security, pod.hostUsers, `${at}.securityContext`),
  ]
}

function portsErrors(ports: NonNullable<Container['ports']>, field: string): FieldErrors {
  const names = new Set<string>()
  return ports.flatMap(({ name, containerPort, hostPort, protocol }, index) => {
    const at = `${field}[${index}]`
    const wrong = name ? eachInvalid(`${at}.name`, name, portName(name)) : []
    const repeated = name !== undefined && wrong.length === 0 && names.has(name)
    if (name && wrong.length === 0) names.add(name)
    return [
      ...wrong,
      ...(repeated ? [duplicate(`${at}.name`, name)] : []),
      ...(containerPort
        ? eachInvalid(`${at}.containerPort`, containerPort, portNumber(containerPort))
        : [required(`${at}.containerPort`)]),
      ...(hostPort ? eachInvalid(`${at}.hostPort`, hostPort, portNumber(hostPort)) : []),
      ...oneOf(`${at}.protocol`, protocol, PROTOCOLS),
    ]
  })
}

function hostPortConflicts(containers: readonly Container[], field: string): FieldErrors {
  const taken = new Set<string>()
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ protocol, hostIP = '', hostPort }, place) => {
      if (!hostPort) return []
      const key = `${protocol}/${hostIP}/${hostPort}`
      if (taken.has(key)) return [duplicate(`${field}[${index}].ports[${place}].hostPort`, key)]
      taken.add(key)
      return []
    }),
  )
}

function resizeErrors(
  policies: readonly ResizePolicy[],
  podRestartPolicy: string | undefined,
  field: string,
): FieldErrors {
  const seen = new Set<string>()
  return policies.flatMap(({ resourceName = '', restartPolicy = '' }, index) => {
    const repeated = seen.has(resourceName)
    seen.add(resourceName)
    const restarts = podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired'
    const why = "must be 'NotRequired' when `restartPolicy` is 'Never'"
    return [
      ...(repeated ? [duplicate(`${field}[${index}]`, resourceName)] : []),
      ...oneOf(field, resourceName, ['cpu', 'memory']),
      ...oneOf(field, restartPolicy, ['NotRequired', 'RestartContainer']),
      ...(restarts ? [invalid(field, restartPolicy, why)] : []),
    ]
  })
}

/** On the host's network a given host port must be the container's port. */
export function hostNetworkErrors(
  containers: readonly Container[],
  isPod: boolean,
  field: string,
): FieldErrors {
  const why = 'must match `containerPort` when `hostNetwork` is true'
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ containerPort, hostPort = 0 }, place) => {
      const checked = isPod || hostPort !== 0
      const at = `${field}[${index}].ports[${place}].hostPort`
      return checked && hostPort !== containerPort ? [invalid(at, hostPort, why)] : []
    }),
  )
}

/** Only in Pods, not in templates: an image's name must not be padded. */
export function paddedImages(containers: readonly Container[], field: string): FieldErrors {
  const why = 'must not have leading or trailing whitespace'
  return containers.flatMap(({ image = '' }, index) =>
    image === image.trim() ? [] : [invalid(`${field}[${index}].image`, image, why)],
  )
}
