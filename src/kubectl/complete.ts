// What may be typed next: candidates for the word under the cursor, for the terminal's Tab. Read
// from the commands' own records and from the cluster as it is.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { cronJob as cronJobKind } from '../sim/kinds/cronjob.ts'
import { namespace as namespaceKind } from '../sim/kinds/namespace.ts'
import { node as nodeKind } from '../sim/kinds/node.ts'
import { pod as podKind } from '../sim/kinds/pod.ts'
import { listObjects } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import { contextNamespace } from './config.ts'
import type { Command } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import { bareValue, Flags } from './flags.ts'
import { kubectlKind } from './kinds/index.ts'
import { findCommand, flagsOf } from './parse.ts'
import { HISTORY_FLAGS } from './programs/cron-history.ts'
import { resources, type Resource } from './resources.ts'

const FORMATS = ['custom-columns=', 'json', 'jsonpath=', 'name', 'wide', 'yaml']

/** Values of flags that have few. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  output: FORMATS,
  'dry-run': ['client', 'none', 'server'],
  cascade: ['background', 'foreground', 'orphan'],
  type: ['json', 'merge', 'strategic'],
  restart: ['Always', 'Never', 'OnFailure'],
  for: ['condition=complete', 'condition=failed', 'condition=ready', 'delete'],
}

/** Types a learner completes to: those the lab has objects of. */
function offered(): readonly Resource[] {
  return resources().filter(({ stored }) => stored !== undefined)
}

const LAB_WORDS: Readonly<Record<string, readonly string[]>> = {
  '': ['controller-manager', 'images', 'node', 'scheduler'],
  node: ['add', 'remove', 'start', 'stop'],
  scheduler: ['start', 'stop'],
  'controller-manager': ['start', 'stop'],
}

/**
 * The candidates for the last word of a line's last command, each the whole word; sorted. [] where
 * only a file can come, or the command is none of the lab's.
 */
export function complete(
  line: string,
  world: World,
  root: Command = COMMANDS.root,
): readonly string[] {
  const words = (line.split(/[|;&]/).at(-1) ?? '').trimStart().split(/\s+/)
  const [program, ...rest] = words
  if (rest.length === 0) return []
  const typed = rest.at(-1)!
  const before = rest.slice(0, -1)
  const all =
    program === 'kubectl' || program === 'k'
      ? candidates(root, before, typed, world)
      : program === 'lab'
        ? labWords(before, world)
        : program === 'cron'
          ? cronWords(before, typed, world)
          : []
  return [...new Set(all)].filter((word) => word.startsWith(typed)).sort()
}

function labWords(before: readonly string[], world: World): readonly string[] {
  if (before.length === 2 && before[0] === 'node') return namesOf(world, nodeKind.kind, '')
  return before.length > 1 ? [] : (LAB_WORDS[before[0] ?? ''] ?? [])
}

function cronWords(before: readonly string[], typed: string, world: World): readonly string[] {
  const [verb] = before
  if (verb === undefined) return ['history', 'next']
  if (verb !== 'history') return []
  if (/^(-n|--namespace)$/.test(before.at(-1)!)) return namesOf(world, namespaceKind.kind, '')
  if (typed.startsWith('-')) return HISTORY_FLAGS
  return namesOf(world, cronJobKind.kind, namespaceOf(before, world))
}

function candidates(
  root: Command,
  before: readonly string[],
  typed: string,
  world: World,
): readonly string[] {
  const { command, rest } = findCommand(root, before)
  const flags = new Flags(flagsOf(command))
  const previous = before.at(-1) ?? ''
  const waiting = flagOf(previous, flags)
  if (waiting !== undefined) return valuesOf(waiting, world)
  if (typed.startsWith('--') && typed.includes('=')) {
    const name = typed.slice(2, typed.indexOf('='))
    return valuesOf(name, world).map((value) => `--${name}=${value}`)
  }
  if (typed.startsWith('-')) return flagsOf(command).map(({ name }) => `--${name}`)
  if (command.commands !== undefined && command.commands.length > 0)
    return command.commands.map(({ name }) => name)
  return argumentsOf(command, plainOf(rest, flags), typed, namespaceOf(before, world), world)
}

/** The flag that waits for its value in the next word. */
function flagOf(word: string, flags: Flags): string | undefined {
  if (!word.startsWith('-') || word.includes('=')) return undefined
  const spec = word.startsWith('--') ? flags.spec(word.slice(2)) : flags.specByShort(word.at(-1)!)
  return spec !== undefined && bareValue(spec) === undefined ? spec.name : undefined
}

function valuesOf(flag: string, world: World): readonly string[] {
  if (flag === 'namespace') return namesOf(world, namespaceKind.kind, '')
  return VALUES[flag] ?? []
}

function argumentsOf(
  { completes }: Command,
  args: readonly string[],
  typed: string,
  namespace: string,
  world: World,
): readonly string[] {
  if (completes === 'nodes') {
    const names = namesOf(world, nodeKind.kind, '')
    return args.length === 0 ? [...names, nodeKind.plural] : names
  }
  if (completes === 'pods' && !typed.includes('/'))
    return [...namesOf(world, podKind.kind, namespace), ...logTargets()]
  if (completes === undefined) return []
  if (typed.includes('/')) {
    const type = typed.slice(0, typed.indexOf('/'))
    return namesFor(world, type, namespace).map((name) => `${type}/${name}`)
  }
  const [type] = args
  if (type === undefined) return offered().flatMap(({ plural, singular }) => [plural, singular])
  return type.includes('/') ? [] : namesFor(world, type, namespace)
}

/** `job/`, `ds/`: types whose Pods' logs can be asked for. */
function logTargets(): readonly string[] {
  return offered()
    .filter(({ kind }) => kubectlKind(kind)?.logs === 'selected')
    .map(({ singular, shortNames }) => `${shortNames[0] ?? singular}/`)
}

function namesFor(world: World, word: string, namespace: string): readonly string[] {
  const resource = offered().find((candidate) => wordsFor(candidate).includes(word.toLowerCase()))
  if (resource === undefined) return []
  return namesOf(world, resource.kind, resource.namespaced ? namespace : '')
}

function wordsFor({ plural, singular, shortNames, group }: Resource): readonly string[] {
  return [plural, singular, ...shortNames, `${plural}.${group}`, `${singular}.${group}`]
}

function namesOf(world: World, kind: string, namespace: string): readonly string[] {
  return listObjects<KubeObject>(world.store, kind, namespace).map(({ metadata }) => metadata.name)
}

function namespaceOf(words: readonly string[], world: World): string {
  const at = words.findLastIndex((word) => word === '-n' || word === '--namespace')
  const joined = words.findLast((word) => word.startsWith('--namespace='))
  return (at >= 0 ? words[at + 1] : joined?.slice(12)) || contextNamespace(world)
}

/** The words that are neither flags nor their values. */
function plainOf(words: readonly string[], flags: Flags): readonly string[] {
  return words.filter(
    (word, at) => !word.startsWith('-') && flagOf(words[at - 1] ?? '', flags) === undefined,
  )
}
