// What a shape of the timeline says in words: for its tooltip, for screen readers, and as a row of
// the table that always stands in for the picture.
import { STATE_LOOKS, TICK_LOOKS } from '../shared/states.tsx'
import { clockText, dayText, lengthText, momentText } from '../shared/time.ts'
import type { ObjectState } from '../../sim/kinds/kind.ts'
import type { TraceSpan } from '../../sim/trace.ts'
import { uiKind } from '../kinds/index.ts'
import type { Selection } from '../store.ts'
import type { Shape } from './layout.ts'
import type { Mark } from './mark-list.ts'
import type { Lane } from './model.ts'
import { madeBy } from './pick.ts'
import { endOf } from './row.ts'

interface Words {
  title: string
  lines: readonly string[]
}

export function describeShape(shape: Shape, now: number): Words {
  if (shape.type === 'ghost')
    return {
      title: `Will fire at ${clockText(shape.at)}`,
      lines: [`in ${lengthText(shape.at - now)}, ${dayText(shape.at)}`, shape.condition].filter(
        (line) => line !== '',
      ),
    }
  if (shape.type === 'tick') return describeMark(shape.mark, shape.lane)
  if (shape.type === 'off') {
    const from = `from ${momentText(shape.from)}`
    const until = shape.to === undefined ? 'until now' : `to ${momentText(shape.to)}`
    return { title: shape.label, lines: [`${from} ${until}`] }
  }
  if (shape.type === 'band') {
    const { kind, name } = shape.span
    return { title: `${kind} ${name}`, lines: [stateWord(kind, shape.state)] }
  }
  if (shape.span === undefined)
    return { title: `${shape.merged} together`, lines: ['Zoom in to tell them apart'] }
  return describeSpan(shape.span, now)
}

function describeMark(mark: Mark, lane: Lane): Words {
  const made = madeBy(mark, lane)
  const lines = made === undefined ? [] : [`${made.kind} ${made.name}`]
  return {
    title: `${TICK_LOOKS[mark.sign].label} · ${momentText(mark.scheduledAt)}`,
    lines: [...lines, mark.rule].filter((line) => line !== ''),
  }
}

function describeSpan(span: TraceSpan, now: number): Words {
  const state = span.states.at(-1)?.state ?? 'pending'
  const end = Math.min(endOf(span), now)
  const lines = [`${stateWord(span.kind, state)} · ${lengthText(Math.max(0, end - span.from))}`]
  lines.push(`from ${momentText(span.from)}`)
  if (span.node !== '') lines.push(`on ${span.node}`)
  if (span.restarts > 0) lines.push(`restarted ${span.restarts} times`)
  if (span.to !== undefined) lines.push(`removed ${momentText(span.to)}`)
  return { title: `${span.kind} ${span.name}`, lines }
}

function stateWord(kind: string, state: ObjectState): string {
  return uiKind(kind)?.stateWord?.(state) ?? STATE_LOOKS[state].label
}

/** One line of the table. */
export interface TableRow {
  key: string
  at: number
  lane: string
  what: string
  state: string
  note: string
  future: boolean
  pick: Selection | undefined
}

/** What may become a row: where it is sorted to, and its words, which few need. */
interface Candidate {
  at: number
  key: string
  row: () => Omit<TableRow, 'key' | 'at' | 'lane'>
}

/** The latest things of all lanes, newest first, with the coming firings on top. */
export function tableRows(lanes: readonly Lane[], now: number, limit: number): TableRow[] {
  return lanes
    .flatMap((lane) => candidates(lane, now, limit).map((candidate) => ({ lane, ...candidate })))
    .sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1))
    .slice(0, limit)
    .map(({ lane, at, key, row }) => ({ key, at, lane: lane.name, ...row() }))
}

function candidates(lane: Lane, now: number, limit: number): Candidate[] {
  const coming = lane.upcoming.slice(0, 3).filter((at) => at > now)
  const found: Candidate[] = coming.map((at) => ({
    at,
    key: `f/${lane.key}/${at}`,
    row: () => futureRow(lane.condition),
  }))
  for (const mark of lane.marks.latest(limit))
    found.push({
      at: mark.scheduledAt,
      key: `m/${lane.key}/${mark.scheduledAt}`,
      row: () => markRow(lane, mark),
    })
  if (lane.rules.span === 'band') return found
  const rows = lane.tracks.flatMap(({ bars, attempts }) => [bars, ...attempts])
  for (const span of rows.flatMap(({ spans }) => spans.slice(-limit)))
    found.push({ at: span.from, key: `s/${span.uid}`, row: () => spanRow(span, now) })
  return found
}

function futureRow(note: string): ReturnType<Candidate['row']> {
  return {
    what: 'Next firing',
    state: TICK_LOOKS.future.label,
    note,
    future: true,
    pick: undefined,
  }
}

function markRow(lane: Lane, mark: Mark): ReturnType<Candidate['row']> {
  return {
    what: `Firing of ${clockText(mark.scheduledAt)}`,
    state: TICK_LOOKS[mark.sign].label,
    note: mark.rule,
    future: false,
    pick: {
      kind: lane.kind,
      namespace: lane.namespace,
      name: lane.name,
      uid: lane.uid,
      scheduledAt: mark.scheduledAt,
    },
  }
}

function spanRow(span: TraceSpan, now: number): ReturnType<Candidate['row']> {
  const { kind, namespace, name, uid } = span
  const { lines } = describeSpan(span, now)
  return {
    what: `${kind} ${name}`,
    state: STATE_LOOKS[span.states.at(-1)?.state ?? 'pending'].label,
    note: lines.slice(2).join(', '),
    future: false,
    pick: { kind, namespace, name, uid },
  }
}
