// Watches over the nodes: notices the silent ones, marks their Pods, and sets the taints that
// follow from what nodes say (pkg/controller/nodelifecycle/node_lifecycle_controller.go).
import { deepEqual } from '../../../base/deep-equal.ts'
import { addMs, formatTime, parseTime, SECOND_MS, type SimTime } from '../../../base/time.ts'
import type { Actor, Change, Ctx, Wake } from '../../actor.ts'
import type { Node } from '../../api-types/core.ts'
import type { Pod } from '../../api-types/pod.ts'
import { updateObject, updateStatus, withMeta } from '../../api.ts'
import { recordEvent } from '../../events.ts'
import { conditionOf } from '../../lib/conditions.ts'
import { actorMemory } from '../../memory.ts'
import { enqueue } from '../../queue.ts'
import { getObject, listObjects, listPodsOfNode } from '../../store.ts'
import { wakeAfter, type World } from '../../world.ts'
import { lastRenewTime } from '../kubelet/node.ts'
import { executeTaints, hasExecuteTaint, scheduleTaints } from './condition-taints.ts'
import { disruptionOf } from './disruption.ts'
import { isNotReady, lostAt, readyStatus, unknownConditions } from './health.ts'
import { tickAfter, type Loop } from './loop.ts'

const NAME = 'node-lifecycle-controller'
/** The source its events name. */
const COMPONENT = 'node-controller'
/** The task of the monitoring loop; SYNC looks at the taints of one node. */
const MONITOR = 'monitor'

const MONITOR_PERIOD_MS = 5 * SECOND_MS
/** From the program's start to the loop's first tick, as recorded. */
const MONITOR_PHASE_MS = 2_600
/** From a node's change to the taint that follows, as recorded. */
const TAINT_DELAY_MS = 8
/** --node-eviction-rate 0.1: one more node may be tainted NoExecute after this. */
const EVICTION_INTERVAL_MS = 10 * SECOND_MS
/** From the loop's tick to the NoExecute taint, as recorded. */
const EXECUTE_DELAY_MS = 28
const TAINT_NEXT = 'taint-next'
/** The task for a node whose Pods are to lose their readiness. */
const MARK_PODS = 'mark-pods'
/** From the loop's tick to the first of them, as recorded: after the NoSchedule taint. */
const PODS_DELAY_MS = 13

interface Memory {
  readonly loop: Loop
  /** Nodes that were registered with this controller, and whether they were ready when seen. */
  ready: Map<string, boolean>
  /** Nodes that wait for their NoExecute taint. */
  tainting: string[]
  nextTaintAt: SimTime
}

const lifecycleMemory = actorMemory<Memory>(NAME, {
  initial: ({ now }) => ({
    loop: { startedAt: now, periodMs: MONITOR_PERIOD_MS, phaseMs: MONITOR_PHASE_MS },
    ready: new Map(),
    tainting: [],
    nextTaintAt: now,
  }),
  copy: (memory) => ({
    ...memory,
    ready: new Map(memory.ready),
    tainting: [...memory.tainting],
  }),
})

export const nodeLifecycle: Actor = {
  name: NAME,
  component: 'kube-controller-manager',
  watches: { Node: onNode, Pod: onPod },
  start: (ctx) => {
    lifecycleMemory.of(ctx)
  },
  tasks: {
    sync,
    [MONITOR]: monitor,
    [TAINT_NEXT]: taintNext,
    [MARK_PODS]: markPodsNotReady,
  },
}

function onNode({ before, after }: Change, world: World): readonly Wake[] {
  const memory = lifecycleMemory.peek(world)
  if (memory === undefined) return []
  const afterMs = tickAfter(memory.loop, world.now) - world.now
  if (after === undefined) return [{ task: MONITOR, key: '', afterMs }]
  const [old, node] = [before as Node | undefined, after as Node]
  const wakes: Wake[] = [{ key: node.metadata.name, afterMs: TAINT_DELAY_MS }]
  if (old === undefined || readyStatus(old) !== readyStatus(node))
    wakes.push({ task: MONITOR, key: '', afterMs })
  return wakes
}

