// The pod lifecycle event generator: what changed in the runtime since it was last looked at
// (pkg/kubelet/pleg/generic.go). A real one looks every second; here a look is computed for the
// tick after a change, so that a quiet node costs nothing.
import { addMs, type SimTime } from '../../../base/time.ts'
import { runtimePodOf, type PodView } from '../../machine.ts'
import { wakeAfter } from '../../world.ts'
import { removeOldAttempts, viewOf } from './runtime.ts'
import { workerOf, type Kubelet, type Worker } from './state.ts'
import { AFTER_RELIST_MS, lastTick, nextTick, RELIST_PERIOD_MS } from './timing.ts'

/** The task that looks at all Pods in the runtime. */
export const RELIST = 'relist'

/** Notes that something of a Pod changed in the runtime: the next relist will see it. */
export function markDirty(kubelet: Kubelet, worker: Worker): void {
  worker.isDirty = true
  const { ctx, state } = kubelet
  const tick = nextTick(ctx.now, state.relistPhaseMs, RELIST_PERIOD_MS)
  wakeAfter(ctx, '', tick - ctx.now, RELIST)
}

/** The relist of all Pods. Returns the workers for which it has news worth a sync. */
export function relist(kubelet: Kubelet): Worker[] {
  const news: Worker[] = []
  for (const { uid, isDirty } of kubelet.state.workers.slots.values()) {
    const worker = isDirty ? workerOf(kubelet, uid) : undefined
    if (worker !== undefined && reconcile(kubelet, worker)) news.push(worker)
  }
  return news
}

/** The relist of one Pod that follows a sync. Returns whether it has news worth a sync. */
export function relistPod(kubelet: Kubelet, worker: Worker): boolean {
  worker.observedAt = kubelet.ctx.now
  return reconcile(kubelet, worker)
}

/** Whether the cache is newer than the worker's last sync (kubecontainer Cache.GetNewerThan). */
export function isCacheNewer({ ctx, state }: Kubelet, worker: Worker): boolean {
  const relistedAt = lastTick(ctx.now, state.relistPhaseMs, RELIST_PERIOD_MS)
  return Math.max(relistedAt, worker.observedAt) > worker.lastSyncAt
}

/** When the cache will be newer than the last sync. */
export function cacheNewerAt({ state }: Kubelet, worker: Worker): SimTime {
  const tick = nextTick(worker.lastSyncAt, state.relistPhaseMs, RELIST_PERIOD_MS)
  return addMs(tick, AFTER_RELIST_MS)
}

function reconcile(kubelet: Kubelet, worker: Worker): boolean {
  worker.isDirty = false
  const runtimePod = runtimePodOf(kubelet.machine, worker.uid)
  const view = viewOf(runtimePod)
  const now = statesOf(view)
  const { seen } = worker
  let hasNews = false
  for (const [id, state] of now) if (seen.get(id) !== state) hasNews = true
  for (const id of seen.keys()) if (!now.has(id) && seen.get(id) !== 'exited') hasNews = true
  if (runtimePod !== undefined)
    for (const { view: container } of runtimePod.containers)
      if (container.state === 'exited' && seen.get(container.id) !== 'exited')
        removeOldAttempts(runtimePod, container.name)
  worker.seen = now
  worker.cache = view
  return hasNews
}

function statesOf(view: PodView | undefined): Map<string, string> {
  const states = new Map<string, string>()
  if (view?.sandbox !== undefined)
    states.set(view.sandbox.id, view.sandbox.ready ? 'running' : 'exited')
  for (const { id, state } of view?.containers ?? []) states.set(id, state)
  return states
}
