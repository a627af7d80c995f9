// Tools that look at and change files.

import { randomSuffix } from '../../base/rng.ts'
import {
  baseName,
  canCreate,
  fileAt,
  isDirectory,
  listDirectory,
  makeDirectory,
  parentOf,
  removeFile,
  resolvePath,
  writeFile,
} from '../kernel/files.ts'
import { find } from './find.ts'
import { fail, failure, out, pathOf, warn, type Io, type Result, type Tool } from './io.ts'
import { ls } from './ls.ts'
import { parseOptions } from './options.ts'

function failed(io: Io, message: string): void {
  warn(io, message)
  io.proc.memory['failed'] = 1
}

function mkdir(io: Io): Result {
  const options = parseOptions(io, 'pv', 'm')
  if (options === undefined) return 1
  for (const name of options.rest) {
    const path = pathOf(io, name)
    if (options.flags.has('p')) {
      const parts = path.split('/').slice(1)
      for (let i = 1; i <= parts.length; i++) {
        const step = `/${parts.slice(0, i).join('/')}`
        const problem = isDirectory(io.container, step) ? '' : makeDirectory(io.container, step)
        if (problem === '') continue
        failed(io, `can't create directory '${name}': ${problem}`)
        break
      }
      continue
    }
    const problem = makeDirectory(io.container, path)
    if (problem !== '') failed(io, `can't create directory '${name}': ${problem}`)
  }
  return failure(io)
}

function rm(io: Io): Result {
  const options = parseOptions(io, 'rRfiv', '', { recursive: 'r', force: 'f' })
  if (options === undefined) return 1
  const { flags, rest } = options
  const isDeep = flags.has('r') || flags.has('R')
  for (const name of rest) {
    const path = pathOf(io, name)
    const node = fileAt(io.container, path)
    if (node === undefined) {
      if (!flags.has('f')) failed(io, `can't remove '${name}': No such file or directory`)
    } else if (node.kind === 'directory' && !isDeep) failed(io, `'${name}' is a directory`)
    else if (/^\/(?:proc|sys|dev)?$/.test(path))
      failed(io, `can't remove '${name}': Device or resource busy`)
    else removeFile(io.container, path)
  }
  return failure(io)
}

function rmdir(io: Io): Result {
  const options = parseOptions(io, 'p')
  if (options === undefined) return 1
  for (const name of options.rest) {
    const path = pathOf(io, name)
    const node = fileAt(io.container, path)
    if (node?.kind !== 'directory') {
      failed(
        io,
        `'${name}': ${node === undefined ? 'No such file or directory' : 'Not a directory'}`,
      )
    } else if (listDirectory(io.container, path).length > 0)
      failed(io, `'${name}': Directory not empty`)
    else removeFile(io.container, path)
  }
  return failure(io)
}

// `cp` and `mv`: one to one, or several into a directory.
function transfer(move: boolean): (io: Io) => Result {
  return (io) => {
    const options = parseOptions(io, 'rRfaipnuvdPT', 't')
    if (options === undefined) return 1
    const { flags, rest } = options
    const target = rest.at(-1)
    const sources = rest.slice(0, -1)
    if (target === undefined || sources.length === 0) return fail(io, 'missing file operand')
    const into = isDirectory(io.container, pathOf(io, target))
    if (sources.length > 1 && !into) return fail(io, `target '${target}' is not a directory`)
    const isDeep = move || flags.has('r') || flags.has('R') || flags.has('a')
    for (const source of sources) {
      const from = pathOf(io, source)
      const to = into ? resolvePath(pathOf(io, target), baseName(from)) : pathOf(io, target)
      const node = fileAt(io.container, from)
      if (node === undefined) {
        const verb = move ? 'rename' : 'stat'
        failed(io, `can't ${verb} '${source}': No such file or directory`)
      } else if (node.kind === 'directory' && !isDeep) failed(io, `omitting directory '${source}'`)
      else if (to.startsWith(`${from}/`)) failed(io, `can't copy '${source}' into itself`)
      else {
        const problem = copyTree(io, from, to)
        if (problem !== '') failed(io, `can't create '${target}': ${problem}`)
        else if (move && from !== to) removeFile(io.container, from)
      }
    }
    return failure(io)
  }
}

function copyTree(io: Io, from: string, to: string): string {
  const node = fileAt(io.container, from)
  if (node === undefined || from === to) return ''
  if (node.kind === 'file') return writeFile(io.container, to, node.text, node.mode)
  const problem = isDirectory(io.container, to) ? '' : makeDirectory(io.container, to)
  if (problem !== '') return problem
  for (const name of listDirectory(io.container, from)) {
    const inner = copyTree(io, resolvePath(from, name), resolvePath(to, name))
    if (inner !== '') return inner
  }
  return ''
}

function touch(io: Io): Result {
  const options = parseOptions(io, 'cam', 'dtr')
  if (options === undefined) return 1
  for (const name of options.rest) {
    const path = pathOf(io, name)
    const node = fileAt(io.container, path)
    if (node !== undefined) io.container.files[path] = { ...node, changedAt: io.container.now }
    else if (!options.flags.has('c')) {
      const problem = writeFile(io.container, path, '')
      if (problem !== '') failed(io, `${name}: ${problem}`)
    }
  }
  return failure(io)
}

