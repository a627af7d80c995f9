// Pods that the runtime still has though nobody asks for them any more: deleted while the kubelet
// was away. Housekeeping ends them with a second of grace (kubelet_pods.go HandlePodCleanups).
import { putSlot } from '../../shelf.ts'
import { updatePod } from './pod-worker.ts'
import { createWorker, type Kubelet } from './state.ts'

/** The task that ends Pods nobody knows. */
export const END_ORPHANS = 'end-orphans'

/** Begins to end every Pod of the runtime that has no worker. */
export function endOrphans(kubelet: Kubelet): void {
  const { machine, state } = kubelet
  for (const [uid, { pod }] of machine.pods.slots) {
    if (state.workers.slots.has(uid)) continue
    const worker = createWorker(pod, `${pod.metadata.namespace}/${pod.metadata.name}`)
    worker.isRemoved = true
    worker.graceSeconds = 1
    putSlot(state.workers, uid, worker)
    updatePod(kubelet, worker)
  }
}