/** A Pod that comes to a node which is not ready is marked like those that were there. */
function onPod({ before, after }: Change, world: World): readonly Wake[] {
  const [old, pod] = [before as Pod | undefined, after as Pod | undefined]
  const name = pod?.spec.nodeName
  if (!name || old?.spec.nodeName === name) return []
  const node = getObject<Node>(world.store, 'Node', name)
  return node !== undefined && isNotReady(node) ? [{ task: MARK_PODS, key: name }] : []
}

/** Makes the controller look when the silence of a machine just switched off is long enough. */
export function expectSilence(world: World, node: string): void {
  const memory = lifecycleMemory.peek(world)
  const lastSign = lastRenewTime(world, node)
  if (memory === undefined || lastSign === undefined) return
  enqueue(world.queue, NAME, MONITOR, '', lostAt(memory.loop, lastSign, true), [])
}

function sync(ctx: Ctx, key: string): void {
  const node = getObject<Node>(ctx.world.store, 'Node', key)
  if (node === undefined) return
  const labelled = withBetaLabels(ctx, node)
  setTaints(ctx, labelled, scheduleTaints(labelled, formatTime(ctx.now)))
}

/** Labels that older Pods ask for, kept the same as those of today (reconcileNodeLabels). */
const BETA_LABELS = [
  ['kubernetes.io/os', 'beta.kubernetes.io/os'],
  ['kubernetes.io/arch', 'beta.kubernetes.io/arch'],
] as const

function withBetaLabels(ctx: Ctx, node: Node): Node {
  const labels: Record<string, string> = { ...node.metadata.labels }
  for (const [label, beta] of BETA_LABELS) {
    const value = labels[label]
    if (value !== undefined) labels[beta] = value
  }
  if (deepEqual(labels, node.metadata.labels ?? {})) return node
  return updateObject(ctx.world, ctx.by, withMeta(node, { labels }))
}

/** One pass over all nodes (monitorNodeHealth). */
function monitor(ctx: Ctx): void {
  const memory = lifecycleMemory.of(ctx)
  register(ctx, memory)
  let nextAt: SimTime | undefined
  for (const node of listObjects<Node>(ctx.world.store, 'Node')) {
    const checkAt = checkNode(ctx, memory, node)
    if (checkAt !== undefined && (nextAt === undefined || checkAt < nextAt)) nextAt = checkAt
  }
  planTaints(ctx, memory)
  if (nextAt !== undefined) wakeAfter(ctx, '', nextAt - ctx.now, MONITOR)
}

/** Reports nodes that came and went. */
function register(ctx: Ctx, memory: Memory): void {
  const { store } = ctx.world
  for (const node of listObjects<Node>(store, 'Node')) {
    const { name } = node.metadata
    if (memory.ready.has(name)) continue
    memory.ready.set(name, readyStatus(node) === 'True')
    const message = `Node ${name} event: Registered Node ${name} in Controller`
    emitEvent(ctx, node, 'RegisteredNode', message)
  }
  for (const name of memory.ready.keys()) {
    if (getObject<Node>(store, 'Node', name) !== undefined) continue
    memory.ready.delete(name)
    const message = `Node ${name} event: Removing Node ${name} from Controller`
    const metadata = { name, uid: name, resourceVersion: '', creationTimestamp: '' }
    emitEvent(ctx, { apiVersion: 'v1', kind: 'Node', metadata } as Node, 'RemovingNode', message)
  }
}

function emitEvent(ctx: Ctx, node: Node, reason: string, message: string): void {
  recordEvent(ctx, node, { type: 'Normal', reason, message, component: COMPONENT })
}

/** Returns when this node must be looked at again, if nobody reports anything by then. */
function checkNode(ctx: Ctx, memory: Memory, node: Node): SimTime | undefined {
  const { name, creationTimestamp } = node.metadata
  const { startedAt } = memory.loop
  const hasPosted = conditionOf(node.status.conditions, 'Ready') !== undefined
  const renewedAt = lastRenewTime(ctx.world, name)
  const isOn = renewedAt !== undefined && !ctx.world.stopped.has(`node/${name}`)
  const lastSign = Math.max(renewedAt ?? parseTime(creationTimestamp), startedAt) as SimTime
  let current = node
  let checkAt: SimTime | undefined
  if (!isOn && (readyStatus(node) !== 'Unknown' || !hasPosted)) {
    const at = lostAt(memory.loop, lastSign, hasPosted)
    if (at > ctx.now) checkAt = at
    else current = markUnknown(ctx, node)
  }
  const isReady = readyStatus(current) === 'True'
  if (memory.ready.get(name) === true && !isReady) {
    emitEvent(ctx, current, 'NodeNotReady', `Node ${name} status is now: NodeNotReady`)
    wakeAfter(ctx, name, PODS_DELAY_MS, MARK_PODS)
  }
  memory.ready.set(name, isReady)
  return checkAt
}

