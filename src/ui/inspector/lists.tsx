// Events about a thing, and the chain of its owners.
import type { ReactElement } from 'react'
import type { Inspection } from '../../worker/protocol.ts'
import { clockText } from '../shared/time.ts'
import { useSelect } from '../use-run.ts'

export function EventList({ events }: { events: Inspection['events'] }): ReactElement {
  if (events.length === 0) return <p className="quiet">No events about it are kept.</p>
  return (
    <ul className="events">
      {events.map((event) => (
        <li key={`${event.at}/${event.reason}/${event.message}`} data-type={event.type}>
          <span className="entry-meta">
            <time dateTime={new Date(event.at).toISOString()}>{clockText(event.at)}</time>
            <strong>{event.reason}</strong>
            {event.type === 'Warning' && <span className="event-warning">Warning</span>}
            {event.count > 1 && <span>×{event.count}</span>}
          </span>
          <span>{event.message}</span>
        </li>
      ))}
    </ul>
  )
}

export function OwnerList(props: { owners: Inspection['owners']; uid: string }): ReactElement {
  const { owners, uid } = props
  const select = useSelect()
  return (
    <>
      <ol className="owners">
        {owners.map((owner, depth) => (
          <li key={owner.uid} style={{ marginLeft: depth * 18 }}>
            <button
              type="button"
              className="entry-summary"
              aria-current={owner.uid === uid ? 'true' : undefined}
              onClick={() => select({ ...owner })}
            >
              <span className="workload-kind">{owner.kind}</span> {owner.name}
            </button>
          </li>
        ))}
      </ol>
      <p className="quiet">
        {owners.length > 1
          ? 'When an owner is deleted, what it owns goes with it.'
          : 'Nothing owns it: it stays until somebody deletes it.'}
      </p>
    </>
  )
}
