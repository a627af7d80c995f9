// The end of a shell.

import { exitProc } from '../kernel/procs.ts'
import { popTo } from './control.ts'
import type { Shell } from './shell.ts'
import { jumpToSource } from './sources.ts'

/** Ends the shell, running its EXIT trap first. */
export function exitShell(shell: Shell, code: number): void {
  const { container, proc, state } = shell
  const action = state.traps['EXIT']
  if (action === undefined || action === '') {
    exitProc(container, proc, code & 255)
    return
  }
  delete state.traps['EXIT']
  popTo(shell, 0)
  state.control = [{ type: 'exit', status: code }]
  state.status = code
  state.words = []
  state.strings = []
  state.awaited = undefined
  jumpToSource(shell, action)
}
