// Matching with back-references, which no linear engine has: tries one way after the other, and
// counts every step against the meter of whoever asks.

import type { Node } from './syntax.ts'

/** Called for every step; throws when there have been too many. */
type Charge = (steps: number) => void

/** Where a match and its groups begin and end; undefined for a group that took no part. */
export type Span = [start: number, end: number] | undefined

interface Attempt {
  text: string
  ignoreCase: boolean
  groups: Span[]
  charge: Charge
}

type Continue = (pos: number) => boolean

/** The longest match at `start`, with its groups. */
export function backtrack(
  node: Node,
  text: string,
  start: number,
  ignoreCase: boolean,
  charge: Charge,
): Span[] | undefined {
  const attempt: Attempt = { text, ignoreCase, groups: [], charge }
  let best: Span[] | undefined
  let longest = -1
  matchNode(attempt, node, start, (end) => {
    if (end > longest) {
      longest = end
      best = [[start, end], ...attempt.groups.slice(1)]
    }
    return end === text.length
  })
  return best
}

function matchNode(attempt: Attempt, node: Node, pos: number, next: Continue): boolean {
  attempt.charge(1)
  switch (node.type) {
    case 'char':
      return isSame(attempt, node.text, pos) && next(pos + node.text.length)
    case 'any':
      return pos < attempt.text.length && next(pos + 1)
    case 'set':
      return matchesSet(attempt, node.source, pos) && next(pos + 1)
    case 'place':
      return isPlace(attempt.text, node.source, pos) && next(pos)
    case 'group': {
      const before = attempt.groups[node.index]
      const found = matchNode(attempt, node.body, pos, (end) => {
        const inner = attempt.groups[node.index]
        attempt.groups[node.index] = [pos, end]
        if (next(end)) return true
        attempt.groups[node.index] = inner
        return false
      })
      if (!found) attempt.groups[node.index] = before
      return found
    }
    case 'either':
      return node.options.some((option) => matchNode(attempt, option, pos, next))
    case 'sequence':
      return matchSequence(attempt, node.items, 0, pos, next)
    case 'repeat':
      return matchRepeat(attempt, node, 0, pos, next)
    case 'reference': {
      const span = attempt.groups[node.index]
      if (span === undefined) return false
      const text = attempt.text.slice(span[0], span[1])
      attempt.charge(text.length >> 4)
      return isSame(attempt, text, pos) && next(pos + text.length)
    }
  }
}

function matchSequence(
  attempt: Attempt,
  items: readonly Node[],
  index: number,
  pos: number,
  next: Continue,
): boolean {
  const item = items[index]
  if (item === undefined) return next(pos)
  return matchNode(attempt, item, pos, (end) => matchSequence(attempt, items, index + 1, end, next))
}

type Repeat = Extract<Node, { type: 'repeat' }>

function matchRepeat(
  attempt: Attempt,
  node: Repeat,
  count: number,
  pos: number,
  next: Continue,
): boolean {
  const more = (end: number): boolean =>
    end > pos || count < node.min ? matchRepeat(attempt, node, count + 1, end, next) : false
  if (count < node.max && matchNode(attempt, node.item, pos, more)) return true
  return count >= node.min && next(pos)
}

function isSame({ text, ignoreCase }: Attempt, part: string, pos: number): boolean {
  if (!ignoreCase) return text.startsWith(part, pos)
  return text.slice(pos, pos + part.length).toLowerCase() === part.toLowerCase()
}

function matchesSet({ text, ignoreCase }: Attempt, source: string, pos: number): boolean {
  const char = text[pos]
  return char !== undefined && new RegExp(source, ignoreCase ? 'i' : '').test(char)
}

function isPlace(text: string, source: string, pos: number): boolean {
  if (source === '^' || source === '\\A') return pos === 0
  if (source === '$' || source === '\\z') return pos === text.length
  const before = /\w/.test(text[pos - 1] ?? ' ')
  const after = /\w/.test(text[pos] ?? ' ')
  if (source === '\\B') return before === after
  if (source === '\\b') return before !== after
  return source.endsWith('(?<!\\w)') ? !before && after : before && !after
}
