// What the API server does with the JSON of a request: strict decoding into the Go struct of its
// kind (sigs.k8s.io/json, apiserver pkg/endpoints/handlers/rest.go). Fields are visited in sorted
// order, because that is the order in which kubectl sends them.
import { leafZero, structOf, type Field, type GoType } from './structs.ts'
import { decodeLeaf, jsonKind, LeafError } from './leaf.ts'

/** What decoding finds wrong. Only the first type error counts; it hides the unknown fields. */
interface DecodeFaults {
  typeError: string | undefined
  /** Paths of fields the struct does not have. */
  unknownFields: string[]
}

interface Decoded extends DecodeFaults {
  /** The value as Go would write it again: zero values and nulls gone where they are omitted. */
  value: Record<string, unknown>
}

/** Where decoding stands, as Go's messages and as the server's field paths name it. */
interface Place {
  /** The innermost struct, e.g. `JobSpec`; undefined at the top. */
  struct: string | undefined
  /** Field names from the top without list indexes: `spec.template`. */
  fields: string
  /** The path with indexes: `spec.containers[0]`. */
  path: string
}

const TOP: Place = { struct: undefined, fields: '', path: '' }
/** sigs.k8s.io/json stops collecting here. */
const UNKNOWN_FIELDS_MAX = 100

/** Decodes `body` as the struct of that name. Never throws. */
export function decodeStruct(body: unknown, structName: string): Decoded {
  const faults: DecodeFaults = { typeError: undefined, unknownFields: [] }
  const type: GoType = { kind: 'struct', goName: `v1.${structName}`, struct: structName }
  const value = decodeValue(faults, body, type, TOP) ?? zeroOf(type)
  return { ...faults, value: value as Record<string, unknown> }
}

/** The decoded value, or undefined for Go's zero value or nil. */
function decodeValue(faults: DecodeFaults, value: unknown, type: GoType, place: Place): unknown {
  switch (type.kind) {
    case 'struct':
      if (value === null || value === undefined) return undefined
      if (!isObject(value)) return mismatch(faults, value, type, place)
      return decodeFields(faults, value, type.struct, place)
    case 'list':
      if (value === null || value === undefined) return undefined
      if (!Array.isArray(value)) return mismatch(faults, value, type, place)
      return value.map((item, index) => {
        const at = { ...place, path: `${place.path}[${index}]` }
        return decodeValue(faults, item, type.item, at) ?? zeroOf(type.item)
      })
    case 'map':
      if (value === null || value === undefined) return undefined
      if (!isObject(value)) return mismatch(faults, value, type, place)
      return decodeMap(faults, value, type.value, place)
    default:
      return decodeScalar(faults, value, type, place)
  }
}

function decodeMap(
  faults: DecodeFaults,
  map: Record<string, unknown>,
  type: GoType,
  place: Place,
): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const key of sortedKeys(map)) {
    const at = { ...place, path: `${place.path}.${key}` }
    setOwn(result, key, decodeValue(faults, map[key], type, at) ?? zeroOf(type))
  }
  return result
}

function decodeScalar(faults: DecodeFaults, value: unknown, type: GoType, place: Place): unknown {
  if (value === undefined || value === null) return undefined
  try {
    return decodeLeaf(value, type)
  } catch (error) {
    if (!(error instanceof LeafError)) throw error
    if (error.what === undefined) faults.typeError ??= error.message
    else mismatch(faults, value, type, place, error.what)
    return undefined
  }
}

function decodeFields(
  faults: DecodeFaults,
  object: Record<string, unknown>,
  structName: string,
  place: Place,
): Record<string, unknown> {
  const { fields, name } = structOf(structName)
  const result: Record<string, unknown> = {}
  for (const key of sortedKeys(object)) {
    const path = place.path === '' ? key : `${place.path}.${key}`
    const field = fields.get(key)
    if (field === undefined) {
      if (faults.unknownFields.length < UNKNOWN_FIELDS_MAX) faults.unknownFields.push(path)
      continue
    }
    const joined = place.fields === '' ? key : `${place.fields}.${key}`
    const at = { struct: name, fields: joined, path }
    emit(result, field, decodeValue(faults, object[key], field.type, at))
  }
  for (const field of fields.values())
    if (!Object.hasOwn(object, field.name)) emit(result, field, undefined)
  return result
}

/** Writes a field as json.Marshal would: not at all, its value, or its zero value. */
function emit(result: Record<string, unknown>, field: Field, value: unknown): void {
  if (field.pointer) {
    if (value !== undefined) result[field.name] = value
    else if (field.write === 'always') result[field.name] = null
    return
  }
  const written = value ?? zeroOf(field.type)
  if (field.write === 'always' || !isOmitted(field, written)) result[field.name] = written
}

/** omitempty leaves out empty scalars, lists and maps, but never structs. */
function isOmitted(field: Field, value: unknown): boolean {
  if (field.write === 'omitzero') return value === null
  switch (field.type.kind) {
    case 'struct':
    case 'quantity':
    case 'intOrString':
    case 'time':
    case 'microTime':
    case 'raw':
      return false
    case 'list':
      return value === null || (value as readonly unknown[]).length === 0
    case 'map':
      return value === null || Object.keys(value as object).length === 0
    default:
      return value === '' || value === 0 || value === false || value === null
  }
}

/** Go's zero value as JSON. */
function zeroOf(type: GoType): unknown {
  if (type.kind !== 'struct') return leafZero(type)
  return decodeFields({ typeError: undefined, unknownFields: [] }, {}, type.struct, TOP)
}

/** Records encoding/json's UnmarshalTypeError; `what` names the offending JSON. */
function mismatch(
  faults: DecodeFaults,
  value: unknown,
  type: GoType,
  place: Place,
  what: string = jsonKind(value),
): undefined {
  const target =
    place.struct === undefined
      ? `Go value of type ${type.goName}`
      : `Go struct field ${place.struct}.${place.fields} of type ${type.goName}`
  faults.typeError ??= `json: cannot unmarshal ${what} into ${target}`
  return undefined
}

/** A JSON object: neither null nor a list. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sortedKeys(object: Record<string, unknown>): string[] {
  return Object.keys(object).sort()
}

/** Sets an own property whatever its name: `__proto__` is a label like any other. */
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value
  else
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    })
}
