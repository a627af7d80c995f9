// Tools about time: date, sleep, usleep.

import { addMs, type SimTime } from '../../base/time.ts'
import { formatDate, parseDate } from './date-format.ts'
import { fail, isGnu, out, type Io, type Result, type Tool } from './io.ts'

const UNITS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

// A century is for ever here, and keeps times printable.
const LONGEST_MS = 100 * 365 * 86_400_000

/** A duration like `1.5`, `2m` or `infinity` in milliseconds; undefined if it is none. */
export function durationMs(text: string): number | undefined {
  if (/^inf(?:inity)?$/i.test(text)) return Infinity
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text)
  if (match === null) return undefined
  const ms = Math.round(Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1) * 1000)
  return ms > LONGEST_MS ? Infinity : ms
}

/** A sleep is started, its timer is late, and it is reaped in this time more: SPEC KUBELET-16. */
const OVERSLEPT_MS = 1

/** Lets the proc sleep; true when the time is over. */
export function sleepFor(io: Io, ms: number): boolean {
  const { container, proc } = io
  if (ms > LONGEST_MS) {
    proc.block = { on: 'signal' }
    return false
  }
  const until = proc.memory['until']
  if (typeof until !== 'number') {
    if (ms <= 0) return true
    const wakeAt = addMs(container.now, ms)
    proc.memory['until'] = wakeAt
    proc.block = { on: 'time', until: wakeAt }
    return false
  }
  if (until <= container.now) return true
  proc.block = { on: 'time', until: until as SimTime }
  return false
}

function sleep(io: Io): Result {
  if (io.args.length === 0) {
    return fail(io, isGnu(io) ? 'missing operand' : 'missing operand\nUsage: sleep [N]...')
  }
  let total = 0
  for (const arg of io.args) {
    const ms = durationMs(arg)
    if (ms === undefined) {
      if (isGnu(io)) {
        const hint = "Try 'sleep --help' for more information."
        return fail(io, `invalid time interval '${arg}'\n${hint}`)
      }
      return fail(io, `invalid number '${arg}'`)
    }
    total += ms
  }
  return sleepFor(io, total + OVERSLEPT_MS) ? 0 : 'wait'
}

function usleep(io: Io): Result {
  const micros = Number(io.args[0] ?? NaN)
  if (Number.isNaN(micros)) return fail(io, 'invalid number')
  return sleepFor(io, Math.round(micros / 1000)) ? 0 : 'wait'
}

const DEFAULT_FORMAT = '%a %b %e %H:%M:%S %Z %Y'
const ISO_FORMATS: Record<string, string> = {
  '': '%Y-%m-%d',
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H+00:00',
  minutes: '%Y-%m-%dT%H:%M+00:00',
  seconds: '%Y-%m-%dT%H:%M:%S+00:00',
  ns: '%Y-%m-%dT%H:%M:%S,%N+00:00',
}

function date(io: Io): Result {
  let format = DEFAULT_FORMAT
  let time: number = io.container.now
  const args = [...io.args]
  while (args.length > 0) {
    const arg = args.shift() ?? ''
    const iso = /^(?:-I|--iso-8601=?)(.*)$/.exec(arg)
    const given = /^(?:-d|--date=)(.*)$/s.exec(arg)
    if (arg.startsWith('+')) format = arg.slice(1)
    else if (iso !== null) {
      const kind = iso[1] ?? ''
      const found = Object.keys(ISO_FORMATS).find((name) => name.startsWith(kind))
      format = ISO_FORMATS[found ?? ''] ?? format
    } else if (given !== null || arg === '--date') {
      const text = given === null || given[1] === '' ? (args.shift() ?? '') : (given[1] ?? '')
      const parsed = parseDate(text, io.container.now)
      if (parsed === undefined) return fail(io, `invalid date '${text}'`)
      time = parsed
    } else if (arg === '-R' || arg === '--rfc-2822') format = '%a, %d %b %Y %H:%M:%S +0000'
    else if (arg === '-r') args.shift()
    else if (arg !== '-u' && arg !== '--utc') {
      if (arg.startsWith('-')) return fail(io, `unrecognized option '${arg}'`)
      return fail(io, `invalid date '${arg}'`)
    }
  }
  out(io, `${formatDate(format, time)}\n`)
  return 0
}

export const clock: Record<string, Tool> = {
  sleep: { run: sleep },
  usleep: { run: usleep },
  date: { run: date },
}
