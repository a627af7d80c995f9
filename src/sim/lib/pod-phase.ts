// Whether a Pod is over: its phase is final and no container of it will run again. Pure.
import type { Pod, PodPhase } from '../api-types/pod.ts'

export function isFinalPhase(phase: PodPhase | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed'
}

export function isEnded({ status }: Pod): boolean {
  return isFinalPhase(status.phase)
}
