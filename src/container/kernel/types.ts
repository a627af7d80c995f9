// The state of a container: a handful of procs, their open files and pipes, and what they wrote.
// All of it is plain data; nothing here holds a function.

import type { Rng } from '../../base/rng.ts'
import type { SimTime } from '../../base/time.ts'
import type { ShellState } from '../shell/state.ts'

export type Stream = 'stdout' | 'stderr'

/** One line of `kubectl logs`. `partial`: the container ended without the newline. */
export interface LogLine {
  at: SimTime
  stream: Stream
  text: string
  partial?: true
}

/** Plain data of any shape: what a tool remembers between two runs. */
export type Plain =
  string | number | boolean | null | undefined | Plain[] | { [key: string]: Plain }

/** A file of the container; a directory has no text, a symbolic link's text is where it leads. */
export interface FileNode {
  kind: 'file' | 'directory' | 'link'
  text: string
  /** Permission bits, 0o755 for programs. */
  mode: number
  changedAt: SimTime
}

/** What a descriptor refers to; shared between procs, like an open file description. */
export type OpenFile = { refs: number } & (
  | { kind: 'null' | 'zero' | 'random' }
  | { kind: 'log'; stream: Stream }
  | { kind: 'capture'; exec: number; stream: Stream }
  | { kind: 'text'; text: string; offset: number }
  | {
      kind: 'file'
      path: string
      offset: number
      append: boolean
      canRead: boolean
      canWrite: boolean
    }
  | { kind: 'reader' | 'writer'; pipe: number }
)

interface Pipe {
  text: string
  readers: number
  writers: number
}

/** What a proc waits for; `ready` procs run. */
type Block =
  | { on: 'ready' }
  | { on: 'time'; until: SimTime }
  /** Computes: a slice of work is paid with a little time. */
  | { on: 'slice'; until: SimTime }
  | { on: 'input'; fd: number; until?: SimTime }
  | { on: 'output'; fd: number }
  /** Until all of these have ended. */
  | { on: 'child'; pids: number[]; until?: SimTime }
  | { on: 'signal' }
  /** Ran too long at one instant; it is not run again. */
  | { on: 'nothing' }

export interface ProcEnd {
  /** 128 + n if signal n ended it. */
  code: number
  signalled: boolean
}

export interface Proc {
  pid: number
  parent: number
  argv: string[]
  env: Record<string, string>
  cwd: string
  /** Permission bits that new files do not get. */
  umask: number
  startedAt: SimTime
  /** Descriptor to the key of an open file. */
  fds: Record<number, number>
  block: Block
  /** The program that runs: a name in the table of programs. */
  program: string
  /** Signals that a program which is no shell handles, and the exit code it then ends with. */
  handlers: Record<string, number>
  /** The interpreter's state of a shell, undefined for other programs. */
  shell: ShellState | undefined
  /** What a program that is no shell remembers. */
  memory: Record<string, Plain>
  /** Signals that arrived and have handlers, to be looked at in the proc's next turn. */
  pending: string[]
  ignored: string[]
  /** How children ended, until someone asks. */
  ended: Record<number, ProcEnd>
  /** Wrote into a pipe that nobody reads. */
  broken: boolean
  /** Steps taken without waiting, and when the proc last ran. */
  spent: number
  /** The value of `spent` at which the current slice ends. */
  sliceEnd: number
  ranAt: SimTime
}

/** A command run beside the container's own (`kubectl exec`). */
export interface Exec {
  pid: number
  output: LogLine[]
  rest: Record<Stream, string>
  exitCode: number | undefined
}

/** Runs a proc until it waits or ends; called again after each wait. */
export type Executable = (container: Container, proc: Proc) => void

/** What the kernel runs, by name. It is handed in at every call: no state holds a function. */
export type ProgramTable = ReadonlyMap<string, Executable>

/** Which commands an image has besides its own programs. */
export type Toolset = 'busybox' | 'gnu' | 'none'

/**
 * A container. Of its fields others use `wakeAt` (when to resume next; undefined: only a signal
 * can change anything), `exited`, `busy` (computing without end; not resumed) and `log`.
 */
export interface Container {
  /** When to resume next; undefined: only a signal can change anything. */
  wakeAt: SimTime | undefined
  exited: { code: number; at: SimTime } | undefined
  /** Computing without end and without sleeping: it is not resumed and costs nothing. */
  busy: boolean
  /** Oldest first; like a rotated log file only the newest part is kept (LOG_BYTES_MAX). */
  log: LogLine[]
  /** Lines dropped from the front of `log` so far. */
  logDropped: number
  logBytes: number
  /** Text written without a newline yet. */
  rest: Record<Stream, string>
  now: SimTime
  bootedAt: SimTime
  hostname: string
  user: string
  /** The number of its group. */
  group: number
  tools: Toolset
  programs: string[]
  rng: Rng
  /** Changes on top of the image's files; null marks a deleted one. */
  files: Record<string, FileNode | null>
  fileBytes: number
  /** Whether there ever was a symbolic link: paths are followed only then. */
  hasLinks: boolean
  opens: Record<number, OpenFile>
  pipes: Record<number, Pipe>
  procs: Proc[]
  /** Texts of the scripts that run here; positions in code refer to them. */
  sources: string[]
  execs: Record<number, Exec>
  /** Steps of all procs since the container last rested, and when it last ran. */
  spent: number
  ranAt: SimTime
  nextPid: number
  nextOpen: number
}
