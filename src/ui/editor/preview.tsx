// What applying the file would change: each object as it is beside what it would become.
import { useEffect, useState, type ReactElement } from 'react'
import type { ApplyPreview } from '../../worker/protocol.ts'
import { host, messageOf } from '../engine.ts'
import { changedLines, diffLines } from '../shared/line-diff.ts'
import { usePage } from '../store.ts'

export function Preview(): ReactElement {
  const text = usePage(({ files, activeFile }) =>
    activeFile === undefined ? '' : (files[activeFile] ?? ''),
  )
  const [previews, setPreviews] = useState<readonly ApplyPreview[]>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    const ask = async (): Promise<void> => setPreviews(await host().preview(text))
    ask().catch((error: unknown) => setProblem(messageOf(error)))
  }, [text])
  if (problem !== undefined) return <p>{problem}</p>
  if (previews === undefined) return <p className="quiet">Asking the API server…</p>
  if (previews.length === 0)
    return (
      <p>The API server refuses this file as it is. The editor marks the places that are wrong.</p>
    )
  return (
    <>
      {previews.map((preview) => (
        <ObjectDiff key={preview.title} preview={preview} />
      ))}
    </>
  )
}

function ObjectDiff({ preview }: { preview: ApplyPreview }): ReactElement {
  const { title, live, applied } = preview
  const lines = diffLines(live, applied)
  const changed = lines.some(({ sign }) => sign !== ' ')
  return (
    <section className="diff" aria-label={title}>
      <h3>
        {title}{' '}
        <span className="quiet">
          {live === '' ? 'would be created' : changed ? 'would change' : 'would stay as it is'}
        </span>
      </h3>
      {changed && (
        <pre tabIndex={0} aria-label={`Changes of ${title}`}>
          {changedLines(lines).map((line, i) => (
            <code key={i} data-sign={line?.sign}>
              {line === undefined ? '  ⋯' : `${line.sign} ${line.text}`}
              {'\n'}
            </code>
          ))}
        </pre>
      )}
    </section>
  )
}
