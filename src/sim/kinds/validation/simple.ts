// The kinds whose content the lab hardly looks into: metadata, and what else has a rule.
import type { Node, Taint } from '../../api-types/core.ts'
import type { KubeObject } from '../../api-types/meta.ts'
import {
  duplicate,
  eachInvalid,
  nonNegative,
  optionalOneOf,
  required,
  type FieldErrors,
} from './field.ts'
import { configKey, dnsLabel, dnsSubdomain, labelValue, qualifiedName } from './names.ts'
import { validateMeta, validateMetaUpdate } from './object-meta.ts'
import { sortedEntries } from './sorted.ts'

const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Validates a namespaced object whose name is a DNS subdomain. */
export function validateNamed({ metadata }: KubeObject): FieldErrors {
  return validateMeta(metadata, { namespaced: true, name: dnsSubdomain })
}

export function validateNamedUpdate(object: KubeObject, old: KubeObject): FieldErrors {
  return validateMetaUpdate(object, old)
}

/** A namespace's name is part of host names. */
export function validateNamespace({ metadata }: KubeObject): FieldErrors {
  return validateMeta(metadata, { namespaced: false, name: dnsLabel })
}

export function validateNode(node: Node): FieldErrors {
  return [
    ...validateMeta(node.metadata, { namespaced: false, name: dnsSubdomain }),
    ...taintErrors(node.spec?.taints ?? []),
  ]
}

export function validateNodeUpdate(node: Node, old: Node): FieldErrors {
  return [...validateMetaUpdate(node, old), ...taintErrors(node.spec?.taints ?? [])]
}

/** A node cannot have two taints of one key and effect. */
function taintErrors(taints: readonly Taint[]): FieldErrors {
  const seen = new Set<string>()
  return taints.flatMap((taint, index) => {
    const at = `spec.taints[${index}]`
    const { key, value = '', effect } = taint
    const pair = `${key}:${effect}`
    const repeated = seen.has(pair)
    seen.add(pair)
    return [
      ...eachInvalid(`${at}.key`, key, qualifiedName(key)),
      ...eachInvalid(`${at}.value`, value, labelValue(value)),
      ...(effect
        ? optionalOneOf(`${at}.effect`, effect, TAINT_EFFECTS)
        : [required(`${at}.effect`)]),
      ...(repeated ? [duplicate(at, taint)] : []),
    ]
  })
}

interface Keyed extends KubeObject {
  data?: Readonly<Record<string, string>>
}

/** ConfigMaps and Secrets: their keys become file names. */
export function validateKeyed(object: KubeObject): FieldErrors {
  const { data } = object as Keyed
  return [
    ...validateNamed(object),
    ...sortedEntries(data).flatMap(([key]) => eachInvalid(`data[${key}]`, key, configKey(key))),
  ]
}

/** A revision never changes its number below zero. */
export function validateRevision(object: KubeObject): FieldErrors {
  const { revision } = object as KubeObject & { revision?: number }
  return [...validateNamed(object), ...nonNegative('revision', revision)]
}
