// Times and durations as people read them. All clocks of the lab are UTC, and say so.

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `10:42:07`. */
export function clockText(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(11, 19)
}

/** `Mon 2 Mar`. */
export function dayText(epochMs: number): string {
  const date = new Date(epochMs)
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
}

/** `10:42:07 UTC Mon 2 Mar`. */
export function momentText(epochMs: number): string {
  return `${clockText(epochMs)} UTC ${dayText(epochMs)}`
}

/** A wait as a stopwatch shows it: `0:53`, `1:02:03`, `3 d 04:10`. */
export function countdownText(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1000))
  const days = Math.floor(total / 86_400)
  const hours = Math.floor((total % 86_400) / 3_600)
  const minutes = Math.floor((total % 3_600) / 60)
  const seconds = total % 60
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds)}`
  return `${minutes}:${two(seconds)}`
}

/** A length of time in its largest two units: `340 ms`, `12 s`, `3 m 20 s`, `2 h`, `1 d 4 h`. */
export function lengthText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return pair(minutes, 'm', seconds % 60, 's')
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return pair(hours, 'h', minutes % 60, 'm')
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function pair(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
