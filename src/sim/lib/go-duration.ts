// Go durations: time.ParseDuration with its error texts, and Duration.String. A duration is a whole
// number of nanoseconds; 2⁵³ ns is 104 days, above that whole seconds are still exact.

/** Nanoseconds; the unit of Go's time.Duration. */
type Nanoseconds = number

export const NANOSECONDS_PER_MS = 1e6

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3], // U+00B5, micro sign
  ['μs', 1e3], // U+03BC, Greek letter mu
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
])

// The largest time.Duration, 2⁶³ − 1; as a double it reads 2⁶³, which no shorter text reaches.
const MAX_NANOSECONDS = 2 ** 63

/** A text that time.ParseDuration refuses; the message is Go's. */
export class DurationError extends Error {
  override name = 'DurationError'
}

/**
 * Reads `1h30m`, `-1.5s`, `0`. Throws DurationError with one of Go's three texts:
 * `time: invalid duration "…"`, `time: missing unit …`, `time: unknown unit …`.
 */
export function parseGoDuration(text: string): Nanoseconds {
  const quoted = quote(text)
  const negative = text.startsWith('-')
  let rest = negative || text.startsWith('+') ? text.slice(1) : text
  if (rest === '0') return 0
  if (rest === '') throw new DurationError(`time: invalid duration ${quoted}`)
  let total = 0
  while (rest !== '') {
    const number = /^\d*(?:\.\d*)?/.exec(rest)?.[0] ?? ''
    if (!/\d/.test(number)) throw new DurationError(`time: invalid duration ${quoted}`)
    rest = rest.slice(number.length)
    const unitName = /^[^.\d]*/.exec(rest)?.[0] ?? ''
    if (unitName === '') throw new DurationError(`time: missing unit in duration ${quoted}`)
    const unit = UNITS.get(unitName)
    if (unit === undefined) {
      throw new DurationError(`time: unknown unit ${quote(unitName)} in duration ${quoted}`)
    }
    rest = rest.slice(unitName.length)
    total += scaled(number, unit)
    if (total > MAX_NANOSECONDS || (total === MAX_NANOSECONDS && !negative)) {
      throw new DurationError(`time: invalid duration ${quoted}`)
    }
  }
  return negative && total !== 0 ? -total : total
}

function scaled(number: string, unit: number): number {
  const [whole = '', fraction = ''] = number.split('.')
  const part = fraction === '' ? 0 : Math.trunc(Number(fraction) * (unit / 10 ** fraction.length))
  return Number(whole) * unit + part
}

// The time package has a quote of its own: each byte outside printable ASCII becomes \xNN.
function quote(text: string): string {
  let out = ''
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (char === '"' || char === '\\') out += `\\${char}`
    else if (code < 0x20) out += `\\x${code.toString(16).padStart(2, '0')}`
    else out += code < 0x80 ? char : encodeURIComponent(char).toLowerCase().replaceAll('%', '\\x')
  }
  return `"${out}"`
}

/** Duration.String: `0s`, `1.5ms`, `1m30s`, `1h0m0s`. */
export function formatGoDuration(duration: Nanoseconds): string {
  if (duration === 0) return '0s'
  const sign = duration < 0 ? '-' : ''
  const ns = Math.abs(duration)
  if (ns < 1e3) return `${sign}${ns}ns`
  if (ns < 1e6) return `${sign}${decimal(ns, 1e3)}µs`
  if (ns < 1e9) return `${sign}${decimal(ns, 1e6)}ms`
  const minutes = Math.floor(ns / 60e9)
  const seconds = `${decimal(ns - minutes * 60e9, 1e9)}s`
  if (minutes === 0) return sign + seconds
  const hours = Math.floor(minutes / 60)
  return `${sign}${hours > 0 ? `${hours}h` : ''}${minutes % 60}m${seconds}`
}

// The quotient without trailing zeros; both are integers, so no rounding can show.
function decimal(ns: number, unit: number): string {
  const whole = Math.floor(ns / unit)
  const fraction = String(Math.round(ns - whole * unit)).padStart(String(unit).length - 1, '0')
  const digits = fraction.replace(/0+$/, '')
  return digits === '' ? String(whole) : `${whole}.${digits}`
}
