// Which changes wake the CronJob controller (cronjob_controllerv2.go addJob … updateCronJob). There
// is no polling: between events it sleeps until just after the next scheduled time.
import { WATCH_DELAY_MS, type Change, type Wake } from '../../actor.ts'
import type { CronJob } from '../../api-types/batch.ts'
import type { KubeObject, OwnerReference } from '../../api-types/meta.ts'
import { controllerOf, getObject, keyOf, objectKey } from '../../store.ts'
import type { World } from '../../world.ts'
import { scheduleText } from '../../lib/cron-run.ts'
import { requeueMs, scheduleOf } from './schedule.ts'

/** At once, except that a new schedule or zone only sets the next alarm. */
export function wakesOfCronJob({ before, after }: Change, world: World): readonly Wake[] {
  const cronJob = (after ?? before) as CronJob
  const key = keyOf(cronJob)
  if (before === undefined || after === undefined) return [{ key }]
  if (scheduleText(before as CronJob) === scheduleText(cronJob)) return [{ key }]
  const wait = requeueMs(cronJob, scheduleOf(cronJob), world.now)
  return [{ key, afterMs: WATCH_DELAY_MS + wait }]
}

/** The CronJob that owns the Job, and the one that owned it before. */
export function wakesOfJob({ before, after }: Change, world: World): readonly Wake[] {
  const job = after ?? before
  if (job === undefined) return []
  const owner = controllerOf(job)
  const old = before === undefined ? undefined : controllerOf(before)
  const wakes = wakesOfOwner(job, owner, world)
  return old?.uid === owner?.uid ? wakes : [...wakes, ...wakesOfOwner(job, old, world)]
}

function wakesOfOwner(job: KubeObject, owner: OwnerReference | undefined, world: World): Wake[] {
  if (owner?.kind !== 'CronJob') return []
  const key = objectKey(job.metadata.namespace, owner.name)
  const cronJob = getObject<CronJob>(world.store, 'CronJob', key)
  return cronJob?.metadata.uid === owner.uid ? [{ key }] : []
}
