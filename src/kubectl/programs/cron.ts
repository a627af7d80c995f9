// `cron next SCHEDULE`: when a schedule fires, without a cluster; `cron history NAME`: what became of
// the times of a CronJob that is there.
import { parseTime, type SimTime, formatTime } from '../../base/time.ts'
import { CronError } from '../../sim/lib/cron-field.ts'
import { nextTimes } from '../../sim/lib/cron-next.ts'
import { parseCron } from '../../sim/lib/cron-parse.ts'
import { validTimeZone } from '../../sim/lib/cron-zone.ts'
import { Flags, HelpWanted, parseFlags, type FlagSpec } from '../flags.ts'
import { isUserError, KubectlError } from '../errors.ts'
import type { Program, ProcessContext } from '../process.ts'
import { printHistory } from './cron-history.ts'

const FLAGS: readonly FlagSpec[] = [
  { name: 'zone', type: 'string', usage: 'A time zone, e.g. Europe/Berlin.' },
  { name: 'from', type: 'string', usage: 'Times after this one (RFC 3339); default: now.' },
  { name: 'count', type: 'int', value: '5', usage: 'How many times.' },
]

const HELP = `Shows when a schedule fires, and what became of each scheduled time of a CronJob.

Usage:
  cron next SCHEDULE [--zone ZONE] [--from TIME] [--count N]
  cron history NAME [-n NAMESPACE] [--since TIME|DURATION] [--all]

Examples:
  cron next "*/5 * * * *"
  cron next "0 2 * * *" --zone Europe/Berlin --count 3
  cron history daily-report
  cron history daily-report --since 2h

The history has one line for each scheduled time, in UTC, from the start of the run:
SCHEDULED, OUTCOME, STARTED, JOB and RULE. OUTCOME is one of
  fired              started at its time (Replace: RULE names the Job that was ended)
  late               started later, after what RULE says
  deferred           Forbid held it back; started when the run before had ended
  skipped            Forbid held it back, or no Job could be made; not started
  missed-deadline    startingDeadlineSeconds had passed before it could be started
  missed-suspended   the CronJob was suspended
  missed-controller  the controller manager was off
  missed-too-many    more than 100 were missed while it was off
`
const COUNT_MAX = 1000

/** One RFC 3339 UTC time a line, or the schedule's error on stderr and exit code 1. */
export const cron: Program = function* (argv, context) {
  try {
    const [verb, ...rest] = argv
    if (verb === '--help' || verb === '-h' || verb === 'help') throw new HelpWanted()
    if (verb === 'history') printHistory(rest, context)
    else printNext(argv, context)
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

function printNext([verb, schedule, ...rest]: readonly string[], context: ProcessContext): void {
  const flags = new Flags(FLAGS)
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
}

function startOf(text: string, now: SimTime): SimTime {
  if (text === '') return now
  try {
    return parseTime(text)
  } catch {
    throw new KubectlError(`--from must be a time such as 2026-03-02T00:00:00Z, not ${text}`)
  }
}
