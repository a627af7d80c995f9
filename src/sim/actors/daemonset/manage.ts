// What is missing and what is too much on each node (pkg/controller/daemon/daemon_controller.go
// podsShouldBeOnNode, manage). Pure: decides names, writes nothing.
import type { SimTime } from '../../../base/time.ts'
import type { DaemonSet } from '../../api-types/apps.ts'
import type { Node } from '../../api-types/core.ts'
import type { Pod } from '../../api-types/pod.ts'
import { isEnded } from '../../lib/pod-phase.ts'
import { eligibilityOf } from './eligibility.ts'
import { HASH_LABEL, isAvailable, isDeleted, isReady, targetNode, type PodsByNode } from './pods.ts'
import { allowsSurge } from './rollout-numbers.ts'

/** What a sync decided; `ended` are deleted because they are over, and an event says so. */
export interface DaemonPlan {
  create: string[]
  remove: Pod[]
  ended: Pod[]
}

export interface ManageInput {
  set: DaemonSet
  nodes: readonly Node[]
  pods: readonly Pod[]
  byNode: PodsByNode
  hash: string
  now: SimTime
}

export function planPods(input: ManageInput): DaemonPlan {
  const plan: DaemonPlan = { create: [], remove: [], ended: [] }
  const names = new Set<string>()
  for (const node of input.nodes) {
    names.add(node.metadata.name)
    planNode(input, node, plan)
  }
  for (const pod of input.pods) {
    const lost = !pod.spec.nodeName && !names.has(targetNode(pod) ?? '')
    if (lost && !isDeleted(pod)) plan.remove.push(pod)
  }
  return plan
}

const NO_PODS: readonly Pod[] = []

function planNode(input: ManageInput, node: Node, plan: DaemonPlan): void {
  const { shouldRun, shouldContinue } = eligibilityOf(input.set, node)
  const pods = input.byNode.get(node.metadata.name) ?? NO_PODS
  if (pods.length === 0) {
    if (shouldRun) plan.create.push(node.metadata.name)
    return
  }
  const [only] = pods
  const isPlain = pods.length === 1 && shouldContinue && !isEnded(only!) && !isDeleted(only!)
  if (isPlain) return
  const staying = pods.filter((pod) => !isDeleted(pod))
  if (!shouldContinue) {
    plan.remove.push(...staying)
    return
  }
  // With surge its successor need not wait until a Pod that is being deleted has ended.
  if (staying.length === 0 && shouldRun && allowsSurge(input.set))
    plan.create.push(node.metadata.name)
  const running: Pod[] = []
  for (const pod of staying) {
    if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') plan.ended.push(pod)
    else running.push(pod)
  }
  if (running.length > 1) plan.remove.push(...excess(input, running))
}

/** With surge one old and one new Pod may share a node until the new one has taken over. */
function excess({ set, hash, now }: ManageInput, running: readonly Pod[]): readonly Pod[] {
  if (!allowsSurge(set)) return running.slice(1)
  const isNew = (pod: Pod): boolean => pod.metadata.labels?.[HASH_LABEL] === hash
  const newest = running.find(isNew)
  const old = running.find((pod) => !isNew(pod))
  const extra = running.filter((pod) => pod !== newest && pod !== old)
  if (newest === undefined || old === undefined) return extra
  return !isReady(old) || isAvailable(newest, set, now) ? [...extra, old] : extra
}
