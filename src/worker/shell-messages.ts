// What passes between the page and the shell's worker, all of it over the worker's one port and so in
// order: a line's output comes before its end, a program's output before its exit code.
import type { ProgramCall } from './program-call.ts'

export type Stream = 'stdout' | 'stderr'

/** What a line leaves for the next one, beside files. The page keeps it. */
export interface ShellState {
  /** The folder one is in, absolute. */
  cwd: string
  /** Variables; empty: those a shell begins with. */
  env: Readonly<Record<string, string>>
}

export type ToShell =
  /** Runs a line (or several) with these files; one at a time. */
  | { type: 'line'; line: string; files: Readonly<Record<string, string>>; state: ShellState }
  /** Of a program that the shell called. */
  | { type: 'output'; call: number; stream: Stream; text: string }
  | { type: 'exit'; call: number; code: number }

export type FromShell =
  /** It is loaded. */
  | { type: 'ready' }
  | { type: 'output'; stream: Stream; text: string }
  /** Asks for a program of the lab. */
  | { type: 'call'; call: number; program: ProgramCall }
  /** The line has ended. */
  | { type: 'done'; code: number; files: Readonly<Record<string, string>>; state: ShellState }
