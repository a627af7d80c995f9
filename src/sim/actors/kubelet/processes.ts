// Waking the processes of a node's containers when they want to go on, and noticing their ends.
import type { RuntimePod } from '../../machine.ts'
import { wakeAfter } from '../../world.ts'
import { nextWakeOf } from './runtime.ts'
import type { Kubelet } from './state.ts'

/** Key of the task that lets the processes of a Pod run on: `process UID`. */
export const PROCESS_KEY = 'process '

/** Asks to be woken when a process of the Pod wants to go on. */
export function scheduleProcesses(kubelet: Kubelet, uid: string, runtimePod: RuntimePod): void {
  const { ctx } = kubelet
  const at = nextWakeOf(runtimePod)
  if (at !== undefined) wakeAfter(ctx, PROCESS_KEY + uid, at - ctx.now)
}
