// Table cells that follow from more than one field.
import { describe, expect, it } from 'vitest'
import { parseTime } from '../../../../src/base/time.ts'
import type { KubeEvent, Node } from '../../../../src/sim/api-types/core.ts'
import type { Job, JobSpec, JobStatus } from '../../../../src/sim/api-types/batch.ts'
import type { KubeObject, ObjectMeta } from '../../../../src/sim/api-types/meta.ts'
import type { ContainerStatus, Pod, PodStatus } from '../../../../src/sim/api-types/pod.ts'
import { controllerRevisionColumns } from '../../../../src/sim/kinds/columns/controllerrevision.ts'
import { eventColumns } from '../../../../src/sim/kinds/columns/event.ts'
import { selectorText } from '../../../../src/sim/kinds/columns/format.ts'
import { jobColumns } from '../../../../src/sim/kinds/columns/job.ts'
import { nodeColumns } from '../../../../src/sim/kinds/columns/node.ts'
import { podColumns, podSummary } from '../../../../src/sim/kinds/columns/pod.ts'
import type { Column } from '../../../../src/sim/kinds/kind.ts'

const NOW = parseTime('2026-11-23T09:00:00Z')

function meta(more: Partial<ObjectMeta> = {}): ObjectMeta {
  const creationTimestamp = '2026-11-23T08:00:00Z'
  return { name: 'x', namespace: 'lab', uid: 'u', resourceVersion: '1', creationTimestamp, ...more }
}

function cell(columns: readonly Column[], name: string, object: KubeObject): string | undefined {
  return columns.find((column) => column.name === name)?.cell(object, NOW)
}

function container(fields: Partial<ContainerStatus>): ContainerStatus {
  const base = {
    name: 'main',
    lastState: {},
    ready: false,
    restartCount: 0,
    image: '',
    imageID: '',
  }
  return { ...base, state: {}, ...fields }
}

const ENDED = { startedAt: null, finishedAt: null }
const COMPLETED = container({
  state: { terminated: { exitCode: 0, reason: 'Completed', ...ENDED } },
})
const FAILED = container({ state: { terminated: { exitCode: 1, reason: 'Error', ...ENDED } } })
const RUNNING = container({
  ready: true,
  state: { running: { startedAt: '2026-11-23T08:00:00Z' } },
})

function pod(status: PodStatus, more: Partial<Pod> = {}): Pod {
  const containers = [{ name: 'main', image: 'i' }]
  return { apiVersion: 'v1', kind: 'Pod', metadata: meta(), spec: { containers }, status, ...more }
}

const WITH_INIT = {
  spec: {
    containers: [{ name: 'main', image: 'i' }],
    initContainers: [
      { name: 'one', image: 'i' },
      { name: 'two', image: 'i' },
    ],
  },
}

describe('[PRINT-7] the STATUS of a pod', () => {
  const cases: Record<string, [pod: Pod, reason: string]> = {
    'is its phase at first': [pod({ phase: 'Pending' }), 'Pending'],
    'is its own reason': [pod({ phase: 'Failed', reason: 'Evicted' }), 'Evicted'],
    'is what a container waits for': [
      pod({
        phase: 'Pending',
        containerStatuses: [container({ state: { waiting: { reason: 'ErrImagePull' } } })],
      }),
      'ErrImagePull',
    ],
    'is how a container ended': [pod({ phase: 'Failed', containerStatuses: [FAILED] }), 'Error'],
    'is the signal when there is no reason': [
      pod({
        phase: 'Failed',
        containerStatuses: [
          container({ state: { terminated: { exitCode: 137, signal: 9, ...ENDED } } }),
        ],
      }),
      'Signal:9',
    ],
    'is that of the first container': [
      pod({ phase: 'Failed', containerStatuses: [FAILED, COMPLETED] }),
      'Error',
    ],
    'tells a failure beside a completed container': [
      pod({ phase: 'Failed', containerStatuses: [COMPLETED, FAILED] }),
      'Error',
    ],
    'is NotReady when one container is done and another runs': [
      pod({ phase: 'Running', containerStatuses: [COMPLETED, RUNNING] }),
      'NotReady',
    ],
    'counts finished init containers': [
      pod(
        { phase: 'Pending', initContainerStatuses: [COMPLETED, container({ name: 'two' })] },
        WITH_INIT,
      ),
      'Init:1/2',
    ],
    'names the failure of an init container': [
      pod({ phase: 'Pending', initContainerStatuses: [FAILED] }, WITH_INIT),
      'Init:Error',
    ],
    'is Terminating while it is being deleted': [
      pod(
        { phase: 'Running', containerStatuses: [RUNNING] },
        {
          metadata: meta({ deletionTimestamp: '2026-11-23T09:00:30Z' }),
        },
      ),
      'Terminating',
    ],
    'stays Completed when a finished pod is deleted': [
      pod(
        { phase: 'Succeeded', containerStatuses: [COMPLETED] },
        {
          metadata: meta({ deletionTimestamp: '2026-11-23T09:00:30Z' }),
        },
      ),
      'Completed',
    ],
    'says that a gate holds it back': [
      pod({
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      }),
      'SchedulingGated',
    ],
  }
  it.each(Object.entries(cases))('%s', (_name, [object, reason]) => {
    expect(podSummary(object).reason).toBe(reason)
  })
})

