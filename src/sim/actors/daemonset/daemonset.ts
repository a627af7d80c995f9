// The DaemonSet controller: one Pod on every node that should have one
// (pkg/controller/daemon/daemon_controller.go syncDaemonSet).
import { parseTime, SECOND_MS } from '../../../base/time.ts'
import type { Actor, Ctx } from '../../actor.ts'
import type { DaemonSet } from '../../api-types/apps.ts'
import type { Node } from '../../api-types/core.ts'
import type { Pod } from '../../api-types/pod.ts'
import { createObject, deleteObject, updateStatus } from '../../api.ts'
import { ApiError, hasCause, NAMESPACE_TERMINATING } from '../../errors.ts'
import { recordEvent } from '../../events.ts'
import { isEmptySelector } from '../../lib/label-selector.ts'
import { actorMemory } from '../../memory.ts'
import { controllerOf, getObject, keyOf, listObjects } from '../../store.ts'
import { wakeAfter } from '../../world.ts'
import { adoptOrphans, claimedPods } from './claims.ts'
import { backOffFailed, type FailedPodBackoffs } from './failed-backoff.ts'
import { planPods, type ManageInput, type DaemonPlan } from './manage.ts'
import { isAvailable, isDeleted, isReady, newDaemonPod, podsByNode, targetNode } from './pods.ts'
import { isEnded } from '../../lib/pod-phase.ts'
import { cleanupHistory, constructHistory, type History } from './revisions.ts'
import { planUpdate } from './rolling-update.ts'
import { statusOf } from './status.ts'
import { ADOPT, watches } from './watches.ts'

const backoffMemory = actorMemory<FailedPodBackoffs>('daemonset-controller', {
  initial: () => new Map(),
  copy: (backoffs) => new Map(backoffs),
})

/** Creates and, separately, deletes at most this many Pods in one sync. */
const BURST_MAX = 250
/** How many of its new Pods a status misses while the Pods of others are being created. */
const UNSEEN_WHEN_BUSY = 2

export const daemonSetController: Actor = {
  name: 'daemonset-controller',
  component: 'kube-controller-manager',
  watches,
  tasks: {
    sync: (ctx, key) => sync(ctx, key, false),
    [ADOPT]: (ctx, key) => sync(ctx, key, true),
  },
}

function sync(ctx: Ctx, key: string, adopting: boolean): void {
  const set = getObject<DaemonSet>(ctx.world.store, 'DaemonSet', key)
  if (set === undefined) return
  if (set.spec.selector !== undefined && isEmptySelector(set.spec.selector))
    return recordEvent(ctx, set, {
      type: 'Warning',
      reason: 'SelectingAll',
      message: 'This daemon set is selecting all pods. A non-empty selector is required.',
    })
  if (set.metadata.deletionTimestamp !== undefined) return
  if (adopting) adoptOrphans(ctx, set)
  const history = constructHistory(ctx, set)
  const firstId = ctx.world.log.nextId
  const input = inputOf(ctx, set, history.hash)
  const managed = applyPlan(ctx, input, planPods(input))
  if (!managed.acted && set.spec.updateStrategy?.type === 'RollingUpdate')
    applyPlan(ctx, input, planUpdate(input))
  cleanupHistory(ctx, set, history, input.pods)
  const isQuiet = input.pods.length > 0 && ctx.world.log.nextId === firstId
  const claimed = isQuiet ? input.pods : undefined
  writeStatus(ctx, set, history.hash, unseenPods(ctx, input, history, managed.created), claimed)
  if (managed.error !== undefined) throw managed.error
}

function inputOf(ctx: Ctx, set: DaemonSet, hash: string): ManageInput {
  const pods = claimedPods(ctx, set)
  const nodes = listObjects<Node>(ctx.world.store, 'Node')
  return { set, nodes, pods, byNode: podsByNode(pods), hash, now: ctx.now }
}

/**
 * The Pods that the status of the sync which made them misses, because the watch tells of them only
 * after it was written: SPEC DS-9. A sync that finds the API server at rest sees them all.
 */
function unseenPods(
  ctx: Ctx,
  input: ManageInput,
  { isNew }: History,
  created: readonly Pod[],
): readonly Pod[] {
  const last = created.at(-1)
  if (last === undefined || (!isNew && !replaces(input, last))) return []
  return created.slice(isNew && othersStart(ctx, input.set) ? -UNSEEN_WHEN_BUSY : -1)
}

