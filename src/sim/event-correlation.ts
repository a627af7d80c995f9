// What a classic recorder remembers so that a noisy source writes few Event objects: repeats raise
// a count, similar texts are combined, and a source that never stops is throttled
// (client-go tools/record/events_cache.go). Plain data, part of the actor's memory.
import { MINUTE_MS, SECOND_MS, type SimTime } from '../base/time.ts'

/** From this many different messages within the interval on, one combined event tells of all. */
const SIMILAR_MAX = 10
const SIMILAR_INTERVAL_MS = 10 * MINUTE_MS
/** Events a source may write about one object at once, and how long until one more is allowed. */
const SPAM_BURST = 25
const SPAM_REFILL_MS = 300 * SECOND_MS
/** Each cache keeps this many entries, the least recently used go first. */
const CACHE_ENTRIES_MAX = 4096

/** One Event object that is still counted up. */
export interface Observed {
  count: number
  firstTimestamp: string
  /** Its store key. */
  key: string
}

export interface Correlation {
  similar: Map<string, { messages: Set<string>; at: SimTime }>
  observed: Map<string, Observed>
  spam: Map<string, { tokens: number; at: SimTime }>
}

export function createCorrelation(): Correlation {
  return { similar: new Map(), observed: new Map(), spam: new Map() }
}

/** What one event is told apart by. */
export interface EventIdentity {
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
  let record = memory.similar.get(group)
  if (record === undefined || now - record.at > SIMILAR_INTERVAL_MS)
    record = { messages: new Set(), at: now }
  record.messages.add(event.message)
  record.at = now
  remember(memory.similar, group, record)
  if (record.messages.size < SIMILAR_MAX)
    return { id: `${group}\n${event.fieldPath}\n${event.message}`, message: event.message }
  const [oldest] = record.messages
  if (oldest !== undefined) record.messages.delete(oldest)
  return { id: group, message: `(combined from similar events): ${event.message}` }
}

/** Takes one token of this source; false when it has none left (EventSourceObjectSpamFilter). */
export function isAllowed(memory: Correlation, source: string, now: SimTime): boolean {
  const bucket = memory.spam.get(source) ?? { tokens: SPAM_BURST, at: now }
  const tokens = Math.min(SPAM_BURST, bucket.tokens + (now - bucket.at) / SPAM_REFILL_MS)
  const allowed = tokens >= 1
  remember(memory.spam, source, { tokens: allowed ? tokens - 1 : tokens, at: now })
  return allowed
}

/** Keeps `value` as the most recently used entry. */
export function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  cache.delete(key)
  cache.set(key, value)
  if (cache.size <= CACHE_ENTRIES_MAX) return
  for (const oldest of cache.keys()) {
    cache.delete(oldest)
    return
  }
}
