// What must hold whatever happens. Tests call `violationsOf` for every Entry and
// `unsettledThings` once all faults have ended; both answer in sentences, none when all is well.
import { parseTime } from '../../base/time.ts'
import type { CronJob, Job } from '../../sim/api-types/batch.ts'
import type { DaemonSet } from '../../sim/api-types/apps.ts'
import type { Node } from '../../sim/api-types/core.ts'
import type { Condition, KubeObject } from '../../sim/api-types/meta.ts'
import type { Pod } from '../../sim/api-types/pod.ts'
import { isDeleted, targetNode } from '../../sim/actors/daemonset/pods.ts'
import { isEnded } from '../../sim/lib/pod-phase.ts'
import { allowsSurge } from '../../sim/actors/daemonset/rollout-numbers.ts'
import { rejectionOf } from '../../sim/actors/scheduler/filters.ts'
import { nodeInfo } from '../../sim/actors/scheduler/requests.ts'
import { isConditionTrue } from '../../sim/lib/conditions.ts'
import type { Entry } from '../../sim/log.ts'
import {
  controllerOf,
  getObject,
  listControlled,
  listObjects,
  listPodsOfNode,
  objectKey,
} from '../../sim/store.ts'
import type { World } from '../../sim/world.ts'

type Rule = (world: World, entry: Entry) => string | undefined

const RULES: readonly Rule[] = [
  versionsRise,
  deletionIsForGood,
  boundOnce,
  endIsForGood,
  nodesHold,
  ownersLive,
  forbidForbids,
  countedOnce,
  oneEnd,
  oneDaemonEach,
  parallelismHolds,
]

/** What this Entry broke. To be called right after the step that made it. */
export function violationsOf(world: World, entry: Entry): readonly string[] {
  if (entry.before === undefined && entry.after === undefined) return []
  return RULES.flatMap((rule) => {
    const what = rule(world, entry)
    return what === undefined ? [] : [`${name(entry)}: ${what}`]
  })
}

function name({ kind, namespace, name: own, actor }: Entry): string {
  return `${kind} ${objectKey(namespace, own)} by ${actor}`
}

function versionsRise(_: World, { before, after }: Entry): string | undefined {
  if (before === undefined || after === undefined) return undefined
  const [old, fresh] = [before.metadata.resourceVersion, after.metadata.resourceVersion]
  return Number(fresh) > Number(old) ? undefined : `resourceVersion ${fresh} after ${old}`
}

function deletionIsForGood(_: World, { before, after }: Entry): string | undefined {
  const wasDeleted = before?.metadata.deletionTimestamp !== undefined
  const isBack = after !== undefined && after.metadata.deletionTimestamp === undefined
  return wasDeleted && isBack ? 'its deletion was taken back' : undefined
}

function podsOf({ kind, before, after }: Entry): { old?: Pod; pod?: Pod } {
  if (kind !== 'Pod') return {}
  return {
    ...(before === undefined ? {} : { old: before as Pod }),
    ...(after === undefined ? {} : { pod: after as Pod }),
  }
}

function boundOnce(_: World, entry: Entry): string | undefined {
  const { old, pod } = podsOf(entry)
  if (!old?.spec.nodeName || pod === undefined) return undefined
  const moved = pod.spec.nodeName !== old.spec.nodeName
  return moved ? `moved from ${old.spec.nodeName} to ${pod.spec.nodeName}` : undefined
}

function endIsForGood(_: World, entry: Entry): string | undefined {
  const { old, pod } = podsOf(entry)
  if (old === undefined || pod === undefined || !isEnded(old)) return undefined
  const changed = pod.status.phase !== old.status.phase
  return changed ? `phase ${pod.status.phase} after ${old.status.phase}` : undefined
}

/** What the scheduler binds must fit with what is there. */
function nodesHold(world: World, entry: Entry): string | undefined {
  const { old, pod } = podsOf(entry)
  if (entry.actor !== 'default-scheduler' || pod === undefined) return undefined
  if (!pod.spec.nodeName || old?.spec.nodeName) return undefined
  const node = getObject<Node>(world.store, 'Node', pod.spec.nodeName)
  if (node === undefined) return `bound to ${pod.spec.nodeName}, which is not there`
  const info = nodeInfo(node, listPodsOfNode<Pod>(world.store, node.metadata.name))
  const short = Object.keys(info.requested).find(
    (resource) => info.requested[resource]! > (info.allocatable[resource] ?? 0),
  )
  if (short !== undefined) return `${node.metadata.name} has not enough ${short}`
  const tooMany = info.pods.length > (info.allocatable['pods'] ?? 0) / 1000
  return tooMany ? `${node.metadata.name} has too many Pods` : undefined
}

