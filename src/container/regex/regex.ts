// Regular expressions of the tools and the shell: POSIX's leftmost-longest matches in linear time,
// by RE2. What users write may be hostile: every search is charged to who asks for it.

import { RE2JS } from 're2js'
import { BUSY_STEPS } from '../kernel/limits.ts'
import { charge, type Meter } from '../kernel/meter.ts'
import { backtrack, type Span } from './backtrack.ts'
import { parseRegex, RegexError, type Node, type Syntax } from './syntax.ts'

export interface Match {
  start: number
  end: number
  /** The whole match, then its groups; a group that took no part is undefined. */
  texts: (string | undefined)[]
}

/** A compiled expression. It is kept in caches and contexts, never in a container's state. */
export interface Regex {
  /** The first match that begins at or after `from`; throws a Overrun. */
  find: (meter: Meter, text: string, from?: number) => Match | undefined
  /** Whether anything matches; throws a Overrun. */
  test: (meter: Meter, text: string) => boolean
}

interface RegexOptions {
  extended: boolean
  ignoreCase?: boolean
  /** `^` and `$` match at every line. */
  multiline?: boolean
  /** The expression is plain text. */
  fixed?: boolean
  /** Matches only whole lines, or whole words. */
  whole?: 'line' | 'word' | undefined
}

const cache = new Map<string, Regex | RegexError>()
const CACHE_MAX = 500

/** The compiled expression; equal ones are compiled once. Throws a RegexError. */
export function compileRegex(patterns: string | readonly string[], options: RegexOptions): Regex {
  const key = JSON.stringify([patterns, options])
  let known = cache.get(key)
  if (known === undefined) {
    known = compile(typeof patterns === 'string' ? [patterns] : patterns, options)
    if (cache.size >= CACHE_MAX) cache.clear()
    cache.set(key, known)
  }
  if (known instanceof RegexError) throw known
  return known
}

function compile(patterns: readonly string[], options: RegexOptions): Regex | RegexError {
  try {
    const parsed = patterns.map((pattern) => syntaxOf(pattern, options))
    const only = parsed[0]
    if (parsed.some(({ hasReferences }) => hasReferences)) {
      if (parsed.length > 1 || only === undefined)
        throw new RegexError('Regular expression too big')
      return slowRegex(only, options)
    }
    const regex = fastRegex(parsed, options)
    return options.whole === 'word' ? wordRegex(regex) : regex
  } catch (error) {
    if (error instanceof RegexError) return error
    if (error instanceof Error) return new RegexError('Regular expression too big')
    throw error
  }
}

function syntaxOf(pattern: string, options: RegexOptions): Syntax {
  if (options.fixed !== true) return parseRegex(pattern, options.extended)
  const items = [...pattern].map((text): Node => ({ type: 'char', text }))
  return { node: { type: 'sequence', items }, groups: 0, hasReferences: false }
}

/** What one search may cost, in instructions times characters. */
const SEARCH_MAX = 64_000_000
/** So many of them are one step. */
const SEARCH_SHIFT = 6

function fastRegex(parsed: readonly Syntax[], options: RegexOptions): Regex {
  const sources = parsed.map(({ node }) => sourceOf(node))
  let source = sources.length === 1 ? (sources[0] ?? '') : sources.map((s) => `(?:${s})`).join('|')
  if (options.whole === 'line') source = `^(?:${source})$`
  let flags = RE2JS.LONGEST_MATCH | RE2JS.LOOKBEHINDS | RE2JS.DOTALL
  if (options.ignoreCase === true) flags |= RE2JS.CASE_INSENSITIVE
  if (options.multiline === true) flags |= RE2JS.MULTILINE
  const compiled = RE2JS.compile(source, flags)
  const size = compiled.programSize()
  const pay = (meter: Meter, length: number): void => charge(meter, (length * size) >> SEARCH_SHIFT)
  const check = (meter: Meter, length: number): void => {
    if (length * size > SEARCH_MAX) charge(meter, BUSY_STEPS)
  }
  return {
    test: (meter, text) => {
      check(meter, text.length)
      pay(meter, text.length)
      return compiled.test(text)
    },
    find: (meter, text, from = 0) => {
      check(meter, text.length - from)
      const matcher = compiled.matcher(text)
      const isFound = from <= text.length && matcher.find(from)
      pay(meter, (isFound ? matcher.end() : text.length) - from)
      if (!isFound) return undefined
      const texts = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i))
      return {
        start: matcher.start(),
        end: matcher.end(),
        texts: texts.map((part) => part ?? undefined),
      }
    },
  }
}

