// The Markdown of chapters as plain data that the page turns into elements. Read at build time by
// the package `marked`: the page has no parser, and nothing in a chapter can become markup.
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'

type BlockTag = 'p' | 'h3' | 'h4' | 'blockquote' | 'ul' | 'ol' | 'li'
type TableTag = 'table' | 'thead' | 'tbody' | 'tr' | 'th' | 'td'
type InlineTag = 'code' | 'strong' | 'em' | 'br'
type ProseTag = BlockTag | TableTag | InlineTag

/** Text, or an element: its tag, then what is in it; a link's address, a code's language. */
export type Prose =
  | string
  | readonly [tag: ProseTag, inner: readonly Prose[]]
  | readonly [tag: 'a', inner: readonly Prose[], href: string]
  | readonly [tag: 'pre', text: string, language: string]

/** The blocks of a Markdown text with the line, from 0, at which each begins. */
export function markdownBlocks(text: string): { token: MarkedToken; line: number }[] {
  let line = 0
  return lexer(text).map((token) => {
    const at = line
    line += token.raw.split('\n').length - 1
    return { token: token as MarkedToken, line: at }
  })
}

/** A block as prose. Throws Error for what the page has no look for (HTML, pictures, rules). */
export function proseOf(token: MarkedToken): Prose {
  switch (token.type) {
    case 'paragraph':
      return ['p', inlines(token.tokens)]
    case 'heading':
      return [token.depth <= 3 ? 'h3' : 'h4', inlines(token.tokens)]
    case 'code':
      return ['pre', token.text, token.lang ?? '']
    case 'blockquote':
      return ['blockquote', unwrapped(token.tokens)]
    case 'list':
      return [token.ordered ? 'ol' : 'ul', token.items.map(itemOf)]
    case 'table':
      return tableOf(token as Tokens.Table)
    default:
      throw new Error(`chapters have no look for ${token.type}: ${token.raw.trim()}`)
  }
}

function itemOf(item: Tokens.ListItem): Prose {
  return ['li', unwrapped(item.tokens)]
}

/** A lone paragraph stands without its element, as in a list or a quotation of one sentence. */
function unwrapped(tokens: readonly Token[]): Prose[] {
  const blocks = (tokens as MarkedToken[]).filter(({ type }) => type !== 'space')
  return blocks.flatMap((token) => {
    if (token.type === 'text') return inlines(token.tokens ?? [token])
    if (token.type === 'paragraph' && blocks.length === 1) return inlines(token.tokens)
    return [proseOf(token)]
  })
}

function tableOf({ header, rows }: Tokens.Table): Prose {
  const row = (tag: 'th' | 'td', cells: readonly Tokens.TableCell[]): Prose => [
    'tr',
    cells.map(({ tokens }): Prose => [tag, inlines(tokens)]),
  ]
  const body = rows.map((cells) => row('td', cells))
  return [
    'table',
    [
      ['thead', [row('th', header)]],
      ['tbody', body],
    ],
  ]
}

function inlines(tokens: readonly Token[] = []): Prose[] {
  const parts: Prose[] = []
  for (const token of tokens as MarkedToken[]) {
    const part = inline(token)
    const last = parts.at(-1)
    // An escaped character is text of its own to the lexer.
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part
    else parts.push(part)
  }
  return parts
}

function inline(token: MarkedToken): Prose {
  switch (token.type) {
    case 'text':
    case 'escape':
      return token.text.replaceAll('\n', ' ')
    case 'codespan':
      return ['code', [token.text.replaceAll('\n', ' ')]]
    case 'strong':
    case 'em':
      return [token.type, inlines(token.tokens)]
    case 'link':
      return ['a', inlines(token.tokens), token.href]
    case 'br':
      return ['br', []]
    default:
      throw new Error(`chapters have no look for ${token.type}: ${token.raw.trim()}`)
  }
}
