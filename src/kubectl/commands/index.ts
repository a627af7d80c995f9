// The commands of kubectl in kubectl's own order: the overview lists them in these groups, and of
// two that a mistyped word is near to the first comes first.
import type { Command } from '../command.ts'
import type { CommandGroup } from '../help.ts'
import { apply } from './apply.ts'
import { deleteCommand } from './delete.ts'
import { describe } from './describe.ts'
import { get } from './get.ts'

export const COMMAND_GROUPS: readonly CommandGroup[] = [
  { title: 'Basic Commands (Intermediate):', commands: [get, deleteCommand] },
  { title: 'Troubleshooting and Debugging Commands:', commands: [describe] },
  { title: 'Advanced Commands:', commands: [apply] },
]

export const ROOT: Command = {
  name: 'kubectl',
  short: 'kubectl controls the Kubernetes cluster manager',
  commands: COMMAND_GROUPS.flatMap(({ commands }) => commands),
}
