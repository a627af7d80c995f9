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

/** The tasks of a start: one of the first two, `ready` after a registration, and then the Pods. */
export const REPORT_NODE = 'report-node'
export const REGISTER_NODE = 'register-node'
export const READY_NODE = 'ready-node'
export const RESYNC_PODS = 'resync-pods'

/** Until a new node is ready nothing is scheduled there (plugin/pkg/admission/nodetaint). */
const NOT_READY = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' } as const

/** A kubelet whose node is known has started. */
export function reportNode(ctx: Ctx): void {
  const node = nodeOf(ctx)
  if (node === undefined) return
  recordStart(ctx, node)
  reportReady(ctx)
}

/** Creates the Node object; it is not ready for a moment. */
export function registerNode(ctx: Ctx): void {
  if (nodeOf(ctx) !== undefined) return reportNode(ctx)
  const { world, instance } = ctx
  const { config } = findMachine(world, instance)!
  const node = createNode(world, ctx.by, config, { ready: false })
  const taints = [...(node.spec.taints ?? []), NOT_READY]
  updateObject<Node>(world, ctx.by, { ...node, spec: { ...node.spec, taints } })
  recordStart(ctx, node)
  wakeAfter(ctx, '', NODE_READY_MS, READY_NODE)
}
