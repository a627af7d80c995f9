// One field of a cron schedule, as robfig/cron v3.0.1 reads it (parser.go getField, getRange). The
// field is kept as a table "least allowed value at or after v", so that stepping needs no loop.

import { goQuote } from './go-quote.ts'

/** A schedule that the parser refuses; the message is the parser's own. */
export class CronError extends Error {
  override name = 'CronError'
  /** Whether robfig/cron panics here, which Kubernetes reports as an invalid schedule format. */
  readonly panics: boolean

  constructor(message: string, panics = false) {
    super(message)
    this.panics = panics
  }
}

/** The values that a field may take, and the names of some of them. */
export interface CronBounds {
  readonly min: number
  readonly max: number
  readonly names?: ReadonlyMap<string, number>
}

/** The allowed values of one field. */
export interface CronField {
  /** `next[v]` is the least allowed value ≥ v, or −1; defined for 0 … max + 1. */
  readonly next: Int8Array
  /** Whether `*` or `?` without a step is in it: decides how the two day fields combine. */
  readonly star: boolean
  /** Nothing is allowed (only commas were given): the schedule never fires. */
  readonly empty: boolean
}

/** Reads a comma list of ranges; empty items are skipped. Throws CronError. */
export function parseCronField(text: string, bounds: CronBounds): CronField {
  const allowed = new Uint8Array(bounds.max + 1)
  let star = false
  for (const item of text.split(',')) {
    if (item !== '') star = addRange(item, bounds, allowed) || star
  }
  return fieldOf(allowed, star)
}

/** The field that `*` gives. */
export function everyValue(bounds: CronBounds): CronField {
  return parseCronField('*', bounds)
}

/** The field that allows one value. */
export function onlyValue(value: number, bounds: CronBounds): CronField {
  return parseCronField(String(value), bounds)
}

/** Whether the field allows `value`. */
export function allows(field: CronField, value: number): boolean {
  return field.next[value] === value
}

function fieldOf(allowed: Uint8Array, star: boolean): CronField {
  const next = new Int8Array(allowed.length + 1).fill(-1)
  for (let value = allowed.length - 1; value >= 0; value--) {
    next[value] = allowed[value] === 1 ? value : (next[value + 1] ?? -1)
  }
  return { next, star, empty: next[0] === -1 }
}

// Adds the values of `X`, `X-Y`, `*`, `?`, each with an optional step; true if it has the star bit.
function addRange(expression: string, bounds: CronBounds, allowed: Uint8Array): boolean {
  const [range = '', stepText, ...moreSlashes] = expression.split('/')
  const [lowText = '', highText, ...moreHyphens] = range.split('-')
  const wildcard = lowText === '*' || lowText === '?'
  let start = bounds.min
  let end = bounds.max
  if (!wildcard) {
    start = parseValue(lowText, bounds)
    if (moreHyphens.length > 0) throw new CronError(`too many hyphens: ${expression}`)
    end = highText === undefined ? start : parseValue(highText, bounds)
  }
  if (moreSlashes.length > 0) throw new CronError(`too many slashes: ${expression}`)
  const step = stepText === undefined ? 1 : parseNumber(stepText)
  // "N/step" means "N-max/step".
  if (stepText !== undefined && highText === undefined) end = bounds.max
  checkRange(start, end, step, bounds, expression)
  for (let value = start; value <= end; value += step) allowed[value] = 1
  return wildcard && step <= 1
}

function checkRange(
  start: number,
  end: number,
  step: number,
  bounds: CronBounds,
  expression: string,
): void {
  if (start < bounds.min) {
    throw new CronError(
      `beginning of range (${start}) below minimum (${bounds.min}): ${expression}`,
    )
  }
  if (end > bounds.max) {
    throw new CronError(`end of range (${end}) above maximum (${bounds.max}): ${expression}`)
  }
  if (start > end) {
    throw new CronError(`beginning of range (${start}) beyond end of range (${end}): ${expression}`)
  }
  if (step === 0) {
    throw new CronError(`step of range should be a positive number: ${expression}`)
  }
}

function parseValue(text: string, bounds: CronBounds): number {
  return bounds.names?.get(text.toLowerCase()) ?? parseNumber(text)
}

const MAX_INT64 = 2n ** 63n - 1n

// strconv.Atoi with its error texts: a sign and leading zeros are fine, nothing else is.
function parseNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw atoiError(text, 'invalid syntax')
  const value = BigInt(text.replace(/^\+/, ''))
  if (value > MAX_INT64 || value < -MAX_INT64 - 1n) throw atoiError(text, 'value out of range')
  if (value < 0n) throw new CronError(`negative number (${value}) not allowed: ${text}`)
  return Number(value)
}

function atoiError(text: string, reason: string): CronError {
  const parsing = `strconv.Atoi: parsing ${goQuote(text)}: ${reason}`
  return new CronError(`failed to parse int from ${text}: ${parsing}`)
}
