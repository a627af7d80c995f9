// "Why?": the latest changes of a thing, each with its chain of causes back to a line that the
// learner typed. Every link of the chain can be followed.
import { CornerLeftUp, Rewind } from 'lucide-react'
import { memo, useState, type ReactElement } from 'react'
import type { EntryView, Inspection } from '../../worker/protocol.ts'
import { clockText, momentText } from '../shared/time.ts'
import { useRun, useSelect } from '../use-run.ts'

/** Causes shown before the rest is asked for. */
const CAUSES_SHOWN = 6
/** Changes shown before the earlier ones are asked for. */
const CHANGES_SHOWN = 12

export function Why({ history }: { history: Inspection['why'] }): ReactElement {
  const [all, setAll] = useState(false)
  if (history.length === 0)
    return (
      <p className="quiet">Nothing is known of how it came to be: it was there at the start.</p>
    )
  const shown = all ? history : history.slice(0, CHANGES_SHOWN)
  return (
    <>
      <ol className="why">
        {shown.map(({ entry, causes }, i) => (
          <Change key={entry.id} entry={entry} causes={causes} open={i === 0} />
        ))}
      </ol>
      {shown.length < history.length && (
        <button type="button" className="link-button why-more" onClick={() => setAll(true)}>
          {history.length - shown.length} earlier changes
        </button>
      )}
    </>
  )
}

interface ChangeProps {
  entry: EntryView
  causes: readonly EntryView[]
  open: boolean
}

/** Entries never change: one that was shown stays as it is, though it is asked for again. */
const Change = memo(
  function Change({ entry, causes, open }: ChangeProps): ReactElement {
    return (
      <li className="why-change">
        <EntryLine entry={entry} />
        <Causes causes={causes} open={open} />
      </li>
    )
  },
  (a, b) => a.entry.id === b.entry.id && a.causes.length === b.causes.length && a.open === b.open,
)

function Causes({
  causes,
  open: openAtFirst,
}: {
  causes: readonly EntryView[]
  open: boolean
}): ReactElement | null {
  const [open, setOpen] = useState(openAtFirst)
  const [all, setAll] = useState(false)
  if (causes.length === 0) return null
  if (!open)
    return (
      <button type="button" className="link-button why-more" onClick={() => setOpen(true)}>
        why?
      </button>
    )
  const shown = all ? causes : causes.slice(0, CAUSES_SHOWN)
  return (
    <ol className="why-causes">
      {shown.map((cause) => (
        <li key={cause.id}>
          <CornerLeftUp className="why-arrow" size={13} aria-label="because" />
          <EntryLine entry={cause} />
        </li>
      ))}
      {shown.length < causes.length && (
        <li>
          <button type="button" className="link-button why-more" onClick={() => setAll(true)}>
            {causes.length - shown.length} more
          </button>
        </li>
      )}
    </ol>
  )
}

function EntryLine({ entry }: { entry: EntryView }): ReactElement {
  const typed = entry.verb === 'command'
  const { engine } = useRun()
  const select = useSelect()
  const { kind, namespace, name, uid } = entry
  return (
    <div className="entry" data-typed={typed}>
      <span className="entry-meta">
        <time dateTime={new Date(entry.at).toISOString()} title={momentText(entry.at)}>
          {clockText(entry.at)}
        </time>
        <span className="entry-actor">{typed ? 'you typed' : entry.actor}</span>
        <button
          type="button"
          className="entry-go"
          aria-label={`Go to ${clockText(entry.at)}`}
          title="Travel to this moment"
          onClick={() => void engine.seek(entry.at)}
        >
          <Rewind size={12} aria-hidden />
        </button>
      </span>
      {typed || entry.kind === '' ? (
        <code className="entry-command">{entry.summary}</code>
      ) : (
        <button
          type="button"
          className="entry-summary"
          onClick={() => select({ kind, namespace, name, uid })}
        >
          {entry.summary}
        </button>
      )}
    </div>
  )
}