/** Controllers make nothing for owners that do not exist. */
function ownersLive(world: World, { verb, actor, after }: Entry): string | undefined {
  if (verb !== 'create' || actor === 'user' || after === undefined) return undefined
  const owner = controllerOf(after)
  if (owner === undefined) return undefined
  const found = getObject(world.store, owner.kind, objectKey(after.metadata.namespace, owner.name))
  return found?.metadata.uid === owner.uid ? undefined : `its owner ${owner.name} is not there`
}

function forbidForbids(world: World, { verb, actor, after }: Entry): string | undefined {
  if (verb !== 'create' || actor !== 'cronjob-controller' || after?.kind !== 'Job') return undefined
  const owner = controllerOf(after)
  const key = objectKey(after.metadata.namespace, owner?.name ?? '')
  const cronJob = getObject<CronJob>(world.store, 'CronJob', key)
  if (owner === undefined || cronJob?.spec.concurrencyPolicy !== 'Forbid') return undefined
  const running = listControlled<Job>(world.store, 'Job', owner.uid).find(
    (job) => job.metadata.uid !== after.metadata.uid && !isFinished(job) && isMade(job),
  )
  return running && `${running.metadata.name} is not finished, and the policy is Forbid`
}

/** Whether the controller made it: `kubectl create job --from` is none of its business. */
function isMade(job: Job): boolean {
  return job.metadata.annotations?.['cronjob.kubernetes.io/instantiate'] !== 'manual'
}

function isFinished(job: Job): boolean {
  const { conditions } = job.status
  return isConditionTrue(conditions, 'Complete') || isConditionTrue(conditions, 'Failed')
}

/** A Pod enters the counters once: by leaving the list of those not counted yet. */
function countedOnce(_: World, { kind, before, after }: Entry): string | undefined {
  if (kind !== 'Job' || before === undefined || after === undefined) return undefined
  const [old, job] = [(before as Job).status, (after as Job).status]
  const [succeeded, failed] = [job.succeeded ?? 0, job.failed ?? 0]
  if (succeeded < (old.succeeded ?? 0)) return `succeeded fell to ${succeeded}`
  if (failed < (old.failed ?? 0)) return `failed fell to ${failed}`
  if ((after as Job).spec.completionMode === 'Indexed') return undefined
  const gained = succeeded - (old.succeeded ?? 0)
  const left = leaving(
    old.uncountedTerminatedPods?.succeeded,
    job.uncountedTerminatedPods?.succeeded,
  )
  return gained === left ? undefined : `${gained} counted as succeeded, ${left} had been waiting`
}

function leaving(old: readonly string[] = [], now: readonly string[] = []): number {
  return old.filter((uid) => !now.includes(uid)).length
}

function oneEnd(_: World, { kind, after }: Entry): string | undefined {
  if (kind !== 'Job' || after === undefined) return undefined
  const { conditions } = (after as Job).status
  const both = isConditionTrue(conditions, 'Complete') && isConditionTrue(conditions, 'Failed')
  return both ? 'both Complete and Failed' : undefined
}

/** Without surge a node never has two live Pods of one DaemonSet. */
function oneDaemonEach(world: World, { verb, actor, after }: Entry): string | undefined {
  if (verb !== 'create' || actor !== 'daemonset-controller' || after?.kind !== 'Pod')
    return undefined
  const pod = after as Pod
  const owner = controllerOf(pod)!
  const key = objectKey(pod.metadata.namespace, owner.name)
  const set = getObject<DaemonSet>(world.store, 'DaemonSet', key)
  if (set === undefined || allowsSurge(set)) return undefined
  const other = listControlled<Pod>(world.store, 'Pod', owner.uid).find(
    (candidate) =>
      candidate.metadata.uid !== pod.metadata.uid &&
      targetNode(candidate) === targetNode(pod) &&
      !isDeleted(candidate) &&
      !isEnded(candidate),
  )
  return other && `${other.metadata.name} is on ${targetNode(pod)} already`
}

/** A Job never has more live Pods than it asks for, and none twice for an index. */
function parallelismHolds(world: World, { verb, actor, after }: Entry): string | undefined {
  if (verb !== 'create' || actor !== 'job-controller' || after?.kind !== 'Pod') return undefined
  const owner = controllerOf(after)!
  const key = objectKey(after.metadata.namespace, owner.name)
  const job = getObject<Job>(world.store, 'Job', key)
  if (job === undefined) return undefined
  const live = listControlled<Pod>(world.store, 'Pod', owner.uid).filter(
    (pod) => !isDeleted(pod) && !isEnded(pod),
  )
  const { parallelism = 1, completionMode } = job.spec
  if (live.length > parallelism) return `${live.length} live Pods where ${parallelism} may be`
  if (completionMode !== 'Indexed') return undefined
  const indexes = live.map(({ metadata }) => metadata.annotations?.[INDEX_ANNOTATION])
  const own = after.metadata.annotations?.[INDEX_ANNOTATION]
  const twice = indexes.filter((index) => index === own).length > 1
  return twice ? `index ${own} has a live Pod already` : undefined
}

