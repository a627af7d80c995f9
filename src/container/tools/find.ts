// `find` with its common tests.

import { listDirectory, nodeAt, realPath, removeFile, resolvePath } from '../kernel/files.ts'
import type { FileNode } from '../kernel/types.ts'
import { trimEnd } from '../trim.ts'
import { matchPattern } from '../shell/pattern.ts'
import { fail, failure, isSpent, out, pathOf, recall, warn, type Io, type Result } from './io.ts'
import { runChild } from './runners.ts'

interface Found {
  shown: string
  path: string
  node: FileNode
  depth: number
}

interface Query {
  tests: ((found: Found) => boolean)[]
  minDepth: number
  maxDepth: number
  print: 'lines' | 'zeros'
  remove: boolean
  /** `-exec`: the command, and whether it gets all names at once (`+`). */
  command: string[]
  atOnce: boolean
}

export function find(io: Io): Result {
  const args = [...io.args]
  const roots: string[] = []
  while (args.length > 0 && !/^[-!(]/.test(args[0] ?? '')) roots.push(args.shift() ?? '')
  const query: Query = {
    tests: [],
    minDepth: 0,
    maxDepth: Infinity,
    print: 'lines',
    remove: false,
    command: [],
    atOnce: false,
  }
  const problem = readQuery(io, args, query)
  if (problem !== '') return fail(io, problem)
  const found = recall<string[]>(io, 'found', () => search(io, roots, query))
  if (query.command.length > 0) return runAll(io, query, found)
  out(io, found.map((name) => name + (query.print === 'lines' ? '\n' : '\0')).join(''))
  return failure(io)
}

function search(io: Io, roots: string[], query: Query): string[] {
  const names: string[] = []
  for (const root of roots.length === 0 ? ['.'] : roots) {
    const node = nodeAt(io.container, realPath(io.container, pathOf(io, root), false))
    if (node === undefined) {
      warn(io, `${root}: No such file or directory`)
      io.proc.memory['failed'] = 1
      continue
    }
    const start = { shown: root, path: pathOf(io, root), node, depth: 0 }
    walk(io, start, query, (found) => names.push(found.shown))
  }
  return names
}

// The command once per name, or once with all of them.
function runAll(io: Io, query: Query, names: string[]): Result {
  for (;;) {
    const at = Number(io.proc.memory['at'] ?? 0)
    if (at >= (query.atOnce ? Math.min(1, names.length) : names.length)) return failure(io)
    const name = names[at] ?? ''
    const argv = query.command.flatMap((word) =>
      query.atOnce && word === '{}' ? names : [word.replaceAll('{}', name)],
    )
    const ended = runChild(io, argv)
    if (typeof ended !== 'object') return ended
    io.proc.memory['at'] = at + 1
  }
}

function readCommand(args: string[], query: Query): void {
  for (;;) {
    const word = args.shift()
    if (word === undefined || word === ';') return
    if (word === '+' && query.command.at(-1) === '{}') {
      query.atOnce = true
      return
    }
    query.command.push(word)
  }
}

function readQuery(io: Io, args: string[], query: Query): string {
  let negated = false
  const add = (test: (found: Found) => boolean): void => {
    const not = negated
    query.tests.push((found) => test(found) !== not)
    negated = false
  }
  while (args.length > 0) {
    const word = args.shift() ?? ''
    const next = (): string => args.shift() ?? ''
    if (word === '!' || word === '-not') negated = true
    else if (word === '-name' || word === '-iname') addName(io, add, next(), word === '-iname')
    else if (word === '-path') {
      const pattern = next()
      add((found) => matchPattern(io.proc, pattern, found.shown))
    } else if (word === '-type') {
      const letter = next()
      const kind = letter === 'd' ? 'directory' : letter === 'l' ? 'link' : 'file'
      add((found) => found.node.kind === kind)
    } else if (word === '-empty') {
      add((found) => found.node.text === '' && listDirectory(io.container, found.path).length === 0)
    } else if (word === '-size') addSize(add, next())
    else if (word === '-mmin' || word === '-mtime') {
      addAge(io, add, next(), word === '-mmin' ? 60_000 : 86_400_000)
    } else if (word === '-maxdepth') query.maxDepth = Number(next())
    else if (word === '-mindepth') query.minDepth = Number(next())
    else if (word === '-print0') query.print = 'zeros'
    else if (word === '-exec') readCommand(args, query)
    else if (word === '-delete') query.remove = true
    else if (!['-print', '-a', '-xdev', '-depth'].includes(word)) return `unrecognized: ${word}`
  }
  return ''
}

function addName(
  io: Io,
  add: (test: (found: Found) => boolean) => void,
  pattern: string,
  fold: boolean,
): void {
  const wanted = fold ? pattern.toLowerCase() : pattern
  add((found) => {
    const name = nameOf(found.shown)
    return matchPattern(io.proc, wanted, fold ? name.toLowerCase() : name)
  })
}

/** The last part of a path, with which `-name` is compared. */
function nameOf(path: string): string {
  const trimmed = trimEnd(path, '/')
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

function addSize(add: (test: (found: Found) => boolean) => void, text: string): void {
  const match = /^([-+]?)(\d+)([ckMG]?)$/.exec(text)
  const units: Record<string, number> = { '': 512, c: 1, k: 1024, M: 1_048_576, G: 1_073_741_824 }
  const unit = units[match?.[3] ?? ''] ?? 512
  const wanted = Number(match?.[2] ?? 0)
  add((found) => compares(match?.[1] ?? '', Math.ceil(found.node.text.length / unit), wanted))
}

function addAge(
  io: Io,
  add: (test: (found: Found) => boolean) => void,
  text: string,
  unitMs: number,
): void {
  const sign = /^[-+]/.exec(text)?.[0] ?? ''
  const wanted = Number(text.replace(/^[-+]/, ''))
  add((found) => {
    const age = Math.floor((io.container.now - found.node.changedAt) / unitMs)
    return compares(sign, age, wanted)
  })
}

function compares(sign: string, value: number, wanted: number): boolean {
  return sign === '-' ? value < wanted : sign === '+' ? value > wanted : value === wanted
}

function walk(io: Io, found: Found, query: Query, print: (found: Found) => void): void {
  if (isSpent(io, 5)) return
  const isWanted = found.depth >= query.minDepth && query.tests.every((test) => test(found))
  if (isWanted && !query.remove) print(found)
  if (found.depth < query.maxDepth && found.node.kind === 'directory') {
    for (const name of listDirectory(io.container, found.path)) {
      const path = resolvePath(found.path, name)
      const node = nodeAt(io.container, path)
      if (node === undefined) continue
      const shown = found.shown === '/' ? `/${name}` : `${found.shown}/${name}`
      walk(io, { shown, path, node, depth: found.depth + 1 }, query, print)
    }
  }
  if (isWanted && query.remove) removeFile(io.container, found.path)
}
