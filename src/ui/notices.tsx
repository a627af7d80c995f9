// Short messages at the edge of the page. They leave by themselves; those with an action stay
// longer, and hovering or focusing keeps them.
import { X } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { dismissNotice, type Notice } from './store.ts'
import { usePage, useRun } from './use-run.ts'

const SHOWN_MS = 5_000
const SHOWN_ACTION_MS = 10_000

export function Notices(): ReactElement {
  const notices = usePage((state) => state.notices)
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <NoticeView key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeView({ notice }: { notice: Notice }): ReactElement {
  const { id, text, tone, action } = notice
  const { store } = useRun()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const after = action === undefined && tone === 'info' ? SHOWN_MS : SHOWN_ACTION_MS
    const timer = setTimeout(() => dismissNotice(store, id), after)
    return () => clearTimeout(timer)
  }, [store, held, id, action, tone])
  return (
    <div
      className="notice"
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{text}</span>
      {action !== undefined && (
        <button type="button" className="link-button" onClick={action.run}>
          {action.label}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label="Dismiss"
        onClick={() => dismissNotice(store, id)}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  )
}
