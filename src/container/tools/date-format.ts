// strftime and the dates `date -d` understands. Containers of the lab run in UTC.

const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const MONTHS =
  'January February March April May June July August September October November December'.split(' ')
const DAY_MS = 86_400_000

const two = (value: number): string => String(value).padStart(2, '0')

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1
}

function isoWeek(date: Date): { week: number; year: number } {
  const day = (date.getUTCDay() + 6) % 7
  const thursday = new Date(date.getTime() + (3 - day) * DAY_MS)
  return { week: Math.ceil(dayOfYear(thursday) / 7), year: thursday.getUTCFullYear() }
}

function twelve(date: Date): number {
  return date.getUTCHours() % 12 === 0 ? 12 : date.getUTCHours() % 12
}

const FIELDS: Record<string, (date: Date) => string> = {
  Y: (d) => String(d.getUTCFullYear()),
  C: (d) => two(Math.floor(d.getUTCFullYear() / 100)),
  y: (d) => two(d.getUTCFullYear() % 100),
  m: (d) => two(d.getUTCMonth() + 1),
  d: (d) => two(d.getUTCDate()),
  e: (d) => String(d.getUTCDate()).padStart(2),
  H: (d) => two(d.getUTCHours()),
  k: (d) => String(d.getUTCHours()).padStart(2),
  I: (d) => two(twelve(d)),
  l: (d) => String(twelve(d)).padStart(2),
  M: (d) => two(d.getUTCMinutes()),
  S: (d) => two(d.getUTCSeconds()),
  N: (d) => `${String(d.getUTCMilliseconds()).padStart(3, '0')}000000`,
  s: (d) => String(Math.floor(d.getTime() / 1000)),
  j: (d) => String(dayOfYear(d)).padStart(3, '0'),
  a: (d) => (DAYS[d.getUTCDay()] ?? '').slice(0, 3),
  A: (d) => DAYS[d.getUTCDay()] ?? '',
  b: (d) => (MONTHS[d.getUTCMonth()] ?? '').slice(0, 3),
  h: (d) => (MONTHS[d.getUTCMonth()] ?? '').slice(0, 3),
  B: (d) => MONTHS[d.getUTCMonth()] ?? '',
  p: (d) => (d.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: (d) => (d.getUTCHours() < 12 ? 'am' : 'pm'),
  u: (d) => String(d.getUTCDay() === 0 ? 7 : d.getUTCDay()),
  w: (d) => String(d.getUTCDay()),
  V: (d) => two(isoWeek(d).week),
  G: (d) => String(isoWeek(d).year),
  U: (d) => two(Math.floor((dayOfYear(d) + 6 - d.getUTCDay()) / 7)),
  W: (d) => two(Math.floor((dayOfYear(d) + 6 - ((d.getUTCDay() + 6) % 7)) / 7)),
  Z: () => 'UTC',
  z: () => '+0000',
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
}

const COMPOSED: Record<string, string> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
}

/** strftime in the C locale, UTC. `%-d` drops the padding, `%3N` cuts. */
export function formatDate(format: string, time: number): string {
  const date = new Date(time)
  const full = format.replace(/%([FTXRDxrc])/g, (_, letter: string) => COMPOSED[letter] ?? '')
  return full.replace(
    /%([-_0^]?)(\d?)([A-Za-z%])/g,
    (all, flag: string, width: string, letter: string) => {
      const field = Object.hasOwn(FIELDS, letter) ? FIELDS[letter] : undefined
      if (field === undefined) return all
      const text = field(date)
      if (letter === 'N' && width !== '') return text.slice(0, Number(width))
      if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '')
      if (flag === '_') return text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length))
      return flag === '^' ? text.toUpperCase() : text
    },
  )
}

const UNIT_MS: Record<string, number> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
}

/**
 * The time a text names: `@N`, ISO forms, `hh:mm`, `now`, `yesterday`, `3 days ago`, `+2 hours`.
 */
export function parseDate(text: string, now: number): number | undefined {
  const trimmed = text.trim()
  const at = /^@(-?\d+)(?:\.(\d{1,3}))?\d*$/.exec(trimmed)
  if (at !== null) return Number(at[1]) * 1000 + Number((at[2] ?? '').padEnd(3, '0'))
  if (trimmed === 'now' || trimmed === '') return now
  if (trimmed === 'today') return now
  if (trimmed === 'yesterday') return now - DAY_MS
  if (trimmed === 'tomorrow') return now + DAY_MS
  const relative = /^([-+]?\d+) *([a-z]+?)s?(?: *(ago))?$/.exec(trimmed)
  const unit = UNIT_MS[relative?.[2] ?? '']
  if (relative !== null && unit !== undefined) {
    return now + Number(relative[1]) * unit * (relative[3] === undefined ? 1 : -1)
  }
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(trimmed)
  if (clock !== null) {
    const [, hours, minutes, seconds] = clock
    const day = Math.floor(now / DAY_MS) * DAY_MS
    return day + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1000
  }
  const pattern =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?(?: ?(?:Z|UTC|\+00:?00))?$/
  const iso = pattern.exec(trimmed)
  if (iso === null) return undefined
  const [, year, month, day, hour, minute, second] = iso.map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour || 0, minute || 0, second || 0)
}
