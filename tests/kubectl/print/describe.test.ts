// Descriptions of what the recordings do not show: nodes under pressure of time, small kinds, and
// the rarer fields of Pods.
import { describe, expect, it } from 'vitest'
import { parseTime } from '../../../src/base/time.ts'
import type { DescribeContext } from '../../../src/kubectl/print/describe/context.ts'
import { fieldLabel } from '../../../src/kubectl/print/describe/generic.ts'
import { describeObject, describeObjects } from '../../../src/kubectl/print/describe/index.ts'
import type { KubeEvent, Node } from '../../../src/sim/api-types/core.ts'
import type { KubeObject, ObjectMeta } from '../../../src/sim/api-types/meta.ts'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { recordings } from './recordings.ts'

const NOW = parseTime('2026-11-23T09:00:00Z')

function context(parts: Partial<DescribeContext> = {}): DescribeContext {
  const none = { events: () => [], pods: () => [], lease: () => undefined }
  return { now: NOW, showEvents: false, ...none, ...parts }
}

function meta(name: string, more: Partial<ObjectMeta> = {}): ObjectMeta {
  const creationTimestamp = '2026-11-23T08:00:00Z'
  return {
    name,
    namespace: 'lab',
    uid: `uid-${name}`,
    resourceVersion: '1',
    creationTimestamp,
    ...more,
  }
}

function object(kind: string, name: string, fields: object = {}): KubeObject {
  return { apiVersion: 'v1', kind, metadata: meta(name), ...fields }
}

function pod(spec: Partial<Pod['spec']>, more: Partial<ObjectMeta> = {}): Pod {
  const containers = [{ name: 'main', image: 'busybox' }]
  const status = { phase: 'Pending' as const }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta('p', more),
    spec: { containers, ...spec },
    status,
  }
}

describe('describe pod', () => {
  it('shows ports, probes and environment of a container', () => {
    const text = describeObject(
      pod({
        containers: [
          {
            name: 'web',
            image: 'web',
            ports: [
              { name: 'http', containerPort: 80, protocol: 'TCP' },
              { containerPort: 81, protocol: 'UDP', hostPort: 8081 },
            ],
            livenessProbe: {
              httpGet: { path: '/ok', port: 80, scheme: 'HTTP' },
              timeoutSeconds: 1,
              periodSeconds: 10,
              successThreshold: 1,
              failureThreshold: 3,
            },
            env: [
              { name: 'A', value: 'one\ntwo' },
              {
                name: 'ME',
                valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
              },
              {
                name: 'IP',
                valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } },
              },
              { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
              { name: 'S', valueFrom: { secretKeyRef: { name: 'sec', key: 'k' } } },
            ],
            volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: true, subPath: 'sub' }],
          },
        ],
      }),
      context(),
    )
    expect(text).toContain(`    Ports:       80/TCP (http), 81/UDP
    Host Ports:  0/TCP (http), 8081/UDP
    Liveness:    http-get http://:80/ok delay=0s timeout=1s period=10s #success=1 #failure=3
    Environment:
      A:    one
            two
      ME:   p (v1:metadata.name)
      IP:    (v1:status.podIP)
      CPU:  node allocatable (limits.cpu)
      S:    <set to the key 'k' in secret 'sec'>  Optional: false
    Mounts:
      /v from v (ro,path="sub")
`)
  })

  it('says how long a deletion has lasted, invalid until the grace period is over', () => {
    const deleting = pod(
      {},
      { deletionTimestamp: '2026-11-23T09:00:20Z', deletionGracePeriodSeconds: 30 },
    )
    expect(describeObject(deleting, context())).toContain(
      'Status:                    Terminating (lasts <invalid>)\nTermination Grace Period:  30s\n',
    )
  })

  it('names volumes it does not know and shows the sources it does', () => {
    const volumes = [
      { name: 'cache', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'conf', configMap: { name: 'settings', optional: true } },
      { name: 'odd', rbd: {} },
    ]
    const text = describeObject(pod({ volumes }), context())
    expect(text).toContain(
      "    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)\n" +
        '    Medium:     \n    SizeLimit:  1Gi\n',
    )
    expect(text).toContain('    Name:      settings\n    Optional:  true\n  odd:\n  <unknown>\n')
  })

  it('prints annotations without what apply remembers, long ones on lines of their own', () => {
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      long: 'x'.repeat(150),
      short: 'y\n',
    }
    expect(describeObject(pod({}, { annotations }), context())).toContain(
      `Annotations:  long:\n                ${'x'.repeat(138)}...\n              short: y\n`,
    )
  })
})

