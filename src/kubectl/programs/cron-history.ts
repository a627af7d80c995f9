// `cron history NAME`: what became of every scheduled time of a CronJob since the run began, one
// line a time, in the words of the timeline. Times are in UTC, as everywhere in the terminal.
import { addMs, formatTime, parseTime, type SimTime } from '../../base/time.ts'
import { cronJob } from '../../sim/kinds/cronjob.ts'
import { notFound } from '../../sim/errors.ts'
import { NANOSECONDS_PER_MS, parseGoDuration } from '../../sim/lib/go-duration.ts'
import { findLedger, tickRecords, type TickRecord } from '../../sim/ledger/read.ts'
import type { World } from '../../sim/world.ts'
import { contextNamespace } from '../config.ts'
import { KubectlError } from '../errors.ts'
import { Flags, parseFlags, type FlagSpec } from '../flags.ts'
import { printTable } from '../print/table.ts'
import type { ProcessContext } from '../process.ts'

const FLAGS: readonly FlagSpec[] = [
  { name: 'namespace', short: 'n', type: 'string', usage: 'The namespace of the CronJob.' },
  { name: 'since', type: 'string', usage: 'Only later times: RFC 3339, or a duration such as 2h.' },
  { name: 'all', type: 'bool', usage: 'All lines, however many there are.' },
]

const USAGE = 'usage: cron history NAME [-n NAMESPACE] [--since TIME|DURATION] [--all]'
const HEADER = ['SCHEDULED', 'OUTCOME', 'STARTED', 'JOB', 'RULE']
/** Lines printed unless all are wanted: more than a week of minutes. */
const LINES_MAX = 12_000

/** The flags after `cron history`, for completion. */
export const HISTORY_FLAGS: readonly string[] = FLAGS.map(({ name }) => `--${name}`)

/** Prints the ledger. Throws what is wrong with the words; ApiError NotFound. */
export function printHistory(argv: readonly string[], { world, stdout, stderr }: ProcessContext) {
  const flags = new Flags(FLAGS)
  const { args } = parseFlags(argv, flags)
  const [name, ...rest] = args
  if (name === undefined || rest.length > 0) throw new KubectlError(USAGE)
  const namespace = flags.string('namespace') || contextNamespace(world)
  const ledger = findLedger(world, namespace, name.replace(/^(cronjobs?|cj)(\.batch)?\//, ''))
  if (ledger === undefined) throw notFound(cronJob, name)
  const since = sinceOf(flags.string('since'), world)
  const records = tickRecords(world, ledger, since)
  const shown = flags.bool('all') ? records : records.slice(-LINES_MAX)
  if (shown.length === 0) stderr(`No scheduled time of cronjob/${ledger.name} has come yet.\n`)
  stdout(printTable({ header: HEADER, rows: shown.map(cellsOf) }))
  const left = records.length - shown.length
  if (left > 0) stderr(`${left} earlier times are left out; --all prints them.\n`)
}

function cellsOf({ scheduledAt, outcome, startedAt, job, rule }: TickRecord): readonly string[] {
  const started = startedAt === undefined ? '<none>' : formatTime(startedAt)
  return [formatTime(scheduledAt), outcome, started, job || '<none>', rule]
}

function sinceOf(text: string, { now, start }: World): SimTime {
  if (text === '') return addMs(start, -1)
  try {
    return parseTime(text)
  } catch {
    return addMs(now, -durationOf(text))
  }
}

function durationOf(text: string): number {
  try {
    return parseGoDuration(text) / NANOSECONDS_PER_MS
  } catch {
    const example = '2026-03-02T00:00:00Z'
    throw new KubectlError(`--since must be a time such as ${example} or a duration, not ${text}`)
  }
}
