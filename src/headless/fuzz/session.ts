// A plan as a session: the shape of the recordings, to be replayed by hand or sent along.
import { formatTime, SECOND_MS } from '../../base/time.ts'
import type { FuzzPlan } from './plan.ts'
import { FUZZ_START } from './run.ts'
import { commandOf, fileOf } from './steps.ts'

export function sessionOf({ seed, cluster, steps }: FuzzPlan, title: string): object {
  const files: Record<string, string> = {}
  for (const { action } of steps)
    if (action.do === 'apply') files[fileOf(action.object)] = JSON.stringify(action.object)
  return {
    title,
    start: formatTime(FUZZ_START),
    seed,
    cluster,
    files,
    steps: steps.map(({ atMs, action }) => ({ at: atMs / SECOND_MS, run: commandOf(action) })),
  }
}
