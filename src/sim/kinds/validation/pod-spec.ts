// Pod specs, of Pods and of templates (core/validation ValidatePodSpec, ValidatePodTemplateSpec).
import type { PodSpec, PodTemplateSpec } from '../../api-types/pod.ts'
import {
  validateAffinity,
  validateSpread,
  type AnyAffinity,
  type SpreadConstraint,
} from './affinity.ts'
import {
  hostNetworkErrors,
  validateContainers,
  validateInitContainers,
  type PodContext,
} from './containers.ts'
import { dnsConfigErrors, type DnsConfig } from './dns-config.ts'
import {
  duplicate,
  eachInvalid,
  forbidden,
  invalid,
  notSupported,
  oneOf,
  optionalOneOf,
  required,
  type FieldErrors,
} from './field.ts'
import { dnsLabel, dnsSubdomain, inRange, ipAddress, qualifiedName } from './names.ts'
import { validateAnnotations, validateLabels } from './object-meta.ts'
import { validatePodAnnotations } from './pod-annotations.ts'
import { validateOverhead } from './resources.ts'
import { validateHostUsers, validatePodSecurity } from './security.ts'
import { validateTolerations } from './tolerations.ts'
import { validateVolumes } from './volumes.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']
const INT32_MAX = 2147483647

interface Extended extends PodSpec {
  ephemeralContainers?: readonly unknown[]
  shareProcessNamespace?: boolean
  hostUsers?: boolean
  hostPID?: boolean
  hostIPC?: boolean
  dnsConfig?: DnsConfig
  readinessGates?: readonly { conditionType: string }[]
  hostAliases?: readonly { ip?: string; hostnames?: readonly string[] }[]
  runtimeClassName?: string
  os?: { name?: string }
}

