// `grep`, `egrep` and `fgrep`.

import { fileAt, listDirectory } from '../kernel/files.ts'
import { allMatches, compileRegex, type Regex } from '../regex/regex.ts'
import { RegexError } from '../regex/syntax.ts'
import {
  fail,
  failure,
  fileText,
  nextLine,
  out,
  pathOf,
  readAll,
  recall,
  type Io,
  type Line,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions, type Options } from './options.ts'

const LONG = {
  'ignore-case': 'i',
  'invert-match': 'v',
  count: 'c',
  quiet: 'q',
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'only-matching': 'o',
  'line-number': 'n',
  recursive: 'r',
  color: 'U',
  colour: 'U',
}

interface Search {
  matcher: Regex
  options: Options
  showName: boolean
}

function grep(io: Io): Result {
  const options = parseOptions(io, 'ivcqnolLEFGwxhHsrRIazbTP', 'efmABCU', LONG)
  if (options === undefined) return 2
  const { flags, rest } = options
  const given = [...(options.lists['e'] ?? [])]
  for (const name of options.lists['f'] ?? []) {
    const text = name === '-' ? readAll(io) : fileText(io, name)
    if (text === undefined) return name === '-' ? 'wait' : 2
    if (text !== '') given.push(text.replace(/\n$/, ''))
  }
  if (options.lists['e'] === undefined && options.lists['f'] === undefined) {
    const pattern = rest.shift()
    if (pattern === undefined) return fail(io, 'missing pattern', 2)
    given.push(pattern)
  }
  const patterns = given.flatMap((pattern) => pattern.split('\n'))
  const matcher = matcherOf(io, patterns, flags)
  if (matcher === undefined) return fail(io, `bad regex '${patterns.join('\n')}'`, 2)
  const isDeep = flags.has('r') || flags.has('R')
  const files = isDeep ? deepFiles(io, rest.length === 0 ? ['.'] : rest) : rest
  const isOneFile = files.length === 1 && files[0] === rest[0]
  const showName =
    !flags.has('h') &&
    (flags.has('H') || (files.length > 0 && !isOneFile && isDeep) || files.length > 1)
  return search(io, files, { matcher, options, showName })
}

/** What no expression at all finds. */
const NOTHING: Regex = { find: () => undefined, test: () => false }

// undefined: an expression is malformed.
function matcherOf(io: Io, patterns: string[], flags: Set<string>): Regex | undefined {
  const fixed = flags.has('F') || io.name === 'fgrep'
  const extended = flags.has('E') || flags.has('P') || io.name === 'egrep'
  const whole = flags.has('x') ? 'line' : flags.has('w') ? 'word' : undefined
  if (patterns.length === 0) return NOTHING
  try {
    return compileRegex(patterns, { fixed, extended, whole, ignoreCase: flags.has('i') })
  } catch (error) {
    if (error instanceof RegexError) return undefined
    throw error
  }
}

function deepFiles(io: Io, names: string[]): string[] {
  return names.flatMap((name) => {
    const path = pathOf(io, name)
    if (fileAt(io.container, path)?.kind !== 'directory') return [name]
    const inside = listDirectory(io.container, path).map(
      (one) => `${name.replace(/\/$/, '')}/${one}`,
    )
    return deepFiles(io, inside)
  })
}

interface Progress {
  [key: string]: string | number
  file: string
  index: number
  number: number
  count: number
  found: number
  after: number
  /** With -L: a file without matches was named. */
  listed: number
}

function search(io: Io, files: string[], what: Search): Result {
  const { options } = what
  const progress = recall<Progress>(io, 'grep', () => ({
    file: '',
    index: -1,
    number: 0,
    count: 0,
    found: 0,
    after: 0,
    listed: 0,
  }))
  const max = Number(options.values['m'] ?? Infinity)
  for (;;) {
    const line = nextLine(io, files)
    if (line === 'wait') return 'wait'
    const index = line === 'end' ? Math.max(1, files.length) : line.index
    while (progress.index < index) enterFile(io, what, progress, files)
    if (line === 'end') break
    progress.number++
    const matches = what.matcher.test(io.proc, line.text) !== options.flags.has('v')
    if (matches && progress.count < max) {
      progress.found = 1
      progress.count++
      if (options.flags.has('q')) return 0
      report(io, what, progress, line)
      const isDone = progress.count >= max && files.length <= 1
      if (isDone && Number(options.values['A'] ?? 0) === 0) {
        summary(io, what, progress)
        return 0
      }
      progress.after = Number(options.values['A'] ?? options.values['C'] ?? 0)
    } else if (progress.after > 0) {
      progress.after--
      out(io, `${head(what, progress, line, '-')}${line.text}\n`)
    }
  }
  if (failure(io) === 1 && !(progress.found === 1 && options.flags.has('q'))) return 2
  const isFound = options.flags.has('L') ? progress.listed === 1 : progress.found === 1
  return isFound ? 0 : 1
}

// Ends one file and begins the next; a file without lines is passed this way, too.
function enterFile(io: Io, what: Search, progress: Progress, files: string[]): void {
  if (progress.index >= 0) summary(io, what, progress)
  const index = progress.index + 1
  Object.assign(progress, { file: files[index] ?? '-', index, number: 0, count: 0, after: 0 })
}

function head(what: Search, progress: Progress, line: Line, mark: string): string {
  const name = what.showName ? `${line.file === '-' ? '(standard input)' : line.file}${mark}` : ''
  return what.options.flags.has('n') ? `${name}${progress.number}${mark}` : name
}

function report(io: Io, what: Search, progress: Progress, line: Line): void {
  const { flags } = what.options
  if (flags.has('c') || flags.has('l') || flags.has('L')) return
  const start = head(what, progress, line, ':')
  if (!flags.has('o')) {
    out(io, `${start}${line.text}\n`)
    return
  }
  for (const { texts } of allMatches(what.matcher, io.proc, line.text)) {
    if (texts[0] !== '') out(io, `${start}${texts[0] ?? ''}\n`)
  }
}

function summary(io: Io, what: Search, progress: Progress): void {
  const { flags } = what.options
  const name = progress.file === '-' ? '(standard input)' : progress.file
  if (flags.has('c')) out(io, `${what.showName ? `${name}:` : ''}${progress.count}\n`)
  else if (flags.has('l') && progress.count > 0) out(io, `${name}\n`)
  else if (flags.has('L') && progress.count === 0) {
    progress.listed = 1
    out(io, `${name}\n`)
  }
}

export const grepTools: Record<string, Tool> = {
  grep: { run: grep },
  egrep: { run: grep },
  fgrep: { run: grep },
}
