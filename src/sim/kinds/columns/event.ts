// The columns of `kubectl get events`; source printers.go printEvent. Events of the new API (the
// scheduler's) have only eventTime, and may carry a series instead of a count.
import type { SimTime } from '../../../base/time.ts'
import type { KubeEvent } from '../../api-types/core.ts'
import type { Column } from '../kind.ts'
import { ageOf, column, nameColumn, wideColumn } from './format.ts'

function firstSeen(event: KubeEvent, now: SimTime): string {
  return ageOf(event.firstTimestamp ?? event.eventTime, now)
}

function lastSeen(event: KubeEvent, now: SimTime): string {
  if (event.series !== undefined) return ageOf(event.series.lastObservedTime, now)
  if (event.lastTimestamp === null || event.lastTimestamp === undefined)
    return firstSeen(event, now)
  return ageOf(event.lastTimestamp, now)
}

function target(event: KubeEvent): string {
  const { kind, name } = event.involvedObject
  const lower = (kind ?? '').toLowerCase()
  return name ? `${lower}/${name}` : lower
}

function source(event: KubeEvent): string {
  const component = event.source?.component || event.reportingComponent
  const instance = event.source?.host || event.reportingInstance
  return instance ? `${component}, ${instance}` : component
}

export const eventColumns: readonly Column[] = [
  column<KubeEvent>('Last Seen', lastSeen),
  column<KubeEvent>('Type', (event) => event.type),
  column<KubeEvent>('Reason', (event) => event.reason),
  column<KubeEvent>('Object', target),
  wideColumn<KubeEvent>('Subobject', (event) => event.involvedObject.fieldPath ?? ''),
  wideColumn<KubeEvent>('Source', source),
  column<KubeEvent>('Message', (event) => event.message.trim()),
  wideColumn<KubeEvent>('First Seen', firstSeen),
  wideColumn<KubeEvent>('Count', (event) => String(event.series?.count ?? (event.count || 1))),
  { ...nameColumn, wide: true },
]
