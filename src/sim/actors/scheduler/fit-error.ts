// The words in which the scheduler says that no node will do (scheduler framework/types.go
// FitError, framework/preemption).
import type { Rejection } from './filters.ts'

/** Event messages end here (schedule_one.go truncateMessage). */
const EVENT_MESSAGE_MAX = 1024

export interface FitVerdict {
  node: string
  rejection: Rejection
}

/** What stands for all nodes when the names in a Pod's affinity contradict each other. */
export const CONFLICT = 'pod affinity terms conflict'

/**
 * `0/N nodes are available: …`. `notEvaluated` nodes were left out because the Pod names its node;
 * `postFilter` is what preemption answered, '' when nothing.
 */
export function fitErrorMessage(
  total: number,
  verdicts: readonly FitVerdict[],
  notEvaluated: number | typeof CONFLICT,
  postFilter: string,
): string {
  if (total === 0) return 'no nodes available to schedule pods'
  const end = postFilter === '' ? '' : ` ${postFilter}`
  if (notEvaluated === CONFLICT) return `0/${total} nodes are available: ${CONFLICT}.${end}`
  const counts = new Map<string, number>()
  const add = (reason: string, count: number): void => {
    counts.set(reason, (counts.get(reason) ?? 0) + count)
  }
  for (const { rejection } of verdicts) for (const reason of rejection.reasons) add(reason, 1)
  if (notEvaluated > 0) add("node(s) didn't satisfy plugin(s) [NodeAffinity]", notEvaluated)
  return `0/${total} nodes are available: ${sortedCounts(counts)}.${end}`
}

/** What the preemption plugin says when it finds nothing to evict. */
export function preemptionMessage(total: number, notHelpful: number, reasons: readonly string[]) {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  if (notHelpful > 0) counts.set('Preemption is not helpful for scheduling', notHelpful)
  const prefix = 'no new claims to deallocate, preemption: '
  return `${prefix}0/${total} nodes are available: ${sortedCounts(counts)}.`
}

export const NO_VICTIMS = 'No preemption victims found for incoming pod'
const NOT_ELIGIBLE = 'no new claims to deallocate, preemption: not eligible due to'
export const NEVER_PREEMPTS = `${NOT_ELIGIBLE} preemptionPolicy=Never.`
export const VICTIMS_END = `${NOT_ELIGIBLE} a terminating pod on the nominated node.`

export function eventMessage(message: string): string {
  const suffix = ' ...'
  if (message.length <= EVENT_MESSAGE_MAX) return message
  return message.slice(0, EVENT_MESSAGE_MAX - suffix.length) + suffix
}

/** `1 node(s) had …, 3 Insufficient cpu`: sorted as text, so 10 comes before 2. */
function sortedCounts(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ')
}
