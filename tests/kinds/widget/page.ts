// What the page shows of Widgets: the record of a kind in src/ui/kinds. The lane is a recipe of its
// own: without `lane` a Widget is a chip of the cluster only.
import { Cog } from 'lucide-react'
import { countOf, type UiKind } from '../../../src/ui/kinds/kind.ts'
import type { Widget } from './object.ts'

export const widget: UiKind = {
  kind: 'Widget',
  cluster: {
    as: 'chip',
    progress: (object) => `${countOf(object, 'made')}/${(object as Widget).spec.parts} parts`,
    hasState: true,
  },
  lane: { icon: Cog, span: 'bar', attempts: 'Pod' },
  stateWord: (state) => (state === 'running' ? 'In the making' : undefined),
}
