// `--help`, `kubectl options` and the overview: made from the commands' own records.
import type { Command } from './command.ts'
import type { FlagSpec } from './flags.ts'
import { GLOBAL_FLAGS } from './global-flags.ts'

const INDENT = '    '

/** A titled list of commands in the overview. */
export interface CommandGroup {
  readonly title: string
  readonly commands: readonly Command[]
}

/** The help of one command; `path` is `kubectl create job`. */
export function commandHelp(command: Command, path: string): string {
  const parts = [command.long ?? `${command.short}.`]
  if (command.aliases !== undefined)
    parts.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}`)
  if (command.examples !== undefined)
    parts.push(`Examples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`)
  const commands = [...(command.commands ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))
  if (commands.length > 0) parts.push(commandList({ title: 'Available Commands:', commands }))
  const flags = (command.flags ?? []).filter(({ hidden }) => !hidden)
  if (flags.length > 0) parts.push(`Options:\n${flagList(flags)}`)
  const options = flags.length > 0 && commands.length === 0 ? ' [options]' : ''
  const use = command.use === undefined ? '' : ` ${command.use}`
  parts.push(`Usage:\n  ${path}${commands.length > 0 && use === '' ? ' COMMAND' : use}${options}`)
  const hints: string[] = []
  if (commands.length > 0)
    hints.push(`Use "${path} <command> --help" for more information about a given command.`)
  hints.push(
    'Use "kubectl options" for a list of global command-line options (applies to all commands).',
  )
  return `${parts.join('\n\n')}\n\n${hints.join('\n')}\n`
}

/** What `kubectl` alone prints. */
export function overview(groups: readonly CommandGroup[]): string {
  return [
    'kubectl controls the Kubernetes cluster manager.',
    ' Find more information at: https://kubernetes.io/docs/reference/kubectl/',
    ...groups.map(commandList),
    'Usage:\n  kubectl [flags] [options]',
    'Use "kubectl <command> --help" for more information about a given command.\n' +
      'Use "kubectl options" for a list of global command-line options (applies to all commands).\n',
  ].join('\n\n')
}

/** What `kubectl options` prints. */
export function globalOptions(): string {
  return `The following options can be passed to any command:\n\n${flagList(GLOBAL_FLAGS)}\n`
}

/** The longest name of kubectl's own commands: all groups of the overview align. */
const NAME_PADDING = 13
/** How the default of each type is shown when there is none. */
const EMPTY: Readonly<Record<FlagSpec['type'], string>> = {
  bool: 'false',
  int: '0',
  int32: '0',
  duration: '0s',
  list: '[]',
  array: '[]',
  map: '',
  string: "''",
}

function commandList({ title, commands }: CommandGroup): string {
  const width = Math.max(NAME_PADDING, ...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, short }) => `  ${name.padEnd(width)}   ${short}`)
  return [title, ...lines].join('\n')
}

function flagList(flags: readonly FlagSpec[]): string {
  const sorted = [...flags].sort((a, b) => (a.name < b.name ? -1 : 1))
  return sorted.map(flagLine).join('\n\n')
}

function flagLine({ name, short, type, value = '', usage }: FlagSpec): string {
  const start = short === undefined ? INDENT : `${INDENT}-${short}, `
  const shown = value === '' ? EMPTY[type] : type === 'string' ? `'${value}'` : value
  return `${start}--${name}=${shown}:\n\t${usage}`
}
