// Environment variables and where their values come from (core/validation ValidateEnv).
import type { EnvVar } from '../../api-types/pod.ts'
import { parseQuantity } from '../../lib/quantity.ts'
import { eachInvalid, invalid, notSupported, required, type FieldErrors } from './field.ts'
import { configKey, dnsSubdomain, envName, nameOrPrefix, qualifiedName } from './names.ts'

/** Fields of a Pod that can become a variable. */
const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]
/** Every field the downward API can name at all. */
const POD_FIELDS = [
  ...ENV_FIELDS,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]
const SUBSCRIPT = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/
const RESOURCE_FIELDS = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]
const HUGE_PAGES = /^(limits|requests)\.hugepages-/
const SIZE_DIVISORS = '1 1k 1M 1G 1T 1P 1E 1Ki 1Mi 1Gi 1Ti 1Pi 1Ei'.split(' ')

export interface FieldRef {
  apiVersion?: string
  fieldPath?: string
}

export interface ResourceFieldRef {
  containerName?: string
  resource?: string
  divisor?: string
}

export interface EnvFrom {
  prefix?: string
  configMapRef?: { name?: string }
  secretRef?: { name?: string }
}

export function validateEnv(env: readonly EnvVar[] = [], field: string): FieldErrors {
  return env.flatMap((variable, index) => {
    const at = `${field}[${index}]`
    const name = variable.name ?? ''
    return [
      ...(name === '' ? [required(`${at}.name`)] : eachInvalid(`${at}.name`, name, envName(name))),
      ...valueFromErrors(variable, `${at}.valueFrom`),
    ]
  })
}

function valueFromErrors({ value, valueFrom }: EnvVar, field: string): FieldErrors {
  if (valueFrom === undefined) return []
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef]
  const count = sources.filter((source) => source !== undefined).length
  const one =
    'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'
  const wrong =
    count === 0
      ? one
      : value
        ? 'may not be specified when `value` is not empty'
        : count > 1
          ? 'may not have more than one field specified at a time'
          : undefined
  return [
    ...(fieldRef ? validateFieldRef(fieldRef, `${field}.fieldRef`, ENV_FIELDS) : []),
    ...(resourceFieldRef
      ? validateResourceRef(resourceFieldRef, `${field}.resourceFieldRef`, false)
      : []),
    ...(configMapKeyRef ? keyRefErrors(configMapKeyRef, `${field}.configMapKeyRef`) : []),
    ...(secretKeyRef ? keyRefErrors(secretKeyRef, `${field}.secretKeyRef`) : []),
    ...(wrong === undefined ? [] : [invalid(field, '', wrong)]),
  ]
}

/** A field of the Pod: it must exist, and be one of `allowed` or a single label or annotation. */
export function validateFieldRef(
  { apiVersion, fieldPath }: FieldRef,
  field: string,
  allowed: readonly string[],
): FieldErrors {
  if (!apiVersion) return [required(`${field}.apiVersion`)]
  if (!fieldPath) return [required(`${field}.fieldPath`)]
  const path = `${field}.fieldPath`
  if (apiVersion !== 'v1') {
    const why = `error converting fieldPath: unsupported pod version: ${apiVersion}`
    return [invalid(path, fieldPath, why)]
  }
  const [, map, key] = SUBSCRIPT.exec(fieldPath) ?? []
  if (map !== undefined && key !== undefined) {
    const name = map.endsWith('annotations') ? key.toLowerCase() : key
    return eachInvalid(field, name, qualifiedName(name))
  }
  if (!POD_FIELDS.includes(fieldPath)) {
    const [base = ''] = fieldPath.split('[')
    const why =
      base !== fieldPath && POD_FIELDS.includes(base)
        ? `field label does not support subscript: ${fieldPath}`
        : `field label not supported: ${fieldPath}`
    return [invalid(path, fieldPath, `error converting fieldPath: ${why}`)]
  }
  return allowed.includes(fieldPath) ? [] : [notSupported(path, fieldPath, [...allowed].sort())]
}

/** A container's request or limit. In a volume the container must be named. */
export function validateResourceRef(
  { containerName, resource = '', divisor = '0' }: ResourceFieldRef,
  field: string,
  inVolume: boolean,
): FieldErrors {
  const known = RESOURCE_FIELDS.includes(resource) || HUGE_PAGES.test(resource)
  const errors =
    inVolume && !containerName
      ? [required(`${field}.containerName`)]
      : resource === ''
        ? [required(`${field}.resource`)]
        : known
          ? []
          : [notSupported(`${field}.resource`, resource, RESOURCE_FIELDS)]
  return [...errors, ...divisorErrors(resource, divisor, `${field}.divisor`)]
}

function divisorErrors(resource: string, divisor: string, field: string): FieldErrors {
  if (parseQuantity(divisor).nano === 0n) return []
  const only = (allowed: readonly string[], list: string, what: string): FieldErrors =>
    allowed.includes(divisor)
      ? []
      : [
          invalid(
            field,
            resource,
            `only divisor's values ${list} are supported with the ${what} resource`,
          ),
        ]
  const sizes = SIZE_DIVISORS.join(', ')
  if (resource.endsWith('.cpu')) return only(['1m', '1'], '1m and 1', 'cpu')
  if (resource.endsWith('.memory')) return only(SIZE_DIVISORS, sizes, 'memory')
  if (resource.endsWith('.ephemeral-storage'))
    return only(SIZE_DIVISORS, sizes, 'local ephemeral storage')
  return HUGE_PAGES.test(resource) ? only(SIZE_DIVISORS, sizes, 'hugepages') : []
}

function keyRefErrors(
  { name = '', key }: { name?: string; key?: string },
  field: string,
): FieldErrors {
  return [
    ...eachInvalid(`${field}.name`, name, dnsSubdomain(name)),
    ...(key ? eachInvalid(`${field}.key`, key, configKey(key)) : [required(`${field}.key`)]),
  ]
}

export function validateEnvFrom(sources: readonly EnvFrom[] = [], field: string): FieldErrors {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const at = `${field}[${index}]`
    const count = [configMapRef, secretRef].filter((source) => source !== undefined).length
    const wrong =
      count === 0
        ? 'must specify one of: `configMapRef` or `secretRef`'
        : count > 1
          ? 'may not have more than one field specified at a time'
          : undefined
    return [
      ...(prefix ? eachInvalid(`${at}.prefix`, prefix, envName(prefix)) : []),
      ...(configMapRef ? sourceName(configMapRef.name, `${at}.configMapRef.name`) : []),
      ...(secretRef ? sourceName(secretRef.name, `${at}.secretRef.name`) : []),
      ...(wrong === undefined ? [] : [invalid(field, '', wrong)]),
    ]
  })
}

function sourceName(name: string | undefined, field: string): FieldErrors {
  if (!name) return [required(field)]
  return eachInvalid(field, name, nameOrPrefix(name, true, dnsSubdomain))
}
