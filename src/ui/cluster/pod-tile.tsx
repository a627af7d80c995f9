// One pod as a tile: the sign of its state, the part of its name that tells it apart, and the
// STATUS that kubectl would print when that says more than the sign.
import { memo, type ReactElement } from 'react'
import type { Pod } from '../../sim/api-types/pod.ts'
import type { ObjectView } from '../../worker/protocol.ts'
import { STATE_LOOKS, StateGlyph } from '../shared/states.tsx'
import { usePage, useSelect } from '../use-run.ts'
import type { PodTile } from './layout.ts'

interface PodTileProps {
  tile: PodTile
  owner: string
}

export const PodTileView = memo(PodTileInner, (a, b) => {
  return a.tile.view === b.tile.view && a.owner === b.owner
})

function PodTileInner({ tile }: PodTileProps): ReactElement {
  const { view, uid, shortName, restarts } = tile
  const { kind, metadata } = view.object
  const { name, namespace = '' } = metadata
  const selected = usePage((state) => state.selection?.uid === uid)
  const select = useSelect()
  return (
    <li>
      <button
        type="button"
        className="pod"
        data-hint={podHint(view)}
        data-state={view.state}
        data-selected={selected}
        aria-pressed={selected}
        aria-label={`${kind} ${name}, ${statusOf(view)}`}
        onClick={() => select({ kind, namespace, name, uid })}
      >
        {/* A new state is a new glyph, which is what makes it move for a moment. */}
        <span key={view.state} className="pod-sign">
          <StateGlyph state={view.state} />
        </span>
        <span className="pod-name">{shortName}</span>
        {restarts > 0 && <span className="pod-restarts">↻{restarts}</span>}
      </button>
    </li>
  )
}

/** What kubectl calls its status, or our word for its state. */
function statusOf(view: ObjectView): string {
  return view.status === '' ? STATE_LOOKS[view.state].label : view.status
}

function podHint(view: ObjectView): string {
  const { kind, metadata, spec } = view.object as Pod
  const where = spec.nodeName === undefined ? 'no node yet' : `on ${spec.nodeName}`
  return `${kind} ${metadata.name}: ${statusOf(view)}, ${where}`
}
