// The scheduler: gives each new Pod the best node there is, or says why there is none
// (pkg/scheduler/schedule_one.go). It only decides; the kubelet of that node does the rest.
import { compact, extend } from '../../../base/plain.ts'
import { randomInt, type Rng } from '../../../base/rng.ts'
import { formatTime, MINUTE_MS } from '../../../base/time.ts'
import type { Actor, Ctx } from '../../actor.ts'
import type { Condition } from '../../api-types/meta.ts'
import type { Pod } from '../../api-types/pod.ts'
import { deleteObject, updateStatus } from '../../api.ts'
import { bindPod } from '../../binding.ts'
import { FINISH_SERIES, finishSeries, recordSeriesEvent } from '../../event-series.ts'
import { disruptedStatus } from '../../lib/disruption.ts'
import { namedNodes } from '../../lib/node-affinity.ts'
import { getObject, keyOf } from '../../store.ts'
import { wakeAfter } from '../../world.ts'
import { rejectionOf } from './filters.ts'
import { CONFLICT, eventMessage, fitErrorMessage, type FitVerdict } from './fit-error.ts'
import { preempt, type Preemption } from './preemption.ts'
import { nodeInfos } from './node-infos.ts'
import { PREEMPTED, withNominated } from './nominated.ts'
import type { NodeInfo } from './requests.ts'
import { scoresOf } from './scores.ts'
import {
  FLUSH_MS,
  isUnscheduled,
  onNode,
  onPod,
  SCHEDULER,
  schedulerMemory,
  type SchedulerMemory,
} from './waiting.ts'

/** The queue is looked through for Pods that waited too long this often. */
const FLUSH_CHECK_MS = MINUTE_MS / 2

export const scheduler: Actor = {
  name: SCHEDULER,
  component: 'kube-scheduler',
  watches: { Pod: onPod, Node: onNode },
  tasks: { sync, [FINISH_SERIES]: finishSeries },
}

function sync(ctx: Ctx, key: string): void {
  const memory = schedulerMemory.of(ctx)
  const pod = getObject<Pod>(ctx.world.store, 'Pod', key)
  memory.waiting.delete(key)
  if (pod === undefined || !isUnscheduled(pod)) return
  const { infos: nodes, total } = candidates(ctx, pod)
  const infos = withNominated(pod, nodes, waitingPods(ctx, memory))
  const verdicts: FitVerdict[] = []
  const feasible: NodeInfo[] = []
  for (const [index, info] of infos.entries()) {
    const rejection = rejectionOf(pod, info)
    if (rejection === undefined) feasible.push(nodes[index]!)
    else verdicts.push({ node: info.node.metadata.name, rejection })
  }
  const promised = feasible.find(({ node }) => node.metadata.name === pod.status.nominatedNodeName)
  if (promised !== undefined) return bind(ctx, pod, promised.node.metadata.name)
  if (feasible.length > 0) return bind(ctx, pod, best(pod, feasible, ctx.rng))
  const answer = preempt(pod, infos, verdicts, total)
  const postFilter = typeof answer === 'string' ? answer : ''
  const notEvaluated = namedNodes(pod.spec)?.length === 0 ? CONFLICT : total - infos.length
  const message = fitErrorMessage(total, verdicts, notEvaluated, postFilter)
  const nominated = typeof answer === 'string' ? undefined : answer.node
  markUnschedulable(ctx, pod, message, nominated)
  recordSeriesEvent(ctx, pod, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message: eventMessage(message),
    action: 'Scheduling',
  })
  memory.waiting.set(key, [...new Set(verdicts.map(({ rejection }) => rejection.plugin))])
  const flushAt = Math.ceil((ctx.now + FLUSH_MS) / FLUSH_CHECK_MS) * FLUSH_CHECK_MS
  wakeAfter(ctx, key, flushAt - ctx.now)
  if (typeof answer !== 'string') evict(ctx, pod, answer)
}

function waitingPods({ world }: Ctx, { waiting }: SchedulerMemory): readonly Pod[] {
  return [...waiting.keys()].flatMap((key) => getObject<Pod>(world.store, 'Pod', key) ?? [])
}

/** The nodes to look at: all, or those that the Pod's affinity names. */
function candidates({ world }: Ctx, pod: Pod): { infos: readonly NodeInfo[]; total: number } {
  const nodes = world.store.kinds.get('Node')
  const total = nodes?.size ?? 0
  const infoOf = nodeInfos(world)
  const named = namedNodes(pod.spec)
  if (named !== undefined) return { infos: named.flatMap((name) => infoOf(name) ?? []), total }
  const infos: NodeInfo[] = []
  for (const name of nodes?.keys() ?? []) infos.push(infoOf(name)!)
  return { infos, total }
}

/** The node of highest score; one of the equal best by chance. */
function best(pod: Pod, feasible: readonly NodeInfo[], rng: Rng): string {
  if (feasible.length === 1) return feasible[0]!.node.metadata.name
  const scores = scoresOf(pod, feasible)
  const top = Math.max(...scores)
  const equal = feasible.filter((_, index) => scores[index] === top)
  return equal[randomInt(rng, equal.length)]!.node.metadata.name
}

function bind(ctx: Ctx, pod: Pod, node: string): void {
  bindPod(ctx.world, ctx.by, pod, node)
  recordSeriesEvent(ctx, pod, {
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${keyOf(pod)} to ${node}`,
    action: 'Binding',
  })
}

function markUnschedulable(
  ctx: Ctx,
  pod: Pod,
  message: string,
  nominatedNodeName: string | undefined,
): void {
  const conditions = pod.status.conditions ?? []
  const old = conditions.find(({ type }) => type === 'PodScheduled')
  const scheduled: Condition = {
    type: 'PodScheduled',
    observedGeneration: pod.metadata.generation ?? 1,
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: old?.status === 'False' ? old.lastTransitionTime! : formatTime(ctx.now),
    reason: 'Unschedulable',
    message,
  }
  const others = conditions.filter(({ type }) => type !== 'PodScheduled')
  const reported = compact({ conditions: [...others, scheduled], nominatedNodeName })
  const status = extend(pod.status, reported)
  updateStatus<Pod>(ctx.world, ctx.by, { ...pod, status })
}

/** framework/preemption executor: mark, delete, tell. */
function evict(ctx: Ctx, pod: Pod, { node, victims }: Preemption): void {
  for (const victim of victims) {
    if (victim.metadata.deletionTimestamp !== undefined) continue
    const message = `${SCHEDULER}: preempting to accommodate a higher priority pod`
    const status = disruptedStatus(victim, PREEMPTED, message, ctx.now)
    updateStatus<Pod>(ctx.world, ctx.by, { ...victim, status })
    deleteObject(ctx.world, ctx.by, 'Pod', keyOf(victim))
    recordSeriesEvent(ctx, victim, {
      type: 'Normal',
      reason: 'Preempted',
      message: `Preempted by pod ${pod.metadata.uid} on node ${node}`,
      action: 'Preempting',
    })
  }
}
