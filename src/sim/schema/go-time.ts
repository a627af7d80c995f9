// time.Parse of RFC 3339 with Go's error texts, for timestamps in manifests.
import { goQuote } from '../lib/go-quote.ts'

const LAYOUT = '2006-01-02T15:04:05Z07:00'
const MICRO_LAYOUT = '2006-01-02T15:04:05.000000Z07:00'
/** The parts of the layout in order: how the layout writes each and what it takes. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d?/],
  [':', /^:/],
  ['04', /^\d\d/],
  [':', /^:/],
  ['05', /^\d\d(?:[.,]\d+)?/],
  ['Z07:00', /^(?:Z|[+-]\d\d:\d\d)/],
]
const MONTHS_MAX = 12

/** The time in UTC with that many digits of fraction, or Go's error. */
export function parseGoTime(text: string, digits: 0 | 6): { time: string } | { error: string } {
  const layout = digits === 0 ? LAYOUT : MICRO_LAYOUT
  const about = `parsing time ${goQuote(text)}`
  let rest = text
  for (const [part, pattern] of PARTS) {
    const found = pattern.exec(rest)?.[0]
    if (found === undefined)
      return { error: `${about} as "${layout}": cannot parse ${goQuote(rest)} as "${part}"` }
    rest = rest.slice(found.length)
  }
  if (rest !== '') return { error: `${about}: extra text: ${goQuote(rest)}` }
  const wrong = outOfRange(text)
  if (wrong !== undefined) return { error: `${about}: ${wrong} out of range` }
  const iso = new Date(Date.parse(text.replace(',', '.'))).toISOString()
  return { time: digits === 0 ? `${iso.slice(0, 19)}Z` : `${iso.slice(0, 19)}.${micros(text)}Z` }
}

function outOfRange(text: string): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text
    .split(/[-T:Z+.,]/)
    .map(Number)
  if (month < 1 || month > MONTHS_MAX) return 'month'
  if (hour > 23) return 'hour'
  if (minute > 59) return 'minute'
  if (second > 59) return 'second'
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return day < 1 || day > days ? 'day' : undefined
}

function micros(text: string): string {
  return (/[.,](\d+)/.exec(text)?.[1] ?? '').slice(0, 6).padEnd(6, '0')
}
