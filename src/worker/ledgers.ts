// What of the ledgers has changed since the page last heard: from the first record that differs on.
import { cronJob } from '../sim/kinds/cronjob.ts'
import { ticksOf } from '../sim/ledger/read.ts'
import type { Interval, Ticks } from '../sim/ledger/ticks.ts'
import type { World } from '../sim/world.ts'
import type { LedgerChange } from './protocol.ts'

/** What was sent of each ledger, by uid of its CronJob. */
export type SentTicks = Map<string, { ticks: readonly Ticks[]; suspensions: readonly Interval[] }>

/** The changed ends of the ledgers; notes in `sent` that they are sent. */
export function ledgerChanges(world: World, sent: SentTicks): LedgerChange[] {
  const { kind } = cronJob
  const changes: LedgerChange[] = []
  for (const ledger of world.ledgers.slots.values()) {
    const { uid, namespace, name, suspensions } = ledger
    const ticks = ticksOf(world, ledger)
    const known = sent.get(uid)
    if (known?.ticks === ticks && known.suspensions === suspensions) continue
    const change = changeOf(known?.ticks ?? [], ticks)
    sent.set(uid, { ticks, suspensions })
    if (change === undefined && known?.suspensions === suspensions) continue
    const { from, ticks: end } = change ?? { from: Infinity, ticks: [] }
    changes.push({ kind, namespace, name, uid, from, ticks: end, suspensions })
  }
  return changes
}

function changeOf(
  known: readonly Ticks[],
  ticks: readonly Ticks[],
): Pick<LedgerChange, 'from' | 'ticks'> | undefined {
  let same = 0
  while (same < ticks.length && known[same] === ticks[same]) same++
  if (same === ticks.length && same === known.length) return undefined
  const from = Math.min(ticks[same]?.first ?? Infinity, known[same]?.first ?? Infinity)
  return { from, ticks: ticks.slice(same) }
}
