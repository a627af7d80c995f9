// Small controls that all panels share: buttons with an icon and a hint, panel headings.
import type { ReactElement, ReactNode } from 'react'

interface IconButtonProps {
  label: string
  shortcut?: string
  children: ReactNode
  onClick: () => void
  disabled?: boolean
  pressed?: boolean
  className?: string
}

/** A button that is only an icon: its label is spoken and shown as a hint. */
export function IconButton(props: IconButtonProps): ReactElement {
  const { label, shortcut, children, onClick, disabled, pressed, className = '' } = props
  return (
    <button
      type="button"
      className={`icon-button ${className}`}
      aria-label={label}
      aria-pressed={pressed}
      data-hint={label}
      data-key={shortcut}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
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