// As grep does: a match between other letters is tried again one character further on.
function wordRegex(regex: Regex): Regex {
  const isLetter = (char: string | undefined): boolean => char !== undefined && /\w/.test(char)
  const find: Regex['find'] = (meter, text, from = 0) => {
    for (let start = from; start <= text.length; start++) {
      const match = regex.find(meter, text, start)
      if (match === undefined) return undefined
      if (!isLetter(text[match.start - 1]) && !isLetter(text[match.end])) return match
      start = match.start
    }
    return undefined
  }
  return { find, test: (meter, text) => find(meter, text) !== undefined }
}

/** RE2's notation of an expression. */
function sourceOf(node: Node): string {
  switch (node.type) {
    case 'char':
      return node.text === '\n' ? '\\n' : node.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    case 'any':
      return '.'
    case 'set':
    case 'place':
      return node.source
    case 'group':
      return `(${sourceOf(node.body)})`
    case 'either':
      return `(?:${node.options.map(sourceOf).join('|')})`
    case 'sequence':
      return node.items.map(sourceOf).join('')
    case 'repeat': {
      const { min, max } = node
      const times = max === Infinity ? `{${min},}` : `{${min},${max}}`
      const mark = min === 0 && max === Infinity ? '*' : min === 1 && max === Infinity ? '+' : times
      return `(?:${sourceOf(node.item)})${mark}`
    }
    case 'reference':
      throw new RegexError('Invalid back reference')
  }
}

// One attempt after the other from each place on: bounded by the meter alone.
function slowRegex({ node }: Syntax, options: RegexOptions): Regex {
  const find: Regex['find'] = (meter, text, from = 0) => {
    for (let start = from; start <= text.length; start++) {
      const spans = backtrack(node, text, start, options.ignoreCase === true, (steps) =>
        charge(meter, steps),
      )
      const match = spans === undefined ? undefined : matchOf(text, spans)
      if (match !== undefined && isWhole(match, text, options)) return match
    }
    return undefined
  }
  return { find, test: (meter, text) => find(meter, text) !== undefined }
}

function isWhole({ start, end }: Match, text: string, options: RegexOptions): boolean {
  return options.whole !== 'line' || (start === 0 && end === text.length)
}

function matchOf(text: string, spans: readonly Span[]): Match | undefined {
  const [all] = spans
  if (all === undefined) return undefined
  const texts = Array.from(spans, (span) =>
    span === undefined ? undefined : text.slice(span[0], span[1]),
  )
  return { start: all[0], end: all[1], texts }
}

/** All matches from the left, none overlapping; an empty one right after another does not count. */
export function allMatches(regex: Regex, meter: Meter, text: string, max = Infinity): Match[] {
  const matches: Match[] = []
  let from = 0
  let before = -1
  while (from <= text.length && matches.length < max) {
    const match = regex.find(meter, text, from)
    if (match === undefined) break
    charge(meter, 1)
    const isEmpty = match.end === match.start
    if (!isEmpty || match.start !== before) matches.push(match)
    before = match.end
    from = isEmpty ? match.end + 1 : match.end
  }
  return matches
}

/** A text with its matches replaced. */
export function replaceMatches(
  text: string,
  matches: readonly Match[],
  by: (match: Match, index: number) => string,
): string {
  let result = ''
  let pos = 0
  for (const [index, match] of matches.entries()) {
    result += text.slice(pos, match.start) + by(match, index)
    pos = match.end
  }
  return result + text.slice(pos)
}