function markUnknown(ctx: Ctx, node: Node): Node {
  const conditions = unknownConditions(node, formatTime(ctx.now))
  const status = { ...node.status, conditions }
  return updateStatus<Node>(ctx.world, ctx.by, { ...node, status })
}

/** Takes the readiness of every Pod of a node that is still not ready (MarkPodsNotReady). */
function markPodsNotReady(ctx: Ctx, name: string): void {
  if (!isLost(ctx, name)) return
  for (const pod of listPodsOfNode<Pod>(ctx.world.store, name)) {
    const ready = conditionOf(pod.status.conditions, 'Ready')
    if (ready === undefined || ready.status === 'False') continue
    const lastTransitionTime = formatTime(ctx.now)
    const conditions = pod.status.conditions!.map((condition) =>
      condition === ready ? { ...ready, status: 'False' as const, lastTransitionTime } : condition,
    )
    updateStatus<Pod>(ctx.world, ctx.by, { ...pod, status: { ...pod.status, conditions } })
    recordEvent(ctx, pod, {
      type: 'Warning',
      reason: 'NodeNotReady',
      message: 'Node is not ready',
      component: COMPONENT,
    })
  }
}

/** Takes NoExecute taints from ready nodes and queues the others for theirs, unless too many. */
function planTaints(ctx: Ctx, memory: Memory): void {
  const nodes = listObjects<Node>(ctx.world.store, 'Node')
  const disruption = disruptionOf(nodes)
  const now = formatTime(ctx.now)
  memory.tainting = memory.tainting.filter((name) => isLost(ctx, name))
  for (const node of nodes) {
    const { name } = node.metadata
    const isTainted = hasExecuteTaint(node)
    const isReady = readyStatus(node) === 'True'
    if (disruption === 'full' && isTainted) setTaints(ctx, node, withoutExecute(node))
    else if (isReady || isTainted || !isNotReady(node))
      setTaints(ctx, node, executeTaints(node, now))
    else if (!memory.tainting.includes(name)) memory.tainting.push(name)
  }
  if (disruption !== 'normal') memory.tainting = []
  if (memory.tainting.length > 0)
    wakeAfter(ctx, '', Math.max(EXECUTE_DELAY_MS, memory.nextTaintAt - ctx.now), TAINT_NEXT)
}

function isLost(ctx: Ctx, name: string): boolean {
  const node = getObject<Node>(ctx.world.store, 'Node', name)
  return node !== undefined && isNotReady(node)
}

function withoutExecute(node: Node) {
  const ready = { ...node, status: { ...node.status, conditions: [READY] } }
  return executeTaints(ready, '')
}

const READY = { type: 'Ready', status: 'True' as const }

/** Taints one node of the queue; the next may follow only some time later. */
function taintNext(ctx: Ctx): void {
  const memory = lifecycleMemory.of(ctx)
  const name = memory.tainting.shift()
  const node = name === undefined ? undefined : getObject<Node>(ctx.world.store, 'Node', name)
  if (node !== undefined && isNotReady(node)) {
    setTaints(ctx, node, executeTaints(node, formatTime(ctx.now)))
    memory.nextTaintAt = addMs(ctx.now, EVICTION_INTERVAL_MS)
  }
  if (memory.tainting.length > 0) wakeAfter(ctx, '', memory.nextTaintAt - ctx.now, TAINT_NEXT)
}

function setTaints(ctx: Ctx, node: Node, taints: Node['spec']['taints']): void {
  if (taints === undefined || taints === node.spec.taints) return
  if (taints.length === 0 && node.spec.taints === undefined) return
  const { taints: _old, ...rest } = node.spec
  const spec = taints.length === 0 ? rest : { ...rest, taints }
  updateObject<Node>(ctx.world, ctx.by, { ...node, spec })
}
