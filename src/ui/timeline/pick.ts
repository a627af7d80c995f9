// From a shape to what it stands for: a click, or Enter on the focused mark.
import type { Selection } from '../store.ts'
import type { TraceSpan } from '../../sim/trace.ts'
import type { Shape } from './layout.ts'
import type { Mark } from './mark-list.ts'
import type { Lane } from './model.ts'

/** Selects, by `select`, what a shape stands for. A firing selects its CronJob at that time. */
export function pickShape(shape: Shape | undefined, select: (selection: Selection) => void): void {
  if (shape === undefined || shape.type === 'ghost' || shape.type === 'off') return
  if (shape.type === 'tick') {
    const { kind, namespace, name, uid } = shape.lane
    return select({ kind, namespace, name, uid, scheduledAt: shape.mark.scheduledAt })
  }
  if (shape.span === undefined) return
  const { kind, namespace, name, uid } = shape.span
  select({ kind, namespace, name, uid })
}

/** What a firing made: it began in the moment in which the firing was decided. */
export function madeBy({ startedAt }: Mark, { tracks }: Lane): TraceSpan | undefined {
  if (startedAt === undefined) return undefined
  for (const { bars } of tracks) {
    const made = bars.spans.findLast(({ from }) => from === startedAt)
    if (made !== undefined) return made
  }
  return undefined
}
