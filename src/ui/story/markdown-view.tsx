// Markdown on the page. Everything becomes elements, never markup text, so no chapter can smuggle
// anything in. Manifests are coloured as the editor colours them.
import { Fragment, memo, useMemo, type ReactElement } from 'react'
import { CodeBlock } from '../shared/code-block.tsx'
import { parseMarkdown, type Inline, type MarkdownBlock } from './markdown.ts'

export const Markdown = memo(function Markdown({ source }: { source: string }): ReactElement {
  const blocks = useMemo(() => parseMarkdown(source), [source])
  return (
    <div className="prose">
      {blocks.map((block, i) => (
        <Block key={i} block={block} />
      ))}
    </div>
  )
})

function Block({ block }: { block: MarkdownBlock }): ReactElement {
  switch (block.type) {
    case 'paragraph':
      return <p>{inlines(block.inner)}</p>
    case 'heading':
      return block.level <= 3 ? <h3>{inlines(block.inner)}</h3> : <h4>{inlines(block.inner)}</h4>
    case 'quote':
      return <blockquote>{inlines(block.inner)}</blockquote>
    case 'code':
      return <CodeBlock text={block.text} language={block.language} />
    case 'list': {
      const items = block.items.map((item, i) => <li key={i}>{inlines(item)}</li>)
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return (
        <div className="table-scroll" role="region" aria-label="Table" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, i) => (
                  <th key={i}>{inlines(cell)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, i) => (
                <tr key={i}>
                  {row.map((cell, j) => (
                    <td key={j}>{inlines(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
  }
}

function inlines(parts: readonly Inline[]): ReactElement[] {
  return parts.map((part, i) => <Fragment key={i}>{inline(part)}</Fragment>)
}

function inline(part: Inline): ReactElement | string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'code':
      return <code>{part.text}</code>
    case 'strong':
      return <strong>{inlines(part.inner)}</strong>
    case 'em':
      return <em>{inlines(part.inner)}</em>
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noreferrer">
          {inlines(part.inner)}
        </a>
      )
  }
}
