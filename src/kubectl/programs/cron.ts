// `cron next SCHEDULE`: when a schedule fires, without a cluster.
import { parseTime, type SimTime, formatTime } from '../../base/time.ts'
import { CronError } from '../../sim/lib/cron-field.ts'
import { nextTimes } from '../../sim/lib/cron-next.ts'
import { parseCron } from '../../sim/lib/cron-parse.ts'
import { validTimeZone } from '../../sim/lib/cron-zone.ts'
import { Flags, HelpWanted, parseFlags, type FlagSpec } from '../flags.ts'
import { isUserError, KubectlError } from '../errors.ts'
import type { Program } from '../process.ts'

const FLAGS: readonly FlagSpec[] = [
  { name: 'zone', type: 'string', usage: 'A time zone, e.g. Europe/Berlin.' },
  { name: 'from', type: 'string', usage: 'Times after this one (RFC 3339); default: now.' },
  { name: 'count', type: 'int', value: '5', usage: 'How many times.' },
]

const HELP = `Shows when a schedule fires.

Usage:
  cron next SCHEDULE [--zone ZONE] [--from TIME] [--count N]

Examples:
  cron next "*/5 * * * *"
  cron next "0 2 * * *" --zone Europe/Berlin --count 3
`
const COUNT_MAX = 1000

/** One RFC 3339 UTC time a line, or the schedule's error on stderr and exit code 1. */
export const cron: Program = function* (argv, context) {
  const flags = new Flags(FLAGS)
  try {
    const [verb, schedule, ...rest] = argv
    if (verb === '--help' || verb === '-h') throw new HelpWanted()
    // A schedule may begin with a dash, which no flag parser should see.
    const { args } = parseFlags(rest, flags)
    if (verb !== 'next' || schedule === undefined || args.length > 0)
      throw new KubectlError('usage: cron next SCHEDULE [--zone ZONE] [--from TIME] [--count N]')
    const zone = flags.string('zone')
    const parsed = parseCron(schedule)
    if (zone !== '' && !validTimeZone(zone)) throw new KubectlError(`unknown time zone ${zone}`)
    const from = startOf(flags.string('from'), context.world.now)
    const count = Math.min(COUNT_MAX, flags.int('count'))
    const times = nextTimes(parsed, from, count, zone === '' ? undefined : zone)
    context.stdout(times.map((time) => `${formatTime(time)}\n`).join(''))
    return 0
  } catch (error) {
    if (error instanceof HelpWanted) {
      context.stdout(HELP)
      return 0
    }
    if (!(error instanceof CronError) && !isUserError(error)) throw error
    // Where the library panics there is no error, only what the runtime says.
    const panics = error instanceof CronError && error.panics
    context.stderr(`${panics ? 'panic: ' : ''}${error.message}\n`)
    return 1
  }
}

function startOf(text: string, now: SimTime): SimTime {
  if (text === '') return now
  try {
    return parseTime(text)
  } catch {
    throw new KubectlError(`--from must be a time such as 2026-03-02T00:00:00Z, not ${text}`)
  }
}
