// Signals. Proc 1 has no default actions: what it does not handle does not reach it, as in a
// process id namespace.

import { exitProc } from './procs.ts'
import type { Container, Proc } from './types.ts'

export const SIGNALS: Record<string, number> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
}

/** `TERM` for `15`, `term`, `SIGTERM`; undefined for what is no signal. `0` and EXIT are EXIT. */
export function signalName(text: string): string | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '')
  if (name === '0' || name === 'EXIT') return 'EXIT'
  if (Object.hasOwn(SIGNALS, name)) return name
  return Object.keys(SIGNALS).find((key) => String(SIGNALS[key]) === name)
}

const HARMLESS = ['CHLD', 'CONT', 'URG', 'WINCH', 'STOP', 'TSTP', 'TTIN', 'TTOU']

/** Delivers a signal from inside the container. */
export function deliverSignal(container: Container, proc: Proc, signal: string): void {
  const number = SIGNALS[signal] ?? 15
  if (signal === 'KILL') {
    if (proc.pid !== 1) exitProc(container, proc, 128 + number, true)
    return
  }
  if (proc.ignored.includes(signal)) return
  const action = proc.shell?.traps[signal]
  if (action !== undefined && action !== '') trapSignal(proc, signal)
  else if (action === '') return
  else if (Object.hasOwn(proc.handlers, signal)) handleSignal(container, proc, signal)
  else if (proc.pid !== 1 && !HARMLESS.includes(signal)) {
    exitProc(container, proc, 128 + number, true)
  }
}

// The program ends in its next turn, which comes at once even in a container that is busy.
function handleSignal(container: Container, proc: Proc, signal: string): void {
  container.spent = 0
  proc.pending.push(signal)
  proc.block = { on: 'ready' }
}

// A shell that waits for a command handles the signal afterwards; `wait` and `read` are cut short.
function trapSignal(proc: Proc, signal: string): void {
  const { shell } = proc
  if (shell === undefined) return
  proc.pending.push(signal)
  proc.spent = 0
  if (shell.awaited !== undefined || shell.capture !== undefined) return
  shell.interrupted = signal
  proc.block = { on: 'ready' }
}
