// The page's side of DaemonSets: a lane with the Pods it has made.
import { Boxes } from 'lucide-react'
import { countOf, type UiKind } from './kind.ts'

export const daemonSet: UiKind = {
  kind: 'DaemonSet',
  cluster: {
    as: 'chip',
    progress: (object) =>
      `${countOf(object, 'numberReady')}/${countOf(object, 'desiredNumberScheduled')} ready`,
  },
  lane: { icon: Boxes, span: 'bar', holds: 'Pod' },
}
