// The environment of a container. Of the downward fields kubectl resolves only the Pod's name and
// namespace; it leaves the others blank. Source: describe.go describeContainerEnvVars.
import type { Container, EnvVar, Pod } from '../../../sim/api-types/pod.ts'
import { configMap } from '../../../sim/kinds/configmap.ts'
import { secret as secretKind } from '../../../sim/kinds/secret.ts'
import { amountOf } from '../quantity.ts'

// One unit in the billionths that quantities are counted in.
const WHOLE = 1_000_000_000n

interface EnvSource {
  prefix?: string
  configMapRef?: { name?: string; optional?: boolean }
  secretRef?: { name?: string; optional?: boolean }
}

/** `Environment:`; `pod` is absent for a template. */
export function envLines(container: Container, pod: Pod | undefined): string[] {
  const { env = [] } = container
  if (env.length === 0) return ['Environment:\t<none>']
  return ['Environment:', ...env.flatMap((entry) => variableLines(entry, container, pod))]
}

function variableLines(entry: EnvVar, container: Container, pod: Pod | undefined): string[] {
  const { name, value = '', valueFrom } = entry
  if (valueFrom === undefined) {
    return value.split('\n').map((line, index) => `  ${index === 0 ? `${name}:` : ''}\t${line}`)
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom
  if (fieldRef !== undefined) {
    const text = fieldValue(fieldRef.fieldPath, pod)
    return [`  ${name}:\t${text} (${fieldRef.apiVersion ?? ''}:${fieldRef.fieldPath})`]
  }
  if (resourceFieldRef !== undefined) {
    const { resource, divisor } = resourceFieldRef
    return [`  ${name}:\t${resourceValue(container, resource, divisor)} (${resource})`]
  }
  if (secretKeyRef !== undefined) {
    const { key, name: secret = '', optional = false } = secretKeyRef
    return [`  ${name}:\t<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}`]
  }
  if (configMapKeyRef !== undefined) {
    const { key, name: map = '', optional = false } = configMapKeyRef
    return [`  ${name}:\t<set to the key '${key}' of config map '${map}'>\tOptional: ${optional}`]
  }
  return []
}

function fieldValue(path: string, pod: Pod | undefined): string {
  if (pod === undefined) return ''
  if (path === 'metadata.name') return pod.metadata.name
  return path === 'metadata.namespace' ? (pod.metadata.namespace ?? '') : ''
}

// Whole multiples of the divisor, rounded up.
function resourceValue(
  container: Container,
  resource: string,
  divisor: string | undefined,
): string {
  const [list, ...rest] = resource.split('.')
  const amounts = list === 'limits' ? container.resources?.limits : container.resources?.requests
  const { nano } = amountOf(amounts?.[rest.join('.')])
  const unit = amountOf(divisor).nano || WHOLE
  const value = (nano + unit - 1n) / unit
  const unlimited = value === 0n && (resource === 'limits.cpu' || resource === 'limits.memory')
  return unlimited ? 'node allocatable' : String(value)
}

/** `Environment Variables from:`; [] when there are none. */
export function envFromLines(container: Container): string[] {
  const sources = (container as { envFrom?: readonly EnvSource[] }).envFrom ?? []
  if (sources.length === 0) return []
  const lines = sources.map(({ prefix = '', configMapRef, secretRef }) => {
    const from =
      configMapRef === undefined ? (secretRef === undefined ? '' : secretKind.kind) : configMap.kind
    const { name = '', optional = false } = configMapRef ?? secretRef ?? {}
    const text = prefix === '' ? from : `${from} with prefix '${prefix}'`
    return `  ${name}\t${text}\tOptional: ${optional}`
  })
  return ['Environment Variables from:', ...lines]
}
