// How far a workload is, in a few words for its chip.
import type { Job } from '../../sim/api-types/batch.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'

/** `2/3 complete`, `1 active`, `4 desired, 3 ready`: a workload's progress in a few words. */
export function progressText(object: KubeObject): string {
  const status = (object.status ?? {}) as Record<string, unknown>
  const count = (field: string): number => (status[field] as number | undefined) ?? 0
  if (object.kind === 'Job') {
    const wanted = (object as Job).spec.completions ?? 1
    return `${count('succeeded')}/${wanted} complete`
  }
  if (object.kind === 'DaemonSet')
    return `${count('numberReady')}/${count('desiredNumberScheduled')} ready`
  const active = (status['active'] as readonly unknown[] | undefined)?.length ?? 0
  const { schedule } = object.spec as { schedule: string }
  return active === 0 ? schedule : `${schedule} · ${active} active`
}
