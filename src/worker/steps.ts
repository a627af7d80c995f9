// Stepping from change to change: forward to the next one that can be seen, and where the one before
// was. Both mean the same changes, so that a step back undoes a step forward.
import { addMs, type SimTime } from '../base/time.ts'
import { nextAt } from '../session/lab.ts'
import { advanceRun, stepRun, type Run } from '../session/run.ts'
import { entriesAfter, type Entry } from '../sim/log.ts'
import type { World } from '../sim/world.ts'
import { STEP_MS_MAX } from './protocol.ts'
import { isVisible } from './update.ts'

/** Runs to the next change that can be seen, or as far as a step goes when nothing changes. */
export function stepToChange(run: Run): void {
  const { world } = run.lab
  const end = addMs(world.now, STEP_MS_MAX)
  for (;;) {
    const next = [nextAt(run.lab), run.future[0]?.at].filter((at) => at !== undefined)
    if (next.every((at) => at > end)) break
    const before = run.lab.world.log.nextId - 1
    if (!stepRun(run)) break
    if (entriesAfter(run.lab.world.log, before).some(isVisible)) return
  }
  advanceRun(run, end)
}

/** When the latest change was that could be seen, before now, as far as the log goes back. */
export function changeBefore({ log, now }: World): SimTime | undefined {
  const isBefore = (entry: Entry): boolean => entry.at < now && isVisible(entry)
  return log.entries.findLast(isBefore)?.at
}
