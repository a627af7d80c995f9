// How long a node's work takes, measured on recordings of a real node. Where a real kubelet waits
// for the next tick of a clock of its own (relist, sync), the lab computes that tick instead of
// running the clock.
import { SECOND_MS, type SimTime } from '../../../base/time.ts'

/** From the API server's word about a Pod to the kubelet's first status of it. */
export const POD_SEEN_MS = 4
/** From the API server's word about a deletion to the kubelet's acting on it. */
export const DELETION_SEEN_MS = 2
/** Mounting the volumes and creating the sandbox with its network, and how much it varies. */
export const SANDBOX_MS = 300
export const SANDBOX_JITTER_MS = 6
/** What a pull takes beside the registry's own time: one of these, as often as recorded. */
export const PULL_OVERHEADS_MS: readonly number[] = [2, 2, 2, 2, 2, 3, 3, 3, 1, 4, 6]
/** Creating and starting a container once its image is there. */
export const CREATE_MS = 13
/** From a started container to the single-pod relist that follows a sync (PLEGOnDemandRelist). */
export const RELIST_POD_MS = 6
/** From a container's end to the end of the call that stopped it. */
export const STOPPED_MS = 18
/** A worker waiting for a relist continues this long after it. */
export const AFTER_RELIST_MS = 3
/** pkg/kubelet/kubelet.go genericPlegRelistPeriod. */
export const RELIST_PERIOD_MS = SECOND_MS
/** pkg/kubelet/kubelet.go syncLoop: pods due for a sync are looked for this often. */
export const SYNC_TICK_MS = SECOND_MS

/** pkg/kubelet/kubelet.go backOffPeriod: a failed sync is repeated after this. */
export const RETRY_MS = 10 * SECOND_MS
/** pod_workers.go: no back-off is slept through for longer than the resync interval. */
export const RESYNC_MS = 60 * SECOND_MS
/** pod_workers.go workerBackOffPeriodJitterFactor: up to half as much again. */
export const RETRY_JITTER = 0.5
/** kuberuntime: a container is given at least this long between TERM and KILL. */
export const MIN_GRACE_SECONDS = 2

/** Mounting is retried after this, doubling (goroutinemap/exponentialbackoff). */
export const MOUNT_RETRY_MS = 500
export const MOUNT_RETRY_MAX_MS = 122 * SECOND_MS

/** From switching a known machine on to its kubelet's first node status. */
export const NODE_STATUS_MS = 340
/** From switching an unknown machine on to its Node object. */
export const NODE_REGISTER_MS = 440
/** From the Node object of a new machine to its Ready. */
export const NODE_READY_MS = 235
/** From switching a machine on to its kubelet's first look at its Pods. */
export const PODS_SYNC_MS = 1290
/** From there to the first housekeeping, which finds what nobody knows any more. */
export const HOUSEKEEPING_MS = SECOND_MS
/** Lease renewal: a quarter of the lease's 40 s (kubelet.go nodeLeaseRenewIntervalFraction). */
export const LEASE_RENEW_MS = 10 * SECOND_MS

/** The first tick after `time` of a clock that ticks every `periodMs` with this phase. */
export function nextTick(time: SimTime, phaseMs: number, periodMs: number): SimTime {
  const ticks = Math.floor((time - phaseMs) / periodMs) + 1
  return (ticks * periodMs + phaseMs) as SimTime
}

/** The last tick at or before `time`. */
export function lastTick(time: SimTime, phaseMs: number, periodMs: number): SimTime {
  return (Math.floor((time - phaseMs) / periodMs) * periodMs + phaseMs) as SimTime
}
