// The commands a shell runs itself.

import { background } from './jobs.ts'
import { flow } from './flow.ts'
import { input } from './read.ts'
import { names } from './names.ts'
import { output } from './output.ts'
import { settings } from './settings.ts'
import type { Shell } from '../shell.ts'
import type { Flavour, SavedDescriptor } from '../state.ts'

/**
 * The exit code; 'again': the task waits, run the builtin once more when it wakes; 'continues':
 * the builtin moved the shell elsewhere and set the status itself.
 */
export type BuiltinResult = number | 'again' | 'continues'

/** `saved` are the descriptors its redirections replaced; `exec` keeps the new ones. */
export type Builtin = (shell: Shell, args: string[], saved: SavedDescriptor[]) => BuiltinResult

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
  if (!Object.hasOwn(BUILTINS, name)) return undefined
  const flavours = Object.hasOwn(ONLY, name) ? ONLY[name] : undefined
  return flavours?.includes(shell.state.flavour) === false ? undefined : BUILTINS[name]
}

const BUILTINS: Record<string, Builtin> = {
  ...flow,
  ...settings,
  ...names,
  ...background,
  ...input,
  ...output,
}
