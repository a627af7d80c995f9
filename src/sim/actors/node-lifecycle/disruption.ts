// Whether so many nodes are lost that the fault is more likely in between (node_lifecycle_
// controller.go ComputeZoneState): then nobody is evicted. Pure.
import type { Node } from '../../api-types/core.ts'
import { readyStatus } from './health.ts'

type Disruption = 'normal' | 'partial' | 'full'

/** --unhealthy-zone-threshold, and how many nodes it takes at least. */
const UNHEALTHY_PART = 0.55
const UNHEALTHY_MIN = 2

/** A node with this label does not count. */
const EXCLUDED = 'node.kubernetes.io/exclude-disruption'

/** The lab's nodes have no zone labels, so that all of them are one zone. */
export function disruptionOf(nodes: readonly Node[]): Disruption {
  const counted = nodes.filter(({ metadata }) => metadata.labels?.[EXCLUDED] === undefined)
  const lost = counted.filter((node) => readyStatus(node) !== 'True').length
  if (lost > 0 && lost === counted.length) return 'full'
  return lost > UNHEALTHY_MIN && lost / counted.length >= UNHEALTHY_PART ? 'partial' : 'normal'
}
