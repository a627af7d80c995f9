// The Events at the end of a description: sorted by when they were last seen. Events of the new API
// (the scheduler's) have no lastTimestamp and so come first. Source: describe.go DescribeEvents.
import { parseTime, type SimTime } from '../../../base/time.ts'
import type { KubeEvent } from '../../../sim/api-types/core.ts'
import type { KubeObject } from '../../../sim/api-types/meta.ts'
import { ageOf } from '../../../sim/kinds/columns/format.ts'
import type { DescribeContext } from './context.ts'
import { goSort } from '../go-sort.ts'
import { compareText, page } from './text.ts'

/** The Events about `object` in the API's order (by name). */
function eventsAbout(object: KubeObject, context: DescribeContext): readonly KubeEvent[] {
  const { name, uid, namespace = '' } = object.metadata
  return context
    .events(namespace)
    .filter(({ involvedObject: about }) => {
      if (about.name !== name || (about.namespace ?? '') !== namespace) return false
      return about.uid === uid
    })
    .toSorted((a, b) => compareText(a.metadata.name, b.metadata.name))
}

/**
 * `body` and the Events below. Without Events their line aligns with the body; a table of Events
 * is aligned by itself.
 */
export function withEvents(
  body: readonly string[],
  object: KubeObject,
  context: DescribeContext,
  events: readonly KubeEvent[] = eventsAbout(object, context),
): string {
  if (!context.showEvents) return page(body)
  if (events.length === 0) return page([...body, 'Events:\t<none>'])
  return page(body) + page(eventLines(events, context.now))
}

function eventLines(events: readonly KubeEvent[], now: SimTime): string[] {
  const sorted = goSort(events, (a, b) => lastTime(a) < lastTime(b))
  return [
    'Events:',
    '  Type\tReason\tAge\tFrom\tMessage',
    '  ----\t------\t----\t----\t-------',
    ...sorted.map((event) => {
      const from = event.source?.component || event.reportingComponent
      const cells = [event.type, event.reason, interval(event, now), from, messageOf(event)]
      return `  ${cells.join('\t')}`
    }),
  ]
}

function lastTime(event: KubeEvent): number {
  return event.lastTimestamp ? parseTime(event.lastTimestamp) : -Infinity
}

function interval(event: KubeEvent, now: SimTime): string {
  const first = ageOf(event.eventTime ?? event.firstTimestamp, now)
  const { series, count = 0 } = event
  if (series !== undefined) {
    return `${ageOf(series.lastObservedTime, now)} (x${series.count} over ${first})`
  }
  return count > 1 ? `${ageOf(event.lastTimestamp, now)} (x${count} over ${first})` : first
}

function messageOf(event: KubeEvent): string {
  const message = event.message.trim()
  const { fieldPath } = event.involvedObject
  return fieldPath ? `${fieldPath}: ${message}` : message
}