describe('other cells of a pod', () => {
  it('tell when the last restart was', () => {
    const terminated = { exitCode: 1, startedAt: null, finishedAt: '2026-11-23T08:54:19Z' }
    const statuses = [container({ restartCount: 3, lastState: { terminated } })]
    const object = pod({ phase: 'Running', containerStatuses: statuses })
    expect(cell(podColumns, 'Restarts', object)).toBe('3 (5m41s ago)')
  })

  it('count sidecars among the containers', () => {
    const spec = {
      ...WITH_INIT.spec,
      initContainers: [{ name: 'side', image: 'i', restartPolicy: 'Always' }],
    }
    const side = container({ ...RUNNING, name: 'side', started: true })
    const object = pod(
      { phase: 'Running', initContainerStatuses: [side], containerStatuses: [RUNNING] },
      { spec },
    )
    expect(cell(podColumns, 'Ready', object)).toBe('2/2')
  })
})

describe('cells of a job', () => {
  function job(
    spec: Partial<JobSpec>,
    status: JobStatus = {},
    more: Partial<ObjectMeta> = {},
  ): Job {
    const template = { spec: { containers: [] } }
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: meta(more),
      spec: { template, ...spec },
      status,
    }
  }
  const holds = (type: string): JobStatus => ({ conditions: [{ type, status: 'True' }] })

  it('say how a job stands, the end before anything else', () => {
    const deleted = { deletionTimestamp: '2026-11-23T08:59:00Z' }
    const cases = [
      job({}),
      job({}, holds('Suspended')),
      job({}, holds('FailureTarget')),
      job({}, holds('Suspended'), deleted),
      job({}, holds('Complete'), deleted),
    ]
    const words = cases.map((each) => cell(jobColumns, 'Status', each))
    expect(words).toEqual(['Running', 'Suspended', 'FailureTarget', 'Terminating', 'Complete'])
  })

  it('count completions by what is wanted', () => {
    const cases = [
      job({ completions: 3 }, { succeeded: 1 }),
      job({ parallelism: 2 }),
      job({ parallelism: 1 }, { succeeded: 1 }),
    ]
    const texts = cases.map((each) => cell(jobColumns, 'Completions', each))
    expect(texts).toEqual(['1/3', '0/1 of 2', '1/1'])
  })

  it('count the duration on until there is a completion time', () => {
    const startTime = '2026-11-23T08:59:00Z'
    const cases = [
      job({}),
      job({}, { startTime }),
      job({}, { startTime, completionTime: '2026-11-23T08:59:07Z' }),
    ]
    expect(cases.map((each) => cell(jobColumns, 'Duration', each))).toEqual(['', '60s', '7s'])
  })
})

describe('cells of other kinds', () => {
  it('[PRINT-8] tell roles and readiness of a node', () => {
    const node: Node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: meta({ labels: { 'node-role.kubernetes.io/b': '', 'kubernetes.io/role': 'a' } }),
      spec: { unschedulable: true },
      status: {
        conditions: [{ type: 'Ready', status: 'Unknown' }],
        nodeInfo: { kernelVersion: '6.1', architecture: 'amd64' },
      },
    }
    const cells = ['Status', 'Roles', 'External-IP', 'Kernel-Version', 'OS-Image'].map((name) =>
      cell(nodeColumns, name, node),
    )
    expect(cells).toEqual([
      'NotReady,SchedulingDisabled',
      'a,b',
      '<none>',
      '6.1 (amd64)',
      '<unknown>',
    ])
  })

  it('take the times and the count of a series of events', () => {
    const event: KubeEvent = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: meta(),
      involvedObject: { kind: 'Pod', name: 'p' },
      reason: 'FailedScheduling',
      message: ' no room\n',
      type: 'Warning',
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: '2026-11-23T08:50:00.000000Z',
      series: { count: 2, lastObservedTime: '2026-11-23T08:59:00.000000Z' },
      reportingComponent: 'default-scheduler',
      reportingInstance: 'default-scheduler-cp',
    }
    const cells = ['Last Seen', 'First Seen', 'Count', 'Object', 'Source', 'Message'].map((name) =>
      cell(eventColumns, name, event),
    )
    const source = 'default-scheduler, default-scheduler-cp'
    expect(cells).toEqual(['60s', '10m', '2', 'pod/p', source, 'no room'])
  })

  it('name the owner of a controller revision', () => {
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      name: 'd',
      uid: 'u',
      controller: true,
    }
    const revision = {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: meta({ ownerReferences: [owner] }),
      data: {},
      revision: 2,
    }
    expect(cell(controllerRevisionColumns, 'Controller', revision)).toBe('daemonset.apps/d')
  })
})

describe('selectorText', () => {
  it('writes requirements in the order of their keys', () => {
    const text = selectorText({
      matchLabels: { b: '1' },
      matchExpressions: [
        { key: 'c', operator: 'NotIn', values: ['y', 'x'] },
        { key: 'a', operator: 'Exists' },
        { key: 'd', operator: 'DoesNotExist' },
        { key: 'e', operator: 'In', values: ['z'] },
      ],
    })
    expect(text).toBe('a,b=1,c notin (x,y),!d,e in (z)')
  })
})
