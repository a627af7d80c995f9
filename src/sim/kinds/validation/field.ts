// Field errors as the API server words them (apimachinery util/validation/field/errors.go): a path,
// a kind of mistake, the value, a detail.
import type { StatusCause } from '../../errors.ts'
import { goJson, goQuote } from '../../lib/go-quote.ts'

export type FieldErrors = readonly StatusCause[]

/** A value as an error shows it: numbers and booleans plain, text quoted, the rest as JSON. */
function shownValue(value: unknown): string {
  if (typeof value === 'string') return goQuote(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return goJson(value ?? null)
}

function cause(field: string, reason: string, ...parts: readonly string[]): StatusCause {
  return { field, reason, message: parts.filter((part) => part !== '').join(': ') }
}

export function required(field: string, detail = ''): StatusCause {
  return cause(field, 'FieldValueRequired', 'Required value', detail)
}

export function invalid(field: string, value: unknown, detail: string): StatusCause {
  return cause(field, 'FieldValueInvalid', 'Invalid value', shownValue(value), detail)
}

/** An Invalid value that is not shown. */
export function invalidUnshown(field: string, detail: string): StatusCause {
  return cause(field, 'FieldValueInvalid', 'Invalid value', detail)
}

export function notSupported(
  field: string,
  value: unknown,
  supported: readonly string[],
): StatusCause {
  const detail = `supported values: ${supported.map(goQuote).join(', ')}`
  return cause(field, 'FieldValueNotSupported', 'Unsupported value', shownValue(value), detail)
}

export function duplicate(field: string, value: unknown): StatusCause {
  return cause(field, 'FieldValueDuplicate', 'Duplicate value', shownValue(value))
}

export function forbidden(field: string, detail: string): StatusCause {
  return cause(field, 'FieldValueForbidden', 'Forbidden', detail)
}

export function notFoundValue(field: string, value: unknown): StatusCause {
  return cause(field, 'FieldValueNotFound', 'Not found', shownValue(value))
}

export function tooLong(field: string, maxBytes: number): StatusCause {
  return cause(field, 'FieldValueTooLong', 'Too long', `may not be more than ${maxBytes} bytes`)
}

export function tooMany(field: string, actual: number, max: number): StatusCause {
  const detail = `must have at most ${max} items`
  return cause(field, 'FieldValueTooMany', 'Too many', String(actual), detail)
}

/** One Invalid error for each message about the same value. */
export function eachInvalid(
  field: string,
  value: unknown,
  messages: readonly string[],
): StatusCause[] {
  return messages.map((message) => invalid(field, value, message))
}

/** [] unless the number is below zero. */
export function nonNegative(field: string, value: number | null | undefined): StatusCause[] {
  if (typeof value !== 'number' || value >= 0) return []
  return [invalid(field, value, 'must be greater than or equal to 0')]
}

/** [] when equal; otherwise the new value cannot be set. `shown` is how it is printed. */
export function immutable(field: string, same: boolean, shown: unknown): StatusCause[] {
  return same ? [] : [invalid(field, shown, 'field is immutable')]
}

/** Required when empty, NotSupported when not in the list. */
export function oneOf(
  field: string,
  value: string | undefined,
  supported: readonly string[],
): StatusCause[] {
  if (value === undefined || value === '') return [required(field)]
  return supported.includes(value) ? [] : [notSupported(field, value, supported)]
}

/** [] when absent or in the list. */
export function optionalOneOf(
  field: string,
  value: string | undefined,
  supported: readonly string[],
): StatusCause[] {
  if (value === undefined || supported.includes(value)) return []
  return [notSupported(field, value, supported)]
}
