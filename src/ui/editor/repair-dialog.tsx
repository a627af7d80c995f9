// The lost indentation and the found one, line beside line.
import type { ReactElement } from 'react'
import { openDialog } from '../store.ts'
import { leaveRepair, takeRepair } from './actions.ts'
import { useEditor, useRun } from '../use-run.ts'

export function RepairDialog(): ReactElement {
  const checked = useEditor((state) => state.checked)
  const run = useRun()
  if (checked?.repaired === undefined)
    return <p>The file has changed: it does not need a repair any more.</p>
  const { name, text, repaired } = checked
  const close = (act: () => void): void => {
    openDialog(run.store, undefined)
    act()
  }
  return (
    <>
      <p>
        Nothing but the space before each line changes. It is shown in colour; the line itself stays
        as it is.
      </p>
      <div className="repair-diff">
        <Lines title="As it is" text={text} />
        <Lines title="Repaired" text={repaired} found />
      </div>
      <div className="dialog-actions">
        <button
          type="button"
          className="button"
          onClick={() => close(() => leaveRepair(run, name))}
        >
          Leave it
        </button>
        <button
          type="button"
          className="button primary"
          autoFocus
          onClick={() => close(() => takeRepair(run, name, text, repaired))}
        >
          Repair
        </button>
      </div>
    </>
  )
}

interface LinesProps {
  title: string
  text: string
  /** Its indentation is what was found. */
  found?: boolean
}

function Lines({ title, text, found = false }: LinesProps): ReactElement {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} aria-label={title}>
        {text
          .trimEnd()
          .split('\n')
          .map((line, i) => {
            const width = found ? line.search(/\S|$/) : 0
            return (
              <code key={i}>
                {width > 0 && <span className="found-space">{line.slice(0, width)}</span>}
                {line.slice(width)}
                {'\n'}
              </code>
            )
          })}
      </pre>
    </figure>
  )
}