const INDEX_ANNOTATION = 'batch.kubernetes.io/job-completion-index'

/** What has not come to rest although nothing is wrong any more and time has passed. */
export function unsettledThings(world: World): readonly string[] {
  return [...world.store.kinds.values()].flatMap((objects) =>
    [...objects.values()].flatMap((object) => {
      const what = unsettled(world, object)
      const key = objectKey(object.metadata.namespace, object.metadata.name)
      return what === undefined ? [] : [`${object.kind} ${key} ${what}`]
    }),
  )
}

function unsettled(world: World, object: KubeObject): string | undefined {
  const { deletionTimestamp, ownerReferences = [] } = object.metadata
  if (deletionTimestamp !== undefined)
    return parseTime(deletionTimestamp) < world.now ? 'is still being deleted' : undefined
  const owners = ownerReferences.filter(({ kind, name: owner, uid }) => {
    const found = getObject(world.store, kind, objectKey(object.metadata.namespace, owner))
    return found?.metadata.uid === uid
  })
  if (ownerReferences.length > 0 && owners.length === 0) return 'has lost its owner'
  if (object.kind === 'Job') return unsettledJob(world, object as Job)
  if (object.kind === 'Pod') return unsettledPod(world, object as Pod)
  return object.kind === 'DaemonSet' ? unsettledSet(object as DaemonSet) : undefined
}

function unsettledJob(world: World, job: Job): string | undefined {
  const { completions, completionMode } = job.spec
  if (!isFinished(job)) return waitsForEver(world, job) ? undefined : 'is not finished'
  const { active = 0, succeeded = 0, conditions, uncountedTerminatedPods = {} } = job.status
  if (active > 0) return `is finished with ${active} active Pods`
  const waiting = [uncountedTerminatedPods.succeeded ?? [], uncountedTerminatedPods.failed ?? []]
  if (waiting.flat().length > 0) return 'is finished with Pods not counted'
  const isComplete = isConditionTrue(conditions, 'Complete') && job.spec.successPolicy === undefined
  if (!isComplete || completionMode === 'Indexed' || completions === undefined) return undefined
  return succeeded === completions ? undefined : `is complete with ${succeeded} of ${completions}`
}

/** Whether every Pod it still has waits for an image that nobody has, or for room on a node. */
function waitsForEver(world: World, job: Job): boolean {
  const live = listControlled<Pod>(world.store, 'Pod', job.metadata.uid).filter(
    (pod) => !isDeleted(pod) && !isEnded(pod),
  )
  return live.length > 0 && live.every((pod) => lacksImage(pod) || isUnschedulable(pod))
}

/** Whether it waits for an image that nobody has, as it would for ever. */
function lacksImage({ status }: Pod): boolean {
  const reasons = status.containerStatuses?.map(({ state }) => state.waiting?.reason ?? '') ?? []
  return reasons.some((reason) => reason.includes('ImagePull'))
}

/** Whether the scheduler said that no node takes it. */
function isUnschedulable({ spec, status }: Pod): boolean {
  return !spec.nodeName && status.conditions?.some(isRefusal) === true
}

function isRefusal({ type, status, reason }: Condition): boolean {
  return type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable'
}

function unsettledPod(world: World, pod: Pod): string | undefined {
  if (pod.status.phase !== 'Pending') return undefined
  if (!pod.spec.nodeName) {
    if (!isUnschedulable(pod)) return 'was not looked at by the scheduler'
    const node = nodeWithRoom(world, pod)
    return node && `still waits for a node, ${node} would take it`
  }
  const isWaiting = pod.status.containerStatuses?.some(({ state }) => state.waiting !== undefined)
  return isWaiting === true ? undefined : 'was not started by its kubelet'
}

/** Who has no room because of Pods that never end waits for ever; but no longer than that. */
function nodeWithRoom(world: World, pod: Pod): string | undefined {
  const node = listObjects<Node>(world.store, 'Node').find((candidate) => {
    const bound = listPodsOfNode<Pod>(world.store, candidate.metadata.name)
    return rejectionOf(pod, nodeInfo(candidate, bound)) === undefined
  })
  return node?.metadata.name
}

function unsettledSet(set: DaemonSet): string | undefined {
  const { desiredNumberScheduled: desired, observedGeneration } = set.status
  if (observedGeneration !== set.metadata.generation) return 'was not looked at'
  if (set.status.numberMisscheduled > 0) return 'has misscheduled Pods'
  const { numberReady, updatedNumberScheduled = 0 } = set.status
  if (numberReady !== desired) return `has ${numberReady} of ${desired} Pods ready`
  const isRolling = set.spec.updateStrategy?.type === 'RollingUpdate'
  return isRolling && updatedNumberScheduled !== desired
    ? `has updated ${updatedNumberScheduled} of ${desired} Pods`
    : undefined
}
