// Creating and removing a Job's Pods, each with its event on the Job (controller_utils.go
// RealPodControl). A refusal is reported by an event and retried by the caller.
import type { Ctx } from '../../actor.ts'
import type { Job } from '../../api-types/batch.ts'
import type { Pod } from '../../api-types/pod.ts'
import { createObject, deleteObject } from '../../api.ts'
import { ApiError, hasCause, NAMESPACE_TERMINATING } from '../../errors.ts'
import { recordEvent } from '../../events.ts'
import { getObject, keyOf } from '../../store.ts'
import { releasePod } from './claim.ts'
import { podOfJob } from './pod-template.ts'
import type { JobView } from './view.ts'

/** How far the creation got. */
interface Created {
  readonly count: number
  /** The first refusal. */
  readonly error: ApiError | undefined
}

/**
 * Creates Pods in batches of 1, 2, 4, …; after a batch with a refusal the rest waits for the next
 * sync, so that a full quota is not asked a thousand times.
 */
export function createPods(
  ctx: Ctx,
  view: JobView,
  indexes: readonly (number | undefined)[],
): Created {
  let count = 0
  let error: ApiError | undefined
  let start = 0
  for (let size = 1; start < indexes.length && error === undefined; size *= 2) {
    for (const index of lastFirst(indexes.slice(start, start + size))) {
      const refusal = createPod(ctx, view, index)
      if (refusal === undefined) count++
      else error ??= refusal
    }
    start += size
  }
  return { count, error }
}

// Upstream starts a goroutine for each of a batch, and Go runs the youngest first.
function lastFirst<T>(batch: readonly T[]): readonly T[] {
  return [...batch.slice(-1), ...batch.slice(0, -1)]
}

function createPod(ctx: Ctx, view: JobView, index: number | undefined): ApiError | undefined {
  const { job, delayed } = view
  const replaced = index === undefined ? undefined : delayed.get(index)
  try {
    const pod = createObject<Pod>(ctx.world, ctx.by, podOfJob(job, index, replaced))
    const message = `Created pod: ${pod.metadata.name}`
    recordEvent(ctx, job, { type: 'Normal', reason: 'SuccessfulCreate', message })
    return undefined
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // A namespace on its way out refuses everything from now on: nothing is reported or retried.
    if (hasCause(error, NAMESPACE_TERMINATING)) return undefined
    const message = `Error creating: ${error.message}`
    recordEvent(ctx, job, { type: 'Warning', reason: 'FailedCreate', message })
    return error
  }
}

/** Deletes Pods that were not wanted: they are released first, so that they never count. */
export function removePods(ctx: Ctx, job: Job, pods: readonly Pod[]): void {
  for (const pod of pods) {
    releasePod(ctx, pod)
    deletePod(ctx, job, pod)
  }
}

/** Deletes Pods that are to be counted when they are gone. */
export function deletePods(ctx: Ctx, job: Job, pods: readonly Pod[]): void {
  for (const pod of pods) deletePod(ctx, job, pod)
}

function deletePod(ctx: Ctx, job: Job, pod: Pod): void {
  if (getObject<Pod>(ctx.world.store, 'Pod', keyOf(pod)) === undefined) return
  deleteObject(ctx.world, ctx.by, 'Pod', keyOf(pod))
  const message = `Deleted pod: ${pod.metadata.name}`
  recordEvent(ctx, job, { type: 'Normal', reason: 'SuccessfulDelete', message })
}
