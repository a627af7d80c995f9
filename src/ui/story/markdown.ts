// The Markdown of the chapters, as far as they use it, as plain data: paragraphs, headings, lists,
// quotes, code, tables; and inside them emphasis, code and links. Rendering is `markdown-view.tsx`.

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'strong'; inner: readonly Inline[] }
  | { type: 'em'; inner: readonly Inline[] }
  | { type: 'link'; href: string; inner: readonly Inline[] }

export type MarkdownBlock =
  | { type: 'paragraph'; inner: readonly Inline[] }
  | { type: 'heading'; level: number; inner: readonly Inline[] }
  | { type: 'list'; ordered: boolean; items: readonly (readonly Inline[])[] }
  | { type: 'quote'; inner: readonly Inline[] }
  | { type: 'code'; language: string; text: string }
  | { type: 'table'; head: readonly (readonly Inline[])[]; rows: readonly Row[] }

type Row = readonly (readonly Inline[])[]

const BULLET = /^\s*[-*•]\s+/
const NUMBER = /^\s*\d+[.)]\s+/

/** Reads Markdown; what it does not know stays as text. */
export function parseMarkdown(source: string): MarkdownBlock[] {
  const lines = source.split('\n')
  const blocks: MarkdownBlock[] = []
  let i = 0
  while (i < lines.length) {
    const line = lines[i]!
    if (line.trim() === '') i++
    else if (line.startsWith('```')) i = takeCode(lines, i, blocks)
    else if (/^#{1,6}\s/.test(line)) i = takeHeading(lines, i, blocks)
    else if (line.startsWith('>')) i = takeQuote(lines, i, blocks)
    else if (line.startsWith('|')) i = takeTable(lines, i, blocks)
    else if (BULLET.test(line) || NUMBER.test(line)) i = takeList(lines, i, blocks)
    else i = takeParagraph(lines, i, blocks)
  }
  return blocks
}

function takeCode(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  const close = lines.findIndex((line, i) => i > start && line.startsWith('```'))
  const end = close < 0 ? lines.length : close
  const language = lines[start]!.slice(3).trim()
  blocks.push({ type: 'code', language, text: lines.slice(start + 1, end).join('\n') })
  return end + 1
}

function takeHeading(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  const match = /^(#{1,6})\s+(.*)$/.exec(lines[start]!)!
  blocks.push({ type: 'heading', level: match[1]!.length, inner: parseInline(match[2]!) })
  return start + 1
}

function takeQuote(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  let end = start
  while (lines[end]?.startsWith('>')) end++
  const text = lines.slice(start, end).map((line) => line.replace(/^>\s?/, ''))
  blocks.push({ type: 'quote', inner: parseInline(text.join(' ')) })
  return end
}

function takeTable(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  let end = start
  while (lines[end]?.startsWith('|')) end++
  const cells = lines.slice(start, end).map((line) =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => parseInline(cell.trim())),
  )
  const ruled = /^[|\s:-]+$/.test(lines[start + 1] ?? '')
  blocks.push({ type: 'table', head: cells[0] ?? [], rows: cells.slice(ruled ? 2 : 1) })
  return end
}

function takeList(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  const ordered = NUMBER.test(lines[start]!)
  const items: string[] = []
  let i = start
  for (; i < lines.length; i++) {
    const line = lines[i]!
    const marker = ordered ? NUMBER : BULLET
    if (marker.test(line)) items.push(line.replace(marker, ''))
    else if (/^\s+\S/.test(line) && items.length > 0) items[items.length - 1] += ` ${line.trim()}`
    else break
  }
  blocks.push({ type: 'list', ordered, items: items.map(parseInline) })
  return i
}

function takeParagraph(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  let end = start + 1
  const ends = /^(```|#{1,6}\s|>|\|)/
  while (end < lines.length && lines[end]!.trim() !== '' && !ends.test(lines[end]!)) {
    if (BULLET.test(lines[end]!)) break
    end++
  }
  blocks.push({ type: 'paragraph', inner: parseInline(lines.slice(start, end).join(' ')) })
  return end
}

const CODE = /`([^`]+)`/
const STRONG = /\*\*((?:[^*]|\*(?!\*))+)\*\*/
const EMPHASIS = /\*([^*\s][^*]*)\*|_([^_\s][^_]*)_(?!\w)/
const LINK = /\[([^\]]+)\]\(([^)\s]+)\)/
const INLINE = new RegExp([CODE, STRONG, EMPHASIS, LINK].map(({ source }) => source).join('|'))

/** Reads the inside of a paragraph. */
export function parseInline(source: string): Inline[] {
  const parts: Inline[] = []
  let rest = source
  while (rest !== '') {
    const match = INLINE.exec(rest)
    if (match === null) {
      parts.push({ type: 'text', text: rest })
      break
    }
    if (match.index > 0) parts.push({ type: 'text', text: rest.slice(0, match.index) })
    parts.push(inlineOf(match))
    rest = rest.slice(match.index + match[0].length)
  }
  return parts
}

function inlineOf(match: RegExpExecArray): Inline {
  const [, code, strong, star, under, label, href] = match
  if (code !== undefined) return { type: 'code', text: code }
  if (strong !== undefined) return { type: 'strong', inner: parseInline(strong) }
  if (label !== undefined) return { type: 'link', href: href!, inner: parseInline(label) }
  return { type: 'em', inner: parseInline(star ?? under ?? '') }
}
