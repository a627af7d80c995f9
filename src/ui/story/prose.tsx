// A chapter's text on the page. It comes as plain data and becomes elements, never markup text.
// Manifests are coloured as the editor colours them.
import { memo, type ReactNode } from 'react'
import type { Prose } from '../../story/prose.ts'
import { Snippet } from './snippet.tsx'

export const ProseView = memo(function ProseView({ prose }: { prose: readonly Prose[] }) {
  return <div className="prose">{prose.map(element)}</div>
})

function element(node: Prose, key: number): ReactNode {
  if (typeof node === 'string') return node
  switch (node[0]) {
    case 'pre':
      return <Snippet key={key} text={node[1]} language={node[2]} />
    case 'a':
      return (
        <a key={key} href={node[2]} target="_blank" rel="noreferrer">
          {node[1].map(element)}
        </a>
      )
    case 'br':
      return <br key={key} />
    case 'table':
      return (
        <div key={key} className="table-scroll" role="region" aria-label="Table" tabIndex={0}>
          <table>{node[1].map(element)}</table>
        </div>
      )
    default: {
      const [Tag, inner] = node
      return <Tag key={key}>{inner.map(element)}</Tag>
    }
  }
}
