// How far a workload is, in a few words for its chip.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { uiKind } from '../kinds/index.ts'

/** `2/3 complete`, `1 active`: a workload's progress in a few words; '' for what is none. */
export function progressText(object: KubeObject): string {
  const place = uiKind(object.kind)?.cluster
  return place?.as === 'chip' ? place.progress(object) : ''
}

/** Whether a state says more of an object than its progress: of all but workloads that stay. */
export function hasOwnState(kind: string): boolean {
  const place = uiKind(kind)?.cluster
  return place?.as !== 'chip' || place.hasState === true
}
