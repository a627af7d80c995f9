// The top bar: which chapter, how far, and what can be done with the page itself.
import * as Menu from '@radix-ui/react-dropdown-menu'
import { Check, CircleHelp, Link2, MonitorPlay, SunMoon } from 'lucide-react'
import { useEffect, type ReactElement } from 'react'
import { IconButton } from '../shared/controls.tsx'
import { openDialog, type ThemeChoice } from '../store.ts'
import { usePage, useRun } from '../use-run.ts'
import { currentChapter } from '../story/current.ts'
import { togglePresenting } from '../story/presenting.ts'
import { ChapterMenu } from './chapter-menu.tsx'

const NAME = 'The Container Odyssey'

export function TopBar(): ReactElement {
  const chapter = usePage(currentChapter)
  const title = usePage((state) => state.session?.title)
  const presenting = usePage((state) => state.presenting)
  const { store } = useRun()
  const heading = chapter?.title ?? title
  useEffect(() => {
    document.title = heading === undefined ? NAME : `${heading} · ${NAME}`
  }, [heading])
  return (
    <header className="topbar">
      <ChapterMenu />
      <h1 className="topbar-title">{heading ?? NAME}</h1>
      <GoalCount />
      <div className="topbar-actions">
        <IconButton label="Share this moment" onClick={() => openDialog(store, 'share')}>
          <Link2 size={18} aria-hidden />
        </IconButton>
        <IconButton
          label={presenting ? 'Leave the presenter view' : 'Present'}
          shortcut="P"
          pressed={presenting}
          className="roomy-only"
          onClick={() => togglePresenting(store)}
        >
          <MonitorPlay size={18} aria-hidden />
        </IconButton>
        <ThemeMenu />
        <IconButton label="Help" shortcut="?" onClick={() => openDialog(store, 'help')}>
          <CircleHelp size={18} aria-hidden />
        </IconButton>
      </div>
    </header>
  )
}

function GoalCount(): ReactElement | null {
  const goals = usePage((state) => state.goals)
  const { store } = useRun()
  if (goals.length === 0) return null
  const done = goals.filter((goal) => goal.done).length
  return (
    <button
      type="button"
      className="goal-count"
      data-done={done === goals.length}
      onClick={() => store.setState({ tab: 'story' })}
    >
      goals {done}/{goals.length}
    </button>
  )
}

const THEMES: readonly { value: ThemeChoice; label: string; what: string }[] = [
  { value: 'auto', label: 'As the system', what: 'light by day, dark by night' },
  { value: 'light', label: 'Light', what: 'paper' },
  { value: 'dark', label: 'Dark', what: 'slate' },
  { value: 'projector', label: 'Projector', what: 'larger, stronger contrast' },
]

function ThemeMenu(): ReactElement {
  const theme = usePage((state) => state.theme)
  const { store } = useRun()
  return (
    <Menu.Root>
      <Menu.Trigger asChild>
        <button type="button" className="icon-button" aria-label="Theme" data-hint="Theme">
          <SunMoon size={18} aria-hidden />
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <Menu.RadioGroup
            value={theme}
            onValueChange={(value) => store.setState({ theme: value as ThemeChoice })}
          >
            {THEMES.map(({ value, label, what }) => (
              <Menu.RadioItem key={value} value={value} className="menu-item">
                <Tick />
                <span>{label}</span>
                <span className="menu-note">{what}</span>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Separator className="menu-line" />
          <Switch setting="screenReader" label="Terminal for screen readers" />
          <Switch setting="coaching" label="Hints below the terminal" />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}

interface SwitchProps {
  setting: 'screenReader' | 'coaching'
  label: string
}

function Switch({ setting, label }: SwitchProps): ReactElement {
  const checked = usePage((state) => state[setting])
  const { store } = useRun()
  return (
    <Menu.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={(next) => store.setState({ [setting]: next })}
    >
      <Tick />
      <span>{label}</span>
    </Menu.CheckboxItem>
  )
}

function Tick(): ReactElement {
  return (
    <Menu.ItemIndicator className="menu-check">
      <Check size={14} aria-hidden />
    </Menu.ItemIndicator>
  )
}