describe('describe node', () => {
  it('prints a recorded node that has gone dark as kubectl did', () => {
    const recording = recordings().find(({ name }) => name === 'f-node-stop.json')
    const step = recording?.steps.find(
      ({ run }) => run === 'kubectl describe node novacraft-worker2',
    )
    const version = recording?.objects
      .filter(({ at, object: { metadata } }) => at < 72 && metadata.name === 'novacraft-worker2')
      .at(-1)
    const wanted = step?.stdout.split('\n').filter((line) => !/^ {2}(default|RenewTime)/.test(line))
    const printed = describeObject(
      version?.object as Node,
      context({ showEvents: true, lease: () => ({ holderIdentity: 'novacraft-worker2' }) }),
    )
    const body = (lines: readonly string[] = []): string[] =>
      lines
        .slice(
          0,
          lines.findIndex((line) => line.startsWith('Non-terminated')),
        )
        .filter((line) => !line.startsWith('  RenewTime'))
    expect(body(printed.split('\n'))).toEqual(body(wanted))
  })

  it('adds up what its pods ask for, in percent of what the node can give', () => {
    const node: Node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: meta('n'),
      spec: {},
      status: { allocatable: { cpu: '2', memory: '1Gi', pods: '110' } },
    }
    const asking = (cpu: string, memory: string): Pod =>
      pod({
        nodeName: 'n',
        containers: [{ name: 'c', image: 'i', resources: { requests: { cpu, memory } } }],
      })
    const text = describeObject(
      node,
      context({ pods: () => [asking('100m', '200Mi'), asking('900m', '200Mi')] }),
    )
    expect(text).toContain('  lab                         p       100m (5%)')
    expect(text).toContain('  cpu                1 (50%)      0 (0%)\n')
    expect(text).toContain('  memory             400Mi (39%)  0 (0%)\n')
    expect(text).toContain(
      'Lease:              Failed to get lease: leases.coordination.k8s.io "n" not',
    )
  })
})

describe('describe of small kinds', () => {
  it('shows a namespace', () => {
    const namespace = object('Namespace', 'lab', { spec: {}, status: { phase: 'Active' } })
    expect(describeObject(namespace, context())).toBe(
      'Name:         lab\nLabels:       <none>\nAnnotations:  <none>\nStatus:       Active\n\n' +
        'No resource quota.\n\nNo LimitRange resource.\n',
    )
  })

  it('shows a service account', () => {
    const account = object('ServiceAccount', 'default')
    expect(describeObject(account, context({ showEvents: true }))).toBe(
      'Name:                default\nNamespace:           lab\nLabels:              <none>\n' +
        'Annotations:         <none>\nImage pull secrets:  <none>\nEvents:              <none>\n',
    )
  })

  it('shows the texts of a config map', () => {
    const configMap = object('ConfigMap', 'c', { data: { 'a.txt': 'one\ntwo' } })
    expect(describeObject(configMap, context())).toContain(
      '\n\nData\n====\na.txt:\n----\none\ntwo\n\n\nBinaryData\n====\n\n',
    )
  })

  it('counts the bytes of a secret', () => {
    const secret = object('Secret', 's', { type: 'Opaque', data: { key: 'aGVsbG8=' } })
    expect(describeObject(secret, context())).toContain(
      '\nType:  Opaque\n\nData\n====\nkey:  5 bytes\n',
    )
  })

  it('shows every field of a kind that has no description of its own', () => {
    const event = object('Event', 'e', { reason: 'Why', count: 2, eventTime: null, list: ['a'] })
    expect(describeObject(event, context())).toBe(`Name:         e
Namespace:    lab
Labels:       <none>
Annotations:  <none>
API Version:  v1
Count:        2
Event Time:   <nil>
Kind:         Event
List:
  a
Metadata:
  Creation Timestamp:  2026-11-23T08:00:00Z
  Resource Version:    1
  UID:                 uid-e
Reason:                Why
`)
  })

  it('makes labels of field names', () => {
    const labels = ['apiVersion', 'podCIDRs', 'f:metadata', 'uid', 'lastProbeTime'].map(fieldLabel)
    expect(labels).toEqual(['API Version', 'Pod CIDRs', 'f:metadata', 'UID', 'Last Probe Time'])
  })
})

describe('events in a description', () => {
  function event(name: string, fields: Partial<KubeEvent>): KubeEvent {
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: meta(name),
      involvedObject: { kind: 'Job', namespace: 'lab', name: 'j', uid: 'uid-j' },
      reason: 'R',
      message: name,
      type: 'Normal',
      source: { component: 'c' },
      firstTimestamp: '2026-11-23T08:50:00Z',
      lastTimestamp: '2026-11-23T08:59:00Z',
      eventTime: null,
      reportingComponent: '',
      reportingInstance: '',
      ...fields,
    }
  }
  const job = object('Job', 'j', { spec: { template: { spec: { containers: [] } } }, status: {} })

  it('[PRINT-4] come by the time they were last seen, those of the scheduler first', () => {
    const all = [
      event('b', { count: 4 }),
      event('a', { lastTimestamp: '2026-11-23T08:58:00Z' }),
      event('c', {
        firstTimestamp: null,
        lastTimestamp: null,
        eventTime: '2026-11-23T08:59:30.000000Z',
        source: {},
        reportingComponent: 'default-scheduler',
      }),
      event('of another', { involvedObject: { kind: 'Job', name: 'k', namespace: 'lab' } }),
    ]
    const text = describeObject(job, context({ showEvents: true, events: () => all }))
    expect(text.slice(text.indexOf('Events:'))).toBe(`Events:
  Type    Reason  Age                From               Message
  ----    ------  ----               ----               -------
  Normal  R       30s                default-scheduler  c
  Normal  R       10m                c                  a
  Normal  R       60s (x4 over 10m)  c                  b
`)
  })

  it('[PRINT-5] are left out for several objects, which two empty lines separate', () => {
    const text = describeObjects([job, job], context())
    expect(text).toContain('<none>\n\n\nName:')
    expect(text).not.toContain('Events:')
  })
})
