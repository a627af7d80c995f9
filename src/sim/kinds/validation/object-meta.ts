// metadata of any object (apimachinery api/validation/objectmeta.go). Labels and annotations are
// visited in sorted order; Go's own order is random.
import type { KubeObject, ObjectMeta, OwnerReference } from '../../api-types/meta.ts'
import { deepEqual } from '../../../base/deep-equal.ts'
import { goQuote } from '../../lib/go-quote.ts'
import {
  eachInvalid,
  forbidden,
  immutable,
  invalid,
  nonNegative,
  required,
  tooLong,
  type FieldErrors,
} from './field.ts'
import { utf8Length } from '../../../base/utf8.ts'
import { dnsLabel, labelValue, nameOrPrefix, qualifiedName } from './names.ts'
import { sortedEntries } from './sorted.ts'

const ANNOTATIONS_BYTES_MAX = 256 * 1024
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion']

interface MetaRules {
  namespaced: boolean
  /** Complaints about a name. */
  name: (value: string) => string[]
}

/** Validates metadata on create, when the name has been generated. */
export function validateMeta(meta: ObjectMeta, rules: MetaRules): FieldErrors {
  return [
    ...nameErrors(meta, rules),
    ...namespaceErrors(meta, rules.namespaced),
    ...nonNegative('metadata.generation', meta.generation),
    ...validateLabels(meta.labels, 'metadata.labels'),
    ...validateAnnotations(meta.annotations, 'metadata.annotations'),
    ...ownerErrors(meta.ownerReferences ?? []),
    ...finalizerErrors(meta.finalizers ?? []),
  ]
}

function nameErrors({ name, generateName }: ObjectMeta, rules: MetaRules): FieldErrors {
  const field = 'metadata.name'
  const generated =
    generateName === undefined
      ? []
      : eachInvalid(
          'metadata.generateName',
          generateName,
          nameOrPrefix(generateName, true, rules.name),
        )
  if (!name) return [...generated, required(field, 'name or generateName is required')]
  return [...generated, ...eachInvalid(field, name, rules.name(name))]
}

function namespaceErrors({ namespace }: ObjectMeta, namespaced: boolean): FieldErrors {
  const field = 'metadata.namespace'
  if (!namespaced) return namespace ? [forbidden(field, 'not allowed on this type')] : []
  return namespace ? eachInvalid(field, namespace, dnsLabel(namespace)) : [required(field)]
}

/** Keys and values of labels, also of a nodeSelector. */
export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  field: string,
): FieldErrors {
  return sortedEntries(labels).flatMap(([key, value]) => [
    ...eachInvalid(field, key, qualifiedName(key)),
    ...eachInvalid(field, value, labelValue(value)),
  ])
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
): FieldErrors {
  const entries = sortedEntries(annotations)
  const bytes = entries.reduce((sum, [key, value]) => sum + utf8Length(key) + utf8Length(value), 0)
  return [
    ...entries.flatMap(([key]) => eachInvalid(field, key, qualifiedName(key.toLowerCase()))),
    ...(bytes > ANNOTATIONS_BYTES_MAX ? [tooLong(field, ANNOTATIONS_BYTES_MAX)] : []),
  ]
}

function ownerErrors(owners: readonly OwnerReference[]): FieldErrors {
  const field = 'metadata.ownerReferences'
  const parts = ['apiVersion', 'kind', 'name', 'uid'] as const
  const errors = owners.flatMap((owner, index) =>
    parts
      .filter((part) => !owner[part])
      .map((part) => required(`${field}[${index}].${part}`, 'must not be empty')),
  )
  const [first, second] = owners.filter(({ controller }) => controller)
  if (first === undefined || second === undefined) return errors
  const why =
    'Only one reference can have Controller set to true. Found "true" in references for ' +
    `${first.kind}/${first.name} and ${second.kind}/${second.name}`
  return [...errors, invalid(field, owners, why)]
}

function finalizerErrors(finalizers: readonly string[]): FieldErrors {
  const field = 'metadata.finalizers'
  const both = ['foregroundDeletion', 'orphan'].every((name) => finalizers.includes(name))
  const conflict = 'finalizer orphan and foregroundDeletion cannot be both set'
  return [
    ...finalizers.flatMap((name) => eachInvalid(field, name, qualifiedName(name))),
    ...(both ? [invalid(field, finalizers, conflict)] : []),
    ...standardFinalizers(finalizers),
  ]
}

function standardFinalizers(finalizers: readonly string[]): FieldErrors {
  const why = 'name is neither a standard finalizer name nor is it fully qualified'
  return finalizers.flatMap((name, index) => {
    const standard = name.includes('/') || STANDARD_FINALIZERS.includes(name)
    return standard ? [] : [invalid(`metadata.finalizers[${index}]`, name, why)]
  })
}

/** Validates the change of metadata: what identifies the object stays. */
export function validateMetaUpdate(object: KubeObject, old: KubeObject): FieldErrors {
  const now = object.metadata
  const before = old.metadata
  const fixed = ['name', 'namespace', 'uid', 'creationTimestamp'] as const
  const added = (now.finalizers ?? []).filter((name) => !(before.finalizers ?? []).includes(name))
  const deleting = before.deletionTimestamp !== undefined && added.length > 0
  const list = `[]string{${[...added].sort().map(goQuote).join(', ')}}`
  const rule = 'no new finalizers can be added if the object is being deleted'
  const why = `${rule}, found new finalizers ${list}`
  return [
    ...(deleting ? [forbidden('metadata.finalizers', why)] : []),
    ...fixed.flatMap((part) =>
      immutable(`metadata.${part}`, deepEqual(now[part], before[part]), now[part]),
    ),
    ...validateLabels(now.labels, 'metadata.labels'),
    ...validateAnnotations(now.annotations, 'metadata.annotations'),
    ...ownerErrors(now.ownerReferences ?? []),
    ...standardFinalizers(now.finalizers ?? []),
  ]
}
