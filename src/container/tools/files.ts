// Tools that look at and change files.

import { randomSuffix } from '../../base/rng.ts'
import {
  fileAt,
  isDirectory,
  listDirectory,
  makeDirectory,
  nodeAt,
  realPath,
  removeFile,
  resolvePath,
  writeFile,
} from '../kernel/files.ts'
import { find } from './find.ts'
import { fail, failed, failure, out, pathOf, type Io, type Result, type Tool } from './io.ts'
import { ls } from './ls.ts'
import { parseOptions } from './options.ts'
import { transferTools } from './transfer.ts'

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
    const node = nodeAt(io.container, realPath(io.container, path, false))
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
    removeFolder(io, name)
    if (!options.flags.has('p')) continue
    const parts = name.split('/').filter((part) => part !== '')
    for (let count = parts.length - 1; count > 0 && failure(io) === 0; count--) {
      removeFolder(io, (name.startsWith('/') ? '/' : '') + parts.slice(0, count).join('/'))
    }
  }
  return failure(io)
}

function removeFolder(io: Io, name: string): void {
  const path = pathOf(io, name)
  const node = nodeAt(io.container, path)
  if (node === undefined) failed(io, `'${name}': No such file or directory`)
  else if (node.kind !== 'directory') failed(io, `'${name}': Not a directory`)
  else if (listDirectory(io.container, path).length > 0) {
    failed(io, `'${name}': Directory not empty`)
  } else removeFile(io.container, path)
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

/** A size in kilobytes, in the unit that the options ask for. */
function sizeText(size: number, flags: Set<string>): string {
  if (flags.has('m')) return String(Math.ceil(size / 1024))
  if (!flags.has('h')) return String(size)
  return size < 1024 ? `${size}.0K` : `${(size / 1024).toFixed(1)}M`
}

function du(io: Io): Result {
  const options = parseOptions(io, 'shkmacxlLH', 'd')
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
    else out(io, `${sizeText(sizeOf(path), options.flags)}\t${name}\n`)
  }
  return failure(io)
}

export const files: Record<string, Tool> = {
  ...transferTools,
  ls: { run: ls },
  find: { run: find },
  mkdir: { run: mkdir },
  rm: { run: rm },
  unlink: { run: rm },
  rmdir: { run: rmdir },
  touch: { run: touch },
  chmod: { run: chmod },
  chown: { run: () => 0 },
  chgrp: { run: () => 0 },
  mktemp: { run: mktemp },
  du: { run: du },
  sync: { run: () => 0 },
}
