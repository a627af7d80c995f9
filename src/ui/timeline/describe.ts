// What a shape of the timeline says in words: for its tooltip, for screen readers, and as a row of
// the table that always stands in for the picture.
import { STATE_LOOKS, TICK_LOOKS } from '../shared/states.tsx'
import { clockText, dayText, lengthText, momentText } from '../shared/time.ts'
import type { CronMark, TraceSpan } from '../../sim/trace.ts'
import type { Shape } from './layout.ts'
import { endOf, type Lane } from './model.ts'

export interface Words {
  title: string
  lines: readonly string[]
}

export function describeShape(shape: Shape, now: number): Words {
  if (shape.type === 'ghost')
    return {
      title: `Will fire at ${clockText(shape.at)}`,
      lines: [`in ${lengthText(shape.at - now)}, ${dayText(shape.at)}`],
    }
  if (shape.type === 'tick') return describeMark(shape.mark)
  if (shape.type === 'band')
    return { title: `Node ${shape.span.name}`, lines: [nodeWord(shape.state)] }
  if (shape.span === undefined)
    return { title: `${shape.merged} together`, lines: ['Zoom in to tell them apart'] }
  return describeSpan(shape.span, now)
}

export function describeMark(mark: CronMark): Words {
  const lines = [mark.rule]
  if (mark.job !== '') lines.unshift(`Job ${mark.job}`)
  const late = mark.at - mark.scheduledAt
  if (mark.outcome === 'late') lines.push(`${lengthText(late)} after its time`)
  return {
    title: `${TICK_LOOKS[mark.outcome].label} · ${momentText(mark.scheduledAt)}`,
    lines: lines.filter((line) => line !== ''),
  }
}

export function describeSpan(span: TraceSpan, now: number): Words {
  const state = span.states.at(-1)?.state ?? 'pending'
  const end = Math.min(endOf(span), now)
  const lines = [`${stateWord(span, state)} · ${lengthText(Math.max(0, end - span.from))}`]
  lines.push(`from ${momentText(span.from)}`)
  if (span.node !== '') lines.push(`on ${span.node}`)
  if (span.restarts > 0) lines.push(`restarted ${span.restarts} times`)
  if (span.to !== undefined) lines.push(`removed ${momentText(span.to)}`)
  return { title: `${span.kind} ${span.name}`, lines }
}

function stateWord(span: TraceSpan, state: TraceSpan['states'][number]['state']): string {
  return span.kind === 'Node' ? nodeWord(state) : STATE_LOOKS[state].label
}

function nodeWord(state: TraceSpan['states'][number]['state']): string {
  if (state === 'running') return 'Ready'
  return state === 'unknown' ? 'Not heard of (Unknown)' : 'NotReady'
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
  pick: { kind: string; namespace: string; name: string; uid: string } | undefined
}

/** The latest things of all lanes, newest first, with the coming firings on top. */
export function tableRows(lanes: readonly Lane[], now: number, limit: number): TableRow[] {
  const rows: TableRow[] = []
  for (const lane of lanes) {
    for (const at of lane.upcoming.slice(0, 3)) if (at > now) rows.push(futureRow(lane, at))
    for (const mark of lane.marks.slice(-limit)) rows.push(markRow(lane, mark))
    if (lane.kind === 'node') continue
    for (const track of lane.tracks)
      for (const row of [track.spans, ...track.attempts])
        for (const span of row.slice(-limit)) rows.push(spanRow(lane, span, now))
  }
  rows.sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1))
  return rows.slice(0, limit)
}

function futureRow(lane: Lane, at: number): TableRow {
  return {
    key: `f/${lane.key}/${at}`,
    at,
    lane: lane.name,
    what: 'Next firing',
    state: TICK_LOOKS.future.label,
    note: '',
    future: true,
    pick: undefined,
  }
}

function markRow(lane: Lane, mark: CronMark): TableRow {
  return {
    key: `m/${lane.key}/${mark.scheduledAt}/${mark.at}`,
    at: mark.at,
    lane: lane.name,
    what: `Firing of ${clockText(mark.scheduledAt)}`,
    state: TICK_LOOKS[mark.outcome].label,
    note: mark.rule,
    future: false,
    pick: { kind: 'CronJob', namespace: lane.namespace, name: lane.name, uid: lane.uid },
  }
}

function spanRow(lane: Lane, span: TraceSpan, now: number): TableRow {
  const { kind, namespace, name, uid } = span
  const { lines } = describeSpan(span, now)
  return {
    key: `s/${uid}`,
    at: span.from,
    lane: lane.name,
    what: `${kind} ${name}`,
    state: STATE_LOOKS[span.states.at(-1)?.state ?? 'pending'].label,
    note: lines.slice(2).join(', '),
    future: false,
    pick: { kind, namespace, name, uid },
  }
}
