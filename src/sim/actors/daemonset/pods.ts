// The Pods of a DaemonSet: which it has on which node, and what a new one looks like
// (pkg/controller/daemon/daemon_controller.go, util/daemonset_util.go).
import { compact, extend } from '../../../base/plain.ts'
import type { SimTime } from '../../../base/time.ts'
import { parseTime, SECOND_MS } from '../../../base/time.ts'
import type { DaemonSet } from '../../api-types/apps.ts'
import type { Affinity, Pod, PodSpec } from '../../api-types/pod.ts'
import type { Submitted } from '../../api.ts'
import { conditionOf } from '../../lib/conditions.ts'
import { NAME_FIELD, pinnedNode } from '../../lib/node-affinity.ts'
import { isEnded } from '../../lib/pod-phase.ts'
import { controllerReference } from '../../lib/owner.ts'
import { daemonTolerations } from './eligibility.ts'

export const HASH_LABEL = 'controller-revision-hash'
const GENERATION_LABEL = 'pod-template-generation'
const GENERATION_ANNOTATION = 'deprecated.daemonset.template.generation'

/** Node name → the Pods of the set there, oldest first. */
export type PodsByNode = ReadonlyMap<string, readonly Pod[]>

/** Deleted Pods that have ended are as good as gone; all others count. */
export function podsByNode(pods: readonly Pod[]): PodsByNode {
  const byNode = new Map<string, Pod[]>()
  for (const pod of pods) {
    if (isEnded(pod) && isDeleted(pod)) continue
    const node = targetNode(pod)
    if (node === undefined) continue
    const others = byNode.get(node)
    if (others === undefined) byNode.set(node, [pod])
    else others.push(pod)
  }
  for (const list of byNode.values()) if (list.length > 1) list.sort(scheduledThenOldest)
  return byNode
}

/** Where a Pod runs, or where its affinity sends it. */
export function targetNode(pod: Pod): string | undefined {
  return pod.spec.nodeName || pinnedNode(pod.spec)
}

function scheduledThenOldest(a: Pod, b: Pod): number {
  const unscheduled = Number(!a.spec.nodeName) - Number(!b.spec.nodeName)
  if (unscheduled !== 0) return unscheduled
  const [left, right] = [a.metadata, b.metadata]
  const [first, second] =
    left.creationTimestamp === right.creationTimestamp
      ? [left.name, right.name]
      : [left.creationTimestamp, right.creationTimestamp]
  return first < second ? -1 : first > second ? 1 : 0
}

export function isDeleted(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined
}

export function isReady(pod: Pod): boolean {
  return conditionOf(pod.status.conditions, 'Ready')?.status === 'True'
}

/** Ready for longer than minReadySeconds (api/v1/pod IsPodAvailable). */
export function isAvailable(pod: Pod, set: DaemonSet, now: SimTime): boolean {
  const ready = conditionOf(pod.status.conditions, 'Ready')
  if (ready?.status !== 'True') return false
  const { minReadySeconds = 0 } = set.spec
  if (minReadySeconds === 0) return true
  return parseTime(ready.lastTransitionTime!) + minReadySeconds * SECOND_MS < now
}

/** How often the template was changed, as the server counts it. */
function templateGeneration(set: DaemonSet): string | undefined {
  return set.metadata.annotations?.[GENERATION_ANNOTATION]
}

/** Whether the Pod was made from the current template. */
export function isUpdated(pod: Pod, set: DaemonSet, hash: string): boolean {
  const labels = pod.metadata.labels ?? {}
  const generation = templateGeneration(set)
  const sameGeneration = generation !== undefined && labels[GENERATION_LABEL] === generation
  return labels[HASH_LABEL] === hash || sameGeneration
}

/** A new Pod for one node: pinned to it, the default scheduler binds it (CreatePodTemplate). */
export function newDaemonPod(set: DaemonSet, node: string, hash: string): Submitted {
  const { metadata = {}, spec } = set.spec.template
  const generation = templateGeneration(set)
  const own = compact({ [GENERATION_LABEL]: generation, [HASH_LABEL]: hash })
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: compact({
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace!,
      labels: extend(metadata.labels ?? {}, own),
      annotations: metadata.annotations,
      finalizers: metadata.finalizers,
      ownerReferences: [controllerReference(set)],
    }),
    spec: extend(spec, { tolerations: daemonTolerations(spec), affinity: pinnedTo(node, spec) }),
  }
}

/** Required terms of the template give way to the one that names the node. */
function pinnedTo(node: string, { affinity = {} }: PodSpec): Affinity {
  const field = { key: NAME_FIELD, operator: 'In' as const, values: [node] }
  const required = { nodeSelectorTerms: [{ matchFields: [field] }] }
  const nodeAffinity = extend(affinity.nodeAffinity ?? {}, {
    requiredDuringSchedulingIgnoredDuringExecution: required,
  })
  return extend(affinity, { nodeAffinity })
}
