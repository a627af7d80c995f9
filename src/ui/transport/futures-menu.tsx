// The other futures: each was left by typing in the past. One can return to it or forget it.
import * as Menu from '@radix-ui/react-dropdown-menu'
import { GitBranch, Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { clockText } from '../shared/time.ts'
import { usePage, useRun } from '../use-run.ts'

export function FuturesMenu(): ReactElement | null {
  const branches = usePage((state) => state.branches)
  const { engine } = useRun()
  if (branches.length === 0) return null
  return (
    <Menu.Root>
      <Menu.Trigger asChild>
        <button
          type="button"
          className="button"
          aria-label={`Other futures: ${branches.length}`}
          title="Other futures"
        >
          <GitBranch size={16} aria-hidden /> {branches.length}
        </button>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" side="top" align="start" sideOffset={6} collisionPadding={8}>
          <Menu.Label className="menu-item">Other futures, left by typing in the past</Menu.Label>
          <Menu.Separator className="menu-line" />
          {branches.map(({ id, name, leftAt, commands }) => {
            const count = commands === 1 ? '1 command' : `${commands} commands`
            const left = `left at ${clockText(leftAt)} · ${count}`
            return (
              <Menu.Group key={id} aria-label={left}>
                <Menu.Item className="menu-item" onSelect={() => void engine.enterBranch(id)}>
                  <span className="menu-check">
                    <GitBranch size={14} aria-hidden />
                  </span>
                  <span>Return to {name === '' ? 'the future' : name}</span>
                  <span className="menu-note">{left}</span>
                </Menu.Item>
                <Menu.Item className="menu-item" onSelect={() => void engine.removeBranch(id)}>
                  <span className="menu-check">
                    <Trash2 size={14} aria-hidden />
                  </span>
                  <span>Forget it</span>
                </Menu.Item>
              </Menu.Group>
            )
          })}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
