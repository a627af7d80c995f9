// `patch`: unified differences applied to files, each hunk where its old lines stand.

import { fileAt, removeFile, writeFile } from '../kernel/files.ts'
import { charge } from '../kernel/meter.ts'
import {
  fail,
  fileText,
  linesOf,
  out,
  pathOf,
  readAll,
  type Io,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions } from './options.ts'

interface PatchHunk {
  lines: string[]
}

interface FilePatch {
  before: string
  after: string
  hunks: PatchHunk[]
}

function patch(io: Io): Result {
  const options = parseOptions(io, 'RNuE', 'pi', {
    reverse: 'R',
    forward: 'N',
    strip: 'p',
    input: 'i',
  })
  if (options === undefined) return 1
  const { flags, values, rest } = options
  const [target, source = values['i']] = rest
  const text = source === undefined ? readAll(io) : fileText(io, source)
  if (text === undefined) return source === undefined ? 'wait' : 1
  const strip = values['p'] === undefined ? Infinity : Number(values['p'])
  let status = 0
  for (const one of parsePatch(text)) {
    const sides = flags.has('R') ? [one.before, one.after] : [one.after, one.before]
    const names = sides.map((name) => (name === '/dev/null' ? name : stripped(name, strip)))
    const known = names.find((name) => fileAt(io.container, pathOf(io, name)) !== undefined)
    const name = target ?? (known === '/dev/null' ? undefined : known) ?? names[0] ?? ''
    status = Math.max(status, applyTo(io, name, one, flags))
  }
  return status
}

/** A name without its first folders; by default without all of them. */
function stripped(name: string, count: number): string {
  const parts = name.match(/[^/]*\/+|[^/]+/g) ?? [name]
  return parts.slice(Math.min(count, parts.length - 1)).join('')
}

function parsePatch(text: string): FilePatch[] {
  const patches: FilePatch[] = []
  const lines = linesOf(text)
  let index = 0
  while (index < lines.length) {
    const old = /^--- ([^\t]*)/.exec(lines[index] ?? '')
    const fresh = /^\+\+\+ ([^\t]*)/.exec(lines[index + 1] ?? '')
    const start = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(lines[index] ?? '')
    if (old !== null && fresh !== null) {
      patches.push({ before: old[1] ?? '', after: fresh[1] ?? '', hunks: [] })
      index += 2
    } else if (start !== null) {
      let [left, right] = [Number(start[1] ?? 1), Number(start[2] ?? 1)]
      const hunk: PatchHunk = { lines: [] }
      for (index++; index < lines.length && (left > 0 || right > 0); index++) {
        const line = lines[index] ?? ''
        const sign = line[0] ?? ' '
        if (sign === '\\') continue
        if (sign !== '+') left--
        if (sign !== '-') right--
        hunk.lines.push(line === '' ? ' ' : line)
      }
      patches.at(-1)?.hunks.push(hunk)
    } else index++
  }
  return patches
}

function applyTo(
  io: Io,
  name: string,
  { before, after, hunks }: FilePatch,
  flags: Set<string>,
): number {
  const isReversed = flags.has('R')
  const path = pathOf(io, name)
  const node = fileAt(io.container, path)
  if ((isReversed ? after : before) === '/dev/null' && node === undefined) {
    out(io, `creating ${name}\n`)
  } else {
    out(io, `patching file ${name}\n`)
    if (node === undefined) return fail(io, `can't open '${name}': No such file or directory`)
  }
  let lines = linesOf(node?.text ?? '')
  let from = 0
  let failed = 0
  for (const [index, hunk] of hunks.entries()) {
    const [old, fresh] = isReversed ? sidesOf(hunk, '+', '-') : sidesOf(hunk, '-', '+')
    const at = placeOf(io, lines, old, from)
    if (at >= 0) {
      lines = [...lines.slice(0, at), ...fresh, ...lines.slice(at + old.length)]
      from = at + fresh.length
      continue
    }
    const isApplied = placeOf(io, lines, fresh, 0) >= 0
    if (isApplied && flags.has('N')) continue
    if (isApplied) out(io, `Possibly reversed hunk ${index + 1} at ${lines.length + 1}\n`)
    failed++
    out(io, `Hunk ${index + 1} FAILED ${failed}/${hunks.length}.\n`)
    out(io, hunk.lines.map((line) => `${line}\n`).join(''))
  }
  if (failed > 0) return 1
  if ((isReversed ? before : after) === '/dev/null') removeFile(io.container, path)
  else writeFile(io.container, path, lines.map((line) => `${line}\n`).join(''))
  return 0
}

/** The lines of a hunk before and after: what stays, and what has the sign of the side. */
function sidesOf(hunk: PatchHunk, old: string, fresh: string): [string[], string[]] {
  const side = (other: string): string[] =>
    hunk.lines.filter((line) => line[0] !== other).map((line) => line.slice(1))
  return [side(fresh), side(old)]
}

function placeOf(
  io: Io,
  lines: readonly string[],
  wanted: readonly string[],
  from: number,
): number {
  charge(io.proc, (lines.length * Math.max(1, wanted.length)) >> 6)
  for (let at = from; at + wanted.length <= lines.length; at++) {
    if (wanted.every((line, i) => lines[at + i] === line)) return at
  }
  return -1
}

export const patchTools: Record<string, Tool> = { patch: { run: patch } }
