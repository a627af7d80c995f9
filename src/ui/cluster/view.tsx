// The cluster: what the learner's commands have brought about. Nodes as columns, pods as tiles in
// the node that runs them, and on top the workloads that made them.
import { memo, useDeferredValue, useMemo, type ReactElement } from 'react'
import { MaximiseButton } from '../pane.tsx'
import { EmptyState, PanelHead } from '../shared/controls.tsx'
import { StateGlyph } from '../shared/states.tsx'
import { usePage, useSelect } from '../use-run.ts'
import { layoutCluster, type NodeColumn, type PodGroup, type Workload } from './layout.ts'
import { hasOwnState, progressText } from './progress.ts'
import { PodTileView } from './pod-tile.tsx'

export function ClusterPanel(): ReactElement {
  // The clock and the timeline come first; the tiles may follow a frame later, in pieces.
  const objects = useDeferredValue(usePage((state) => state.objects))
  const ready = usePage((state) => state.ready)
  const layout = useMemo(() => layoutCluster(objects), [objects])
  const empty =
    ready &&
    layout.workloads.length === 0 &&
    layout.unscheduled.length === 0 &&
    layout.nodes.every((node) => node.podCount === 0)
  return (
    <section className="panel cluster" aria-label="Cluster">
      <PanelHead title="Cluster">
        <WorkloadList workloads={layout.workloads} />
        <MaximiseButton pane="cluster" />
      </PanelHead>
      <div className="cluster-scroll">
        {empty && <NothingYet />}
        <div className="nodes">
          {layout.nodes.map((node) => (
            <NodeView key={node.uid} node={node} />
          ))}
        </div>
        {layout.unscheduled.length > 0 && (
          <div className="unscheduled">
            <h3>Waiting for a node</h3>
            <Groups groups={layout.unscheduled} />
          </div>
        )}
      </div>
    </section>
  )
}

function NothingYet(): ReactElement {
  const file = usePage((state) => state.activeFile)
  if (file === undefined)
    return (
      <EmptyState title="Nothing runs here yet.">
        What you make with <code>kubectl</code> appears in the nodes below.
      </EmptyState>
    )
  return (
    <EmptyState title="Nothing runs here yet.">
      Apply a manifest: press <b>Apply</b> in the editor, or type{' '}
      <code>kubectl apply -f {file}</code> in the terminal.
    </EmptyState>
  )
}

const WorkloadList = memo(function WorkloadList({
  workloads,
}: {
  workloads: readonly Workload[]
}): ReactElement | null {
  const selectedUid = usePage((state) => state.selection?.uid)
  const select = useSelect()
  if (workloads.length === 0) return null
  return (
    <ul className="workloads" aria-label="Workloads">
      {workloads.map(({ view, uid, kind, name, namespace }) => (
        <li key={uid}>
          <button
            type="button"
            className="workload"
            data-selected={uid === selectedUid}
            aria-pressed={uid === selectedUid}
            onClick={() => select({ kind, namespace, name, uid })}
          >
            {hasOwnState(kind) && <StateGlyph state={view.state} size={12} />}
            <span className="workload-kind">{kind}</span>
            <span className="workload-name">{name}</span>
            <span className="workload-progress">{progressText(view.object)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
})

const NodeView = memo(function NodeView({ node }: { node: NodeColumn }): ReactElement {
  const selected = usePage((state) => state.selection?.uid === node.uid)
  const select = useSelect()
  const { name, uid } = node
  return (
    <div className="node" data-state={node.state} data-cordoned={node.cordoned}>
      <button
        type="button"
        className="node-head"
        data-hint={nodeHint(node)}
        data-selected={selected}
        aria-pressed={selected}
        onClick={() => select({ kind: node.view.object.kind, namespace: '', name, uid })}
      >
        <span className="node-name">{node.shortName}</span>
        <span className="node-state" data-state={node.state}>
          {node.view.status === '' ? readiness(node) : node.view.status.replace(',', ', ')}
        </span>
      </button>
      {node.taints.map((taint) => (
        <span
          key={taint}
          className="taint"
          data-hint={`Taint ${taint}: only pods that tolerate it may run here`}
        >
          <ShortTaint taint={taint} />
        </span>
      ))}
      <Groups groups={node.groups} />
    </div>
  )
})

function nodeHint(node: NodeColumn): string {
  const role = node.controlPlane ? 'control plane' : 'worker'
  const pods = node.podCount === 1 ? '1 pod' : `${node.podCount} pods`
  return `${node.name}: ${role}, ${readiness(node)}, ${pods}`
}

function readiness(node: NodeColumn): string {
  const ready = node.state === 'running' || node.state === 'suspended' ? 'Ready' : 'NotReady'
  return node.cordoned ? `${ready}, cordoned` : ready
}

/** `node-role.kubernetes.io/control-plane:NoSchedule` → `control-plane:NoSchedule`, broken at `:`. */
function ShortTaint({ taint }: { taint: string }): ReactElement {
  const [key = '', effect = ''] = taint.slice(taint.indexOf('/') + 1).split(':')
  return (
    <>
      {key}:<wbr />
      {effect}
    </>
  )
}

function Groups({ groups }: { groups: readonly PodGroup[] }): ReactElement {
  return (
    <>
      {groups.map((group) => (
        <div key={group.key} className="pod-group">
          {group.ownerName !== '' && (
            <div className="pod-owner" title={`${group.ownerKind} ${group.ownerName}`}>
              {group.ownerName}
            </div>
          )}
          <ul className="pods">
            {group.tiles.map((tile) => (
              <PodTileView key={tile.uid} tile={tile} owner={group.ownerName} />
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}
