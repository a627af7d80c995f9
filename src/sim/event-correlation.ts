// What a classic recorder remembers so that a noisy source writes few Event objects: repeats raise
// a count, similar texts are combined, and a source that never stops is throttled
// (client-go tools/record/events_cache.go). Plain data, part of the actor's memory; the records
// are never written in place, so that frames share them, and what has run out is dropped at once.
import { MINUTE_MS, SECOND_MS, type SimTime } from '../base/time.ts'

/** From this many different messages within the interval on, one combined event stands for all. */
const SIMILAR_MAX = 10
const SIMILAR_INTERVAL_MS = 10 * MINUTE_MS
/** Events a source may write about one object at once, and how long until one more is allowed. */
const SPAM_BURST = 25
const SPAM_REFILL_MS = 300 * SECOND_MS
/** Each cache keeps this many entries, the least recently used go first. */
const CACHE_ENTRIES_MAX = 4096

/** One Event object that is still counted up. */
export interface Observed {
  readonly count: number
  readonly firstTimestamp: string
  /** Its store key. */
  readonly key: string
}

/** The different messages of one source and reason, oldest first. */
interface Similar {
  readonly messages: readonly string[]
  readonly at: SimTime
}

interface Bucket {
  readonly tokens: number
  readonly at: SimTime
}

/** Each map has the least recently used entry first. */
export interface Correlation {
  similar: Map<string, Similar>
  observed: Map<string, Observed>
  spam: Map<string, Bucket>
}

export function createCorrelation(): Correlation {
  return { similar: new Map(), observed: new Map(), spam: new Map() }
}

/** A copy to be changed independently; the records are never written in place. */
export function copyCorrelation({ similar, observed, spam }: Correlation): Correlation {
  return { similar: new Map(similar), observed: new Map(observed), spam: new Map(spam) }
}

/** What distinguishes one event. */
interface EventIdentity {
  /** Source, involved object and type. */
  source: string
  fieldPath: string
  reason: string
  message: string
}

/**
 * The cache key under which this event is counted, and its message: the combined one when too many
 * similar ones came before (EventAggregator.EventAggregate).
 */
export function aggregate(
  memory: Correlation,
  event: EventIdentity,
  now: SimTime,
): { id: string; message: string } {
  const group = `${event.source}\n${event.reason}`
  const known = memory.similar.get(group)
  const messages = withMessage(known, event.message, now)
  const isCombined = messages.length >= SIMILAR_MAX
  remember(memory.similar, group, { messages: isCombined ? messages.slice(1) : messages, at: now })
  dropFirst(memory.similar, (record) => isOver(record, now))
  if (!isCombined)
    return { id: `${group}\n${event.fieldPath}\n${event.message}`, message: event.message }
  return { id: group, message: `(combined from similar events): ${event.message}` }
}

function withMessage(known: Similar | undefined, message: string, now: SimTime): readonly string[] {
  if (known === undefined || isOver(known, now)) return [message]
  return known.messages.includes(message) ? known.messages : [...known.messages, message]
}

function isOver({ at }: Similar, now: SimTime): boolean {
  return now - at > SIMILAR_INTERVAL_MS
}

/** Takes one token of this source; false when it has none left (EventSourceObjectSpamFilter). */
export function isAllowed(memory: Correlation, source: string, now: SimTime): boolean {
  const tokens = tokensOf(memory.spam.get(source), now)
  const allowed = tokens >= 1
  remember(memory.spam, source, { tokens: allowed ? tokens - 1 : tokens, at: now })
  dropFirst(memory.spam, (bucket) => tokensOf(bucket, now) >= SPAM_BURST)
  return allowed
}

function tokensOf(bucket: Bucket | undefined, now: SimTime): number {
  if (bucket === undefined) return SPAM_BURST
  return Math.min(SPAM_BURST, bucket.tokens + (now - bucket.at) / SPAM_REFILL_MS)
}

/** Keeps `value` as the most recently used entry. */
export function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  cache.delete(key)
  cache.set(key, value)
  if (cache.size > CACHE_ENTRIES_MAX) dropFirst(cache, () => cache.size > CACHE_ENTRIES_MAX)
}

/** Drops entries from the least recently used on, for as long as `isUseless` holds. */
function dropFirst<T>(cache: Map<string, T>, isUseless: (value: T) => boolean): void {
  for (const [key, value] of cache) {
    if (!isUseless(value)) return
    cache.delete(key)
  }
}
