// A place of the page for one panel: it can fill the page, and the keyboard finds it by its name.
import { Expand, Shrink } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { paneKey, toggleMaximised } from './panes.ts'
import { IconButton } from './shared/controls.tsx'
import { useMedia } from './shared/media.ts'
import type { PaneName } from './store.ts'
import { usePage, useRun } from './use-run.ts'

/** Where there is room for more than one pane. */
export const ROOMY_QUERY = '(min-width: 720px)'

/** What is in it stays as it is when it is maximised: nothing is made again. */
export function Pane({ name, children }: { name: PaneName; children: ReactNode }): ReactElement {
  const roomy = useMedia(ROOMY_QUERY)
  const maximised = usePage((state) => state.maximised)
  const filled = roomy ? maximised : undefined
  return (
    <div
      className="pane"
      data-pane={name}
      data-maximised={filled === name}
      inert={filled !== undefined && filled !== name}
      tabIndex={-1}
    >
      {children}
    </div>
  )
}

/** Gives a pane the page, and takes it back. */
export function MaximiseButton({ pane }: { pane: PaneName }): ReactElement {
  const isMaximised = usePage((state) => state.maximised === pane)
  const { store } = useRun()
  return (
    <IconButton
      label={isMaximised ? `Return the ${pane} to its place` : `Maximise the ${pane}`}
      shortcut={paneKey(pane)}
      className="roomy-only"
      onClick={() => toggleMaximised(store, pane)}
    >
      {isMaximised ? <Shrink size={15} aria-hidden /> : <Expand size={15} aria-hidden />}
    </IconButton>
  )
}
