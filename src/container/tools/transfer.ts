// `cp`, `mv` and `ln`, and what shows where links lead.

import {
  baseName,
  canCreate,
  fileAt,
  isDirectory,
  listDirectory,
  makeDirectory,
  makeLink,
  nodeAt,
  parentOf,
  realPath,
  removeFile,
  resolvePath,
  writeFile,
} from '../kernel/files.ts'
import {
  fail,
  failed,
  failure,
  isSpent,
  out,
  pathOf,
  type Io,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions, type Options } from './options.ts'

const LONG = { parents: 'p', recursive: 'R', archive: 'a', force: 'f', 'target-directory': 't' }

/** Where the operands go: into a directory, or to a name. */
interface Target {
  sources: readonly string[]
  name: string
  isFolder: boolean
}

function targetOf(io: Io, { flags, values, rest }: Options): Target | string {
  const given = values['t']
  const name = given ?? rest.at(-1)
  const sources = given === undefined ? rest.slice(0, -1) : rest
  if (name === undefined || sources.length === 0) return 'missing file operand'
  const isFolder = !flags.has('T') && isDirectory(io.container, pathOf(io, name))
  if ((sources.length > 1 || given !== undefined) && !isFolder) {
    return `target '${name}' is not a directory`
  }
  return { sources, name, isFolder }
}

function cp(io: Io): Result {
  const hasParents = io.args.includes('--parents')
  const args = io.args.filter((arg) => arg !== '--parents')
  const options = parseOptions({ ...io, args }, 'rRfaipnuvdPLHTls', 't', LONG)
  if (options === undefined) return 1
  const target = targetOf(io, options)
  if (typeof target === 'string') return fail(io, target)
  const { flags } = options
  const isDeep = ['r', 'R', 'a'].some((flag) => flags.has(flag))
  const keeps = ['d', 'P', 'a'].some((flag) => flags.has(flag)) || isDeep
  const followsInside = flags.has('L') || !keeps
  const followsNamed = flags.has('H') || followsInside
  for (const source of target.sources) {
    const from = pathOf(io, source)
    const folder = pathOf(io, target.name)
    const name = hasParents ? source : baseName(from)
    const to = target.isFolder ? resolvePath(folder, name) : folder
    const node = followsNamed ? fileAt(io.container, from) : nodeAt(io.container, from)
    if (node === undefined) failed(io, `can't stat '${source}': No such file or directory`)
    else if (node.kind === 'directory' && !isDeep) failed(io, `omitting directory '${source}'`)
    else if (to.startsWith(`${from}/`)) failed(io, `can't copy '${source}' into itself`)
    else {
      if (hasParents) makeParents(io, folder, parentOf(to))
      const problem = copyTree(io, from, to, followsNamed, followsInside)
      if (problem !== '') failed(io, `can't create '${target.name}': ${problem}`)
    }
  }
  return failure(io)
}

function makeParents(io: Io, from: string, path: string): void {
  if (path.length <= from.length || isDirectory(io.container, path)) return
  makeParents(io, from, parentOf(path))
  makeDirectory(io.container, path)
}

/** Copies a file or a tree; an error text, or ''. */
function copyTree(io: Io, from: string, to: string, follows: boolean, inside: boolean): string {
  const { container } = io
  const node = follows ? fileAt(container, from) : nodeAt(container, from)
  if (node === undefined || from === to || isSpent(io, 10)) return ''
  if (node.kind === 'link') {
    if (nodeAt(container, to) !== undefined) removeFile(container, to)
    return makeLink(container, to, node.text)
  }
  if (node.kind === 'file') return writeFile(container, to, node.text, node.mode)
  const problem = isDirectory(container, to) ? '' : makeDirectory(container, to)
  if (problem !== '') return problem
  for (const name of listDirectory(container, from)) {
    const inner = copyTree(io, resolvePath(from, name), resolvePath(to, name), inside, inside)
    if (inner !== '') return inner
  }
  return ''
}

function mv(io: Io): Result {
  const options = parseOptions(io, 'finuvT', 't', LONG)
  if (options === undefined) return 1
  const target = targetOf(io, options)
  if (typeof target === 'string') return fail(io, target)
  for (const source of target.sources) {
    const from = pathOf(io, source)
    const folder = pathOf(io, target.name)
    const to = target.isFolder ? resolvePath(folder, baseName(from)) : folder
    if (nodeAt(io.container, from) === undefined) {
      failed(io, `can't rename '${source}': No such file or directory`)
    } else if (to.startsWith(`${from}/`)) {
      failed(io, `can't rename '${source}': Invalid argument`)
    } else if (from !== to) {
      const problem = copyTree(io, from, to, false, false)
      if (problem !== '') failed(io, `can't create '${target.name}': ${problem}`)
      else removeFile(io.container, from)
    }
  }
  return failure(io)
}

function ln(io: Io): Result {
  const options = parseOptions(io, 'sfnvTb', 'S')
  if (options === undefined) return 1
  const { flags, rest } = options
  const [only] = rest
  if (only === undefined) return fail(io, 'missing file operand')
  const name = rest.length === 1 ? baseName(only) : (rest.at(-1) ?? '')
  const folder = pathOf(io, name)
  const isLink = nodeAt(io.container, folder)?.kind === 'link' && flags.has('n')
  const isFolder = isDirectory(io.container, folder) && !isLink
  for (const source of rest.length === 1 ? rest : rest.slice(0, -1)) {
    const to = isFolder ? resolvePath(folder, baseName(source)) : folder
    if (flags.has('f') && nodeAt(io.container, to) !== undefined) removeFile(io.container, to)
    const shown = isFolder ? `${name}/${baseName(source)}` : name
    const problem = flags.has('s') ? makeLink(io.container, to, source) : linkHard(io, source, to)
    if (problem !== '') failed(io, `${shown}: ${problem}`)
  }
  return failure(io)
}

// A second name for the same file does not exist here: the name gets a copy.
function linkHard(io: Io, source: string, to: string): string {
  if (nodeAt(io.container, to) !== undefined) return 'File exists'
  const from = pathOf(io, source)
  if (nodeAt(io.container, from) === undefined) return 'No such file or directory'
  return copyTree(io, from, to, false, false)
}

function readlink(io: Io): Result {
  const options = parseOptions(io, 'fnveqsm')
  if (options === undefined) return 1
  const { flags, rest } = options
  const [name = ''] = rest
  const path = pathOf(io, name)
  const end = flags.has('n') ? '' : '\n'
  if (flags.has('f') || flags.has('e') || flags.has('m')) {
    const real = realPath(io.container, path)
    if (canCreate(io.container, real) !== '' && fileAt(io.container, real) === undefined) return 1
    out(io, `${real}${end}`)
    return 0
  }
  const node = nodeAt(io.container, realPath(io.container, path, false))
  if (node?.kind !== 'link') return 1
  out(io, `${node.text}${end}`)
  return 0
}

function realpath(io: Io): Result {
  for (const name of io.args.filter((arg) => !/^-[fnems]$/.test(arg))) {
    const path = realPath(io.container, pathOf(io, name))
    if (fileAt(io.container, path) === undefined && canCreate(io.container, path) !== '') {
      failed(io, `${name}: No such file or directory`)
    } else out(io, `${path}\n`)
  }
  return failure(io)
}

export const transferTools: Record<string, Tool> = {
  cp: { run: cp },
  mv: { run: mv },
  ln: { run: ln },
  readlink: { run: readlink },
  realpath: { run: realpath },
}
