// The inspector: everything about the one thing that is picked, "why" first.
import * as Tabs from '@radix-ui/react-tabs'
import { X } from 'lucide-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { Inspection, ObjectView } from '../../worker/protocol.ts'
import { progressText } from '../cluster/progress.ts'
import { host } from '../engine.ts'
import { CodeBlock } from '../shared/code-block.tsx'
import { EmptyState, IconButton } from '../shared/controls.tsx'
import { StateBadge } from '../shared/states.tsx'
import { select, usePage, type InspectorTab, type Selection } from '../store.ts'
import { EventList, OwnerList } from './lists.tsx'
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
  const { inspection, gone } = useInspection(selection)
  return (
    <aside className="panel inspector" aria-label="Inspector">
      <div className="inspector-head">
        <div>
          <span className="inspector-kind">{selection.kind}</span>
          <h2 className="inspector-name">{selection.name}</h2>
          {view !== undefined && <Standing view={view} />}
          {gone && <span className="inspector-gone">removed</span>}
        </div>
        <IconButton label="Close the inspector" shortcut="Esc" onClick={() => select(undefined)}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <Tabs.Root
        className="inspector-tabs"
        value={tab}
        onValueChange={(value) => usePage.setState({ inspectorTab: value as InspectorTab })}
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
            <Missing gone={gone} />
          ) : (
            <TabBody tab={tab} inspection={inspection} uid={selection.uid} />
          )}
        </Tabs.Content>
      </Tabs.Root>
    </aside>
  )
}

/** How it stands: a state where it has one, else how far it is. */
function Standing({ view }: { view: ObjectView }): ReactElement {
  const { kind } = view.object
  if (kind === 'CronJob' || kind === 'DaemonSet')
    return <span className="quiet">{progressText(view.object)}</span>
  return <StateBadge state={view.state} {...(view.status === '' ? {} : { text: view.status })} />
}

function TabBody(props: { tab: InspectorTab; inspection: Inspection; uid: string }): ReactElement {
  const { tab, inspection, uid } = props
  switch (tab) {
    case 'why':
      return <Why history={inspection.history} />
    case 'yaml':
      return <CodeBlock text={inspection.yaml} label="YAML" />
    case 'events':
      return <EventList events={inspection.events} />
    case 'owners':
      return <OwnerList owners={inspection.owners} uid={uid} />
    case 'describe':
      return <CodeBlock text={inspection.describe} language="text" label="description" />
  }
}

function Missing({ gone }: { gone: boolean }): ReactElement {
  if (!gone) return <p className="quiet">Asking the cluster…</p>
  return (
    <EmptyState title="It is no longer in the cluster.">
      The timeline still shows when it lived. Step back in time to see it again.
    </EmptyState>
  )
}

/** While time plays an object may change with every frame; this often it is asked for again. */
const REFRESH_MS = 300

/** What the worker says of the picked thing, asked again after it has changed. */
function useInspection(selection: Selection): {
  inspection: Inspection | undefined
  gone: boolean
} {
  const { kind, namespace, name, uid } = selection
  const object = usePage((state) => state.objects.get(uid))
  const key = `${kind}/${namespace}/${name}/${uid}`
  const [answer, setAnswer] = useState<{ key: string; inspection: Inspection | undefined }>()
  const known = answer?.key === key
  const askedFor = useRef<string>(undefined)
  useEffect(() => {
    let wanted = true
    const delay = askedFor.current === key && object !== undefined ? REFRESH_MS : 0
    askedFor.current = key
    const ask = async (): Promise<void> => {
      const inspection = await host().inspect(kind, namespace, name)
      if (wanted) setAnswer({ key, inspection })
    }
    const timer = setTimeout(() => void ask().catch(() => undefined), delay)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [key, kind, namespace, name, object])
  return {
    inspection: known ? answer.inspection : undefined,
    gone: known && answer.inspection === undefined,
  }
}
