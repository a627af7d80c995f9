// From a shape to what it stands for: a click, or Enter on the focused mark.
import type { Selection } from '../store.ts'
import type { Shape } from './layout.ts'

/** Selects, by `select`, what a shape stands for. A firing selects what it made, by name. */
export function pickShape(shape: Shape | undefined, select: (selection: Selection) => void): void {
  if (shape === undefined || shape.type === 'ghost') return
  if (shape.type === 'tick') {
    const { lane, mark } = shape
    const { namespace } = lane
    if (mark.job === '')
      return select({ kind: lane.kind, namespace, name: lane.name, uid: lane.uid })
    const made = lane.tracks
      .flatMap(({ bars }) => bars.spans)
      .findLast(({ name }) => name === mark.job)
    return select({ kind: lane.rules.holds ?? '', namespace, name: mark.job, uid: made?.uid ?? '' })
  }
  if (shape.span === undefined) return
  const { kind, namespace, name, uid } = shape.span
  select({ kind, namespace, name, uid })
}
