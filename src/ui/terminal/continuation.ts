// Whether a shell would ask for more before it runs what was typed: a quote that is open, a here
// document without its end, a loop without its `done`. Manifests are often pasted this way.

/** `joined`: the line ends in a backslash, so the next one is part of it. */
type LineEnd = 'complete' | 'more' | 'joined'

const OPENERS = new Set(['if', 'for', 'while', 'until', 'case', 'select', '{'])
const CLOSERS = new Set(['fi', 'done', 'esac', '}'])
/** Words after which another command begins. */
const LEADS = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', '!', '{', 'time'])

interface Scan {
  text: string
  at: number
  /** Loops, conditions and braces that are open. */
  depth: number
  /** Parentheses that are open; a pattern of `case` closes one that never was. */
  parens: number
  /** Ends of here documents whose text has yet to come. */
  hereEnds: { word: string; tabs: boolean }[]
  /** The next word is the name of a command. */
  first: boolean
  /** The last thing was `|`, `&&` or `||`. */
  dangling: boolean
}

/** Says whether `text`, one line or several, can be run as it is. */
export function lineEnd(text: string): LineEnd {
  const scan: Scan = {
    text,
    at: 0,
    depth: 0,
    parens: 0,
    hereEnds: [],
    first: true,
    dangling: false,
  }
  while (scan.at < text.length) {
    const open = take(scan)
    if (open !== undefined) return open
  }
  const open = scan.depth + scan.parens + scan.hereEnds.length > 0 || scan.dangling
  return open ? 'more' : 'complete'
}

/** Takes one piece of the text; gives an answer when nothing after it can change it. */
function take(scan: Scan): LineEnd | undefined {
  const { text, at } = scan
  const char = text[at]!
  if (char === '\n') return takeLineEnd(scan)
  if (/\s/.test(char)) {
    scan.at++
    return undefined
  }
  if (char === '#') {
    const end = text.indexOf('\n', at)
    scan.at = end < 0 ? text.length : end
    return undefined
  }
  if (text.startsWith('<<<', at)) {
    scan.at += 3
    return undefined
  }
  if (text.startsWith('<<', at)) return takeHereStart(scan)
  if ('|&;()<>'.includes(char)) return takeOperator(scan)
  return takeWord(scan)
}

/** Past the end of a line come the here documents that it announced. */
function takeLineEnd(scan: Scan): LineEnd | undefined {
  scan.at++
  scan.first = true
  for (let here = scan.hereEnds[0]; here !== undefined; here = scan.hereEnds[0]) {
    const rest = scan.text.slice(scan.at)
    let length = 0
    let found = false
    for (const line of rest.split('\n')) {
      length += line.length + 1
      found = (here.tabs ? line.replace(/^\t+/, '') : line) === here.word
      if (found) break
    }
    if (!found) return 'more'
    scan.hereEnds.shift()
    scan.at += length
  }
  return undefined
}

function takeHereStart(scan: Scan): undefined {
  const match = /^<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|([^\s;|&<>()]+))?/.exec(
    scan.text.slice(scan.at),
  )!
  const word = match[2] ?? match[3] ?? match[4]?.replaceAll('\\', '')
  if (word !== undefined) scan.hereEnds.push({ word, tabs: match[1] === '-' })
  scan.at += match[0].length
}

function takeOperator(scan: Scan): undefined {
  const char = scan.text[scan.at]!
  const two = scan.text.slice(scan.at, scan.at + 2)
  // A line that begins with an operator is an error already: nothing after it mends it.
  scan.dangling = (char === '|' || two === '&&') && !(scan.first && !scan.dangling)
  if (char === '(') scan.parens++
  if (char === ')') scan.parens = Math.max(0, scan.parens - 1)
  if (char !== '<' && char !== '>') scan.first = true
  scan.at += two === '&&' || two === '||' || two === '|&' ? 2 : 1
}

/** A word with its quotes; `$(` within it is a group like any other. */
function takeWord(scan: Scan): LineEnd | undefined {
  const { text } = scan
  const start = scan.at
  while (scan.at < text.length && !/[\s|&;()<>]/.test(text[scan.at]!)) {
    const char = text[scan.at]!
    if (char === '\\') {
      if (scan.at === text.length - 1) return 'joined'
      scan.at += 2
    } else if (char === "'" || char === '"') {
      const close = closing(text, scan.at)
      if (close < 0) return 'more'
      scan.at = close + 1
    } else scan.at++
  }
  const word = text.slice(start, scan.at)
  if (scan.first && OPENERS.has(word)) scan.depth++
  if (scan.first && CLOSERS.has(word)) scan.depth = Math.max(0, scan.depth - 1)
  scan.first = scan.first && (LEADS.has(word) || /^\w+=/.test(word))
  scan.dangling = false
  return undefined
}

function closing(text: string, start: number): number {
  const quote = text[start]!
  for (let i = start + 1; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++
    else if (text[i] === quote) return i
  }
  return -1
}
