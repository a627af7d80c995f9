// The coming firings of every CronJob: the ghosts on the timeline.
import { parseTime, type SimTime } from '../base/time.ts'
import type { CronJob } from '../sim/api-types/batch.ts'
import { nextTime } from '../sim/lib/cron-next.ts'
import { parseCron } from '../sim/lib/cron-parse.ts'
import { listObjects } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import type { UpcomingFirings } from './protocol.ts'

const UPCOMING_FIRINGS = 24
/** Schedules remembered at most. */
const REMEMBERED_MAX = 200

/** The next firings of each CronJob; none while it is suspended. */
export function upcomingOf(world: World): UpcomingFirings[] {
  return listObjects<CronJob>(world.store, 'CronJob').map((cronJob) => ({
    uid: cronJob.metadata.uid,
    times: cronJob.spec.suspend === true ? [] : upcomingTimes(cronJob, world.now),
  }))
}

/** The coming firings of a schedule; remembered, because they are asked for with every answer. */
const rememberedTimes = new Map<string, { from: SimTime; times: SimTime[] }>()

function upcomingTimes(cronJob: CronJob, now: SimTime): readonly SimTime[] {
  const { schedule, timeZone } = cronJob.spec
  const id = `${cronJob.metadata.uid} ${schedule} ${timeZone ?? ''}`
  const known = rememberedTimes.get(id)
  if (known !== undefined && known.from <= now && now < known.times[0]!) return known.times
  const parsed = parseCron(schedule)
  const times: SimTime[] = []
  let at: SimTime | undefined = base(cronJob, now)
  while (times.length < UPCOMING_FIRINGS) {
    at = nextTime(parsed, at, timeZone)
    if (at === undefined) break
    if (at > now) times.push(at)
  }
  if (times.length > 0) rememberedTimes.set(id, { from: now, times })
  if (rememberedTimes.size > REMEMBERED_MAX) rememberedTimes.clear()
  return times
}

/** `@every` counts from the last firing; calendar schedules from any moment. */
function base(cronJob: CronJob, now: SimTime): SimTime {
  if (!cronJob.spec.schedule.startsWith('@every')) return now
  return parseTime(cronJob.status?.lastScheduleTime ?? cronJob.metadata.creationTimestamp)
}
