// The Pods that no node would take, and what may change that (scheduler backend/queue with its
// queueing hints): a Pod waits until a node or a Pod changes in a way that concerns the plugins
// that rejected it, at most five minutes. While the scheduler is idle back-off delays nothing.
import { deepEqual } from '../../../base/deep-equal.ts'
import { SECOND_MS } from '../../../base/time.ts'
import type { Change, Wake } from '../../actor.ts'
import type { Node } from '../../api-types/core.ts'
import type { Pod } from '../../api-types/pod.ts'
import { actorMemory } from '../../memory.ts'
import { getObject, keyOf } from '../../store.ts'
import type { World } from '../../world.ts'
import {
  freesPort,
  isRelevantChange,
  mayPass,
  mayPassTolerating,
  rejectionOf,
  type Plugin,
} from './filters.ts'
import { nodeInfoOf } from './node-infos.ts'
import { priorityOf } from './nominated.ts'
import { isEnded } from '../../lib/pod-phase.ts'
import { nodeInfo } from './requests.ts'

export const SCHEDULER = 'default-scheduler'

/** Unschedulable Pods are tried again after this long without any event. */
export const FLUSH_MS = 300 * SECOND_MS
/** With more Pods waiting than this, only those that would fit are woken by a freed node. */
const WAKE_ALL_MAX = 100
/** From a Pod's creation to the scheduler's decision, as recorded. */
const SCHEDULE_DELAY_MS = 10

export interface SchedulerMemory {
  /** Pod key → the plugins that rejected it last. */
  waiting: Map<string, readonly Plugin[]>
}

export const schedulerMemory = actorMemory<SchedulerMemory>(SCHEDULER, {
  initial: () => ({ waiting: new Map() }),
  copy: ({ waiting }) => ({ waiting: new Map(waiting) }),
})

/** Whether this scheduler has a decision to make about the Pod. */
export function isUnscheduled(pod: Pod): boolean {
  return (
    !pod.spec.nodeName &&
    (pod.spec.schedulerName ?? SCHEDULER) === SCHEDULER &&
    pod.metadata.deletionTimestamp === undefined &&
    (pod.spec.schedulingGates ?? []).length === 0 &&
    !isEnded(pod)
  )
}

export function onPod({ before, after }: Change, world: World): readonly Wake[] {
  const [old, pod] = [before as Pod | undefined, after as Pod | undefined]
  if (pod !== undefined && !pod.spec.nodeName) {
    const same = old !== undefined && old.spec === pod.spec && sameLabels(old, pod)
    if (same || !isUnscheduled(pod)) return []
    const key = keyOf(pod)
    const plugins = old === undefined ? undefined : waitingIn(world)?.get(key)
    if (plugins !== undefined && !isRelevantUpdate(old!, pod, plugins)) return []
    // Of Pods created at one moment the one of higher priority is first (plugins/queuesort).
    const afterMs = SCHEDULE_DELAY_MS - (priorityOf(pod) > 0 ? 1 : 0)
    return [{ key, afterMs }]
  }
  if (old === undefined || isEnded(old) || (pod !== undefined && !isEnded(pod))) return []
  if (old.spec.nodeName) return afterFreeing(world, old.spec.nodeName, old)
  // Only to these the room that a Pod is promised is as good as taken (eventhandlers.go
  // deletePodFromSchedulingQueue).
  const promised = old.status.nominatedNodeName
  return promised ? afterFreeing(world, promised, old, priorityOf(old)) : []
}

/** Of what can change in a waiting Pod only its tolerations concern a plugin. */
function isRelevantUpdate(old: Pod, pod: Pod, plugins: readonly Plugin[]): boolean {
  if (deepEqual(old.spec.tolerations, pod.spec.tolerations)) return false
  return plugins.some((plugin) => mayPassTolerating(pod, plugin))
}

export function onNode({ before, after }: Change, world: World): readonly Wake[] {
  const waiting = waitingIn(world)
  if (waiting === undefined || after === undefined) return []
  const [old, node] = [before as Node | undefined, after as Node]
  if (old !== undefined && !isRelevantChange(old, node)) return []
  const info = nodeInfo(node, [])
  const was = old && nodeInfo(old, [])
  return wakesFor(world, waiting, (pod, plugins) =>
    plugins.some((plugin) => mayPass(pod, plugin, info, was)),
  )
}

function sameLabels(a: Pod, b: Pod): boolean {
  return a.metadata.labels === b.metadata.labels
}

/**
 * A Pod left its node: who lacked resources, or a port that it had, and is not above `priorityMax`
 * tries again.
 */
function afterFreeing(
  world: World,
  nodeName: string,
  gone: Pod,
  priorityMax = Infinity,
): readonly Wake[] {
  const waiting = waitingIn(world)
  if (waiting === undefined) return []
  const info = waiting.size > WAKE_ALL_MAX ? nodeInfoOf(world, nodeName) : undefined
  return wakesFor(world, waiting, (pod, plugins) => {
    const mayFit =
      plugins.includes('NodeResourcesFit') ||
      plugins.includes('InterPodAffinity') ||
      (plugins.includes('NodePorts') && freesPort(pod, gone))
    if (!mayFit) return false
    if (priorityOf(pod) > priorityMax) return false
    return info === undefined || rejectionOf(pod, info) === undefined
  })
}

function waitingIn(world: World): ReadonlyMap<string, readonly Plugin[]> | undefined {
  const memory = schedulerMemory.peek(world)
  return memory === undefined || memory.waiting.size === 0 ? undefined : memory.waiting
}

function wakesFor(
  world: World,
  waiting: ReadonlyMap<string, readonly Plugin[]>,
  concerns: (pod: Pod, plugins: readonly Plugin[]) => boolean,
): readonly Wake[] {
  const wakes: Wake[] = []
  for (const [key, plugins] of waiting) {
    const pod = getObject<Pod>(world.store, 'Pod', key)
    if (pod !== undefined && concerns(pod, plugins)) wakes.push({ key })
  }
  return wakes
}
