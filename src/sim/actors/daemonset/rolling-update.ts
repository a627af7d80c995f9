// Which Pods an update replaces now (pkg/controller/daemon/update.go rollingUpdate). Nodes are
// taken in the order of their names; upstream's order is that of a Go map: any. Pure.
import type { DaemonSet } from '../../api-types/apps.ts'
import type { Pod } from '../../api-types/pod.ts'
import { eligibilityOf } from './eligibility.ts'
import type { ManageInput, DaemonPlan } from './manage.ts'
import { isAvailable, isDeleted, isUpdated } from './pods.ts'
import { rolloutNumbers } from './rollout-numbers.ts'

/** A node's live Pods of the old and of the new template. */
interface Pair {
  node: string
  desired: boolean
  /** undefined when there is more than one of a side: manage clears that up first. */
  pods: { old: Pod | undefined; fresh: Pod | undefined } | undefined
}

export function planUpdate(input: ManageInput): DaemonPlan {
  const { set, hash, pods } = input
  // Without a Pod of an old template nothing is replaced, whatever the numbers.
  if (pods.every((pod) => isDeleted(pod) || isUpdated(pod, set, hash)))
    return { create: [], remove: [], ended: [] }
  const pairs = pairsOf(input)
  const desired = pairs.filter((pair) => pair.desired).length
  const { maxUnavailable, maxSurge } = rolloutNumbers(input.set, desired)
  return maxSurge === 0
    ? replaceInPlace(input, pairs, maxUnavailable)
    : replaceBySurge(input, pairs, maxSurge, desired)
}

function pairsOf({ set, nodes, byNode, hash }: ManageInput): readonly Pair[] {
  const wanted = new Set(
    nodes.filter((node) => eligibilityOf(set, node).shouldRun).map(({ metadata }) => metadata.name),
  )
  const names = [...new Set([...wanted, ...byNode.keys()])].sort()
  return names.map((node) => ({
    node,
    desired: wanted.has(node),
    pods: splitPods(set, byNode.get(node) ?? [], hash),
  }))
}

/** findUpdatedPodsOnNode. */
function splitPods(set: DaemonSet, pods: readonly Pod[], hash: string): Pair['pods'] {
  const live = pods.filter((pod) => !isDeleted(pod))
  const fresh = live.filter((pod) => isUpdated(pod, set, hash))
  const old = live.filter((pod) => !isUpdated(pod, set, hash))
  return fresh.length > 1 || old.length > 1 ? undefined : { old: old[0], fresh: fresh[0] }
}

/** Deletes only; the next sync makes the new Pods when the old ones have ended. */
function replaceInPlace(
  { set, now }: ManageInput,
  pairs: readonly Pair[],
  maxUnavailable: number,
): DaemonPlan {
  let unavailable = 0
  const broken: Pod[] = []
  const candidates: Pod[] = []
  for (const { pods } of pairs) {
    const { old, fresh } = pods ?? { old: undefined, fresh: undefined }
    if ((old === undefined) === (fresh === undefined)) unavailable++
    else if (fresh !== undefined) unavailable += isAvailable(fresh, set, now) ? 0 : 1
    else if (!isAvailable(old!, set, now)) {
      broken.push(old!)
      unavailable++
    } else if (unavailable < maxUnavailable) candidates.push(old!)
  }
  const room = Math.max(0, maxUnavailable - unavailable)
  return { create: [], remove: [...broken, ...candidates.slice(0, room)], ended: [] }
}

/** Starts new Pods beside the old ones, and deletes those whose successor is available. */
function replaceBySurge(
  { set, now }: ManageInput,
  pairs: readonly Pair[],
  maxSurge: number,
  desired: number,
): DaemonPlan {
  let surging = 0
  let available = 0
  const allowed: string[] = []
  const candidates: string[] = []
  const replaced: Pod[] = []
  const undesired: Pod[] = []
  for (const { node, desired: isDesired, pods } of pairs) {
    if (pods === undefined) {
      surging++
      continue
    }
    const { old, fresh } = pods
    const counted = old ?? fresh
    if (counted !== undefined && isAvailable(counted, set, now)) available++
    if (!isDesired && old !== undefined) {
      if (fresh !== undefined || isAvailable(old, set, now)) undesired.push(old)
      else replaced.push(old)
    } else if (!isDesired) {
      continue
    } else if (old !== undefined && fresh === undefined) {
      if (!isAvailable(old, set, now)) allowed.push(node)
      else if (surging < maxSurge) candidates.push(node)
    } else if (old !== undefined && fresh !== undefined) {
      if (isAvailable(fresh, set, now)) replaced.push(old)
      else surging++
    }
  }
  const room = Math.max(0, maxSurge - surging)
  const spare = Math.max(0, available - desired)
  return {
    create: [...allowed, ...candidates.slice(0, room)],
    remove: [...replaced, ...undesired.slice(0, spare)],
    ended: [],
  }
}
