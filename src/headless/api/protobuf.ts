// Bodies in Kubernetes' protobuf form, as typed clients send them: the wire format read into the
// JSON of the same object. The field numbers are those of the generated.proto files of
// kubernetes/api, one line a message: `NUMBER NAME TYPE`, `-` for a struct inlined in JSON, `[]`
// and `{}` for lists and maps.
import FIELD_NUMBERS from './field-numbers.json' with { type: 'json' }

/** A body that is not what it claims to be. */
export class ProtobufError extends Error {
  override name = 'ProtobufError'
}

/** What stands in front of each message (runtime/serializer/protobuf). */
const MAGIC = [0x6b, 0x38, 0x73, 0x00]
/** Messages within messages; no type of the API comes near. */
const DEPTH_MAX = 64
const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

type Json = Record<string, unknown>
type Shape = 'one' | 'list' | 'map'

interface Field {
  name: string
  shape: Shape
  type: string
}

/** One field as it stands on the wire. */
interface Wire {
  number: number
  int: bigint
  bytes: Uint8Array
}

const MESSAGES: Readonly<Record<string, string>> = FIELD_NUMBERS
const known = new Map<string, ReadonlyMap<number, Field>>()

/** Whether bodies of this kind can be read. */
function hasMessage(kind: string): boolean {
  return Object.hasOwn(MESSAGES, kind)
}

/**
 * Reads runtime.Unknown and the object in it. Of a kind without field numbers only the metadata is
 * read: enough to refuse it by its name. Throws ProtobufError.
 */
export function decodeProtobuf(body: Uint8Array): Json {
  if (MAGIC.some((byte, index) => body[index] !== byte))
    throw new ProtobufError('the body does not begin with the protobuf prefix')
  let typeMeta: Json = {}
  let raw: Uint8Array = new Uint8Array()
  for (const { number, bytes } of fieldsOf(body.subarray(MAGIC.length))) {
    if (number === 1) typeMeta = typeMetaOf(bytes)
    if (number === 2) raw = bytes
  }
  const kind = String(typeMeta['kind'] ?? '')
  return { ...typeMeta, ...messageOf(hasMessage(kind) ? kind : 'Named', raw, 0) }
}

function typeMetaOf(bytes: Uint8Array): Json {
  const names = ['', 'apiVersion', 'kind']
  const fields = fieldsOf(bytes).filter(({ number }) => names[number])
  return Object.fromEntries(fields.map((field) => [names[field.number], textOf(field.bytes)]))
}

function messageFields(type: string): ReadonlyMap<number, Field> {
  const ready = known.get(type)
  if (ready !== undefined) return ready
  const line = type === 'Named' ? '1 metadata ObjectMeta' : (MESSAGES[type] ?? '')
  const entries = line.split(',').filter((entry) => entry !== '')
  const fields = new Map(
    entries.map((entry) => {
      const [number = '', name = '', notation = ''] = entry.split(' ')
      const shape: Shape = notation.startsWith('[]')
        ? 'list'
        : notation.startsWith('{}')
          ? 'map'
          : 'one'
      return [Number(number), { name, shape, type: notation.replace(/^(\[\]|\{\})/, '') }]
    }),
  )
  known.set(type, fields)
  return fields
}

function messageOf(type: string, bytes: Uint8Array, depth: number): Json {
  if (depth > DEPTH_MAX) throw new ProtobufError('the body is nested too deep')
  const fields = messageFields(type)
  const result: Json = {}
  for (const wire of fieldsOf(bytes)) {
    const field = fields.get(wire.number)
    if (field === undefined) continue
    const { name, shape } = field
    if (shape === 'list') {
      const list = (result[name] ??= []) as unknown[]
      list.push(valueOf(field.type, wire, depth))
    } else if (shape === 'map') putPair((result[name] ??= {}) as Json, field.type, wire, depth)
    else if (name === '-') Object.assign(result, messageOf(field.type, wire.bytes, depth + 1))
    else result[name] = valueOf(field.type, wire, depth)
  }
  return result
}

function putPair(map: Json, type: string, { bytes }: Wire, depth: number): void {
  let key = ''
  let value: unknown = emptyOf(type)
  for (const wire of fieldsOf(bytes)) {
    if (wire.number === 1) key = textOf(wire.bytes)
    if (wire.number === 2) value = valueOf(type, wire, depth)
  }
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
}

function emptyOf(type: string): unknown {
  return type === 'string' || type === 'bytes' ? '' : null
}

function valueOf(type: string, { int, bytes }: Wire, depth: number): unknown {
  switch (type) {
    case 'string':
      return textOf(bytes)
    case 'bytes':
      return Buffer.from(bytes).toString('base64')
    case 'bool':
      return int !== 0n
    case 'int32':
    case 'int64':
      return Number(BigInt.asIntN(64, int))
    case 'Time':
    case 'MicroTime':
      return timeOf(bytes, type === 'MicroTime')
    case 'Quantity':
      return fieldsOf(bytes).map((field) => textOf(field.bytes))[0] ?? '0'
    case 'IntOrString':
      return intOrStringOf(bytes)
    case 'RawExtension':
    case 'FieldsV1':
      return rawOf(bytes)
    default:
      return messageOf(type, bytes, depth + 1)
  }
}

/** Seconds and nanoseconds since 1970; an empty message is no time. */
function timeOf(bytes: Uint8Array, micro: boolean): string | null {
  const fields = fieldsOf(bytes)
  if (fields.length === 0) return null
  const part = (number: number): number =>
    Number(BigInt.asIntN(64, fields.find((field) => field.number === number)?.int ?? 0n))
  const date = new Date(part(1) * 1000)
  if (Number.isNaN(date.getTime())) throw new ProtobufError('a time out of range')
  const seconds = date.toISOString().slice(0, 19)
  const fraction = String(Math.floor(part(2) / 1000)).padStart(6, '0')
  return micro ? `${seconds}.${fraction}Z` : `${seconds}Z`
}

function intOrStringOf(bytes: Uint8Array): number | string {
  const fields = new Map(fieldsOf(bytes).map((field) => [field.number, field]))
  if ((fields.get(1)?.int ?? 0n) === 1n) return textOf(fields.get(3)?.bytes ?? new Uint8Array())
  return Number(BigInt.asIntN(64, fields.get(2)?.int ?? 0n))
}

function rawOf(bytes: Uint8Array): unknown {
  const text = fieldsOf(bytes).map((field) => textOf(field.bytes))[0] ?? 'null'
  try {
    return JSON.parse(text)
  } catch {
    throw new ProtobufError('a raw value that is no JSON')
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** Every field of a message in the order of the wire. */
function fieldsOf(bytes: Uint8Array): Wire[] {
  const fields: Wire[] = []
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) throw new ProtobufError('the body ends within a number')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw new ProtobufError('a number is too long')
  }
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new ProtobufError('the body ends within a field')
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const tag = Number(varint())
    const number = Math.floor(tag / 8)
    const wire: Wire = { number, int: 0n, bytes: new Uint8Array() }
    const type = tag % 8
    if (type === VARINT) wire.int = varint()
    else if (type === FIXED64) take(8)
    else if (type === BYTES) wire.bytes = take(Number(varint()))
    else if (type === FIXED32) take(4)
    else throw new ProtobufError(`an unknown kind of field: ${type}`)
    fields.push(wire)
  }
  return fields
}
