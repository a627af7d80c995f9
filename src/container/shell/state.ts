// The state of a running shell: plain data, so that it can be copied in the middle of a word.

import { CONTROL_MAX } from '../kernel/limits.ts'
import type { SegmentKind } from './code.ts'
import { ShellFailure } from './shell.ts'
import type { RedirectKind } from './syntax.ts'

export interface Variable {
  value: string
  exported: boolean
  readOnly: boolean
}

export interface Segment {
  text: string
  kind: SegmentKind
}

/** What is undone or continued when a construct ends, innermost last. */
export type Marker =
  | { type: 'loop'; exit: number; next: number; items: string[]; name: string; status: number }
  /** Failing here is an answer: `set -e` waits. */
  | { type: 'condition' }
  | { type: 'redirect'; saved: SavedDescriptor[] }
  | {
      type: 'function'
      name: string
      source: number
      pc: number
      params: string[]
      locals: [string, Variable | null][]
      saved: SavedDescriptor[]
    }
  | {
      type: 'source'
      source: number
      pc: number
      params: string[] | undefined
      /** The text has parameters of its own. */
      hasOwn: boolean
      saved: SavedDescriptor[]
    }
  | { type: 'trap'; source: number; pc: number; status: number }
  /** The EXIT trap runs; then the shell ends with this code. */
  | { type: 'exit'; status: number }

export type SavedDescriptor = [fd: number, open: number | null]

export interface PendingRedirect {
  fd: number
  kind: RedirectKind
  target: string
}

/** Children whose end the shell waits for. */
export interface Awaited {
  pids: number[]
  /** A pipeline's status is its last command's; of one child, its own. */
  purpose: 'command' | 'pipeline'
}

/** A `$(…)` in progress. */
export interface Capture {
  pid: number
  text: string
  quoted: boolean
}

/** Which shell's words are used for errors. */
export type Flavour = 'ash' | 'dash' | 'bash'

export interface ShellState {
  flavour: Flavour
  /** `$0`, which also begins error messages. */
  name: string
  /** Where the script came from: a file, `-c` with a name behind it, or plain `-c` or input. */
  origin: 'file' | 'named' | 'command'
  /** `$$`: the process id of the first shell, also in subshells. */
  mainPid: number
  source: number
  pc: number
  line: number
  variables: Record<string, Variable>
  functions: Record<string, { source: number; pc: number }>
  params: string[]
  /** Option letters that are on (`e`, `u`, `x`, `f`, `n`, `v`), and `pipefail`. */
  options: string[]
  status: number
  lastBackground: number | undefined
  jobs: number[]
  words: Segment[][]
  strings: string[]
  fields: string[]
  assignments: [name: string, value: string][]
  redirects: PendingRedirect[]
  control: Marker[]
  traps: Record<string, string>
  awaited: Awaited | undefined
  capture: Capture | undefined
  /** Status of the last `$(…)` of a command that has no name. */
  captured: number | undefined
  /** A signal cut a `wait` short. */
  interrupted: string | undefined
  /** What `read` has of an unfinished line. */
  partial: string
  /** A subshell of a condition: `set -e` does not apply. */
  quiet: boolean
  /** A subshell inside a loop: `break` ends it. */
  inLoop: boolean
  getopts: { index: number; offset: number }
  random: number
}

export function newShell(flavour: Flavour, name: string, pid: number): ShellState {
  return {
    flavour,
    name,
    origin: 'command',
    mainPid: pid,
    source: 0,
    pc: 0,
    line: 1,
    variables: {},
    functions: {},
    params: [],
    options: [],
    status: 0,
    lastBackground: undefined,
    jobs: [],
    words: [],
    strings: [],
    fields: [],
    assignments: [],
    redirects: [],
    control: [],
    traps: {},
    awaited: undefined,
    capture: undefined,
    captured: undefined,
    interrupted: undefined,
    partial: '',
    quiet: false,
    inLoop: false,
    getopts: { index: 1, offset: 0 },
    random: 0,
  }
}

/** A subshell's state: a copy that starts at `pc` with nothing unfinished and default traps. */
export function forkState(state: ShellState, pc: number): ShellState {
  const ignored = Object.entries(state.traps).filter(([, action]) => action === '')
  return {
    ...newShell(state.flavour, state.name, state.mainPid),
    origin: state.origin,
    source: state.source,
    pc,
    line: state.line,
    variables: { ...state.variables },
    functions: { ...state.functions },
    params: state.params,
    options: state.options,
    status: state.status,
    lastBackground: state.lastBackground,
    traps: Object.fromEntries(ignored),
    quiet: isQuiet(state),
    inLoop: state.inLoop || state.control.some((marker) => marker.type === 'loop'),
    getopts: { ...state.getopts },
    random: state.random + 1,
  }
}

/** Stops recursion without end, as the stack of a real shell does. */
export function checkDepth(state: ShellState): void {
  if (state.control.length > CONTROL_MAX) {
    throw new ShellFailure('Segmentation fault', undefined, 139)
  }
}

/** Whether `set -e` is suspended where the shell stands. */
export function isQuiet(state: ShellState): boolean {
  return state.quiet || state.control.some((marker) => marker.type === 'condition')
}
