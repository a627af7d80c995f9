// The page's side of Pods: tiles in their node, and attempts of whatever made them.
import { Container } from 'lucide-react'
import type { UiKind } from './kind.ts'

export const pod: UiKind = {
  kind: 'Pod',
  cluster: { as: 'tile' },
  lane: { icon: Container, span: 'attempt' },
}
