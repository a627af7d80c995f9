// The page on a narrow screen. From tablet width story and terminal stay in sight, and cluster and
// editor share a place. On a phone one pane is seen at a time, with what the terminal says below it as
// soon as something was run.
import * as Tabs from '@radix-ui/react-tabs'
import { BookOpen, Boxes, FilePen, SquareTerminal } from 'lucide-react'
import type { ReactElement } from 'react'
import { EditorPanel } from './editor/panel.tsx'
import { CenterPane } from './center-pane.tsx'
import { Pane, ROOMY_QUERY } from './pane.tsx'
import { Panels } from './shared/panels.tsx'
import type { SideTab } from './store.ts'
import { usePage, useRun } from './use-run.ts'
import { StoryPanel } from './story/panel.tsx'
import { TerminalPanel } from './terminal/panel.tsx'
import { useMedia } from './shared/media.ts'

const TABS: readonly { id: SideTab; label: string; icon: typeof Boxes }[] = [
  { id: 'story', label: 'Story', icon: BookOpen },
  { id: 'cluster', label: 'Cluster', icon: Boxes },
  { id: 'editor', label: 'Editor', icon: FilePen },
  { id: 'terminal', label: 'Terminal', icon: SquareTerminal },
]

export function TabbedLayout(): ReactElement {
  return useMedia(ROOMY_QUERY) ? <Tablet /> : <Phone />
}

function Tablet(): ReactElement {
  const tab = usePage((state) => (state.tab === 'editor' ? 'editor' : 'cluster'))
  const tabs = TABS.filter(({ id }) => id === 'cluster' || id === 'editor')
  const stage = (
    <Panels
      id="tablet-stage"
      orientation="vertical"
      parts={[
        {
          id: 'tabs',
          size: 66,
          min: 200,
          content: (
            <TabbedPanels tabs={tabs} tab={tab}>
              {paneOf(tab)}
            </TabbedPanels>
          ),
        },
        { id: 'terminal', size: 34, min: 90, content: paneOf('terminal') },
      ]}
    />
  )
  return (
    <Panels
      id="tablet"
      orientation="horizontal"
      parts={[
        { id: 'story', size: 36, min: 300, content: paneOf('story') },
        { id: 'stage', size: 64, min: 320, content: stage },
      ]}
    />
  )
}

function Phone(): ReactElement {
  const tab = usePage((state) => state.tab)
  const hasRun = usePage((state) => state.ranAt > 0 || state.terminalBusy !== undefined)
  // Cluster and timeline fill a small screen by themselves.
  const hasStrip = hasRun && (tab === 'story' || tab === 'editor')
  const shown = { id: tab, size: 62, min: 160, content: paneOf(tab) }
  const strip = { id: 'strip', size: 38, min: 90, content: paneOf('terminal') }
  return (
    <TabbedPanels tabs={TABS} tab={tab}>
      <Panels id="phone" orientation="vertical" parts={hasStrip ? [shown, strip] : [shown]} />
    </TabbedPanels>
  )
}

interface TabbedPanelsProps {
  tabs: typeof TABS
  tab: SideTab
  children: ReactElement
}

function TabbedPanels({ tabs, tab, children }: TabbedPanelsProps): ReactElement {
  const { store } = useRun()
  return (
    <Tabs.Root
      className="tabbed"
      value={tab}
      onValueChange={(value) => store.setState({ tab: value as SideTab })}
    >
      <Tabs.List className="page-tabs" aria-label="Panels">
        {tabs.map(({ id, label, icon: Icon }) => (
          <Tabs.Trigger key={id} value={id} className="page-tab">
            <Icon size={16} aria-hidden /> {label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value={tab} className="tabbed-body" tabIndex={-1}>
        {children}
      </Tabs.Content>
    </Tabs.Root>
  )
}

function paneOf(tab: SideTab): ReactElement {
  switch (tab) {
    case 'story':
      return (
        <Pane name="story">
          <StoryPanel />
        </Pane>
      )
    case 'cluster':
      return <CenterPane />
    case 'editor':
      return (
        <Pane name="editor">
          <EditorPanel />
        </Pane>
      )
    case 'terminal':
      return (
        <Pane name="terminal">
          <TerminalPanel />
        </Pane>
      )
  }
}
