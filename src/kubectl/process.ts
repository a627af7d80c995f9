// A command as a process on virtual time. It runs until it must wait, yields what it waits for, and
// is resumed when that has happened; so `--watch`, `wait`, `logs -f` and a `delete` that waits for
// its pods are ordinary straight-line code, and the whole stays synchronous.
import type { SimTime } from '../base/time.ts'
import type { By } from '../sim/api.ts'
import type { ClusterConfig } from '../sim/cluster.ts'
import type { World } from '../sim/world.ts'

/** What a process waits for: whichever comes first. {} waits for an interrupt only. */
export interface Wait {
  until?: SimTime
  /** Any Entry about an object of one of these kinds (`container-log` for new log lines). */
  kinds?: readonly string[]
  /**
   * The process may still change the cluster when it is resumed: no Frame is taken meanwhile, since
   * a Frame could not bring it back. A process that waits without it only reads from here on.
   */
  writes?: boolean
}

/** Yields waits; returns the exit code. `return()` on it is an interrupt (Ctrl-C). */
export type Process = Generator<Wait, number, void>

/** Where a process reads and writes. */
export interface ProcessContext {
  readonly world: World
  /** The command's own Entry is the cause of what it does. */
  readonly by: By
  readonly stdin: string
  /** Files of the working folder by the path as typed; undefined when there is none. */
  readonly readFile: (path: string) => string | undefined
  /** Names in a folder of the working files; undefined when it is no folder. */
  readonly listFolder: (path: string) => readonly string[] | undefined
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Given the error a command ends in, for who wants its status rather than its text. */
  readonly refused?: (error: Error) => void
  /** The catalogue a `lab node add` extends. */
  readonly cluster: ClusterConfig
  /** Documentation for `kubectl explain`; loaded only where it is wanted. */
  readonly docs?: unknown
}

/** A program of the terminal: `kubectl`, `cron`, `lab`. `argv` excludes the program's name. */
export type Program = (argv: readonly string[], context: ProcessContext) => Process
