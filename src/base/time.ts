// The one place where virtual time is converted. SimTime is milliseconds since the Unix epoch, a
// whole number; nothing in the simulation reads the computer's clock.

declare const simTime: unique symbol
/** A moment of the simulation: whole milliseconds since 1970-01-01T00:00:00Z. */
export type SimTime = number & { readonly [simTime]: true }

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** Marks a number of milliseconds since the epoch as a SimTime (fractions are dropped). */
export function simTimeOf(epochMs: number): SimTime {
  return Math.trunc(epochMs) as SimTime
}

/** `time` moved by `ms` milliseconds. */
export function addMs(time: SimTime, ms: number): SimTime {
  return Math.trunc(time + ms) as SimTime
}

/** The whole second at or before `time`: metav1.Time keeps no more. */
export function truncateToSecond(time: SimTime): SimTime {
  return (Math.floor(time / SECOND_MS) * SECOND_MS) as SimTime
}

// The same few seconds are asked for again and again: now, a schedule's time, an hour ago.
const texts = new Map<number, string>()
const TEXTS_MAX = 64

/** metav1.Time: `2026-11-23T09:20:25Z`. */
export function formatTime(time: SimTime): string {
  const second = Math.floor(time / SECOND_MS)
  let text = texts.get(second)
  if (text === undefined) {
    text = new Date(second * SECOND_MS).toISOString().slice(0, 19) + 'Z'
    if (texts.size >= TEXTS_MAX) texts.clear()
    texts.set(second, text)
  }
  return text
}

/** metav1.MicroTime: `2026-11-23T09:20:25.076000Z`. */
export function formatMicroTime(time: SimTime): string {
  return new Date(time).toISOString().slice(0, 23) + '000Z'
}

// One text is asked for many times in a row: the Pods of a Job were created in one second.
let lastParsed: string | undefined
let lastTime = NaN

/** Reads RFC 3339 (any offset, optional fraction). NaN-free: throws RangeError on other text. */
export function parseTime(text: string): SimTime {
  if (text === lastParsed) return lastTime as SimTime
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new RangeError(`not an RFC 3339 time: ${text}`)
  lastParsed = text
  lastTime = ms
  return ms as SimTime
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** RFC1123Z in UTC, as kubectl describe prints it: `Mon, 23 Nov 2026 09:20:25 +0000`. */
export function formatRfc1123(time: SimTime): string {
  const date = new Date(time)
  const day = String(date.getUTCDate()).padStart(2, '0')
  const clock = date.toISOString().slice(11, 19)
  const month = MONTHS[date.getUTCMonth()]
  return `${DAYS[date.getUTCDay()]}, ${day} ${month} ${date.getUTCFullYear()} ${clock} +0000`
}

/**
 * An age as kubectl shows it: `5s`, `3m12s`, `2d5h`; source apimachinery util/duration
 * HumanDuration. Below −2 s it is `<invalid>`.
 */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / SECOND_MS)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.trunc(seconds / 60)
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.trunc(minutes / 60)
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.trunc(hours / 24)
  if (hours < 192) return two(days, 'd', hours % 24, 'h')
  if (hours < 24 * 365 * 2) return `${days}d`
  const years = Math.trunc(days / 365)
  if (hours < 24 * 365 * 8) return two(years, 'y', days % 365, 'd')
  return `${years}y`
}

function two(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`
}
