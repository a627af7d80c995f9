// What the page shows of a kind: its place in the cluster's picture, its lane of the timeline, its
// words. One record a kind, listed in index.ts; the views name no kind.
import type { LucideIcon } from 'lucide-react'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { ObjectState } from '../../sim/kinds/kind.ts'

export interface UiKind {
  /** The API's name of it: `Job`. */
  readonly kind: string
  /** Absent: the cluster's picture does not show its objects. */
  readonly cluster?: ClusterPlace
  /** Absent: its objects have no lane of their own, and their spans no row. */
  readonly lane?: LaneRules
  /** Its word for a state; undefined where it is the one of all kinds. */
  readonly stateWord?: (state: ObjectState) => string | undefined
}

/** Where an object stands in the cluster's picture. */
type ClusterPlace =
  /** A column, for what things are bound to. */
  | { readonly as: 'column' }
  /** A tile in the column it is bound to, grouped by its owner. */
  | { readonly as: 'tile' }
  /** A chip above the columns, for a workload that nothing owns. */
  | {
      readonly as: 'chip'
      /** How far it is, in a few words. */
      readonly progress: (object: KubeObject) => string
      /** Its state is shown too: it comes and goes. Those that stay are listed first. */
      readonly hasState?: true
    }

/** How the timeline shows the objects of a kind. */
export interface LaneRules {
  readonly icon: LucideIcon
  /**
   * How its own spans are drawn: a bar, under which attempts have rows; an attempt; or the band of
   * a machine, behind what is bound to it.
   */
  readonly span: 'bar' | 'attempt' | 'band'
  /** The kind of spans that stand in their owner's lane when this kind owns them. */
  readonly holds?: string
  /** The kind of spans that stand beneath their owner's bar. */
  readonly attempts?: string
  /** Its objects fire by a schedule: a row of ticks, and a lane before anything has happened. */
  readonly fires?: true
}

/** Counts of an object's status; 0 for what is not there. */
export function countOf(object: KubeObject, field: string): number {
  const status = (object.status ?? {}) as Record<string, number | undefined>
  return status[field] ?? 0
}
