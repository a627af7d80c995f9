// Resource quantities: `100m`, `2`, `1.5Gi`, `1e3` (apimachinery api/resource/quantity.go): what is
// accepted, the error texts, and the one spelling the API server answers with. An amount is a whole
// number of billionths, as upstream rounds to.

type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent'

/** A parsed quantity. */
export interface Quantity {
  /** The amount in billionths. */
  readonly nano: bigint
  /** The family of suffixes it was written with, which it is printed with again. */
  readonly format: QuantityFormat
  /** The text as given, when that is already a spelling the server keeps. */
  readonly text?: string
}

/** A text that is no quantity; the message is apimachinery's. */
export class QuantityError extends Error {
  override name = 'QuantityError'
}

const ZERO: Quantity = { nano: 0n, format: 'DecimalSI', text: '0' }
const NANO_EXPONENT = -9
const ONE = 10n ** 9n
const MAX_INT64 = 2n ** 63n - 1n
// No lab has larger numbers; upstream would compute with exponents up to 2³¹.
const EXPONENT_LIMIT = 100

const FORMAT_ERROR =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
const SUFFIX_ERROR = "unable to parse quantity's suffix"

const DECIMAL_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
])
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

// The same few texts are read again and again; cleared when full, it is only a memory.
const PARSED = new Map<string, Quantity>()
const PARSED_LIMIT = 2_000

/** Reads a quantity. Throws QuantityError. */
export function parseQuantity(text: string): Quantity {
  const known = PARSED.get(text)
  if (known !== undefined) return known
  const quantity = parse(text)
  if (PARSED.size >= PARSED_LIMIT) PARSED.clear()
  PARSED.set(text, quantity)
  return quantity
}

// A leading sign and leading zeros go first; anything may be missing, so `.` and `m` are zero.
const SYNTAX = /^([+-]?)(0*)(\d*)(\.?)(\d*)([eEinumkKMGTP]*[+-]?\d*)$/

function parse(text: string): Quantity {
  if (text === '0') return ZERO
  const match = text === '' ? null : SYNTAX.exec(text)
  if (match === null) throw new QuantityError(FORMAT_ERROR)
  const [, sign, , whole = '', , fraction = '', suffix = ''] = match
  const { format, exponent } = readSuffix(suffix)
  const digits = (whole === '' ? '0' : whole) + fraction
  const unsigned = BigInt(digits)
  const negate = (nano: bigint): bigint => (sign === '-' ? -nano : nano)
  if (format === 'BinarySI') {
    const amount = binaryAmount(unsigned, fraction.length, exponent)
    const shown = amount < ONE && amount > 0n ? 'DecimalSI' : format
    const keeps = fraction === '' && fitsFast(whole, exponent, unsigned) && unsigned % 8n !== 0n
    return { nano: negate(amount), format: shown, ...(keeps ? { text } : {}) }
  }
  const scale = exponent - fraction.length
  const fast = digits.length <= 18 && scale >= NANO_EXPONENT
  const keeps = fast && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0')
  return { nano: negate(scaleUp(unsigned, scale)), format, ...(keeps ? { text } : {}) }
}

function readSuffix(suffix: string): { format: QuantityFormat; exponent: number } {
  const decimal = DECIMAL_SUFFIXES.get(suffix)
  if (decimal !== undefined) return { format: 'DecimalSI', exponent: decimal }
  const binary = BINARY_SUFFIXES.indexOf(suffix)
  if (binary > 0) return { format: 'BinarySI', exponent: binary * 10 }
  if (!/^[eE][+-]?\d+$/.test(suffix)) throw new QuantityError(SUFFIX_ERROR)
  const exponent = Math.max(-EXPONENT_LIMIT, Math.min(EXPONENT_LIMIT, Number(suffix.slice(1))))
  return { format: 'DecimalExponent', exponent }
}

// Billionths of `digits` · 10^scale, rounded away from zero.
function scaleUp(digits: bigint, scale: number): bigint {
  const exponent = scale - NANO_EXPONENT
  return exponent >= 0
    ? digits * 10n ** BigInt(exponent)
    : ceilDiv(digits, 10n ** BigInt(-exponent))
}

