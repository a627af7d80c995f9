// What the timeline knows of the whole run: lanes, and in each lane rows of spans that do not
// overlap. Updates are taken in as they come and each span gets its row once, so a month of
// every-minute Jobs costs no more per Update than its first hour. Knows no canvas.
import type { Outage } from '../../sim/outages.ts'
import type { TraceSpan } from '../../sim/trace.ts'
import type { LedgerChange, Update } from '../../worker/protocol.ts'
import { UI_KINDS, uiKind } from '../kinds/index.ts'
import type { LaneRules } from '../kinds/kind.ts'
import { MarkList } from './mark-list.ts'
import { Row } from './row.ts'

/** A row of bars (or the band of a machine) and, beneath it, the rows of attempts. */
interface Track {
  bars: Row
  attempts: Row[]
}

export interface Lane {
  key: string
  /** The kind of what the lane is about, and how that kind is shown. */
  kind: string
  rules: LaneRules
  namespace: string
  name: string
  uid: string
  marks: MarkList
  upcoming: readonly number[]
  /** What the coming firings depend on; ''. */
  condition: string
  tracks: Track[]
  /** When something in it began first: lanes of one kind are listed in this order. */
  since: number
}

/** More bars at once than this share the last row. */
const TRACKS_MAX = 6
/** More pods at once than this share the last row. */
const ATTEMPTS_MAX = 10
/** Moments kept for stepping back. */
const MOMENTS_MAX = 50_000

/** What a lane is about. */
type About = Pick<TraceSpan, 'kind' | 'namespace' | 'name' | 'uid'>

interface Place {
  lane: Lane
  row: Row
}

/** Where spans and marks of a run are kept. One instance lives as long as the page. */
export class TimelineModel {
  private readonly laneByKey = new Map<string, Lane>()
  private readonly places = new Map<string, Place>()
  private readonly nodePlaces = new Map<string, Place>()
  private readonly trackByBar = new Map<string, Track>()
  private readonly spanByUid = new Map<string, TraceSpan>()
  private moments: number[] = []
  /** When programs and machines were off. */
  outages: readonly Outage[] = []
  private sorted: readonly Lane[] | undefined

  /** Takes in what an Update says; true when anything changed. */
  apply(update: Update): boolean {
    if (update.reset) this.clear()
    for (const view of update.objects) {
      const { kind, metadata } = view.object
      const { namespace = '', name, uid } = metadata
      if (uiKind(kind)?.lane?.fires) this.laneFor({ kind, namespace, name, uid }, update.now)
    }
    for (const span of update.spans) this.takeSpan(span)
    for (const change of update.ledgers) this.takeLedger(change)
    const hadUpcoming = this.takeUpcoming(update)
    const hadOutages = this.takeOutages(update)
    const dropped = this.dropEmptyLanes(update)
    return (
      update.reset ||
      hadUpcoming ||
      hadOutages ||
      dropped ||
      update.spans.length + update.ledgers.length + update.objects.length > 0
    )
  }

  /** Lanes in the order they are shown: by kind, then by when they first had something. */
  lanes(): readonly Lane[] {
    this.sorted ??= sortedLanes([...this.laneByKey.values()])
    return this.sorted
  }

  span(uid: string): TraceSpan | undefined {
    return this.spanByUid.get(uid)
  }

  /** The latest moment before `at` at which something changed; undefined when there is none. */
  momentBefore(at: number): number | undefined {
    let best: number | undefined
    for (let i = this.moments.length - 1; i >= 0; i--) {
      const moment = this.moments[i]!
      if (moment < at) {
        best = moment
        break
      }
    }
    return best
  }

  private clear(): void {
    this.laneByKey.clear()
    this.places.clear()
    this.nodePlaces.clear()
    this.trackByBar.clear()
    this.spanByUid.clear()
    this.moments = []
    this.sorted = undefined
  }

  /** The lane of a thing; undefined when things of its kind have none. */
  private laneFor({ kind, namespace, name, uid }: About, since: number): Lane | undefined {
    const rules = uiKind(kind)?.lane
    if (rules === undefined) return undefined
    const key = `${kind}/${namespace}/${name}`
    const known = this.laneByKey.get(key)
    if (known !== undefined) {
      if (uid !== '') known.uid = uid
      return known
    }
    const lane: Lane = {
      key,
      kind,
      rules,
      namespace,
      name,
      uid,
      marks: new MarkList(),
      upcoming: [],
      condition: '',
      tracks: [],
      since,
    }
    this.laneByKey.set(key, lane)
    this.sorted = undefined
    return lane
  }

  private takeSpan(span: TraceSpan): void {
    this.noteMoments(span)
    this.spanByUid.set(span.uid, span)
    const place = this.places.get(span.uid)
    if (place !== undefined) place.row.replace(span)
    else this.placeSpan(span)
    if (span.node !== '') this.placeOnNode(span)
  }

  private placeSpan(span: TraceSpan): void {
    const above = this.trackAbove(span)
    if (above !== undefined) return this.place(span, above.lane, rowFor(above.track, span))
    const lane = this.laneFor(laneOwner(span), span.from)
    if (lane === undefined) return
    const { span: look } = uiKind(span.kind)?.lane ?? lane.rules
    if (look === 'attempt') return this.place(span, lane, rowFor(firstTrack(lane), span))
    if (look === 'band') return this.place(span, lane, firstTrack(lane).bars)
    const free = lane.tracks.find((track) => track.bars.freeAt(span.from))
    const track = free ?? (lane.tracks.length < TRACKS_MAX ? addTrack(lane) : lane.tracks.at(-1)!)
    this.place(span, lane, track.bars)
    this.trackByBar.set(span.uid, track)
  }

