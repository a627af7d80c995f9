// In which order fields are proposed: first what must be there, then what people mostly write, then
// the rest by name; and what only the server writes not at all.
import { findKind } from '../sim/kinds/index.ts'
import { fieldOrders } from './kinds/index.ts'

/** Fields of structs that all kinds share, in the order in which manifests have them. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  ObjectMeta: ['name', 'namespace', 'labels', 'annotations'],
  LabelSelector: ['matchLabels', 'matchExpressions'],
}

const SERVER_METADATA = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]

/** `Struct.field` of what the server writes; of every kind also its status. */
const SERVER_FIELDS: ReadonlySet<string> = new Set([
  ...SERVER_METADATA.map((name) => `ObjectMeta.${name}`),
  'PodSpec.ephemeralContainers',
])

/** Whether only the server writes a field of a struct. */
export function isServerField(struct: string, field: string): boolean {
  if (field === 'status' && findKind(struct) !== undefined) return true
  return SERVER_FIELDS.has(`${struct}.${field}`)
}

type NamedField = readonly [name: string, field: { readonly required?: boolean }]

/** Compares two fields of a struct. */
export function byUse(struct: string): (a: NamedField, b: NamedField) => number {
  const usual = USUAL[struct] ?? fieldOrders()[struct] ?? []
  const rank = ([name, { required }]: NamedField): number => {
    const place = usual.indexOf(name)
    if (place >= 0) return place
    return usual.length + (required === true ? 0 : 1)
  }
  return (a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1)
}
