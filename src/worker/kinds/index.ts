// The registry of what the worker knows of kinds. The order is the one of the manifests that the
// editor offers for an empty file.
import { createRegistry, derivedFrom } from '../../base/registry.ts'
import { cronJob } from './cronjob.ts'
import { daemonSet } from './daemonset.ts'
import { job } from './job.ts'
import type { WorkerKind } from './kind.ts'
import { pod } from './pod.ts'

const REGISTRY = createRegistry<WorkerKind>(({ kind }) => kind, [job, cronJob, daemonSet, pod])

/** Every kind of which the worker knows something of its own. */
export const WORKER_KINDS: readonly WorkerKind[] = REGISTRY.all

/** What the worker knows of the kind of that name; undefined where it knows nothing of its own. */
export function workerKind(name: string): WorkerKind | undefined {
  return REGISTRY.find(name)
}

/** The usual order of a struct's fields, from the records of all kinds. */
export const fieldOrders = derivedFrom(
  REGISTRY,
  (kinds): Readonly<Record<string, readonly string[]>> =>
    Object.assign({}, ...kinds.map(({ fieldOrder }) => fieldOrder)) as Record<string, string[]>,
)

/** Adds a kind at start-up. */
export function registerWorkerKind(kind: WorkerKind): void {
  REGISTRY.add(kind)
}
