// Resizable panels whose sizes the browser remembers.
import type { ReactElement, ReactNode } from 'react'
import { Group, Panel, Separator, type Layout } from 'react-resizable-panels'
import { readJson, writeJson } from './preferences.ts'

interface PanelPart {
  id: string
  /** In percent of the group. */
  size: number
  /** In pixels. */
  min: number
  content: ReactNode
}

interface PanelsProps {
  id: string
  orientation: 'horizontal' | 'vertical'
  parts: readonly PanelPart[]
}

/**
 * Panels side by side (or stacked); each set of parts has sizes of its own. A part that comes or
 * goes leaves the others as they are: what is scrolled or focused in them stays so.
 */
export function Panels({ id, orientation, parts }: PanelsProps): ReactElement {
  const key = `odyssey.panels.${id}.${parts.map((part) => part.id).join('-')}`
  const saved = savedLayout(readJson(key), parts)
  return (
    <Group
      className="panels"
      orientation={orientation}
      {...(saved === undefined ? {} : { defaultLayout: saved })}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        if (isUserInteraction) writeJson(key, layout)
      }}
    >
      {parts.flatMap((part, i) => {
        const panel = (
          <Panel
            key={part.id}
            id={part.id}
            defaultSize={`${saved?.[part.id] ?? part.size}%`}
            minSize={part.min}
          >
            {part.content}
          </Panel>
        )
        return i === 0 ? [panel] : [<Divider key={`${part.id}-edge`} />, panel]
      })}
    </Group>
  )
}

function Divider(): ReactElement {
  return <Separator className="divider" aria-label="Resize" />
}

function savedLayout(value: unknown, parts: readonly PanelPart[]): Layout | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const layout = value as Record<string, unknown>
  const valid = parts.every(({ id }) => typeof layout[id] === 'number')
  return valid ? (layout as Layout) : undefined
}
