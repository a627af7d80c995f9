// A sync of a Pod that takes time: what is left to do, as plain data, so that it continues after any
// wake-up and after a rewind.
import type { SimTime } from '../../../base/time.ts'

/** Why a container could not be started, as its waiting state shows it. */
export interface StartFailure {
  reason: string
  message: string
}

/** How long a pull takes, alone and with the waiting for others. */
export interface PullTime {
  ownMs: number
  waitedMs: number
}

/** The stopping of one container: its hook, TERM, and KILL when the grace is over. */
export interface Kill {
  id: string
  name: string
  /** Waits for these containers first (sidecars outlive the others). */
  after: readonly string[]
  stage: 'hook' | 'turn' | 'term' | 'done'
  /** When the present stage ends by itself. */
  until: SimTime
  /** When the grace that was given is over. */
  graceEndsAt: SimTime
}

/** A container to start. */
export interface Start {
  name: string
  isInit: boolean
}

export interface SyncOperation {
  kind: 'sync'
  stage: 'kill' | 'mount' | 'sandbox' | 'next' | 'pulled' | 'create' | 'hook' | 'hookFailed'
  kills: Kill[]
  killPod: boolean
  createSandbox: boolean
  starts: Start[]
  current: Start | undefined
  pull: PullTime
  mountFailures: number
  /** Something was done: the runtime is looked at again right afterwards. */
  hasActed: boolean
  hasFailed: boolean
  /** Why the postStart hook of the container at hand failed. */
  hookFailure: StartFailure | undefined
  /** The earliest end of a restart back-off among the failures. */
  backoffEndsAt: SimTime | undefined
  failures: Map<string, StartFailure>
  started: string[]
}

interface TerminationOperation {
  kind: 'termination'
  kills: Kill[]
}

export type PodOperation = SyncOperation | TerminationOperation

/** A copy to be changed independently. */
export function copyOperation(operation: PodOperation): PodOperation {
  const kills = operation.kills.map((kill) => ({ ...kill }))
  if (operation.kind === 'termination') return { ...operation, kills }
  const { starts, failures, started } = operation
  return {
    ...operation,
    kills,
    starts: [...starts],
    failures: new Map(failures),
    started: [...started],
  }
}
