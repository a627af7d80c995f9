// The Go structs of the API as data: what decoding must know of each field. The facts are generated
// (structs.generated.ts) in the notation of go-types.ts and unfolded here when first asked for.
import { assert } from '../../base/assert.ts'
import { STRUCTS } from './structs.generated.ts'

/** A Go type. `goName` is how Go's messages call it: `v1.JobSpec`, `[]string`, `int32`. */
export type GoType =
  | { kind: 'struct'; goName: string; struct: string }
  | { kind: 'list'; goName: string; item: GoType }
  | { kind: 'map'; goName: string; value: GoType }
  | { kind: LeafKind; goName: string }

type LeafKind =
  | 'string'
  | 'bool'
  | 'int32'
  | 'int64'
  | 'bytes'
  | 'quantity'
  | 'intOrString'
  | 'time'
  | 'microTime'
  | 'raw'

/** A field of a struct. */
export interface Field {
  readonly name: string
  readonly type: GoType
  /** Tells an explicit zero from an absent value. */
  readonly pointer: boolean
  /** 'always': the zero value is written too; 'omitzero': not even a struct's is. */
  readonly write: 'always' | 'omitempty' | 'omitzero'
}

/** A struct by the JSON names of its fields. */
interface Struct {
  readonly name: string
  readonly fields: ReadonlyMap<string, Field>
  /** The names in the order of Go's declaration. */
  readonly order: readonly string[]
}

const LEAVES: Readonly<Record<string, { kind: LeafKind; goName: string }>> = {
  string: { kind: 'string', goName: 'string' },
  bool: { kind: 'bool', goName: 'bool' },
  int32: { kind: 'int32', goName: 'int32' },
  int64: { kind: 'int64', goName: 'int64' },
  '[]byte': { kind: 'bytes', goName: '[]uint8' },
  Quantity: { kind: 'quantity', goName: 'resource.Quantity' },
  IntOrString: { kind: 'intOrString', goName: 'intstr.IntOrString' },
  Time: { kind: 'time', goName: 'v1.Time' },
  MicroTime: { kind: 'microTime', goName: 'v1.MicroTime' },
  FieldsV1: { kind: 'raw', goName: 'v1.FieldsV1' },
  RawExtension: { kind: 'raw', goName: 'runtime.RawExtension' },
  UID: { kind: 'string', goName: 'types.UID' },
}

const unfolded = new Map<string, Struct>()
/** Structs of kinds that the generated ones do not have. */
const added = new Map<string, string>()

/** Adds structs at start-up: the schema of a kind that is registered. */
export function addStructs(structs: Readonly<Record<string, string>>): void {
  for (const [name, fields] of Object.entries(structs)) added.set(name, fields)
}

/** Whether the API has a struct of that name. */
export function hasStruct(name: string): boolean {
  return Object.hasOwn(STRUCTS, name) || added.has(name)
}

/** The struct of that name; it must exist. */
export function structOf(name: string): Struct {
  const known = unfolded.get(name)
  if (known !== undefined) return known
  assert(hasStruct(name), `no struct ${name}`)
  const declared = (added.get(name) ?? STRUCTS[name]!).split(',').map(fieldOf)
  const fields = [...declared].sort((a, b) => (a.name < b.name ? -1 : 1))
  const struct = {
    name,
    fields: new Map(fields.map((field) => [field.name, field])),
    order: declared.map((field) => field.name),
  }
  unfolded.set(name, struct)
  return struct
}

function fieldOf(entry: string): Field {
  const [name = '', notation = ''] = entry.split(' ')
  const write = notation[0] === '!' ? 'always' : notation[0] === '?' ? 'omitzero' : 'omitempty'
  const type = write === 'omitempty' ? notation : notation.slice(1)
  const pointer = type[0] === '*'
  return { name, write, pointer, type: typeOf(pointer ? type.slice(1) : type) }
}

function typeOf(notation: string): GoType {
  if (Object.hasOwn(LEAVES, notation)) return LEAVES[notation]!
  if (notation.startsWith('[]')) {
    const item = typeOf(notation.slice(2))
    return { kind: 'list', goName: `[]${item.goName}`, item }
  }
  if (notation.startsWith('map[string]')) {
    const value = typeOf(notation.slice('map[string]'.length))
    return { kind: 'map', goName: `map[string]${value.goName}`, value }
  }
  if (notation === 'ResourceList')
    return { kind: 'map', goName: 'v1.ResourceList', value: LEAVES.Quantity! }
  const goName = `v1.${notation}`
  return hasStruct(notation)
    ? { kind: 'struct', goName, struct: notation }
    : { kind: 'string', goName }
}

/** Go's zero value of a type that is no struct, as JSON; lists and maps are null. */
export function leafZero(type: GoType): string | number | boolean | null {
  switch (type.kind) {
    case 'string':
      return ''
    case 'bool':
      return false
    case 'int32':
    case 'int64':
    case 'intOrString':
      return 0
    case 'quantity':
      return '0'
    default:
      return null
  }
}
