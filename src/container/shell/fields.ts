// From segments to fields: word splitting by IFS, then file names for patterns.

import { fileAt, listDirectory, resolvePath } from '../kernel/files.ts'
import { hasPattern, matchPieces, parsePattern, quotePattern, unquotePattern } from './pattern.ts'
import type { Shell } from './shell.ts'
import type { Segment } from './state.ts'
import { valueOf } from './variables.ts'

/** The text of a word that is neither split nor a pattern. */
export function joinSegments(segments: Segment[]): string {
  return segments.map(({ text, kind }) => (kind === 'break' ? ' ' : text)).join('')
}

/** The text of a word used as a pattern: what was quoted matches only itself. */
export function patternOf(segments: Segment[]): string {
  return segments
    .map(({ text, kind }) => {
      if (kind === 'break') return ' '
      return kind === 'quoted' ? quotePattern(text) : text
    })
    .join('')
}

/** The fields a word of a command line gives: none, one or many. */
export function fieldsOf(shell: Shell, segments: Segment[]): string[] {
  const fields = splitSegments(segments, valueOf(shell, 'IFS') ?? ' \t\n')
  if (shell.state.options.includes('f')) return fields.map(unquotePattern)
  return fields.flatMap((field) => expandPattern(shell, field))
}

interface Splitter {
  fields: string[]
  current: string | undefined
  /** After a non-blank separator an empty field may follow. */
  ifs: string
}

// Fields are pattern texts: quoted characters carry a backslash.
function splitSegments(segments: Segment[], ifs: string): string[] {
  const splitter: Splitter = { fields: [], current: undefined, ifs }
  for (const { text, kind } of segments) {
    if (kind === 'split') splitText(splitter, text)
    else if (kind === 'break') closeField(splitter)
    else if (kind === 'quoted') splitter.current = (splitter.current ?? '') + quotePattern(text)
    else if (text !== '') splitter.current = (splitter.current ?? '') + text
  }
  closeField(splitter)
  return splitter.fields
}

function closeField(splitter: Splitter): void {
  if (splitter.current !== undefined) splitter.fields.push(splitter.current)
  splitter.current = undefined
}

function splitText(splitter: Splitter, text: string): void {
  const isBlank = (char: string): boolean => ' \t\n'.includes(char) && splitter.ifs.includes(char)
  let pos = 0
  while (pos < text.length) {
    const char = text[pos] ?? ''
    if (!splitter.ifs.includes(char)) {
      splitter.current = (splitter.current ?? '') + (char === '\\' ? '\\\\' : char)
      pos++
      continue
    }
    // A run of blanks with at most one other separator in it is one border.
    let separators = 0
    while (pos < text.length) {
      const next = text[pos] ?? ''
      if (!splitter.ifs.includes(next) || (!isBlank(next) && separators > 0)) break
      if (!isBlank(next)) separators++
      pos++
    }
    if (separators > 0) splitter.current ??= ''
    closeField(splitter)
  }
}

/** A pattern's file names in order, or the pattern itself if there are none. */
function expandPattern(shell: Shell, pattern: string): string[] {
  if (!hasPattern(pattern)) return [unquotePattern(pattern)]
  const found = globPaths(shell, pattern)
  return found.length === 0 ? [unquotePattern(pattern)] : found
}

function globPaths(shell: Shell, pattern: string): string[] {
  const { container, proc } = shell
  let paths = [pattern.startsWith('/') ? '/' : '']
  const parts = pattern.split('/').filter((part) => part !== '')
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    const next: string[] = []
    for (const path of paths) {
      const base = resolvePath(proc.cwd, path === '' ? '.' : path)
      for (const name of namesIn(shell, base, part)) {
        const full = path === '' || path.endsWith('/') ? `${path}${name}` : `${path}/${name}`
        const node = fileAt(container, resolvePath(proc.cwd, full))
        if (node !== undefined && (isLast || node.kind === 'directory')) next.push(full)
      }
    }
    paths = next
  }
  return paths
}

function namesIn(shell: Shell, directory: string, part: string): string[] {
  if (!hasPattern(part)) return [unquotePattern(part)]
  const pieces = parsePattern(part)
  return listDirectory(shell.container, directory).filter(
    (name) =>
      (part.startsWith('.') || !name.startsWith('.')) && matchPieces(shell.proc, pieces, name),
  )
}