function chmod(io: Io): Result {
  const [mode = '', ...names] = io.args.filter((arg) => !/^-[Rvf]+$/.test(arg))
  for (const name of names) {
    const path = pathOf(io, name)
    const node = fileAt(io.container, path)
    if (node === undefined) {
      failed(io, `${name}: No such file or directory`)
      continue
    }
    const changed = changeMode(node.mode, mode)
    if (changed === undefined) return fail(io, `invalid mode '${mode}'`)
    io.container.files[path] = { ...node, mode: changed }
  }
  return failure(io)
}

function changeMode(before: number, text: string): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return parseInt(text, 8)
  let mode = before
  for (const part of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(part)
    if (match === null) return undefined
    const [, who = '', operator, what = ''] = match
    const bits =
      (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (/[xX]/.test(what) ? 1 : 0)
    const everyone = who === '' || who.includes('a')
    let mask = 0
    if (everyone || who.includes('u')) mask |= bits << 6
    if (everyone || who.includes('g')) mask |= bits << 3
    if (everyone || who.includes('o')) mask |= bits
    mode = operator === '+' ? mode | mask : operator === '-' ? mode & ~mask : mask
  }
  return mode
}

function ln(io: Io): Result {
  const options = parseOptions(io, 'sfn')
  if (options === undefined) return 1
  const [source = '', name = ''] = options.rest
  const to = pathOf(io, name === '' ? baseName(source) : name)
  const target = isDirectory(io.container, to) ? resolvePath(to, baseName(source)) : to
  const problem =
    fileAt(io.container, target) === undefined || options.flags.has('f') ? '' : 'File exists'
  if (problem !== '') return fail(io, `${target}: ${problem}`)
  // There are no links here: the name gets a copy.
  const copied = copyTree(io, resolvePath(parentOf(target), source), target)
  return copied === '' ? 0 : fail(io, `${target}: ${copied}`)
}

function mktemp(io: Io): Result {
  const options = parseOptions(io, 'dqut', 'p')
  if (options === undefined) return 1
  const template = options.rest[0] ?? `${options.values['p'] ?? '/tmp'}/tmp.XXXXXX`
  const name = template.replace(/X{3,}$/, (all) => randomSuffix(io.container.rng, all.length))
  const path = pathOf(io, name)
  const isFolder = options.flags.has('d')
  const problem = isFolder
    ? makeDirectory(io.container, path)
    : writeFile(io.container, path, '', 0o600)
  if (problem !== '') return fail(io, `can't create temp ${isFolder ? 'dir' : 'file'}: ${problem}`)
  out(io, `${name}\n`)
  return 0
}

function realpath(io: Io): Result {
  for (const name of io.args.filter((arg) => !/^-[fnems]$/.test(arg))) {
    const path = pathOf(io, name)
    if (fileAt(io.container, path) === undefined && canCreate(io.container, path) !== '') {
      failed(io, `${name}: No such file or directory`)
    } else out(io, `${path}\n`)
  }
  return failure(io)
}

function du(io: Io): Result {
  const options = parseOptions(io, 'shkmacx', 'd')
  if (options === undefined) return 1
  const sizeOf = (path: string): number => {
    const node = fileAt(io.container, path)
    if (node?.kind !== 'directory') return Math.ceil((node?.text.length ?? 0) / 4096) * 4
    const inside = listDirectory(io.container, path).map((name) => sizeOf(resolvePath(path, name)))
    return 4 + inside.reduce((sum, size) => sum + size, 0)
  }
  for (const name of options.rest.length === 0 ? ['.'] : options.rest) {
    const path = pathOf(io, name)
    if (fileAt(io.container, path) === undefined) failed(io, `${name}: No such file or directory`)
    else out(io, `${sizeOf(path)}${options.flags.has('h') ? '.0K' : ''}\t${name}\n`)
  }
  return failure(io)
}

function cmp(io: Io): Result {
  const options = parseOptions(io, 'slqubBiwNa', 'U')
  if (options === undefined) return 2
  const [left = '', right = ''] = options.rest
  const texts = [left, right].map((name) => fileAt(io.container, pathOf(io, name))?.text)
  for (const [index, text] of texts.entries()) {
    if (text !== undefined) continue
    const name = index === 0 ? left : right
    return fail(io, `can't open '${name}': No such file or directory`, 2)
  }
  if (texts[0] === texts[1]) return 0
  if (io.name === 'cmp' && !options.flags.has('s')) {
    const [a = '', b = ''] = texts
    let at = 0
    while (a[at] === b[at]) at++
    out(io, `${left} ${right} differ: char ${at + 1}, line ${a.slice(0, at).split('\n').length}\n`)
  } else if (io.name === 'diff') out(io, `Files ${left} and ${right} differ\n`)
  return 1
}

export const files: Record<string, Tool> = {
  ls: { run: ls },
  find: { run: find },
  mkdir: { run: mkdir },
  rm: { run: rm },
  unlink: { run: rm },
  rmdir: { run: rmdir },
  cp: { run: transfer(false) },
  mv: { run: transfer(true) },
  touch: { run: touch },
  chmod: { run: chmod },
  chown: { run: () => 0 },
  chgrp: { run: () => 0 },
  ln: { run: ln },
  mktemp: { run: mktemp },
  realpath: { run: realpath },
  readlink: { run: realpath },
  du: { run: du },
  cmp: { run: cmp },
  diff: { run: cmp },
  sync: { run: () => 0 },
}
