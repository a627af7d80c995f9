// The sentence that says why a scheduled time came out as it did: the rule, and what kept the
// controller from it with the times from and to which that lasted.
import { formatTime, SECOND_MS } from '../../base/time.ts'
import { CONTROLLER_MANAGER, outagesOf } from '../outages.ts'
import type { World } from '../world.ts'
import type { CronLedger, Interval, Ticks } from './ticks.ts'

/** What lasted, from when to when. */
export function causeText(
  world: World,
  ledger: CronLedger,
  { type, from }: NonNullable<Ticks['cause']>,
): string {
  const isSuspension = type === 'suspended'
  const what = isSuspension ? 'spec.suspend' : CONTROLLER_MANAGER
  const state = isSuspension ? 'true' : 'off'
  const to = endOf(world, ledger, { type, from })
  const since = formatTime(from)
  return to === undefined
    ? `${what} is ${state} since ${since}`
    : `${what} was ${state} from ${since} to ${formatTime(to)}`
}

/** When the cause of a missed time ended; undefined while it lasts. */
function endOf(
  world: World,
  { suspensions }: CronLedger,
  { type, from }: NonNullable<Ticks['cause']>,
): Interval['to'] {
  const all = type === 'suspended' ? suspensions : outagesOf(world, CONTROLLER_MANAGER)
  return all.find((one) => one.from === from)?.to
}

/** The whole sentence about a record. */
export function ruleOf(world: World, ledger: CronLedger, ticks: Ticks): string {
  const { rule, cause, outcome } = ticks
  if (cause !== undefined) {
    const text = causeText(world, ledger, cause)
    if (rule !== '') return `${text}; ${rule}`
    const isOver = endOf(world, ledger, cause) !== undefined
    return isOver ? `${text}; of several missed times only the last is started` : text
  }
  const isWaiting = outcome === 'skipped' && ledger.waiting === ticks.first
  if (!isWaiting) return rule
  const { deadlineSeconds: deadline } = ledger
  const isLate = ticks.first + (deadline ?? Infinity) * SECOND_MS < world.now
  return isLate
    ? `${rule}; startingDeadlineSeconds ${deadline} has passed`
    : `${rule}; it is started when that run has ended, unless another time comes first`
}
