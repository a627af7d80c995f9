// The steps of a kubelet's start on a machine that was switched on: register or report the node,
// become ready, look at the Pods, and clean up what nobody asks for any more.
import type { Ctx } from '../../actor.ts'
import type { Node } from '../../api-types/core.ts'
import { updateObject } from '../../api.ts'
import { findMachine } from '../../machine.ts'
import { createNode } from '../../node-object.ts'
import { wakeAfter } from '../../world.ts'
import { nodeOf, recordStart, reportReady } from './node.ts'
import { NODE_READY_MS } from './timing.ts'

/** Key of the tasks of a start: `node report`, `node register`, `node ready`. */
export const NODE_KEY = 'node '
/** Key of the task in which a kubelet reads its Pods after a start. */
export const PODS_KEY = 'pods'

/** Until a new node is ready nothing is scheduled there (plugin/pkg/admission/nodetaint). */
const NOT_READY = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' } as const

export function nodeStep(ctx: Ctx, step: string): void {
  const node = nodeOf(ctx)
  if (node === undefined) {
    if (step === 'register') register(ctx)
    return
  }
  if (step !== 'ready') recordStart(ctx, node)
  reportReady(ctx)
}

/** Creates the Node object; it is not ready for a moment. */
function register(ctx: Ctx): void {
  const { world, instance } = ctx
  const { config } = findMachine(world, instance)!
  const node = createNode(world, ctx.by, config, { ready: false })
  const taints = [...(node.spec.taints ?? []), NOT_READY]
  updateObject<Node>(world, ctx.by, { ...node, spec: { ...node.spec, taints } })
  recordStart(ctx, node)
  wakeAfter(ctx, `${NODE_KEY}ready`, NODE_READY_MS)
}
