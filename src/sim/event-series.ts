// The newer recorder (client-go tools/events/event_broadcaster.go), which only the scheduler uses:
// the same thing said again about the same version of an object makes a series, whose count is
// written at its second time and then only when it ends or is refreshed.
import { extend } from '../base/plain.ts'
import { formatMicroTime, MINUTE_MS, type SimTime } from '../base/time.ts'
import { wakeAfter } from './world.ts'
import type { Ctx } from './actor.ts'
import type { KubeEvent } from './api-types/core.ts'
import type { KubeObject } from './api-types/meta.ts'
import { updateObject } from './api.ts'
import { bareEvent, createEvent, type EventText } from './events.ts'
import { recorderMemory } from './memory.ts'
import { event as eventKind } from './kinds/event.ts'
import { getObject } from './store.ts'

/** Silence after which a series has ended; also how often the recorder looks. */
const FINISH_MS = 6 * MINUTE_MS
/** How often running series are written again. */
const REFRESH_MS = 30 * MINUTE_MS
/** Singletons are dropped from the cache lazily, whenever it has grown by this. */
const CACHE_SWEEP_SIZE = 1000

interface Seen {
  /** Store key of the Event. */
  readonly key: string
  readonly count: number
  readonly at: SimTime
}

type SeriesMemory = Map<string, Seen>

/** The task that `finishSeries` handles. */
export const FINISH_SERIES = 'finish-series'

/** Records an event of the newer recorder. The key leaves the message out: the first one stays. */
export function recordSeriesEvent(
  ctx: Ctx,
  about: KubeObject,
  text: EventText & { action: string },
): void {
  const memory = seriesMemory.of(ctx)
  const { uid, resourceVersion } = about.metadata
  const id = [text.type, text.action, text.reason, uid, resourceVersion].join('\n')
  const seen = memory.get(id)
  if (seen !== undefined && (seen.count > 1 || ctx.now < endOfSingleton(seen.at))) {
    const again = { ...seen, count: seen.count + 1, at: ctx.now }
    memory.set(id, again)
    if (again.count === 2) writeSeries(ctx, again)
    wakeAfter(ctx, '', nextLook(ctx.now) - ctx.now, FINISH_SERIES)
    return
  }
  const event = extend(bareEvent(ctx, about, text), {
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: formatMicroTime(ctx.now),
    action: text.action,
    reportingComponent: ctx.actor,
    reportingInstance: `${ctx.actor}-novacraft-control-plane`,
  })
  const created = createEvent(ctx, event)
  if (created === undefined) return
  const key = `${created.metadata.namespace}/${created.metadata.name}`
  memory.set(id, { key, count: 1, at: ctx.now })
  if (memory.size % CACHE_SWEEP_SIZE === 0) sweep(memory, ctx.now)
}

/** Ends the series that fell silent, and writes the others again every half hour. */
export function finishSeries(ctx: Ctx): void {
  const memory = seriesMemory.of(ctx)
  let running = false
  for (const [id, seen] of memory) {
    if (seen.count === 1) continue
    const ended = ctx.now - seen.at > FINISH_MS
    if (ended || ctx.now % REFRESH_MS < FINISH_MS) writeSeries(ctx, seen)
    if (ended) memory.delete(id)
    else running = true
  }
  if (running) wakeAfter(ctx, '', FINISH_MS, FINISH_SERIES)
}

const seriesMemory = recorderMemory<SeriesMemory>({
  initial: () => new Map(),
  copy: (series) => new Map(series),
})

function writeSeries(ctx: Ctx, seen: Seen): void {
  const old = getObject<KubeEvent>(ctx.world.store, eventKind.kind, seen.key)
  if (old === undefined) return
  const series = { count: seen.count, lastObservedTime: formatMicroTime(seen.at) }
  updateObject(ctx.world, ctx.by, extend(old, { series }))
}

/** The recorder looks at multiples of its period. */
function nextLook(after: number): number {
  return (Math.floor(after / FINISH_MS) + 1) * FINISH_MS
}

/** When the look comes that drops an event said once. */
function endOfSingleton(at: SimTime): number {
  return nextLook(at + FINISH_MS)
}

function sweep(memory: SeriesMemory, now: SimTime): void {
  for (const [id, seen] of memory)
    if (seen.count === 1 && now >= endOfSingleton(seen.at)) memory.delete(id)
}
