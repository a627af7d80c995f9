// The page: the story on the left, and on its right the stage: cluster and editor above, below them
// time and the terminal over the whole width. Narrow screens turn a part of it into tabs.
import { useLayoutEffect, type ReactElement } from 'react'
import { Dialogs } from './dialogs.tsx'
import { EditorPanel } from './editor/panel.tsx'
import { CenterPane } from './center-pane.tsx'
import { Hints } from './shared/hints.tsx'
import { Notices } from './notices.tsx'
import type { PageRun } from './page-run.ts'
import { Pane, ROOMY_QUERY } from './pane.tsx'
import { useMedia } from './shared/media.ts'
import { applyTheme } from './shared/theme.ts'
import { Panels } from './shared/panels.tsx'
import { RunContext, usePage, useRun } from './use-run.ts'
import { Presenter } from './story/presenter.tsx'
import { StoryPanel } from './story/panel.tsx'
import { TabbedLayout } from './tabbed-layout.tsx'
import { TerminalPanel } from './terminal/panel.tsx'
import { TopBar } from './topbar/bar.tsx'
import { PastBand } from './transport/past-band.tsx'
import { TransportBar } from './transport/bar.tsx'

/** Above this speed things change too often to be seen arriving one by one. */
const STILL_SPEED = 120
const WIDE_QUERY = '(min-width: 1100px)'

/** The page that shows a run. */
export function App({ run }: { run: PageRun }): ReactElement {
  return (
    <RunContext value={run}>
      <Page />
    </RunContext>
  )
}

function Page(): ReactElement {
  const theme = usePage((state) => state.theme)
  const roomy = useMedia(ROOMY_QUERY)
  // A phone has no room for a presenter's view.
  const presenting = usePage((state) => state.presenting) && roomy
  const fast = usePage((state) => state.playing && state.speed > STILL_SPEED)
  const { store } = useRun()
  const wide = useMedia(WIDE_QUERY)
  useLayoutEffect(() => applyTheme(store, theme), [store, theme])
  return (
    <>
      <div className="app" data-presenting={presenting} data-fast={fast}>
        <TopBar />
        <main className="stage">
          {presenting ? <Presenter /> : wide ? <WideLayout /> : <TabbedLayout />}
        </main>
        <PastBand />
        <TransportBar />
      </div>
      <Dialogs />
      <Notices />
      <Hints />
    </>
  )
}

/** The story, and beside it the stage: time and the terminal have its whole width. */
function WideLayout(): ReactElement {
  const editor = (
    <Pane name="editor">
      <EditorPanel />
    </Pane>
  )
  return (
    <Panels
      id="page"
      orientation="horizontal"
      parts={[
        { id: 'story', size: 22, min: 300, content: <StoryPane /> },
        {
          id: 'stage',
          size: 78,
          min: 620,
          content: (
            <Panels
              id="stage"
              orientation="vertical"
              parts={[
                { id: 'center', size: 71, min: 240, content: <CenterPane beside={editor} /> },
                { id: 'terminal', size: 29, min: 90, content: <TerminalPane /> },
              ]}
            />
          ),
        },
      ]}
    />
  )
}

function StoryPane(): ReactElement {
  return (
    <Pane name="story">
      <StoryPanel />
    </Pane>
  )
}

function TerminalPane(): ReactElement {
  return (
    <Pane name="terminal">
      <TerminalPanel />
    </Pane>
  )
}
