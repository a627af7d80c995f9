// YAML in colours without an editor: each line as a few pieces with a role. Enough for manifests
// and `kubectl -o yaml`; what it does not know is plain text.

type TokenRole = 'key' | 'string' | 'number' | 'word' | 'comment' | 'mark' | 'plain'

interface Token {
  role: TokenRole
  text: string
}

const KEY = /^(\s*(?:- )*)("[^"]*"|'[^']*'|[^\s#:'"[\]{}][^#:'"]*?)(:)(?=\s|$)/
const NUMBER = /^-?\d[\d_]*(\.\d+)?$/
const WORD = /^(true|false|null|yes|no|on|off|~)$/i

/** The pieces of each line. */
export function highlightYaml(text: string): Token[][] {
  let blockIndent = -1
  return text.split('\n').map((line) => {
    const indent = line.length - line.trimStart().length
    if (blockIndent >= 0 && (line.trim() === '' || indent > blockIndent))
      return [{ role: 'string', text: line } satisfies Token]
    blockIndent = -1
    if (/(:|-)\s+[|>][+-]?\d*\s*$/.test(line)) blockIndent = indent
    return highlightLine(line)
  })
}

function highlightLine(line: string): Token[] {
  if (/^\s*#/.test(line)) return [{ role: 'comment', text: line }]
  if (/^(---|\.\.\.)\s*$/.test(line)) return [{ role: 'mark', text: line }]
  const tokens: Token[] = []
  let rest = line
  const key = KEY.exec(line)
  if (key !== null) {
    if (key[1] !== '') tokens.push({ role: 'mark', text: key[1]! })
    tokens.push({ role: 'key', text: key[2]! }, { role: 'mark', text: ':' })
    rest = line.slice(key[0].length)
  } else {
    const dash = /^\s*(- )+/.exec(line)
    if (dash !== null) {
      tokens.push({ role: 'mark', text: dash[0] })
      rest = line.slice(dash[0].length)
    }
  }
  return merged([...tokens, ...highlightValue(rest)])
}

function highlightValue(text: string): Token[] {
  const comment = /(^|\s)#.*$/.exec(quotesBlanked(text))
  const value = comment === null ? text : text.slice(0, comment.index)
  const tokens: Token[] = []
  for (const part of value.match(
    /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[[\]{},]|\s+|[^\s"'[\]{},]+|["']/g,
  ) ?? [])
    tokens.push({ role: roleOf(part), text: part })
  if (comment !== null) tokens.push({ role: 'comment', text: text.slice(comment.index) })
  return tokens
}

function roleOf(part: string): TokenRole {
  if (/^["']/.test(part)) return 'string'
  if (/^[[\]{},]$/.test(part)) return 'mark'
  if (NUMBER.test(part)) return 'number'
  return WORD.test(part) ? 'word' : 'plain'
}

function quotesBlanked(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, (quoted) => 'x'.repeat(quoted.length))
}

/** Neighbours of one role as one piece; blanks go with what is before them. */
function merged(tokens: readonly Token[]): Token[] {
  const out: Token[] = []
  for (const token of tokens) {
    const last = out.at(-1)
    if (last !== undefined && (last.role === token.role || token.text.trim() === ''))
      last.text += token.text
    else out.push({ ...token })
  }
  return out
}
