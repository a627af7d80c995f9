// The coming firings of every object that has a schedule: the ghosts on the timeline.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { CONTROLLER_MANAGER } from '../sim/outages.ts'
import { listObjects } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import { WORKER_KINDS } from './kinds/index.ts'
import type { UpcomingFirings } from './protocol.ts'

/** The next firings of each object of the kinds that have a schedule. */
export function upcomingOf(world: World): UpcomingFirings[] {
  // Nobody acts on a schedule while the controllers are off.
  const isOff = world.stopped.has(CONTROLLER_MANAGER)
  return WORKER_KINDS.flatMap(({ kind, upcoming, condition }) =>
    upcoming === undefined
      ? []
      : listObjects<KubeObject>(world.store, kind).map((object) => ({
          uid: object.metadata.uid,
          times: isOff ? [] : upcoming(object, world.now),
          condition: condition?.(object) ?? '',
        })),
  )
}
