// Cluster and timeline, one above the other, with the inspector as a sheet over the editor's place: it
// takes no room, so that what one has picked stays where it is, and time stays in reach.
import type { ReactElement, ReactNode } from 'react'
import { ClusterPanel } from './cluster/view.tsx'
import { InspectorPanel } from './inspector/panel.tsx'
import { Pane } from './pane.tsx'
import { Panels } from './shared/panels.tsx'
import { TimelinePanel } from './timeline/panel.tsx'
import { usePage } from './use-run.ts'

/** `beside` is what stands on the right of the cluster. */
export function CenterPane({ beside }: { beside?: ReactNode }): ReactElement {
  const cluster = (
    <Pane name="cluster">
      <ClusterPanel />
    </Pane>
  )
  const timeline = (
    <Pane name="timeline">
      <TimelinePanel />
    </Pane>
  )
  const upper =
    beside === undefined ? (
      cluster
    ) : (
      <div className="upper">
        <Panels
          id="upper"
          orientation="horizontal"
          parts={[
            { id: 'cluster', size: 58, min: 320, content: cluster },
            { id: 'editor', size: 42, min: 280, content: beside },
          ]}
        />
        <InspectorSheet />
      </div>
    )
  return (
    <div className="center">
      <Panels
        id={beside === undefined ? 'middle' : 'center'}
        orientation="vertical"
        parts={[
          { id: 'upper', size: 60, min: 110, content: upper },
          { id: 'timeline', size: 40, min: 110, content: timeline },
        ]}
      />
      {beside === undefined && <InspectorSheet />}
    </div>
  )
}

function InspectorSheet(): ReactElement | null {
  const selection = usePage((state) => state.selection)
  if (selection === undefined) return null
  return (
    <div className="sheet">
      <InspectorPanel selection={selection} />
    </div>
  )
}
