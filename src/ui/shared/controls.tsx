// Small controls that all panels share: buttons with an icon and a tooltip, panel headings.
import * as Tooltip from '@radix-ui/react-tooltip'
import type { ReactElement, ReactNode } from 'react'

interface HintProps {
  text: string
  /** The key that does the same. */
  shortcut?: string | undefined
  children: ReactElement
}

/** A tooltip around one control. */
export function Hint({ text, shortcut, children }: HintProps): ReactElement {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tooltip" sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut !== undefined && <kbd>{shortcut}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

interface IconButtonProps {
  label: string
  shortcut?: string
  children: ReactNode
  onClick: () => void
  disabled?: boolean
  pressed?: boolean
  className?: string
}

/** A button that is only an icon: its label is spoken and shown as a tooltip. */
export function IconButton(props: IconButtonProps): ReactElement {
  const { label, shortcut, children, onClick, disabled, pressed, className = '' } = props
  return (
    <Hint text={label} shortcut={shortcut}>
      <button
        type="button"
        className={`icon-button ${className}`}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </button>
    </Hint>
  )
}

/** The head of a panel: its name in small capitals, and its controls. */
export function PanelHead({
  title,
  children,
}: {
  title: string
  children?: ReactNode
}): ReactElement {
  return (
    <div className="panel-head">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** What a panel says while it has nothing to show: what it is for and what to do. */
export function EmptyState({
  title,
  children,
}: {
  title: string
  children: ReactNode
}): ReactElement {
  return (
    <div className="empty-state">
      <p className="empty-title">{title}</p>
      <div>{children}</div>
    </div>
  )
}