/** Validates a spec; `isPod` when it is a Pod's own. */
export function validatePodSpec(given: PodSpec, field: string, isPod: boolean): FieldErrors {
  const spec = given as Extended
  const containers = spec.containers ?? []
  const { valid, errors } = validateVolumes(spec.volumes, `${field}.volumes`)
  const pod: PodContext = {
    volumes: valid,
    graceSeconds: spec.terminationGracePeriodSeconds,
    restartPolicy: spec.restartPolicy,
    hostUsers: spec.hostUsers !== false,
  }
  const init = spec.initContainers ?? []
  return [
    ...errors,
    ...validateContainers(containers, pod, `${field}.containers`),
    ...validateInitContainers(init, containers, pod, `${field}.initContainers`),
    ...(spec.hostNetwork ? hostNetworkErrors(containers, isPod, `${field}.containers`) : []),
    ...oneOf(`${field}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...oneOf(`${field}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...validateLabels(spec.nodeSelector, `${field}.nodeSelector`),
    ...validatePodSecurity({ ...spec, ...spec.securityContext }, `${field}.securityContext`),
    ...validateAffinity(spec.affinity as AnyAffinity | undefined, `${field}.affinity`),
    ...dnsConfigErrors(spec.dnsConfig, spec.dnsPolicy, `${field}.dnsConfig`),
    ...gateErrors(spec, field),
    ...validateSpread(
      (spec.topologySpreadConstraints ?? []) as readonly SpreadConstraint[],
      `${field}.topologySpreadConstraints`,
    ),
    ...validateHostUsers(spec, field),
    ...nameErrors(spec, field),
    ...lateErrors(spec, field),
  ]
}

function gateErrors(spec: Extended, field: string): FieldErrors {
  const seen = new Set<string>()
  const { readinessGates = [], schedulingGates = [] } = spec
  return [
    ...readinessGates.flatMap(({ conditionType }, index) => {
      const at = `${field}.readinessGates[${index}].conditionType`
      return eachInvalid(at, conditionType, qualifiedName(conditionType))
    }),
    ...schedulingGates.flatMap(({ name }, index) => {
      const at = `${field}.schedulingGates[${index}]`
      const repeated = seen.has(name)
      seen.add(name)
      return [
        ...eachInvalid(at, name, qualifiedName(name)),
        ...(repeated ? [duplicate(at, name)] : []),
      ]
    }),
  ]
}

function nameErrors(spec: Extended, field: string): FieldErrors {
  const checked = (
    name: 'serviceAccountName' | 'nodeName' | 'hostname' | 'subdomain',
    check: (value: string) => string[],
  ): FieldErrors => {
    const value = spec[name]
    return value ? eachInvalid(`${field}.${name}`, value, check(value)) : []
  }
  const { activeDeadlineSeconds: deadline } = spec
  return [
    ...checked('serviceAccountName', dnsSubdomain),
    ...checked('nodeName', dnsSubdomain),
    ...(deadline === undefined
      ? []
      : eachInvalid(`${field}.activeDeadlineSeconds`, deadline, inRange(deadline, 1, INT32_MAX))),
    ...checked('hostname', dnsLabel),
    ...checked('subdomain', dnsLabel),
  ]
}

function lateErrors(spec: Extended, field: string): FieldErrors {
  const { priorityClassName, runtimeClassName, os } = spec
  return [
    ...validateTolerations(spec.tolerations, `${field}.tolerations`),
    ...aliasErrors(spec, `${field}.hostAliases`),
    ...(priorityClassName
      ? eachInvalid(
          `${field}.priorityClassName`,
          priorityClassName,
          dnsSubdomain(priorityClassName),
        )
      : []),
    ...(runtimeClassName === undefined
      ? []
      : eachInvalid(`${field}.runtimeClassName`, runtimeClassName, dnsSubdomain(runtimeClassName))),
    ...optionalOneOf(`${field}.preemptionPolicy`, spec.preemptionPolicy, [
      'PreemptLowerPriority',
      'Never',
    ]),
    ...validateOverhead(spec.overhead, `${field}.overhead`),
    ...(os === undefined ? [] : osErrors(os.name, `${field}.os`)),
  ]
}

function osErrors(name: string | undefined, field: string): FieldErrors {
  if (!name) return [required(`${field}.name`, 'cannot be empty')]
  const systems = ['linux', 'windows']
  return systems.includes(name) ? [] : [notSupported(field, name, systems)]
}

function aliasErrors({ hostAliases = [] }: Extended, field: string): FieldErrors {
  return hostAliases.flatMap(({ ip = '', hostnames = [] }, index) => [
    ...eachInvalid(`${field}[${index}].ip`, ip, ipAddress(ip)),
    ...hostnames.flatMap((name, place) =>
      eachInvalid(`${field}[${index}].hostnames[${place}]`, name, dnsSubdomain(name)),
    ),
  ])
}

/** Validates a template: its labels and annotations, and its spec. */
export function validateTemplate(template: PodTemplateSpec, field: string): FieldErrors {
  const { labels, annotations } = template.metadata ?? {}
  const { ephemeralContainers = [] } = template.spec as Extended
  const why = 'ephemeral containers not allowed in pod template'
  return [
    ...validateLabels(labels, `${field}.labels`),
    ...validateAnnotations(annotations, `${field}.annotations`),
    ...deletionCostErrors(annotations, `${field}.annotations`),
    ...validatePodAnnotations(annotations, template.spec, `${field}.annotations`),
    ...validatePodSpec(template.spec, `${field}.spec`, false),
    ...(ephemeralContainers.length > 0
      ? [forbidden(`${field}.spec.ephemeralContainers`, why)]
      : []),
  ]
}

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'

/** Annotations of Pods that the API server itself reads. */
export function deletionCostErrors(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
): FieldErrors {
  const cost = annotations?.[DELETION_COST]
  if (cost === undefined) return []
  const valid = /^(?:0|-?[1-9]\d*)$/.test(cost) && Math.abs(Number(cost)) <= INT32_MAX
  return valid ? [] : [invalid(`${field}[${DELETION_COST}]`, cost, 'must be a 32bit integer')]
}
