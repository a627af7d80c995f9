// The registry of what the page shows of kinds. The order is the one of the timeline's lanes, and
// of the workloads above the cluster.
import { createRegistry } from '../../base/registry.ts'
import { cronJob } from './cronjob.ts'
import { daemonSet } from './daemonset.ts'
import { job } from './job.ts'
import type { UiKind } from './kind.ts'
import { node } from './node.ts'
import { pod } from './pod.ts'

const REGISTRY = createRegistry<UiKind>(({ kind }) => kind, [cronJob, job, daemonSet, pod, node])

/** Every kind that the page shows. */
export const UI_KINDS: readonly UiKind[] = REGISTRY.all

/** What the page shows of the kind of that name; undefined where it shows nothing. */
export function uiKind(name: string): UiKind | undefined {
  return REGISTRY.find(name)
}

/** Adds a kind at start-up. */
export function registerUiKind(kind: UiKind): void {
  REGISTRY.add(kind)
}
