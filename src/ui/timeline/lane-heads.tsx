// The names of the lanes, as buttons that select what the lane is about.
import { memo, type ReactElement } from 'react'
import { useSelect } from '../use-run.ts'
import { sharedPrefix } from '../cluster/layout.ts'
import type { LaneBox } from './layout.ts'
import type { Lane } from './model.ts'

interface LaneHeadsProps {
  boxes: readonly LaneBox[]
  selectedUid: string | undefined
}

export function LaneHeads({ boxes, selectedUid }: LaneHeadsProps): ReactElement {
  const nodes = boxes.filter(({ lane }) => lane.rules.span === 'band')
  const prefix = sharedPrefix(nodes.map(({ lane }) => lane.name))
  return (
    <div className="lane-heads">
      {boxes.map(({ lane, y, height }) => (
        <LaneHead
          key={lane.key}
          lane={lane}
          label={lane.rules.span === 'band' ? lane.name.slice(prefix) : lane.name}
          uid={lane.uid}
          y={y}
          height={height}
          selected={lane.uid !== '' && lane.uid === selectedUid}
        />
      ))}
    </div>
  )
}

interface LaneHeadProps {
  lane: Lane
  label: string
  uid: string
  y: number
  height: number
  selected: boolean
}

const LaneHead = memo(function LaneHead(props: LaneHeadProps): ReactElement {
  const { lane, label, uid, y, height, selected } = props
  const { kind, namespace, name, rules } = lane
  const Icon = rules.icon
  const select = useSelect()
  return (
    <button
      type="button"
      className="lane-head"
      data-selected={selected}
      style={{ top: y, height }}
      title={`${kind} ${name}`}
      onClick={() => select({ kind, namespace, name, uid })}
    >
      <Icon size={13} aria-hidden />
      <span className="visually-hidden">{kind} </span>
      <span className="lane-name">{label}</span>
    </button>
  )
})
