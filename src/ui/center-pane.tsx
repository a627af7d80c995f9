// Cluster, inspector and timeline: what the learner's doing has brought about.
import type { ReactElement } from 'react'
import { ClusterPanel } from './cluster/view.tsx'
import { InspectorPanel } from './inspector/panel.tsx'
import { useMedia } from './shared/media.ts'
import { Panels } from './shared/panels.tsx'
import { usePage } from './use-run.ts'
import { TimelinePanel } from './timeline/panel.tsx'

export function CenterPane(): ReactElement {
  return (
    <Panels
      id="middle"
      orientation="vertical"
      parts={[
        { id: 'cluster', size: 52, min: 110, content: <ClusterAndInspector /> },
        { id: 'timeline', size: 48, min: 110, content: <TimelinePanel /> },
      ]}
    />
  )
}

/** Too narrow for two panels side by side: the inspector lies in place of the cluster. */
const NARROW_QUERY = '(max-width: 519px)'

function ClusterAndInspector(): ReactElement {
  const selection = usePage((state) => state.selection)
  const narrow = useMedia(NARROW_QUERY)
  const nodes = { id: 'nodes', size: 42, min: 140, content: <ClusterPanel /> }
  if (selection === undefined)
    return <Panels id="cluster" orientation="horizontal" parts={[nodes]} />
  const content = <InspectorPanel selection={selection} />
  if (narrow) return content
  return (
    <Panels
      id="cluster"
      orientation="horizontal"
      parts={[nodes, { id: 'inspector', size: 58, min: 220, content }]}
    />
  )
}
