// What a command of kubectl is: a record with its words, flags and what it does. Parsing, help and
// completion read the same record; commands/index.ts lists them in kubectl's own order.
import type { FlagSpec, Flags } from './flags.ts'
import type { Process, ProcessContext } from './process.ts'

export interface Command {
  readonly name: string
  /** What follows the name in the usage line: `(-f FILENAME | TYPE NAME)`. */
  readonly use?: string
  /** One line for lists of commands. */
  readonly short: string
  /** A few sentences for `--help`; `short` when absent. */
  readonly long?: string
  readonly examples?: readonly string[]
  readonly flags?: readonly FlagSpec[]
  /** Flags without which the command is refused before it runs. */
  readonly required?: readonly string[]
  readonly commands?: readonly Command[]
  readonly aliases?: readonly string[]
  /** Mistyped words that mean this command. */
  readonly suggestFor?: readonly string[]
  /** Completes its arguments as `TYPE NAME`. */
  readonly completes?: 'resources' | 'nodes' | 'pods' | 'commands'
  /** It may still change the cluster after it has waited; others only read from then on. */
  readonly writesLater?: boolean
  /** Absent: the command only holds others. */
  readonly run?: (call: Call) => Process
}

/** One invocation: what was typed, and the world it acts on. */
export interface Call {
  readonly command: Command
  /** `kubectl create job` */
  readonly path: string
  readonly flags: Flags
  readonly args: readonly string[]
  /** How many args stood before `--`; -1 without one. */
  readonly dashAt: number
  readonly context: ProcessContext
  /** `-n`, or the context's namespace. */
  readonly namespace: string
  readonly namespaceGiven: boolean
}
