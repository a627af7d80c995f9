// What a probe of one container remembers between two runs (prober/worker.go).
import type { SimTime } from '../../../base/time.ts'

export type ProbeType = 'liveness' | 'readiness' | 'startup'
export type ProbeResult = 'success' | 'failure' | 'unknown'

export interface ProbeWorker {
  container: string
  type: ProbeType
  /** The container it has results for; '' before the first. */
  containerId: string
  /** The result the kubelet acts on; undefined: none yet. */
  result: ProbeResult | undefined
  lastResult: ProbeResult | undefined
  resultRun: number
  isOnHold: boolean
  nextAt: SimTime
}
