// Finds the command that words mean and reads its flags, as cobra does: flags may stand before the
// command's name, and a flag that takes a value hides the next word from the search.
import type { Command } from './command.ts'
import { KubectlError } from './errors.ts'
import { bareValue, Flags, HelpWanted, parseFlags, type FlagSpec } from './flags.ts'
import { GLOBAL_FLAGS } from './global-flags.ts'

export interface Parsed {
  command: Command
  path: string
  flags: Flags
  args: readonly string[]
  dashAt: number
  help: boolean
}

/** Words that mean another command at most this many edits away are suggested. */
const SUGGESTION_EDITS_MAX = 2

/** Reads the words after `kubectl`. Throws KubectlError in cobra's words. */
export function parseCommand(root: Command, words: readonly string[]): Parsed {
  const { command, path, rest } = findCommand(root, words)
  if (command === root) {
    const [unknown] = plainWords(rest, new Flags(flagsOf(root)))
    if (unknown !== undefined) throw unknownCommand(root, words, unknown)
  }
  const flags = new Flags(flagsOf(command))
  try {
    const { args, dashAt } = parseFlags(rest, flags)
    const parsed = { command, path, flags, args, dashAt, help: false }
    if (command.run !== undefined) requireFlags(command, flags)
    return parsed
  } catch (error) {
    if (error instanceof HelpWanted)
      return { command, path, flags, args: [], dashAt: -1, help: true }
    if (!(error instanceof KubectlError) || error instanceof MissingFlags) throw error
    throw new KubectlError(`${error.message}\nSee '${path} --help' for usage.`)
  }
}

/** The flags a command takes, its own first. */
export function flagsOf(command: Command): FlagSpec[] {
  const own = command.flags ?? []
  const taken = new Set(own.flatMap(({ name, short }) => [name, `-${short}`]))
  const global = GLOBAL_FLAGS.filter(({ name }) => !taken.has(name)).map((spec) =>
    spec.short !== undefined && taken.has(`-${spec.short}`) ? withoutShort(spec) : spec,
  )
  return [...own, ...global]
}

function withoutShort({ short: _taken, ...spec }: FlagSpec): FlagSpec {
  return spec
}

/** Follows the words that name commands; `rest` is everything but these words. */
export function findCommand(
  root: Command,
  words: readonly string[],
): { command: Command; path: string; rest: readonly string[] } {
  let command = root
  let path = root.name
  let rest = words
  for (;;) {
    const flags = new Flags(flagsOf(command))
    const [word] = plainWords(rest, flags)
    const next = command.commands?.find(
      ({ name, aliases }) => name === word || (word !== undefined && aliases?.includes(word)),
    )
    if (next === undefined || word === undefined) return { command, path, rest }
    rest = withoutFirst(rest, word, flags)
    command = next
    path = `${path} ${next.name}`
  }
}

/** The words that are neither flags nor (as far as can be known) values of flags. */
function plainWords(words: readonly string[], flags: Flags): string[] {
  const plain: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') break
    if (takesNext(word, flags)) {
      if (i + 2 >= words.length) break
      i++
    } else if (word !== '' && !word.startsWith('-')) plain.push(word)
  }
  return plain
}

function withoutFirst(words: readonly string[], target: string, flags: Flags): readonly string[] {
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') break
    if (takesNext(word, flags)) i++
    else if (word === target) return [...words.slice(0, i), ...words.slice(i + 1)]
  }
  return words
}

/** Whether the next word is this flag's value; of an unknown flag it is taken to be. */
function takesNext(word: string, flags: Flags): boolean {
  if (!word.startsWith('-') || word.includes('=')) return false
  if (word.startsWith('--')) {
    const spec = flags.spec(word.slice(2))
    return spec === undefined ? word !== '--help' : bareValue(spec) === undefined
  }
  if (word.length !== 2) return false
  const spec = flags.specByShort(word[1]!)
  return spec === undefined ? word !== '-h' : bareValue(spec) === undefined
}

class MissingFlags extends KubectlError {}

function requireFlags(command: Command, flags: Flags): void {
  const missing = (command.required ?? []).filter((name) => !flags.changed(name)).sort()
  if (missing.length === 0) return
  const names = missing.map((name) => `"${name}"`).join(', ')
  throw new MissingFlags(`required flag(s) ${names} not set`)
}

function unknownCommand(root: Command, words: readonly string[], word: string): Error {
  if (words[0]!.startsWith('-'))
    return new KubectlError(`flags cannot be placed before plugin name: ${words[0]}`)
  const near = suggestions(root, word)
  const hint =
    near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`
  return new KubectlError(`unknown command "${word}" for "${root.name}"${hint}`)
}

/** Commands the word may have meant, in the order of the list. */
function suggestions(parent: Command, word: string): string[] {
  const typed = word.toLowerCase()
  return (parent.commands ?? [])
    .filter(
      ({ name, suggestFor }) =>
        editDistance(typed, name.toLowerCase()) <= SUGGESTION_EDITS_MAX ||
        name.toLowerCase().startsWith(typed) ||
        suggestFor?.some((other) => other.toLowerCase() === typed),
    )
    .map(({ name }) => name)
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
