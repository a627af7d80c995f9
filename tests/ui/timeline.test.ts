// The timeline's pure half: what stands where, what is merged, what is hit, what is said.
import { describe, expect, it } from 'vitest'
import type { ObjectState } from '../../src/sim/kinds/kind.ts'
import type { Ticks, TickOutcome } from '../../src/sim/ledger/ticks.ts'
import type { TraceSpan } from '../../src/sim/trace.ts'
import type { SimTime } from '../../src/base/time.ts'
import type { Update } from '../../src/worker/protocol.ts'
import {
  axisTicks,
  fitted,
  following,
  panned,
  timeAt,
  xOf,
  zoomed,
} from '../../src/ui/timeline/axis.ts'
import { describeShape, tableRows } from '../../src/ui/timeline/describe.ts'
import { solidFromX } from '../../src/ui/timeline/draw.ts'
import { hitShape, neighbour } from '../../src/ui/timeline/hit.ts'
import { layoutLane, layoutLanes, type BarShape, type Shape } from '../../src/ui/timeline/layout.ts'
import { TimelineModel } from '../../src/ui/timeline/model.ts'

const START = Date.parse('2026-03-02T10:00:00Z')
const MINUTE = 60_000

function update(part: Partial<Update>): Update {
  return {
    now: START,
    start: START,
    reset: false,
    complete: false,
    objects: [],
    removedUids: [],
    spans: [],
    ledgers: [],
    upcoming: [],
    output: [],
    exits: [],
    goals: [],
    branches: [],
    seenTo: 0,
    stopped: [],
    outages: [],
    nextTaskAt: undefined,
    behind: false,
    ...part,
  }
}

type SpanPart = Omit<Partial<TraceSpan>, 'from'> & {
  uid: string
  from: number
  state?: ObjectState
}

function span(part: SpanPart): TraceSpan {
  const { state = 'running', ...rest } = part
  return {
    kind: 'Job',
    namespace: 'default',
    name: part.uid,
    ownerUid: '',
    ownerKind: '',
    ownerName: '',
    node: '',
    to: undefined,
    doneAt: undefined,
    states: [{ at: part.from as SimTime, state }],
    restarts: 0,
    ...rest,
    from: part.from as SimTime,
  }
}

function cronJobRun(i: number, seconds: number, state: ObjectState = 'succeeded'): TraceSpan {
  const from = START + i * MINUTE
  return span({
    uid: `job-${i}`,
    from,
    doneAt: (from + seconds * 1000) as SimTime,
    ownerKind: 'CronJob',
    ownerName: 'report',
    ownerUid: 'cron',
    state,
  })
}

function cronObject(): Update['objects'] {
  const metadata = {
    name: 'report',
    namespace: 'default',
    uid: 'cron',
    resourceVersion: '1',
    creationTimestamp: '2026-03-02T10:00:00Z',
  }
  return [
    { object: { apiVersion: 'batch/v1', kind: 'CronJob', metadata }, state: 'running', status: '' },
  ]
}

function tick(at: number, outcome: TickOutcome, rest: Partial<Ticks> = {}): Ticks {
  const given = { stepMs: 0, count: 1, startedAfterMs: undefined, ended: '', rule: '' }
  return { first: at as SimTime, outcome, cause: undefined, ...given, ...rest }
}

function ledger(ticks: readonly Ticks[], from = START): Update['ledgers'] {
  const about = { kind: 'CronJob', namespace: 'default', name: 'report', uid: 'cron' }
  return [{ ...about, from, ticks, suspensions: [] }]
}

const view = { from: START, to: START + 10 * MINUTE, width: 600 }

