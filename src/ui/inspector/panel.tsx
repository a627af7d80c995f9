// The inspector: everything about the one thing that is picked, "why" first.
import * as Tabs from '@radix-ui/react-tabs'
import { X } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { Inspection, ObjectView } from '../../worker/protocol.ts'
import { hasOwnState, progressText } from '../cluster/progress.ts'
import { CodeBlock } from '../shared/code-block.tsx'
import { EmptyState, IconButton } from '../shared/controls.tsx'
import { StateBadge } from '../shared/states.tsx'
import { clockText, momentText } from '../shared/time.ts'
import type { InspectorTab, Selection } from '../store.ts'
import { usePage, useRun, useSelect } from '../use-run.ts'
import { EventList, OwnerList } from './lists.tsx'
import { useInspection } from './use-inspection.ts'
import { Why } from './why.tsx'

const TABS: readonly { id: InspectorTab; label: string }[] = [
  { id: 'why', label: 'Why' },
  { id: 'yaml', label: 'YAML' },
  { id: 'events', label: 'Events' },
  { id: 'owners', label: 'Owners' },
  { id: 'describe', label: 'Describe' },
]

export function InspectorPanel({ selection }: { selection: Selection }): ReactElement {
  const tab = usePage((state) => state.inspectorTab)
  const view = usePage((state) => state.objects.get(selection.uid))
  const { store } = useRun()
  const select = useSelect()
  const { inspection, gone } = useInspection(selection, tab)
  const bornAt = useBirth(selection.uid, view)
  const unborn = usePage(({ now }) => gone && bornAt !== undefined && now < bornAt)
  return (
    <aside className="panel inspector" aria-label="Inspector">
      <div className="inspector-head">
        <div>
          <span className="inspector-kind">{selection.kind}</span>
          <h2 className="inspector-name">{selection.name}</h2>
          {selection.scheduledAt !== undefined && (
            <div className="inspector-kind">{`time of ${momentText(selection.scheduledAt)}`}</div>
          )}
          {view !== undefined && <Standing view={view} />}
          {gone && <span className="inspector-gone">{unborn ? 'not yet there' : 'removed'}</span>}
        </div>
        <IconButton label="Close the inspector" shortcut="Esc" onClick={() => select(undefined)}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <Tabs.Root
        className="inspector-tabs"
        value={tab}
        onValueChange={(value) => store.setState({ inspectorTab: value as InspectorTab })}
      >
        <Tabs.List className="tabs" aria-label="About it">
          {TABS.map(({ id, label }) => (
            <Tabs.Trigger key={id} value={id} className="tab">
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value={tab} className="inspector-body" tabIndex={0}>
          {inspection === undefined ? (
            <Missing gone={gone} unbornUntil={unborn ? bornAt : undefined} />
          ) : (
            <TabBody tab={tab} inspection={inspection} uid={selection.uid} />
          )}
        </Tabs.Content>
      </Tabs.Root>
    </aside>
  )
}

/** When it was made, as far as this panel or the timeline has seen it, also after time was set back. */
function useBirth(uid: string, view: ObjectView | undefined): number | undefined {
  const [seen, setSeen] = useState<{ uid: string; at: number | undefined }>()
  const { engine } = useRun()
  const made = view?.object.metadata.creationTimestamp
  // The timeline knows it to the millisecond, the object to the second.
  const at = engine.timeline.span(uid)?.from ?? (made === undefined ? undefined : Date.parse(made))
  const isNews = seen?.uid !== uid || (at !== undefined && at !== seen.at)
  if (isNews) setSeen({ uid, at })
  return isNews ? at : seen.at
}

/** How it stands: a state where it has one, else how far it is. */
function Standing({ view }: { view: ObjectView }): ReactElement {
  if (!hasOwnState(view.object.kind))
    return <span className="quiet">{progressText(view.object)}</span>
  return <StateBadge state={view.state} {...(view.status === '' ? {} : { text: view.status })} />
}

/** What has not been asked for yet is there in a moment: until then nothing. */
function TabBody(props: {
  tab: InspectorTab
  inspection: Partial<Inspection>
  uid: string
}): ReactElement | null {
  const { tab, inspection, uid } = props
  const { why, yaml, events, owners, describe } = inspection
  switch (tab) {
    case 'why':
      return why === undefined ? null : <Why key={uid} history={why} />
    case 'yaml':
      return yaml === undefined ? null : <CodeBlock text={yaml} label="YAML" />
    case 'events':
      return events === undefined ? null : <EventList events={events} />
    case 'owners':
      return owners === undefined ? null : <OwnerList owners={owners} uid={uid} />
    case 'describe':
      if (describe === undefined) return null
      return <CodeBlock text={describe} language="text" label="description" />
  }
}

function Missing(props: { gone: boolean; unbornUntil: number | undefined }): ReactElement {
  const { gone, unbornUntil } = props
  if (!gone) return <p className="quiet">Asking the cluster…</p>
  if (unbornUntil !== undefined)
    return (
      <EmptyState title="It does not exist yet.">
        It was made at {clockText(unbornUntil)}, and time has been set back before that. Let it run:
        the same things happen again, unless you do something else.
      </EmptyState>
    )
  return (
    <EmptyState title="It is no longer in the cluster.">
      The timeline still shows when it lived. Step back in time to see it again.
    </EmptyState>
  )
}
