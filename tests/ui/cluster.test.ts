// The cluster's picture as data: columns, groups, what a tile says.
import { describe, expect, it } from 'vitest'
import type { KubeObject, OwnerReference } from '../../src/sim/api-types/meta.ts'
import { layoutCluster, sharedPrefix } from '../../src/ui/cluster/layout.ts'
import { progressText } from '../../src/ui/cluster/progress.ts'
import type { ObjectView } from '../../src/worker/protocol.ts'

function view(
  kind: string,
  name: string,
  more: Partial<KubeObject> & { owner?: string } = {},
): ObjectView {
  const [ownerKind, ownerName] = more.owner?.split('/') ?? []
  const owner: OwnerReference[] =
    ownerKind === undefined
      ? []
      : [{ apiVersion: '', kind: ownerKind, name: ownerName!, uid: ownerName!, controller: true }]
  const metadata = {
    name,
    namespace: 'default',
    uid: name,
    resourceVersion: '1',
    creationTimestamp: '2026-03-02T10:00:00Z',
    ownerReferences: owner,
  }
  const { spec = {}, status = {} } = more
  const object = {
    apiVersion: 'v1',
    kind,
    metadata: { ...metadata, ...more.metadata },
    spec,
    status,
  }
  return { object, state: 'running', status: '' }
}

function layout(...views: ObjectView[]) {
  return layoutCluster(new Map(views.map((one) => [one.object.metadata.uid, one])))
}

const CONTROL_PLANE = { labels: { 'node-role.kubernetes.io/control-plane': '' } }

describe('the cluster layout', () => {
  it('puts the control plane first and shortens what all names share', () => {
    const { nodes } = layout(
      view('Node', 'lab-worker'),
      view('Node', 'lab-control-plane', { metadata: CONTROL_PLANE as never }),
      view('Node', 'lab-worker2'),
    )
    expect(nodes.map(({ shortName }) => shortName)).toEqual(['control-plane', 'worker', 'worker2'])
  })

  it("groups a CronJob's pods together whichever of its Jobs made them", () => {
    const { nodes } = layout(
      view('Node', 'n1'),
      view('CronJob', 'report'),
      view('Job', 'report-1', { owner: 'CronJob/report' }),
      view('Job', 'report-2', { owner: 'CronJob/report' }),
      view('Pod', 'report-1-abc', { owner: 'Job/report-1', spec: { nodeName: 'n1' } }),
      view('Pod', 'report-2-def', { owner: 'Job/report-2', spec: { nodeName: 'n1' } }),
    )
    expect(nodes[0]!.groups).toHaveLength(1)
    expect(nodes[0]!.groups[0]).toMatchObject({ ownerKind: 'CronJob', ownerName: 'report' })
    expect(nodes[0]!.groups[0]!.tiles.map((tile) => tile.shortName)).toEqual(['abc', 'def'])
  })

  it('keeps pods without a node apart', () => {
    const { unscheduled, nodes } = layout(view('Node', 'n1'), view('Pod', 'a', { spec: {} }))
    expect(unscheduled[0]!.tiles.map(({ shortName }) => shortName)).toEqual(['a'])
    expect(nodes[0]!.podCount).toBe(0)
  })

  it('lists as workloads only what nothing owns', () => {
    const { workloads } = layout(
      view('Job', 'b', { owner: 'CronJob/c' }),
      view('Job', 'a'),
      view('CronJob', 'c'),
    )
    expect(workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['CronJob c', 'Job a'])
  })

  it('shows a cordon as a word and hides the taint that goes with it', () => {
    const taints = [
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
      { key: 'dedicated', value: 'db', effect: 'NoSchedule' },
    ]
    const { nodes } = layout(view('Node', 'n1', { spec: { unschedulable: true, taints } }))
    expect(nodes[0]).toMatchObject({ cordoned: true, taints: ['dedicated=db:NoSchedule'] })
  })

  it('shares no prefix with itself', () => {
    expect(sharedPrefix(['only-one'])).toBe(0)
    expect(sharedPrefix(['a-b', 'a-c'])).toBe(2)
    expect(sharedPrefix(['ab', 'ac'])).toBe(0)
  })
})

describe('progress', () => {
  it('counts what a learner counts', () => {
    const job = view('Job', 'a', { spec: { completions: 3 }, status: { succeeded: 2 } })
    expect(progressText(job.object)).toBe('2/3 complete')
    const set = view('DaemonSet', 'd', { status: { numberReady: 2, desiredNumberScheduled: 3 } })
    expect(progressText(set.object)).toBe('2/3 ready')
    const cron = view('CronJob', 'c', { spec: { schedule: '* * * * *' }, status: { active: [{}] } })
    expect(progressText(cron.object)).toBe('* * * * * · 1 active')
  })
})
