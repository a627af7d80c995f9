// The page's side of Jobs: a bar, and beneath it its Pods as attempts.
import { Hammer } from 'lucide-react'
import type { Job } from '../../sim/api-types/batch.ts'
import { countOf, type UiKind } from './kind.ts'

export const job: UiKind = {
  kind: 'Job',
  cluster: {
    as: 'chip',
    progress: (object) =>
      `${countOf(object, 'succeeded')}/${(object as Job).spec.completions ?? 1} complete`,
    hasState: true,
  },
  lane: { icon: Hammer, span: 'bar', attempts: 'Pod' },
}
