// The recipe "add a timeline lane" of the README, performed: the Widget's record has `lane`, and
// the timeline has a lane of Widgets with the Pods they own beneath them.
import './widget/register.ts'
import { describe, expect, it } from 'vitest'
import { describeShape, tableRows } from '../../src/ui/timeline/describe.ts'
import { layoutLane, layoutLanes } from '../../src/ui/timeline/layout.ts'
import { TimelineModel } from '../../src/ui/timeline/model.ts'
import type { TraceSpan } from '../../src/sim/trace.ts'
import type { SimTime } from '../../src/base/time.ts'
import { apply, openHost } from '../worker/host.ts'

const GEAR = `apiVersion: example.com/v1
kind: Widget
metadata:
  name: gear
spec:
  parts: 3
`

describe('a lane that is added', () => {
  it('shows the objects of its kind after the lanes there are', () => {
    const host = openHost()
    const model = new TimelineModel()
    model.apply(host.advance(Date.parse('2026-03-02T09:00:01Z'), 1000))
    model.apply(apply(host, GEAR).update)
    const lane = model.lanes().at(-1)!
    expect([lane.kind, lane.name]).toEqual(['Widget', 'gear'])
    const now = Date.parse('2026-03-02T09:01:00Z')
    const view = { from: now - 120_000, to: now + 120_000, width: 800 }
    const box = layoutLanes(model.lanes()).boxes.at(-1)!
    const [bar] = layoutLane(box, view, now)
    expect(bar).toMatchObject({ type: 'bar', state: 'running', open: true })
    expect(describeShape(bar!, now)).toMatchObject({ title: 'Widget gear' })
    expect(describeShape(bar!, now).lines[0]).toMatch(/^In the making · /)
    expect(tableRows([lane], now, 10).map(({ what }) => what)).toContain('Widget gear')
  })

  it('has what its objects own as attempts beneath them', () => {
    const host = openHost()
    const model = new TimelineModel()
    const { update } = apply(host, GEAR)
    model.apply(update)
    const gear = update.spans.find(({ kind }) => kind === 'Widget')!
    const pod: TraceSpan = {
      ...gear,
      uid: 'pod',
      kind: 'Pod',
      name: 'gear-x',
      ownerUid: gear.uid,
      ownerKind: 'Widget',
      ownerName: 'gear',
      from: (gear.from + 1000) as SimTime,
    }
    model.apply({ ...update, objects: [], spans: [pod] })
    const [track] = model.lanes().at(-1)!.tracks
    expect(track!.bars.spans).toEqual([gear])
    expect(track!.attempts.map(({ spans }) => spans)).toEqual([[pod]])
  })
})