describe('a bar', () => {
  const bar: BarShape = {
    type: 'bar',
    x: 60,
    y: 0,
    width: 6,
    height: 8,
    state: 'failed',
    open: false,
    span: undefined,
    merged: 1,
  }
  const failed = span({
    uid: 'pod',
    from: START + MINUTE,
    states: [
      { at: (START + MINUTE) as SimTime, state: 'starting' },
      { at: (START + MINUTE + 5_900) as SimTime, state: 'failed' },
    ],
  })

  it('shows how it ended even when it ran only for a moment', () => {
    expect(solidFromX({ ...bar, span: failed }, view)).toBe(62)
  })

  it('is an outline while it waits and all colour when it stands for several', () => {
    const waiting = span({ uid: 'pod', from: START + MINUTE, state: 'pending' })
    expect(solidFromX({ ...bar, span: waiting }, view)).toBe(66)
    expect(solidFromX(bar, view)).toBe(60)
  })
})

describe('the model', () => {
  it('puts Jobs that do not overlap in one row and others beneath', () => {
    const model = new TimelineModel()
    model.apply(update({ spans: [cronJobRun(0, 30), cronJobRun(1, 90), cronJobRun(2, 30)] }))
    const [lane] = model.lanes()
    expect(lane!.tracks.map((track) => track.bars.spans.map(({ uid }) => uid))).toEqual([
      ['job-0', 'job-1'],
      ['job-2'],
    ])
  })

  it('keeps a span in its row when it changes', () => {
    const model = new TimelineModel()
    model.apply(update({ spans: [span({ uid: 'a', from: START })] }))
    model.apply(update({ spans: [span({ uid: 'a', from: START, state: 'failed' })] }))
    const [lane] = model.lanes()
    expect(lane!.tracks[0]!.bars.spans).toHaveLength(1)
    expect(lane!.tracks[0]!.bars.spans[0]!.states[0]!.state).toBe('failed')
  })

  it('shows the pods of a Job beneath it and again on their node', () => {
    const model = new TimelineModel()
    const pod = span({
      uid: 'p',
      from: START,
      kind: 'Pod',
      ownerKind: 'Job',
      ownerUid: 'a',
      node: 'n1',
    })
    model.apply(update({ spans: [span({ uid: 'a', from: START }), pod] }))
    const lanes = model.lanes()
    expect(lanes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Job a', 'Node n1'])
    expect(lanes[0]!.tracks[0]!.attempts[0]!.spans.map(({ uid }) => uid)).toEqual(['p'])
    expect(lanes[1]!.tracks[0]!.attempts[0]!.spans.map(({ uid }) => uid)).toEqual(['p'])
  })

  it('lists CronJobs before Jobs before nodes, the control plane first', () => {
    const model = new TimelineModel()
    const nodes = ['worker', 'control-plane'].map((name) =>
      span({ uid: name, name, from: START, kind: 'Node' }),
    )
    model.apply(
      update({ spans: [...nodes, span({ uid: 'a', from: START })], objects: cronObject() }),
    )
    expect(model.lanes().map(({ name }) => name)).toEqual([
      'report',
      'a',
      'control-plane',
      'worker',
    ])
  })

  it('knows the moment before another', () => {
    const model = new TimelineModel()
    model.apply(update({ spans: [cronJobRun(0, 30), cronJobRun(1, 30)] }))
    expect(model.momentBefore(START + MINUTE)).toBe(START + 30_000)
    expect(model.momentBefore(START)).toBeUndefined()
  })

  it('forgets everything when time is set back', () => {
    const model = new TimelineModel()
    model.apply(update({ spans: [cronJobRun(0, 30)] }))
    model.apply(update({ reset: true }))
    expect(model.lanes()).toEqual([])
  })

  it('takes the future of a deleted CronJob away and its lane too if it left no trace', () => {
    const model = new TimelineModel()
    model.apply(
      update({
        objects: cronObject(),
        upcoming: [{ uid: 'cron', times: [START + MINUTE], condition: '' }],
      }),
    )
    expect(model.lanes()[0]!.upcoming).toHaveLength(1)
    model.apply(update({ removedUids: ['cron'] }))
    expect(model.lanes()).toEqual([])
  })
})

describe('the layout', () => {
  function shapesOf(spans: TraceSpan[], now: number, range = view): Shape[] {
    const model = new TimelineModel()
    model.apply(update({ spans, now }))
    return layoutLanes(model.lanes()).boxes.flatMap((box) => layoutLane(box, range, now))
  }

  it('places a bar from its beginning to its end', () => {
    const [bar] = shapesOf([cronJobRun(1, 120)], START + 5 * MINUTE) as BarShape[]
    expect(bar).toMatchObject({ x: 60, width: 120, open: false, merged: 1 })
  })

  it('lets what has not ended go on to now', () => {
    const [bar] = shapesOf([span({ uid: 'a', from: START })], START + 5 * MINUTE) as BarShape[]
    expect(bar).toMatchObject({ x: 0, width: 300, open: true })
  })

  it('merges bars too narrow to tell apart and keeps the failure in sight', () => {
    const range = { from: START, to: START + 10_000 * MINUTE, width: 600 }
    const runs = Array.from({ length: 200 }, (_, i) =>
      cronJobRun(i, 30, i === 100 ? 'failed' : 'succeeded'),
    )
    const shapes = shapesOf(runs, START + 300 * MINUTE, range) as BarShape[]
    expect(shapes.length).toBeLessThan(20)
    expect(shapes.reduce((sum, bar) => sum + bar.merged, 0)).toBe(200)
    expect(shapes.some((bar) => bar.state === 'failed')).toBe(true)
  })

  it('reads two weeks of firings in few pieces, each as narrow as can be seen', () => {
    const model = new TimelineModel()
    const count = 20_000
    for (let i = 0; i < count; i++)
      model.apply(update({ spans: [cronJobRun(i, 30, i === 7_000 ? 'failed' : 'succeeded')] }))
    const now = START + count * MINUTE
    const whole = { from: START, to: now, width: 600 }
    const [box] = layoutLanes(model.lanes()).boxes
    const [track] = box!.lane.tracks
    let pieces = 0
    let seen = 0
    track!.bars.read(START, now, now / 1e9, ({ count: many }) => (seen += many))
    track!.bars.read(START, now, ((now - START) / 600) * 0.75, () => pieces++)
    expect(seen).toBe(count)
    expect(pieces).toBeLessThan(6 * 600)
    const shapes = layoutLane(box!, whole, now) as BarShape[]
    expect(shapes.length).toBeLessThan(600)
    expect(shapes.filter(({ state }) => state === 'failed')).toHaveLength(1)
  })

  it('shows each kind of firing where many lie in one pixel', () => {
    const model = new TimelineModel()
    const ticks = Array.from({ length: 10_000 }, (_, i) => {
      const outcome = i % 2 === 0 ? 'fired' : i === 5_001 ? 'missed-deadline' : 'skipped'
      return tick(START + i * MINUTE, outcome)
    })
    model.apply(update({ objects: cronObject(), ledgers: ledger(ticks) }))
    const [box] = layoutLanes(model.lanes()).boxes
    const range = { from: START, to: START + 10_000 * MINUTE, width: 600 }
    const shapes = layoutLane(box!, range, range.to)
    expect(shapes.length).toBeLessThan(2 * 600)
    const outcomes = shapes.map((shape) => (shape.type === 'tick' ? shape.mark.sign : ''))
    expect(outcomes.filter((outcome) => outcome === 'missed-deadline')).toHaveLength(1)
    expect(outcomes).toContain('skipped')
  })

  it('forgets the oldest spans of a run that never ends', () => {
    const model = new TimelineModel()
    for (let i = 0; i < 30_000; i++) model.apply(update({ spans: [cronJobRun(i, 30)] }))
    const [track] = model.lanes()[0]!.tracks
    expect(track!.bars.spans.length).toBeLessThanOrEqual(25_000)
    expect(model.span('job-0')).toBeUndefined()
    const last = START + 29_999 * MINUTE
    const range = { from: last, to: last + MINUTE, width: 600 }
    const [box] = layoutLanes(model.lanes()).boxes
    expect(layoutLane(box!, range, last + MINUTE)).toMatchObject([{ x: 0, width: 300 }])
  })

  it('leaves out what is not in sight', () => {
    const range = { from: START + 100 * MINUTE, to: START + 110 * MINUTE, width: 600 }
    const runs = Array.from({ length: 200 }, (_, i) => cronJobRun(i, 30))
    expect(shapesOf(runs, START + 300 * MINUTE, range)).toHaveLength(11)
  })

  it('shows ticks for decisions and ghosts for what is to come', () => {
    const model = new TimelineModel()
    const rule = 'Forbid: the last Job still runs'
    const ticks = [tick(START + MINUTE, 'skipped', { rule })]
    model.apply(
      update({
        objects: cronObject(),
        ledgers: ledger(ticks),
        upcoming: [
          { uid: 'cron', times: [START + 2 * MINUTE, START + 3 * MINUTE], condition: 'if free' },
        ],
      }),
    )
    const [box] = layoutLanes(model.lanes()).boxes
    const shapes = layoutLane(box!, view, START + MINUTE)
    expect(shapes.map(({ type, x }) => [type, x])).toEqual([
      ['tick', 60],
      ['ghost', 120],
      ['ghost', 180],
    ])
    expect(describeShape(shapes[0]!, START + MINUTE).lines).toEqual([
      'Forbid: the last Job still runs',
    ])
    expect(tableRows(model.lanes(), START + MINUTE, 10).map(({ state }) => state)).toEqual([
      'Will fire',
      'Will fire',
      'Skipped',
    ])
  })
})

describe('pointing', () => {
  const bar = (x: number, y: number): BarShape => ({
    type: 'bar',
    x,
    y,
    width: 20,
    height: 14,
    state: 'running',
    open: false,
    span: undefined,
    merged: 2,
  })

  it('finds the shape under the pointer, and the nearest within reach', () => {
    const shapes = [bar(0, 0), bar(40, 0)]
    expect(hitShape(shapes, 10, 7)).toBe(shapes[0])
    expect(hitShape(shapes, 37, 7)).toBe(shapes[1])
    expect(hitShape(shapes, 10, 40)).toBeUndefined()
  })

  it('goes from mark to mark by arrow keys', () => {
    const shapes = [bar(0, 0), bar(40, 0), bar(80, 0), bar(42, 30)]
    expect(neighbour(shapes, undefined, 'right')).toBe(shapes[0])
    expect(neighbour(shapes, shapes[0], 'right')).toBe(shapes[1])
    expect(neighbour(shapes, shapes[1], 'down')).toBe(shapes[3])
    expect(neighbour(shapes, shapes[3], 'up')).toBe(shapes[1])
    expect(neighbour(shapes, shapes[0], 'left')).toBeUndefined()
  })
})

describe('the axis', () => {
  it('labels round moments with room for each label', () => {
    const ticks = axisTicks(view)
    expect(ticks.map(({ label }) => label)).toEqual([
      '10:00',
      '10:02',
      '10:04',
      '10:06',
      '10:08',
      '10:10',
    ])
    expect(ticks[1]!.x).toBe(120)
  })

  it('names the day where a new one begins', () => {
    const midnight = Date.parse('2026-03-03T00:00:00Z')
    const ticks = axisTicks({
      from: midnight - 2 * 3_600_000,
      to: midnight + 2 * 3_600_000,
      width: 400,
    })
    expect(ticks.find(({ at }) => at === midnight)).toMatchObject({
      label: 'Tue 3 Mar',
      major: true,
    })
  })

  it('keeps the moment under the pointer when it zooms', () => {
    const before = timeAt(view, 150)
    const after = zoomed(view, 0.5, 150)
    expect(timeAt(after, 150)).toBeCloseTo(before)
    expect(after.to - after.from).toBe(5 * MINUTE)
  })

  it('pans, follows now and fits the whole run', () => {
    expect(panned(view, 60).from).toBe(START + MINUTE)
    const now = START + 60 * MINUTE
    expect(xOf(following(view, START, now), now)).toBeCloseTo(432)
    expect(xOf(following(view, START, START), START)).toBeCloseTo(24)
    const whole = fitted(view, START, now)
    expect(whole.from).toBeLessThan(START)
    expect(whole.to).toBeGreaterThan(now)
  })
})
