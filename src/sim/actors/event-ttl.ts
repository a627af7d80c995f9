// Events are forgotten an hour after they were last written (kube-apiserver --event-ttl). Upstream
// leaves it to a lease in etcd; here they are swept together, at most once a minute.
import { formatTime, HOUR_MS, MINUTE_MS, parseTime, addMs } from '../../base/time.ts'
import type { Actor, Ctx } from '../actor.ts'
import type { KubeEvent } from '../api-types/core.ts'
import { deleteObject } from '../api.ts'
import { keyOf } from '../store.ts'
import { wakeAfter } from '../world.ts'

export const eventTtl: Actor = {
  name: 'event-ttl',
  component: 'kube-apiserver',
  watches: {
    Event: ({ before }) => (before === undefined ? [{ key: '', afterMs: HOUR_MS }] : []),
  },
  tasks: { sync },
}

/** Events lie in the order of their creation: the first young one ends the search. */
function sync(ctx: Ctx): void {
  const oldest = formatTime(addMs(ctx.now, -HOUR_MS))
  const expired: KubeEvent[] = []
  let next: string | undefined
  for (const object of ctx.world.store.kinds.get('Event')?.values() ?? []) {
    const event = object as KubeEvent
    const writtenAt = lastWrite(event)
    if (writtenAt <= oldest) expired.push(event)
    else if (next === undefined || writtenAt < next) next = writtenAt
    if (event.metadata.creationTimestamp > oldest) break
  }
  for (const event of expired) deleteObject(ctx.world, ctx.by, 'Event', keyOf(event))
  if (next === undefined) return
  const dueMs = parseTime(next) + HOUR_MS + 1000 - ctx.now
  wakeAfter(ctx, '', Math.max(MINUTE_MS, dueMs))
}

/** When the Event was written last, by what it says itself; RFC 3339 texts compare as times. */
function lastWrite(event: KubeEvent): string {
  const observed = event.series?.lastObservedTime ?? event.lastTimestamp
  return observed ?? event.metadata.creationTimestamp
}
