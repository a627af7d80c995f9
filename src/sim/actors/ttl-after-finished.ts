// Deletes finished Jobs ttlSecondsAfterFinished after their end, in the foreground: the Job stays
// visible until its Pods are gone (pkg/controller/ttlafterfinished).
import { parseTime, SECOND_MS } from '../../base/time.ts'
import type { Actor, Change, Ctx, Wake } from '../actor.ts'
import type { Job } from '../api-types/batch.ts'
import { deleteObject } from '../api.ts'
import { getObject, keyOf } from '../store.ts'
import { wakeAfter } from '../world.ts'
import { finishedCondition } from './job/outcome.ts'

export const ttlAfterFinished: Actor = {
  name: 'ttl-after-finished-controller',
  component: 'kube-controller-manager',
  watches: { Job: wakesOf },
  tasks: { sync },
}

function wakesOf({ after }: Change): readonly Wake[] {
  const job = after as Job | undefined
  return job === undefined || expiryOf(job) === undefined ? [] : [{ key: keyOf(job) }]
}

/** When the Job is to be deleted, in milliseconds since 1970; undefined while it is not. */
function expiryOf(job: Job): number | undefined {
  const { ttlSecondsAfterFinished: ttl } = job.spec
  if (ttl === undefined || job.metadata.deletionTimestamp !== undefined) return undefined
  const since = finishedCondition(job)?.lastTransitionTime
  return since === undefined ? undefined : parseTime(since) + ttl * SECOND_MS
}

function sync(ctx: Ctx, key: string): void {
  const job = getObject<Job>(ctx.world.store, 'Job', key)
  const expiry = job === undefined ? undefined : expiryOf(job)
  if (job === undefined || expiry === undefined) return
  if (expiry > ctx.now) {
    wakeAfter(ctx, key, expiry - ctx.now)
    return
  }
  const { uid } = job.metadata
  deleteObject(ctx.world, ctx.by, 'Job', key, { propagationPolicy: 'Foreground', uid })
}
