// Cron schedules as the CronJob controller reads them: robfig/cron v3.0.1 ParseStandard, with its
// error texts in its order of checks. Not the crontab of Unix: Sunday is only 0, `*/1` counts as a
// star, `?` is allowed everywhere, and `@every` exists.

import {
  CronError,
  everyValue,
  onlyValue,
  parseCronField,
  type CronBounds,
  type CronField,
} from './cron-field.ts'
import { zoneError } from './cron-zone.ts'
import { DurationError, NANOSECONDS_PER_MS, parseGoDuration } from './go-duration.ts'

/** Five fields, matched against the wall clock of a zone. */
export interface FieldsSchedule {
  readonly kind: 'fields'
  readonly minute: CronField
  readonly hour: CronField
  readonly dayOfMonth: CronField
  readonly month: CronField
  readonly dayOfWeek: CronField
  /** The zone of a `TZ=` or `CRON_TZ=` prefix; it beats a CronJob's timeZone. */
  readonly zone: string | undefined
}

/** `@every D`: so long after the last time, whatever the clock says. */
interface EverySchedule {
  readonly kind: 'every'
  /** Whole seconds, at least one. */
  readonly intervalMs: number
}

/** A parsed schedule. Shared between callers: never changed. */
export type CronSchedule = FieldsSchedule | EverySchedule

const MINUTE: CronBounds = { min: 0, max: 59 }
const HOUR: CronBounds = { min: 0, max: 23 }
const DAY_OF_MONTH: CronBounds = { min: 1, max: 31 }
const MONTH: CronBounds = {
  min: 1,
  max: 12,
  names: names(1, 'jan feb mar apr may jun jul aug sep oct nov dec'),
}
const DAY_OF_WEEK: CronBounds = { min: 0, max: 6, names: names(0, 'sun mon tue wed thu fri sat') }

function names(first: number, list: string): ReadonlyMap<string, number> {
  return new Map(list.split(' ').map((name, index) => [name, first + index]))
}

// unicode.IsSpace, which strings.Fields splits on; JavaScript's \s differs in U+0085 and U+FEFF.
const SPACES = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

// A controller parses the same few texts at every sync. Cleared when full: it is only a memory.
const PARSED = new Map<string, CronSchedule>()
const PARSED_LIMIT = 1_000

/** Reads a schedule. Throws CronError with the parser's text. Equal texts share one result. */
export function parseCron(text: string): CronSchedule {
  const known = PARSED.get(text)
  if (known !== undefined) return known
  const schedule = parse(text)
  if (PARSED.size >= PARSED_LIMIT) PARSED.clear()
  PARSED.set(text, schedule)
  return schedule
}

function parse(text: string): CronSchedule {
  if (text === '') throw new CronError('empty spec string')
  const { zone, spec } = splitZone(text)
  if (spec.startsWith('@')) return parseDescriptor(spec, zone)
  const fields = spec.split(SPACES).filter((field) => field !== '')
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields
  if (dayOfWeek === undefined || fields.length > 5) {
    const found = `found ${fields.length}: [${fields.join(' ')}]`
    throw new CronError(`expected exactly 5 fields, ${found}`)
  }
  return {
    kind: 'fields',
    minute: parseCronField(minute ?? '', MINUTE),
    hour: parseCronField(hour ?? '', HOUR),
    dayOfMonth: parseCronField(dayOfMonth ?? '', DAY_OF_MONTH),
    month: parseCronField(month ?? '', MONTH),
    dayOfWeek: parseCronField(dayOfWeek, DAY_OF_WEEK),
    zone,
  }
}

function splitZone(text: string): { zone: string | undefined; spec: string } {
  if (!text.startsWith('TZ=') && !text.startsWith('CRON_TZ='))
    return { zone: undefined, spec: text }
  const end = text.indexOf(' ')
  if (end < 0) throw new CronError('runtime error: slice bounds out of range [:-1]', true)
  const zone = text.slice(text.indexOf('=') + 1, end)
  const error = zoneError(zone)
  if (error !== undefined) throw new CronError(`provided bad location ${zone}: ${error}`)
  return { zone: zone === '' ? 'UTC' : zone, spec: trimSpace(text.slice(end)) }
}

function trimSpace(text: string): string {
  const space = SPACES.source
  return text.replace(new RegExp(`^${space}`), '').replace(new RegExp(`${space}$`), '')
}

function parseDescriptor(text: string, zone: string | undefined): CronSchedule {
  switch (text) {
    case '@yearly':
    case '@annually':
      return descriptor({ hour: 0, dayOfMonth: 1, month: 1 }, zone)
    case '@monthly':
      return descriptor({ hour: 0, dayOfMonth: 1 }, zone)
    case '@weekly':
      return descriptor({ hour: 0, dayOfWeek: 0 }, zone)
    case '@daily':
    case '@midnight':
      return descriptor({ hour: 0 }, zone)
    case '@hourly':
      return descriptor({}, zone)
  }
  if (text.startsWith('@every ')) return parseEvery(text)
  throw new CronError(`unrecognized descriptor: ${text}`)
}

interface DescriptorParts {
  hour?: number
  dayOfMonth?: number
  month?: number
  dayOfWeek?: number
}

function descriptor(parts: DescriptorParts, zone: string | undefined): FieldsSchedule {
  const field = (value: number | undefined, bounds: CronBounds): CronField =>
    value === undefined ? everyValue(bounds) : onlyValue(value, bounds)
  return {
    kind: 'fields',
    minute: onlyValue(0, MINUTE),
    hour: field(parts.hour, HOUR),
    dayOfMonth: field(parts.dayOfMonth, DAY_OF_MONTH),
    month: field(parts.month, MONTH),
    dayOfWeek: field(parts.dayOfWeek, DAY_OF_WEEK),
    zone,
  }
}

function parseEvery(text: string): EverySchedule {
  try {
    const ms = parseGoDuration(text.slice('@every '.length)) / NANOSECONDS_PER_MS
    return { kind: 'every', intervalMs: ms < 1000 ? 1000 : Math.floor(ms / 1000) * 1000 }
  } catch (error) {
    if (!(error instanceof DurationError)) throw error
    throw new CronError(`failed to parse duration ${text}: ${error.message}`)
  }
}
