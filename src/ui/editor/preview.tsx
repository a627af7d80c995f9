// What applying the file would change: each object as it is beside what it would become, and the
// command that does it.
import { useEffect, useState, type ReactElement } from 'react'
import type { ApplyPreview } from '../../worker/protocol.ts'
import { messageOf } from '../engine.ts'
import { openDialog } from '../store.ts'
import { usePage, useRun } from '../use-run.ts'
import { applyNow } from './actions.ts'

interface Answer {
  previews: readonly ApplyPreview[]
  refused: boolean
}

export function Preview(): ReactElement {
  const name = usePage((state) => state.activeFile ?? '')
  const text = usePage(({ files }) => files[name] ?? '')
  const run = useRun()
  const { host } = run.engine
  const [answer, setAnswer] = useState<Answer>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const [previews, problems] = await Promise.all([host.preview(text), host.check(text)])
      const refused = problems.some(({ severity }) => severity === 'error')
      setAnswer({ previews, refused })
    }
    ask().catch((error: unknown) => setProblem(messageOf(error)))
  }, [host, text])
  const close = (): void => openDialog(run.store, undefined)
  const apply = (): void => {
    close()
    applyNow(run, name)
  }
  if (problem !== undefined) return <p>{problem}</p>
  if (answer === undefined) return <p className="quiet">Asking the API server…</p>
  return (
    <div
      className="preview"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        apply()
      }}
    >
      {answer.previews.map((preview) => (
        <ObjectDiff key={preview.title} preview={preview} />
      ))}
      {answer.refused && (
        <p>
          The API server refuses {answer.previews.length > 0 ? 'the rest of ' : ''}this file as it
          is. The editor marks the places that are wrong.
        </p>
      )}
      {answer.previews.length === 0 && !answer.refused && (
        <p>{isBlank(text) ? 'There is nothing in this file yet.' : 'Nothing would change.'}</p>
      )}
      <p className="preview-command">
        <code>kubectl apply -f {name}</code>
      </p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Cancel
        </button>
        <button type="button" className="button primary" autoFocus onClick={apply}>
          Apply
        </button>
      </div>
    </div>
  )
}

/** Only comments, separators and room. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#.*|---\s*)?$/.test(line))
}

function ObjectDiff({ preview }: { preview: ApplyPreview }): ReactElement {
  const { title, isNew, lines } = preview
  return (
    <section className="diff" aria-label={title}>
      <h3>
        {title} <span className="quiet">{isNew ? 'will be created' : 'will change'}</span>
      </h3>
      <pre tabIndex={0} aria-label={`Changes of ${title}`}>
        {lines.map((line, i) => (
          <DiffRow key={i} line={line} />
        ))}
      </pre>
    </section>
  )
}

const ELEMENTS = { '+': 'ins', '-': 'del', ' ': 'code' } as const

function DiffRow({ line }: { line: string | undefined }): ReactElement {
  if (line === undefined) return <code aria-hidden>{'  ⋯\n'}</code>
  const sign = line[0] as keyof typeof ELEMENTS
  const Row = ELEMENTS[sign]
  return <Row data-sign={sign}>{`${sign} ${line.slice(1)}\n`}</Row>
}