/** Whether the Pod takes the place of one that has just ended. */
function replaces({ pods }: ManageInput, created: Pod): boolean {
  const node = targetNode(created)
  return pods.some((pod) => isEnded(pod) && isDeleted(pod) && targetNode(pod) === node)
}

/** Whether the Pods of others were created just now and wait for the scheduler. */
function othersStart({ world, now }: Ctx, { metadata: { uid } }: DaemonSet): boolean {
  return listObjects<Pod>(world.store, 'Pod').some(
    (pod) =>
      !pod.spec.nodeName &&
      controllerOf(pod)?.uid !== uid &&
      parseTime(pod.metadata.creationTimestamp) > now - SECOND_MS,
  )
}

interface ManageOutcome {
  /** Whether anything was created or deleted: then an update waits for what it does. */
  acted: boolean
  created: Pod[]
  error: ApiError | undefined
}

function applyPlan(ctx: Ctx, { set, hash }: ManageInput, plan: DaemonPlan): ManageOutcome {
  const outcome: ManageOutcome = { acted: false, created: [], error: undefined }
  const ended = plan.ended.filter((pod) => removeEnded(ctx, set, pod))
  for (const node of plan.create.slice(0, BURST_MAX)) {
    try {
      const pod = createObject<Pod>(ctx.world, ctx.by, newDaemonPod(set, node, hash))
      emitEvent(ctx, set, 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`)
      outcome.created.push(pod)
      outcome.acted = true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (hasCause(error, NAMESPACE_TERMINATING)) break
      emitEvent(ctx, set, 'FailedCreate', `Error creating: ${error.message}`, 'Warning')
      outcome.error = error
      break
    }
  }
  for (const pod of [...plan.remove, ...ended].slice(0, BURST_MAX)) {
    deleteObject(ctx.world, ctx.by, 'Pod', keyOf(pod))
    emitEvent(ctx, set, 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)
    outcome.acted = true
  }
  return outcome
}

/** Whether a Pod that is over is deleted now. Failed ones wait longer each time. */
function removeEnded(ctx: Ctx, set: DaemonSet, pod: Pod): boolean {
  const what = `daemon pod ${keyOf(pod)} on node ${pod.spec.nodeName}, will try to`
  if (pod.status.phase === 'Succeeded') {
    emitEvent(ctx, set, 'SucceededDaemonPod', `Found succeeded ${what} delete it`)
    return true
  }
  const backoffs = backoffMemory.of(ctx)
  const waitMs = backOffFailed(backoffs, set, pod.spec.nodeName ?? '', ctx.now)
  if (waitMs > 0) {
    wakeAfter(ctx, keyOf(set), waitMs)
    return false
  }
  emitEvent(ctx, set, 'FailedDaemonPod', `Found failed ${what} kill it`, 'Warning')
  return true
}

function emitEvent(
  ctx: Ctx,
  set: DaemonSet,
  reason: string,
  message: string,
  type: 'Normal' | 'Warning' = 'Normal',
): void {
  recordEvent(ctx, set, { type, reason, message })
}

/** Writes the counts when they changed, and looks again when Pods are ready but not available. */
function writeStatus(
  ctx: Ctx,
  set: DaemonSet,
  hash: string,
  unseen: readonly Pod[],
  known: readonly Pod[] | undefined,
): void {
  const live = getObject<DaemonSet>(ctx.world.store, 'DaemonSet', keyOf(set))
  if (live === undefined) return
  const late = new Set(unseen.map(({ metadata }) => metadata.uid))
  const all = known ?? claimedPods(ctx, live)
  const pods = late.size === 0 ? all : all.filter(({ metadata }) => !late.has(metadata.uid))
  const nodes = listObjects<Node>(ctx.world.store, 'Node')
  const status = statusOf(live, nodes, podsByNode(pods), hash, ctx.now)
  updateStatus<DaemonSet>(ctx.world, ctx.by, { ...live, status })
  if (!pods.some((pod) => isReady(pod) && !isAvailable(pod, live, ctx.now))) return
  // A surging Pod is not counted; the update handler looks for it one second later.
  const isCounted = status.numberReady !== (status.numberAvailable ?? 0)
  const seconds = (live.spec.minReadySeconds ?? 0) + (isCounted ? 0 : 1)
  wakeAfter(ctx, keyOf(set), seconds * SECOND_MS)
}
