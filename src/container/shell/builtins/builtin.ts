// What a builtin is: a function of its shell.

import { ShellFailure, type Shell } from '../shell.ts'
import type { Flavour, SavedDescriptor } from '../state.ts'

/**
 * The exit code; 'again': the proc waits, run the builtin once more when it wakes; 'continues':
 * the builtin moved the shell elsewhere and set the status itself.
 */
export type BuiltinResult = number | 'again' | 'continues'

/** `saved` are the descriptors its redirections replaced; `exec` keeps the new ones. */
export type Builtin = (shell: Shell, args: string[], saved: SavedDescriptor[]) => BuiltinResult

export type BuiltinTable = Readonly<Record<string, Builtin>>

/** Assignments before these stay, and their errors end the shell. */
export const SPECIAL_BUILTINS =
  '. : break continue eval exec exit export readonly return set shift source times trap unset'.split(
    ' ',
  )

// Builtins that not every shell has.
const ONLY: Record<string, readonly Flavour[]> = {
  source: ['ash', 'bash'],
  let: ['ash', 'bash'],
  declare: ['bash'],
  typeset: ['bash'],
}

/** The builtin of a name in this shell. */
export function builtinOf(shell: Shell, name: string): Builtin | undefined {
  if (!Object.hasOwn(shell.builtins, name)) return undefined
  const flavours = Object.hasOwn(ONLY, name) ? ONLY[name] : undefined
  return flavours?.includes(shell.state.flavour) === false ? undefined : shell.builtins[name]
}

/** A number argument; anything else ends the shell. */
export function numberArgument(text: string, command: string): number {
  if (!/^\d+$/.test(text)) throw new ShellFailure(`Illegal number: ${text}`, command)
  return Number(text)
}
