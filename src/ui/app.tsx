// The page: story on the left, hands on the right, consequences in the middle, time along the
// bottom. Narrow screens keep the middle and turn the rest into tabs.
import { useLayoutEffect, type ReactElement } from 'react'
import { Dialogs } from './dialogs.tsx'
import { EditorPanel } from './editor/panel.tsx'
import { CenterPane } from './center-pane.tsx'
import { Hints } from './shared/hints.tsx'
import { Notices } from './notices.tsx'
import type { PageRun } from './page-run.ts'
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
/** A phone has no room for a presenter's view. */
const ROOMY_QUERY = '(min-width: 720px)'
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

function WideLayout(): ReactElement {
  return (
    <Panels
      id="page"
      orientation="horizontal"
      parts={[
        { id: 'story', size: 23, min: 280, content: <StoryPanel /> },
        { id: 'middle', size: 39, min: 320, content: <CenterPane /> },
        {
          id: 'hands',
          size: 38,
          min: 300,
          content: (
            <Panels
              id="hands"
              orientation="vertical"
              parts={[
                { id: 'editor', size: 50, min: 120, content: <EditorPanel /> },
                { id: 'terminal', size: 50, min: 120, content: <TerminalPanel /> },
              ]}
            />
          ),
        },
      ]}
    />
  )
}
