// The page's side of Nodes: the columns of the cluster's picture, and bands behind their Pods.
import { Server } from 'lucide-react'
import type { ObjectState } from '../../sim/kinds/kind.ts'
import type { UiKind } from './kind.ts'

export const node: UiKind = {
  kind: 'Node',
  cluster: { as: 'column' },
  lane: { icon: Server, span: 'band' },
  stateWord,
}

function stateWord(state: ObjectState): string {
  if (state === 'running') return 'Ready'
  if (state === 'suspended') return 'Ready, but cordoned'
  return state === 'unknown' ? 'Not heard of (Unknown)' : 'NotReady'
}
