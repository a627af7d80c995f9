// Why a scheduled time of a CronJob came out as it did: the sentence of its ledger, then what made it
// so, nearest first, back to the lines that were typed. What the log no longer holds is read off the
// ledger and the inputs, so that the oldest time is explained as well as the last.
import type { SimTime } from '../base/time.ts'
import type { Input } from '../session/inputs.ts'
import { missedTime } from '../sim/ledger/gap.ts'
import { findLedger, ticksOf } from '../sim/ledger/read.ts'
import {
  indexIn,
  jobOf,
  lastOf,
  startTime,
  type CronLedger,
  type Ticks,
} from '../sim/ledger/ticks.ts'
import { job as jobKind } from '../sim/kinds/job.ts'
import { cronJob as cronJobKind } from '../sim/kinds/cronjob.ts'
import { CONTROLLER_MANAGER, outagesOf } from '../sim/outages.ts'
import { getObject, objectKey } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import type { EntryView, Inspection } from './protocol.ts'

/** The program that switches others off. */
const LAB = 'lab'

/** Something that happened, put like an Entry. */
type Told = Pick<EntryView, 'at' | 'summary'> & Partial<EntryView>

/** The history of one scheduled time; undefined when the ledger does not know it. */
export function inspectTick(
  world: World,
  inputs: readonly Input[],
  { namespace, name, scheduledAt }: { namespace: string; name: string; scheduledAt: number },
): Inspection['why'] | undefined {
  const ledger = findLedger(world, namespace, name)
  if (ledger === undefined) return undefined
  const all = ticksOf(world, ledger)
  const time = scheduledAt as SimTime
  const at = all.findLastIndex((ticks) => indexIn(ticks, time) !== undefined)
  const ticks = all[at]
  if (ticks === undefined) return undefined
  const causes = [
    ...before(world, ledger, all.slice(0, at), ticks),
    ...causeOf(inputs, ticks.cause ?? whatWasOff(world, ledger, ticks, time)),
    ...scheduleOf(inputs, ledger, time),
  ]
  const told: Told = { at: time, summary: `${ticks.outcome}: ${ticks.rule}`, ...about(ledger) }
  const tick = { entry: viewOf(told, 0), causes: causes.map((one, i) => viewOf(one, i + 1)) }
  const made = startTime(ticks, time)
  if (made === undefined) return [tick]
  return [tick, { entry: viewOf(madeJob(world, ledger, ticks, time), -1), causes: [] }]
}

/** The run that was active then, where a policy decided: the last one that was started before. */
function before(
  world: World,
  ledger: CronLedger,
  earlier: readonly Ticks[],
  { outcome, ended }: Ticks,
): Told[] {
  if (outcome !== 'skipped' && outcome !== 'deferred' && ended === '') return []
  const last = earlier.findLast(({ startedAfterMs }) => startedAfterMs !== undefined)
  return last === undefined ? [] : [madeJob(world, ledger, last, lastOf(last))]
}

function madeJob(world: World, ledger: CronLedger, ticks: Ticks, time: SimTime): Told {
  const { namespace } = ledger
  const name = jobOf(ledger.name, ticks, time)
  const { kind } = jobKind
  const uid = getObject(world.store, kind, objectKey(namespace, name))?.metadata.uid ?? ''
  const at = startTime(ticks, time) ?? time
  return { at, summary: `created ${kind} ${name}`, kind, namespace, name, uid }
}

/** The line that switched the controller manager off, or that suspended the CronJob. */
function causeOf(inputs: readonly Input[], cause: Ticks['cause']): Told[] {
  if (cause === undefined) return []
  return typedAt(inputs, cause.from, cause.type === 'outage' ? LAB : undefined)
}

/** What kept the controller from a time that was started late. */
function whatWasOff(
  world: World,
  ledger: CronLedger,
  { outcome }: Ticks,
  time: SimTime,
): Ticks['cause'] {
  if (outcome !== 'late') return undefined
  return missedTime(ledger, outagesOf(world, CONTROLLER_MANAGER), time, world.now)?.cause
}

/** The schedule, and the line that set it. */
function scheduleOf(inputs: readonly Input[], ledger: CronLedger, time: SimTime): Told[] {
  const { schedule, scheduleFrom: at } = ledger
  if (at > time) return []
  return [{ at, summary: `schedule "${schedule}"`, ...about(ledger) }, ...typedAt(inputs, at)]
}

/** The line by which something was changed then: by `program`, or by any but the lab's own. */
function typedAt(inputs: readonly Input[], at: SimTime, program?: string): Told[] {
  const input = inputs.findLast(
    (one) =>
      one.kind === 'run' &&
      one.at <= at &&
      (program === undefined ? one.program !== LAB : one.program === program),
  )
  return input?.kind === 'run' ? [{ at: input.at, summary: input.line, verb: 'command' }] : []
}

function about({ namespace, name, uid }: CronLedger): Partial<EntryView> {
  return { kind: cronJobKind.kind, namespace, name, uid }
}

function viewOf({ at, ...rest }: Told, id: number): EntryView {
  const none = { kind: '', namespace: '', name: '', uid: '' }
  // Times are no Entries: their ids count downwards, apart from those of the log.
  return { actor: 'cronjob-controller', verb: 'note', ...none, ...rest, at, id: -at - id }
}
