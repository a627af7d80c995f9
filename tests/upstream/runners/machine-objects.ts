// Nodes, DaemonSets and Pods as the rows about machines write them, and a World to put them into.
import { addMs, formatTime, parseTime } from '../../../src/base/time.ts'
import { updateStatus } from '../../../src/sim/api.ts'
import { bootCluster } from '../../../src/sim/boot.ts'
import { clusterConfig } from '../../../src/sim/cluster.ts'
import { type Json } from '../json.ts'

export const START = parseTime('2026-03-02T09:00:00Z')
export const USER = { actor: 'user', causes: [] as number[] }
export const HASH = 'controller-revision-hash'
export const DSC = 'daemonset-controller'

let uidSeq = 0
export const at = (seconds: number) => formatTime(addMs(START, seconds * 1000))
export function meta(name: string, namespace: string | undefined, extra: Json = {}) {
  return {
    name,
    ...(namespace ? { namespace } : {}),
    uid: `uid-${++uidSeq}`,
    resourceVersion: '1',
    creationTimestamp: at(-3600),
    ...extra,
  }
}
export function newWorld(actors: Json[], nodes: Json[] = []): Json {
  return bootCluster(START, 1, clusterConfig({ nodes }), actors)
}
export function nodeOf(n: Json): Json {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: meta(n.name, undefined, {
      ...(n.labels ? { labels: n.labels } : {}),
      ...(n.uid ? { uid: n.uid } : {}),
      ...(n.createdAt !== undefined ? { creationTimestamp: at(n.createdAt) } : {}),
    }),
    spec: {
      ...(n.taints ? { taints: n.taints } : {}),
      ...(n.unschedulable ? { unschedulable: true } : {}),
    },
    status: {
      conditions: (n.conditions ?? [{ type: 'Ready', status: 'True' }]).map((c: Json) => ({
        lastHeartbeatTime: at(0),
        lastTransitionTime: at(0),
        ...c,
      })),
      allocatable: n.allocatable ?? { pods: '100' },
    },
  }
}
export function setOf(d: Json, strategy?: string): Json {
  const ns = d.namespace ?? 'default'
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: meta(d.name, ns, {
      generation: 1,
      ...(d.deleted ? { deletionTimestamp: at(0), finalizers: ['foregroundDeletion'] } : {}),
      ...(d.annotations ? { annotations: d.annotations } : {}),
    }),
    spec: {
      revisionHistoryLimit: d.revisionHistoryLimit ?? 10,
      ...(d.minReadySeconds ? { minReadySeconds: d.minReadySeconds } : {}),
      selector: d.selector,
      template: {
        metadata: { labels: d.templateLabels },
        spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, ...d.spec },
      },
      updateStrategy:
        strategy === undefined
          ? (d.updateStrategy ?? { type: 'OnDelete' })
          : strategy === 'OnDelete'
            ? { type: 'OnDelete' }
            : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    },
    status: d.status ?? {},
  }
}
export const ref = (s: Json) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  name: s.metadata.name,
  uid: s.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
})
export function podOf(
  p: Json,
  sets: Map<string, Json>,
  hash: (owner: string) => string | undefined,
): Json {
  const owner = p.owner ? sets.get(p.owner) : undefined
  const labels = {
    ...p.labels,
    ...(p.hash === 'current' && owner ? { [HASH]: hash(p.owner)! } : {}),
  }
  const spec =
    p.spec ??
    (owner ? owner.spec.template.spec : { containers: [{ name: 'main', image: 'foo/bar' }] })
  const affinity = p.pinned
    ? {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchFields: [{ key: 'metadata.name', operator: 'In', values: [p.pinned] }] },
              ],
            },
          },
        },
      }
    : {}
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(p.name, owner?.metadata.namespace ?? 'default', {
      labels,
      ...(owner
        ? { ownerReferences: [ref(owner)] }
        : p.ownerReferences
          ? { ownerReferences: p.ownerReferences }
          : {}),
      ...(p.createdAt !== undefined ? { creationTimestamp: at(p.createdAt) } : {}),
      ...(p.deleted ? { deletionTimestamp: at(30), deletionGracePeriodSeconds: 30 } : {}),
    }),
    spec: {
      ...spec,
      ...(p.node ? { nodeName: p.node } : {}),
      ...affinity,
      ...(p.tolerations ? { tolerations: p.tolerations } : {}),
    },
    status: {
      phase: p.phase ?? 'Pending',
      ...(p.ready === undefined
        ? {}
        : {
            conditions: [
              {
                type: 'Ready',
                status: p.ready ? 'True' : 'False',
                lastProbeTime: null,
                lastTransitionTime: at(p.readyAt ?? p.createdAt ?? -3000),
              },
            ],
          }),
    },
  }
}
export const isReady = (pod: Json) =>
  (pod.status.conditions ?? []).some((c: Json) => c.type === 'Ready' && c.status === 'True')
export const clockOf = (w: Json) => formatTime(w.now)
export function setReady(w: Json, pod: Json, ready: boolean) {
  const others = (pod.status.conditions ?? []).filter((c: Json) => c.type !== 'Ready')
  const cond = {
    type: 'Ready',
    status: ready ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: clockOf(w),
  }
  updateStatus(w, USER, {
    ...pod,
    metadata: { ...pod.metadata, resourceVersion: '' },
    status: { ...pod.status, conditions: [...others, cond] },
  })
}
export function eq(what: string, want: Json, got: Json, out: string[]) {
  const a = JSON.stringify(want),
    b = JSON.stringify(got)
  if (a !== b) out.push(`${what}: want ${a} got ${b}`)
}
export const sorted = (x: Json[]) => [...x].sort()

export const plainPod = (spec: Json, name = 'pod1') =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, 'default'),
    spec: { containers: [], ...spec },
    status: { phase: 'Pending' },
  }) as Json
