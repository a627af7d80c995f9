// Cluster, inspector and timeline: what the learner's doing has brought about.
import type { ReactElement } from 'react'
import { ClusterPanel } from './cluster/view.tsx'
import { InspectorPanel } from './inspector/panel.tsx'
import { Panels } from './shared/panels.tsx'
import { usePage } from './store.ts'
import { TimelinePanel } from './timeline/panel.tsx'

export function Middle(): ReactElement {
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

function ClusterAndInspector(): ReactElement {
  const selection = usePage((state) => state.selection)
  if (selection === undefined) return <ClusterPanel />
  return (
    <Panels
      id="cluster"
      orientation="horizontal"
      parts={[
        { id: 'nodes', size: 42, min: 140, content: <ClusterPanel /> },
        { id: 'inspector', size: 58, min: 220, content: <InspectorPanel selection={selection} /> },
      ]}
    />
  )
}
