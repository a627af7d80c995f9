// Decoding of single values: what each Go type takes from JSON and how it words a refusal.
import { canonicalQuantity, QuantityError } from '../lib/quantity.ts'
import { parseGoTime } from './go-time.ts'
import type { GoType } from './structs.ts'

/**
 * A value does not fit its type. With `what` it becomes encoding/json's type error about that;
 * otherwise the message is the type's own and stands alone.
 */
export class LeafError extends Error {
  override name = 'LeafError'
  readonly what: string | undefined
  constructor(message: string, what?: string) {
    super(message)
    this.what = what
  }
}

const INT32_MAX = 2 ** 31 - 1
const INT32_MIN = -(2 ** 31)
/** As doubles the bounds of int64 themselves cannot be distinguished from their neighbours. */
const INT64_BOUND = 2 ** 63
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Decodes a value that is not null. Throws LeafError. */
export function decodeLeaf(value: unknown, type: GoType): unknown {
  switch (type.kind) {
    case 'string':
      return ofType(value, 'string')
    case 'bool':
      return ofType(value, 'boolean')
    case 'int32':
      return integer(value, INT32_MIN, INT32_MAX)
    case 'int64':
      return integer(value, -INT64_BOUND, INT64_BOUND)
    case 'bytes':
      return bytes(ofType(value, 'string') as string)
    case 'quantity':
      return quantity(value)
    case 'intOrString':
      return intOrString(value)
    case 'time':
      return time(value, 0)
    case 'microTime':
      return time(value, 6)
    default:
      return value
  }
}

function ofType(value: unknown, expected: 'string' | 'boolean'): unknown {
  if (typeof value !== expected) throw new LeafError('', jsonKind(value))
  return value
}

function integer(value: unknown, min: number, max: number): number {
  if (typeof value !== 'number') throw new LeafError('', jsonKind(value))
  if (!Number.isInteger(value) || value < min || value > max)
    throw new LeafError('', `number ${goJsonNumber(value)}`)
  return value
}

function bytes(text: string): string {
  if (!BASE64.test(text)) {
    const bad = /[^A-Za-z0-9+/]/.exec(text)?.index ?? text.length
    throw new LeafError(`illegal base64 data at input byte ${bad}`)
  }
  return text
}

function quantity(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  try {
    return canonicalQuantity(text.trim())
  } catch (error) {
    if (error instanceof QuantityError) throw new LeafError(error.message)
    throw error
  }
}

function intOrString(value: unknown): unknown {
  if (typeof value === 'string') return value
  const wrong = (what: string): LeafError =>
    new LeafError(`json: cannot unmarshal ${what} into Go value of type int32`)
  if (typeof value !== 'number') throw wrong(jsonKind(value))
  if (!Number.isInteger(value) || value < INT32_MIN || value > INT32_MAX)
    throw wrong(`number ${goJsonNumber(value)}`)
  return value
}

function time(value: unknown, digits: 0 | 6): string {
  if (typeof value !== 'string')
    throw new LeafError(`json: cannot unmarshal ${jsonKind(value)} into Go value of type string`)
  const parsed = parseGoTime(value, digits)
  if ('error' in parsed) throw new LeafError(parsed.error)
  return parsed.time
}

/** A number as Go's json.Marshal writes it; whole numbers in full up to 21 digits. */
function goJsonNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString()
  return String(value)
}

/** What encoding/json calls a JSON value. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}
