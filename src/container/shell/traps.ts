// Traps: what a shell does when a signal arrives.

import type { Shell } from './shell.ts'
import { jumpToSource } from './sources.ts'

/** The action of the next pending signal that has one. */
export function takeTrap(shell: Shell): string | undefined {
  const { proc, state } = shell
  while (proc.pending.length > 0) {
    const action = state.traps[proc.pending.shift() ?? '']
    if (action !== undefined && action !== '') return action
  }
  return undefined
}

/** Runs a trap's action now; afterwards the shell continues where it stood. */
export function enterTrap(shell: Shell, action: string): void {
  const { state } = shell
  state.control.push({ type: 'trap', source: state.source, pc: state.pc, status: state.status })
  jumpToSource(shell, action)
}
