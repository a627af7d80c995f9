// Which lists a strategic merge patch merges, and by what key (the patchStrategy and patchMergeKey
// tags of k8s.io/api). Field names are enough to tell: in the lab's kinds none means two things.

/** A list's merge key; '' for a list of plain values that is merged as a set. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  finalizers: '',
  hostAliases: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  ownerReferences: 'uid',
  podCIDRs: '',
  podIPs: 'ip',
  ports: 'containerPort',
  resourceClaims: 'name',
  schedulingGates: 'name',
  secrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
}

/** Lists whose items must keep only the keys the patch names (strategy retainKeys). */
const RETAIN_KEYS: ReadonlySet<string> = new Set(['volumes', 'resourceClaims'])

/** The merge key of the list under this field name; undefined when the list is replaced whole. */
export function mergeKeyOf(field: string): string | undefined {
  return Object.hasOwn(MERGE_KEYS, field) ? MERGE_KEYS[field] : undefined
}

export function retainsKeys(field: string): boolean {
  return RETAIN_KEYS.has(field)
}

export type JsonMap = Readonly<Record<string, unknown>>

export const PATCH_DIRECTIVE = '$patch'
export const RETAIN_DIRECTIVE = '$retainKeys'
export const ORDER_DIRECTIVE = '$setElementOrder'
export const DELETE_DIRECTIVE = '$deleteFromPrimitiveList'

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Go's dynamic type of a JSON value, as far as patches tell them apart. */
export function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'nil'
  return Array.isArray(value) ? 'list' : typeof value
}

/** A patch that cannot be applied. The message is upstream's. */
export class PatchError extends Error {
  override name = 'PatchError'
}

/** An item's merge key value; throws when it has none. */
export function mergeValue(item: unknown, mergeKey: string): unknown {
  if (mergeKey === '') return item
  if (!isMap(item)) throw new PatchError(`expected a map in a list merged by ${mergeKey}`)
  if (!(mergeKey in item))
    throw new PatchError(`map: ${goMapText(item)} does not contain declared merge key: ${mergeKey}`)
  return item[mergeKey]
}

/** Go's `%v` of JSON data: `map[a:1 b:[x y]]`, keys sorted. */
export function goMapText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goMapText).join(' ')}]`
  if (!isMap(value)) return String(value)
  const keys = Object.keys(value).sort()
  return `map[${keys.map((key) => `${key}:${goMapText(value[key])}`).join(' ')}]`
}