function binaryAmount(digits: bigint, decimals: number, exponent: number): bigint {
  const amount = ceilDiv(digits * 2n ** BigInt(exponent) * ONE, 10n ** BigInt(decimals))
  return amount > MAX_INT64 * ONE ? MAX_INT64 * ONE : amount
}

// Upstream's estimate of whether a binary quantity fits an int64 without looking.
function fitsFast(whole: string, exponent: number, digits: bigint): boolean {
  const precision = 15 - Math.max(1, whole.length) - Math.trunc((exponent * 3) / 10) - 1
  return precision >= 0 && digits * 2n ** BigInt(exponent) <= MAX_INT64
}

function ceilDiv(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by
}

/** The spelling the API server prints (Quantity.String). */
export function formatQuantity(quantity: Quantity): string {
  return quantity.text ?? canonical(quantity)
}

/** Reads and prints: `0.5` → `500m`, `1024Mi` → `1Gi`, `100m` as it is. Throws QuantityError. */
export function canonicalQuantity(text: string): string {
  return formatQuantity(parseQuantity(text))
}

function canonical({ nano, format }: Quantity): string {
  if (nano === 0n) return '0'
  const magnitude = nano < 0n ? -nano : nano
  if (format === 'BinarySI' && magnitude >= 1024n * ONE && nano % ONE === 0n) {
    return binaryText(nano / ONE)
  }
  let mantissa = nano
  let exponent = NANO_EXPONENT
  while (mantissa % 10n === 0n) {
    mantissa /= 10n
    exponent++
  }
  const shift = ((exponent % 3) + 3) % 3
  mantissa *= 10n ** BigInt(shift)
  return `${mantissa}${decimalSuffix(exponent - shift, format)}`
}

function binaryText(value: bigint): string {
  let mantissa = value
  let power = 0
  while (mantissa % 1024n === 0n && power < BINARY_SUFFIXES.length - 1) {
    mantissa /= 1024n
    power++
  }
  return `${mantissa}${BINARY_SUFFIXES[power]}`
}

function decimalSuffix(exponent: number, format: QuantityFormat): string {
  if (format === 'DecimalExponent') return exponent === 0 ? '' : `e${exponent}`
  for (const [suffix, value] of DECIMAL_SUFFIXES) if (value === exponent) return suffix
  return ''
}

/** −1, 0 or 1. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  if (a.nano === b.nano) return 0
  return a.nano < b.nano ? -1 : 1
}

/** The sum; printed as the first, or as the second when the first is zero (Quantity.Add). */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format }
}

/**
 * The canonical text rounded up to thousandths, as every entry of a resource list is
 * (core/v1/defaults.go SetDefaults_ResourceList). Throws QuantityError.
 */
export function roundedUpToMilli(text: string): string {
  const quantity = parseQuantity(text)
  const milli = 10n ** 6n
  if (quantity.nano % milli === 0n) return formatQuantity(quantity)
  const up = quantity.nano > 0n ? 1n : -1n
  return formatQuantity({ nano: (quantity.nano / milli + up) * milli, format: quantity.format })
}

const MILLI_VALUES = new Map<string, number | undefined>()

/** Thousandths, rounded up (Quantity.MilliValue); undefined for text that is no quantity. */
export function milliValue(text: string): number | undefined {
  if (MILLI_VALUES.has(text)) return MILLI_VALUES.get(text)
  if (MILLI_VALUES.size >= PARSED_LIMIT) MILLI_VALUES.clear()
  const value = computeMilli(text)
  MILLI_VALUES.set(text, value)
  return value
}

function computeMilli(text: string): number | undefined {
  try {
    const { nano } = parseQuantity(text)
    const milli = 10n ** 6n
    return Number(nano > 0n ? ceilDiv(nano, milli) : nano / milli)
  } catch (error) {
    if (error instanceof QuantityError) return undefined
    throw error
  }
}

/** Whole units, rounded up (Quantity.Value); undefined for text that is no quantity. */
export function unitValue(text: string): number | undefined {
  const milli = milliValue(text)
  return milli === undefined ? undefined : Math.ceil(milli / 1000)
}

/** Which resources a Pod can ask for as a whole (component-helpers/resource). */
export function isPodLevel(resource: string): boolean {
  return resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-')
}