  /** Where the bar of its owner is, when a span stands beneath it. */
  private trackAbove({ kind, ownerKind, ownerUid }: TraceSpan) {
    if (uiKind(ownerKind)?.lane?.attempts !== kind) return undefined
    const lane = this.places.get(ownerUid)?.lane
    const track = this.trackByBar.get(ownerUid)
    return lane === undefined || track === undefined ? undefined : { lane, track }
  }

  private place(span: TraceSpan, lane: Lane, row: Row): void {
    this.places.set(span.uid, { lane, row })
    this.add(row, span)
  }

  private placeOnNode(span: TraceSpan): void {
    const place = this.nodePlaces.get(span.uid)
    if (place !== undefined) return place.row.replace(span)
    const host = UI_KINDS.find(({ lane: rules }) => rules?.span === 'band')
    const about = { kind: host?.kind ?? '', namespace: '', name: span.node, uid: '' }
    const lane = this.laneFor(about, span.from)
    if (lane === undefined) return
    const row = rowFor(firstTrack(lane), span)
    this.nodePlaces.set(span.uid, { lane, row })
    this.add(row, span)
  }

  /** Puts a span into a row. What the row has no more room for is forgotten everywhere. */
  private add(row: Row, span: TraceSpan): void {
    for (const { uid } of row.push(span)) {
      if (this.places.get(uid)?.row === row) this.places.delete(uid)
      if (this.nodePlaces.get(uid)?.row === row) this.nodePlaces.delete(uid)
      this.spanByUid.delete(uid)
      this.trackByBar.delete(uid)
    }
  }

  private takeLedger(change: LedgerChange): void {
    const { uid, kind, namespace, name, ticks } = change
    const last = ticks.at(-1)
    if (last !== undefined) this.note(last.first + last.stepMs * (last.count - 1))
    const lane =
      this.laneOf(uid) ??
      (last && this.laneFor({ kind, namespace, name, uid }, ticks[0]?.first ?? last.first))
    lane?.marks.take(change)
  }

  /** Every schedule there is has its firings reported: one that is not reported has none. */
  private takeUpcoming(update: Update): boolean {
    const reported = new Map(update.upcoming.map((firings) => [firings.uid, firings]))
    let changed = false
    for (const lane of this.laneByKey.values()) {
      const { times = [], condition = '' } = reported.get(lane.uid) ?? {}
      if (lane.condition === condition && sameTimes(lane.upcoming, times)) continue
      lane.upcoming = times
      lane.condition = condition
      changed = true
    }
    return changed
  }

  private takeOutages({ outages }: Update): boolean {
    const known = this.outages
    this.outages = outages
    return known.length !== outages.length || known.at(-1)?.to !== outages.at(-1)?.to
  }

  /** A schedule that was removed and left no trace has no lane. */
  private dropEmptyLanes(update: Update): boolean {
    for (const uid of update.removedUids) {
      const lane = this.laneOf(uid)
      if (lane === undefined || !lane.rules.fires) continue
      if (!lane.marks.isEmpty || lane.tracks.length > 0) continue
      this.laneByKey.delete(lane.key)
      this.sorted = undefined
    }
    return update.removedUids.length > 0
  }

  private laneOf(uid: string): Lane | undefined {
    for (const lane of this.laneByKey.values()) if (lane.uid === uid) return lane
    return undefined
  }

  private noteMoments(span: TraceSpan): void {
    const last = span.states.at(-1)
    this.note(span.from)
    if (last !== undefined) this.note(last.at)
    if (span.doneAt !== undefined) this.note(span.doneAt)
    if (span.to !== undefined) this.note(span.to)
  }

  private note(at: number): void {
    const { moments } = this
    if (moments.at(-1) === at) return
    let i = moments.length
    while (i > 0 && moments[i - 1]! > at) i--
    if (moments[i - 1] === at) return
    moments.splice(i, 0, at)
    if (moments.length > MOMENTS_MAX) this.moments = moments.slice(MOMENTS_MAX / 10)
  }
}

function sortedLanes(lanes: Lane[]): readonly Lane[] {
  const rank = new Map(UI_KINDS.map(({ kind }, index) => [kind, index]))
  return lanes.sort(
    (a, b) =>
      rank.get(a.kind)! - rank.get(b.kind)! ||
      Number(!isControlPlane(a)) - Number(!isControlPlane(b)) ||
      a.since - b.since ||
      (a.name < b.name ? -1 : 1),
  )
}

function isControlPlane(lane: Lane): boolean {
  return lane.name.includes('control-plane')
}

/** Whose lane a span stands in: its own, or its owner's when that holds such spans. */
function laneOwner(span: TraceSpan): About {
  const { namespace, ownerKind: kind, ownerName: name, ownerUid: uid } = span
  const held = uiKind(kind)?.lane?.holds === span.kind
  return held ? { kind, namespace, name, uid } : span
}

function firstTrack(lane: Lane): Track {
  return lane.tracks[0] ?? addTrack(lane)
}

function addTrack(lane: Lane): Track {
  const track: Track = { bars: new Row(), attempts: [] }
  lane.tracks.push(track)
  return track
}

function rowFor(track: Track, span: TraceSpan): Row {
  const free = track.attempts.find((row) => row.freeAt(span.from))
  if (free !== undefined) return free
  if (track.attempts.length < ATTEMPTS_MAX) track.attempts.push(new Row())
  return track.attempts.at(-1)!
}

function sameTimes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((time, i) => time === b[i])
}
