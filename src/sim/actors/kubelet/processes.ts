// Waking the processes of a node's containers when they want to run on, and noticing their ends.
import type { RuntimePod } from '../../machine.ts'
import { wakeAfter } from '../../world.ts'
import { nextWakeOf } from './runtime.ts'
import type { Kubelet } from './state.ts'

/** The task that lets the processes of a Pod run on; its key is the uid. */
export const PROCESS = 'process'

/** Asks to be woken when a process of the Pod wants to run on. */
export function scheduleProcesses(kubelet: Kubelet, uid: string, runtimePod: RuntimePod): void {
  const { ctx } = kubelet
  const at = nextWakeOf(runtimePod)
  if (at !== undefined) wakeAfter(ctx, uid, at - ctx.now, PROCESS)
}
