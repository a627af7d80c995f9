// `diff` and `cmp`, with BusyBox's output: always unified.

import { hunksOf, unified, type Hunk } from '../../base/line-diff.ts'
import { baseName, fileAt, isDirectory, listDirectory } from '../kernel/files.ts'
import { charge } from '../kernel/meter.ts'
import { formatDate } from './date-format.ts'
import { fail, isGnu, linesOf, out, pathOf, readAll, warn } from './io.ts'
import type { Io, Result, Tool } from './io.ts'
import { parseOptions, type Options } from './options.ts'

const LONG = {
  brief: 'q',
  recursive: 'r',
  unified: 'u',
  'new-file': 'N',
  'ignore-case': 'i',
  'ignore-all-space': 'w',
  'ignore-space-change': 'b',
  'ignore-blank-lines': 'B',
}

function diff(io: Io): Result {
  const options = parseOptions(io, 'abBdiNqrstTuw', 'LSU', LONG)
  if (options === undefined) return 2
  const [left, right] = options.rest
  if (left === undefined || right === undefined) return fail(io, 'missing operand', 2)
  if (left === '-' && right === '-') return 0
  const stdin = left === '-' || right === '-' ? readAll(io) : ''
  if (stdin === undefined) return 'wait'
  const isFolder = (name: string): boolean =>
    name !== '-' && isDirectory(io.container, pathOf(io, name))
  if (isFolder(left) && isFolder(right)) return compareFolders(io, options, left, right)
  const one = isFolder(left) ? inside(left, baseName(right)) : left
  const other = isFolder(right) ? inside(right, baseName(left)) : right
  return compareFiles(io, options, one, other, stdin)
}

function inside(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}

function compareFolders(io: Io, options: Options, left: string, right: string): number {
  const names = [left, right].map((name) => listDirectory(io.container, pathOf(io, name)))
  const [mine = [], yours = []] = names
  let status = 0
  for (const name of [...new Set([...mine, ...yours])].sort()) {
    const [one, other] = [inside(left, name), inside(right, name)]
    const isMissing = !mine.includes(name) || !yours.includes(name)
    if (isMissing && !options.flags.has('N')) {
      out(io, `Only in ${mine.includes(name) ? left : right}: ${name}\n`)
      status = Math.max(status, 1)
      continue
    }
    const folders = [one, other].filter((path) => isDirectory(io.container, pathOf(io, path)))
    if (folders.length === 2) {
      if (options.flags.has('r')) status = Math.max(status, compareFolders(io, options, one, other))
      else out(io, `Common subdirectories: ${one} and ${other}\n`)
    } else status = Math.max(status, compareFiles(io, options, one, other, ''))
  }
  return status
}

function compareFiles(
  io: Io,
  options: Options,
  left: string,
  right: string,
  stdin: string,
): number {
  const texts: string[] = []
  for (const name of [left, right]) {
    const node = name === '-' ? undefined : fileAt(io.container, pathOf(io, name))
    if (name !== '-' && node === undefined && !options.flags.has('N')) {
      warn(io, `can't stat '${name}': No such file or directory`)
      return 2
    }
    texts.push(name === '-' ? stdin : (node?.text ?? ''))
  }
  const [before = '', after = ''] = texts
  const hunks = compare(io, options, before, after)
  const { flags, lists } = options
  if (hunks.length === 0) {
    if (flags.has('s')) out(io, `Files ${left} and ${right} are identical\n`)
    return 0
  }
  if (flags.has('q')) {
    out(io, `Files ${left} and ${right} differ\n`)
    return 1
  }
  const stamp = (name: string): string => {
    if (!isGnu(io)) return name
    const at = name === '-' ? io.container.now : fileAt(io.container, pathOf(io, name))?.changedAt
    return `${name}\t${formatDate('%Y-%m-%d %H:%M:%S.%N %z', at ?? io.container.now)}`
  }
  const labels = lists['L'] ?? []
  const heads = [labels[0] ?? stamp(left), labels[1] ?? stamp(right)]
  out(io, `--- ${heads[0] ?? ''}\n+++ ${heads[1] ?? ''}\n${unified(hunks)}`)
  return 1
}

// Lines are compared in a plain form, and shown as they are; what stayed is shown from the old text.
function compare(io: Io, options: Options, before: string, after: string): Hunk[] {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  charge(io.proc, Math.floor((old.length * fresh.length) / 1024))
  const keys = [keysOf(before, options), keysOf(after, options)]
  const found = hunksOf(keys[0] ?? '', keys[1] ?? '')
  const hunks = found.map((hunk) => {
    let [at, to] = [Math.max(hunk.oldStart - 1, 0), Math.max(hunk.newStart - 1, 0)]
    const lines: string[] = []
    const isBroken = (text: string, index: number, all: string[]): boolean =>
      index === all.length && !text.endsWith('\n')
    for (const line of hunk.lines) {
      const sign = line[0] ?? ' '
      lines.push(sign + (sign === '+' ? (fresh[to] ?? '') : (old[at] ?? '')))
      if (sign !== '+') at++
      if (sign !== '-') to++
      const ends = sign === '+' ? isBroken(after, to, fresh) : isBroken(before, at, old)
      if (ends) lines.push('\\ No newline at end of file')
    }
    return { ...hunk, lines }
  })
  if (!options.flags.has('B')) return hunks
  return hunks.filter(({ lines }) => lines.some((line) => /^[-+]./.test(line)))
}

function keysOf(text: string, { flags }: Options): string {
  const lines = linesOf(text).map((line) => {
    let key = flags.has('i') ? line.toLowerCase() : line
    if (flags.has('w')) key = key.replace(/\s/g, '')
    else if (flags.has('b')) key = key.split(/\s+/).join(' ').trimEnd()
    return `${key}\n`
  })
  const isBroken = text !== '' && !text.endsWith('\n') && !flags.has('b') && !flags.has('w')
  if (isBroken) lines.push(`${lines.pop()?.slice(0, -1) ?? ''}\0\n`)
  return lines.join('')
}

function cmp(io: Io): Result {
  const options = parseOptions(io, 'sl', 'n')
  if (options === undefined) return 2
  const [left = '', right = '-'] = options.rest
  const stdin = left === '-' || right === '-' ? readAll(io) : ''
  if (stdin === undefined) return 'wait'
  const texts: string[] = []
  for (const name of [left, right]) {
    const text = name === '-' ? stdin : fileAt(io.container, pathOf(io, name))?.text
    if (text === undefined) return fail(io, `can't open '${name}': No such file or directory`, 2)
    texts.push(text.slice(0, Number(options.values['n'] ?? Infinity)))
  }
  const [a = '', b = ''] = texts
  if (a === b) return 0
  if (options.flags.has('s')) return 1
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const line = a.slice(0, at).split('\n').length
  if (at >= Math.min(a.length, b.length)) warn(io, `EOF on ${a.length < b.length ? left : right}`)
  else out(io, `${left} ${right} differ: char ${at + 1}, line ${line}\n`)
  return 1
}

export const diffTools: Record<string, Tool> = { diff: { run: diff }, cmp: { run: cmp } }
