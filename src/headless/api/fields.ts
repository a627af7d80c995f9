// Sets of fields as server-side apply keeps them (structured-merge-diff, FieldsV1): paths through
// maps and through lists that are merged by keys. A path is its elements joined: `f:spec`,
// `k:{"name":"main"}`, `v:"x"`.
import { isMap } from '../../kubectl/patch/lists.ts'

export type Json = Readonly<Record<string, unknown>>

/** `item`: a list has it, whatever is in it; `leaf`: the value itself is owned. */
export type FieldSet = ReadonlyMap<string, 'leaf' | 'item'>

const SEPARATOR = '\u0000'

/** Lists merged by these keys of their items (x-kubernetes-list-map-keys); the rest is atomic. */
const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  podIPs: ['ip'],
  ports: ['containerPort', 'protocol'],
  resourceClaims: ['name'],
  schedulingGates: ['name'],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
}
const KEY_DEFAULTS: Readonly<Record<string, unknown>> = { protocol: 'TCP' }
/** Lists of plain values that are sets. */
const SETS = ['finalizers', 'podCIDRs']
/** Maps that have one owner as a whole (x-kubernetes-map-type: atomic). */
const ATOMIC_MAPS = [
  'selector',
  'nodeSelector',
  'labelSelector',
  'fieldRef',
  'resourceFieldRef',
  'configMapKeyRef',
  'secretKeyRef',
  'secretRef',
]
/** What names an object is nobody's field. */
const IDENTITY = ['apiVersion', 'kind']
const IDENTITY_META = ['name', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp']

/** The fields a configuration names. */
export function setOf(config: Json): FieldSet {
  const set = new Map<string, 'leaf' | 'item'>()
  for (const [key, value] of Object.entries(config)) {
    if (IDENTITY.includes(key)) continue
    if (key !== 'metadata' || !isMap(value)) collect(set, [`f:${key}`], key, value)
    else
      for (const [name, part] of Object.entries(value))
        if (!IDENTITY_META.includes(name)) collect(set, ['f:metadata', `f:${name}`], name, part)
  }
  return set
}

type Path = readonly string[]

function collect(
  set: Map<string, 'leaf' | 'item'>,
  path: Path,
  field: string,
  value: unknown,
): void {
  if (isMap(value) && !ATOMIC_MAPS.includes(field) && Object.keys(value).length > 0) {
    for (const [key, part] of Object.entries(value)) collect(set, [...path, `f:${key}`], key, part)
    return
  }
  if (Array.isArray(value) && LIST_KEYS[field] !== undefined) {
    for (const item of value) {
      const at = [...path, itemElement(field, item)]
      set.set(at.join(SEPARATOR), 'item')
      if (isMap(item))
        for (const [key, part] of Object.entries(item)) collect(set, [...at, `f:${key}`], key, part)
    }
    return
  }
  if (Array.isArray(value) && SETS.includes(field)) {
    for (const item of value)
      set.set([...path, `v:${JSON.stringify(item)}`].join(SEPARATOR), 'item')
    return
  }
  set.set(path.join(SEPARATOR), 'leaf')
}

function itemElement(field: string, item: unknown): string {
  const keys = (LIST_KEYS[field] ?? []).map((key) => {
    const value = isMap(item) ? item[key] : undefined
    return [key, value ?? KEY_DEFAULTS[key]]
  })
  return `k:${JSON.stringify(Object.fromEntries(keys.filter(([, value]) => value !== undefined)))}`
}

/** A set as managedFields shows it. */
export function fieldsV1Of(set: FieldSet): Json {
  const root: Record<string, unknown> = {}
  for (const [path, how] of set) {
    let node = root
    for (const element of path.split(SEPARATOR))
      node = (node[element] ??= {}) as Record<string, unknown>
    if (how === 'item') node['.'] = {}
  }
  return root
}

/** The set that managedFields shows. */
export function readFieldsV1(fields: Json, path: Path = []): FieldSet {
  const set = new Map<string, 'leaf' | 'item'>()
  for (const [element, inner] of Object.entries(fields)) {
    if (element === '.') {
      set.set(path.join(SEPARATOR), 'item')
      continue
    }
    const at = [...path, element]
    const below = isMap(inner) ? inner : {}
    if (Object.keys(below).length === 0) set.set(at.join(SEPARATOR), 'leaf')
    else for (const [key, how] of readFieldsV1(below, at)) set.set(key, how)
  }
  return set
}

/** `.spec.template.spec.containers[name="main"].image`, as conflicts name it. */
export function pathText(path: string): string {
  return path
    .split(SEPARATOR)
    .map((element) => {
      const text = element.slice(2)
      if (element.startsWith('f:')) return `.${text}`
      if (element.startsWith('v:')) return `[=${text}]`
      const keys = Object.entries(JSON.parse(text) as Json)
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`
    })
    .join('')
}

/** The value at a path; undefined when it is not there. */
export function valueAt(object: Json, path: string): unknown {
  let value: unknown = object
  let field = ''
  for (const element of path.split(SEPARATOR)) {
    if (element.startsWith('f:')) {
      field = element.slice(2)
      value = isMap(value) ? value[field] : undefined
    } else value = Array.isArray(value) ? value[indexOf(value, field, element)] : undefined
  }
  return value
}

function indexOf(list: readonly unknown[], field: string, element: string): number {
  return element.startsWith('v:')
    ? list.findIndex((item) => JSON.stringify(item) === element.slice(2))
    : list.findIndex((item) => itemElement(field, item) === element)
}

/** `object` without the field or item at a path; what is left empty on the way stays. */
export function removePath(object: Json, path: string): Json {
  return removed(object, path.split(SEPARATOR), '') as Json
}

function removed(value: unknown, [element = '', ...rest]: Path, field: string): unknown {
  if (element.startsWith('f:')) {
    const key = element.slice(2)
    if (!isMap(value) || !(key in value)) return value
    const { [key]: inner, ...others } = value
    return rest.length === 0 ? others : { ...value, [key]: removed(inner, rest, key) }
  }
  if (!Array.isArray(value)) return value
  const index = indexOf(value, field, element)
  if (index < 0) return value
  if (rest.length === 0) return value.toSpliced(index, 1)
  return value.with(index, removed(value[index], rest, field))
}

/** `live` with everything a configuration says. */
export function fieldsWithin(live: Json, config: Json): Json {
  return merged(live, config, '') as Json
}

function merged(live: unknown, config: unknown, field: string): unknown {
  if (isMap(config) && isMap(live) && !ATOMIC_MAPS.includes(field)) {
    const result: Record<string, unknown> = { ...live }
    for (const [key, value] of Object.entries(config)) result[key] = merged(live[key], value, key)
    return result
  }
  if (!Array.isArray(config) || !Array.isArray(live)) return config
  if (SETS.includes(field)) return [...new Set([...(live as unknown[]), ...(config as unknown[])])]
  if (LIST_KEYS[field] === undefined) return config
  const list: unknown[] = [...(live as unknown[])]
  for (const item of config as unknown[]) {
    const at = indexOf(list, field, itemElement(field, item))
    if (at < 0) list.push(item)
    else list[at] = merged(list[at], item, '')
  }
  return list
}
