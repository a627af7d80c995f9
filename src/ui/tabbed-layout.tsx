// The page on a narrow screen. From tablet width the cluster stays in sight above the tabs; on a
// phone the cluster is a tab like the others and one of them is seen at a time.
import * as Tabs from '@radix-ui/react-tabs'
import { BookOpen, Boxes, FilePen, SquareTerminal } from 'lucide-react'
import type { ReactElement } from 'react'
import { EditorPanel } from './editor/panel.tsx'
import { CenterPane } from './center-pane.tsx'
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
  const phone = useMedia('(max-width: 719px)')
  const tab = usePage((state) => state.tab)
  if (phone) return <TabbedPanels tabs={TABS} tab={tab} />
  const shown = tab === 'cluster' ? 'story' : tab
  return (
    <Panels
      id="tablet"
      orientation="horizontal"
      parts={[
        {
          id: 'tabs',
          size: 45,
          min: 320,
          content: <TabbedPanels tabs={TABS.filter(({ id }) => id !== 'cluster')} tab={shown} />,
        },
        { id: 'middle', size: 55, min: 320, content: <CenterPane /> },
      ]}
    />
  )
}

function TabbedPanels({ tabs, tab }: { tabs: typeof TABS; tab: SideTab }): ReactElement {
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
        {panelOf(tab)}
      </Tabs.Content>
    </Tabs.Root>
  )
}

function panelOf(tab: SideTab): ReactElement {
  switch (tab) {
    case 'story':
      return <StoryPanel />
    case 'cluster':
      return <CenterPane />
    case 'editor':
      return <EditorPanel />
    case 'terminal':
      return <TerminalPanel />
  }
}
