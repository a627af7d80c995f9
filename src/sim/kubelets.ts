// The one door to the kubelets and their machines for everything right of the simulation: logs,
// leases, what their containers do next, and the power switch.
import type { SimTime } from '../base/time.ts'
import { nextWakeOf } from './actors/kubelet/runtime.ts'
import type { Pod } from './api-types/pod.ts'
import { findMachine } from './machine.ts'
import type { World } from './world.ts'

export { containerLog, logVersion } from './actors/kubelet/logs.ts'
export { lastRenewTime } from './actors/kubelet/node.ts'
export { addMachine, removeMachine, startMachine, stopMachine } from './actors/kubelet/power.ts'
export { hasMachine } from './machine.ts'

/** Since when the kubelet of a node renews its lease; undefined when that node has no machine. */
export function leasedSince(world: World, node: string): SimTime | undefined {
  return findMachine(world, node)?.onSince
}

/** When the next process of the Pod with this uid wakes by itself. */
export function nextWakeOfPod(world: World, node: string, uid: string): SimTime | undefined {
  const runtime = runtimeOf(world, node, uid)
  return runtime === undefined ? undefined : nextWakeOf(runtime)
}

/** Whether the newest run of a Pod's container is over, or not there. */
export function hasContainerEnded(world: World, pod: Pod, container: string): boolean {
  const runtime = runtimeOf(world, pod.spec.nodeName ?? '', pod.metadata.uid)
  const newest = runtime?.containers.find(({ view }) => view.name === container)
  return newest?.process === undefined || newest.process.exited !== undefined
}

function runtimeOf(world: World, node: string, uid: string) {
  return findMachine(world, node)?.pods.slots.get(uid)
}
