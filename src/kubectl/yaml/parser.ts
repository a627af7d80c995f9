// Parses the first document of a YAML text into nodes, with the refusals of the library kubectl
// uses (go.yaml.in/yaml/v2 parserc.go).
import type { ListNode, MapNode, YamlNode } from './node.ts'
import { peekToken, scannerOf, takeToken, type Scanner } from './scanner.ts'
import type { Token, TokenType } from './tokens.ts'
import { yamlError, type Mark, type YamlError } from './yaml-error.ts'

interface Parser {
  readonly scanner: Scanner
  readonly anchors: Map<string, YamlNode>
  /** Prefix of each tag handle. */
  readonly tags: Map<string, string>
}

/** The node of the first document, or undefined when the text holds none. Throws YamlError. */
export function parseDocument(text: string): YamlNode | undefined {
  const parser: Parser = { scanner: scannerOf(text), anchors: new Map(), tags: new Map() }
  if (peekToken(parser.scanner).type === 'stream-end') return undefined
  const directives = readDirectives(parser)
  const start = peekToken(parser.scanner)
  if (start.type === 'document-start') {
    takeToken(parser.scanner)
    const next = peekToken(parser.scanner)
    if (CONTENT_ENDS.has(next.type)) return emptyScalar(next.start)
  } else if (directives) throw parseError('did not find expected <document start>', start.start)
  const node = parseNode(parser, true, false)
  // What follows the document is looked at, though not parsed.
  peekToken(parser.scanner)
  return node
}

const CONTENT_ENDS = new Set<TokenType>([
  'version-directive',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
])

function parseError(problem: string, mark: Mark): YamlError {
  return yamlError(problem, mark, 'parser')
}

function readDirectives({ scanner, tags }: Parser): boolean {
  let version = false
  let found = false
  for (;;) {
    const next = peekToken(scanner)
    if (next.type === 'version-directive') {
      if (version) throw parseError('found duplicate %YAML directive', next.start)
      if (next.value !== '1.1') throw parseError('found incompatible YAML document', next.start)
      version = true
    } else if (next.type === 'tag-directive') {
      if (tags.has(next.value)) throw parseError('found duplicate %TAG directive', next.start)
      tags.set(next.value, next.rest)
    } else break
    found = true
    takeToken(scanner)
  }
  if (!tags.has('!')) tags.set('!', '!')
  if (!tags.has('!!')) tags.set('!!', 'tag:yaml.org,2002:')
  return found
}

function emptyScalar(mark: Mark): YamlNode {
  return { kind: 'scalar', value: '', tag: '', plain: true, start: mark, end: mark }
}

/**
 * One node. `block` allows block collections; `indentless` a sequence whose dashes stand in the
 * column of its key.
 */
function parseNode(parser: Parser, block: boolean, indentless: boolean): YamlNode {
  const { scanner, anchors } = parser
  const first = peekToken(scanner)
  if (first.type === 'alias') {
    takeToken(scanner)
    const target = anchors.get(first.value)
    if (target === undefined)
      throw yamlError(`unknown anchor '${first.value}' referenced`, first.start, 'value')
    return { kind: 'alias', name: first.value, target, start: first.start, end: first.end }
  }
  let anchor: string | undefined
  let tag: Token | undefined
  for (let next = first; ; next = peekToken(scanner)) {
    if (next.type === 'anchor' && anchor === undefined) anchor = takeToken(scanner).value
    else if (next.type === 'tag' && tag === undefined) tag = takeToken(scanner)
    else break
  }
  const tagName = tag === undefined ? '' : tagOf(parser, tag)
  const found = parseContent(parser, block, indentless, tagName, (node) => {
    if (anchor !== undefined) anchors.set(anchor, node)
  })
  if (found !== undefined) return found
  const next = peekToken(scanner)
  if (anchor === undefined && tagName === '')
    throw parseError('did not find expected node content', next.start)
  const empty: YamlNode = {
    kind: 'scalar',
    value: '',
    tag: tagName,
    plain: tagName === '',
    start: first.start,
    end: first.end,
  }
  if (anchor !== undefined) anchors.set(anchor, empty)
  return empty
}

function tagOf({ tags }: Parser, tag: Token): string {
  if (tag.value === '') return tag.rest
  const prefix = tags.get(tag.value)
  if (prefix === undefined) throw parseError('found undefined tag handle', tag.start)
  return prefix + tag.rest
}

/** A scalar or collection; `known` is announced before its parts, which may refer back to it. */
function parseContent(
  parser: Parser,
  block: boolean,
  indentless: boolean,
  tag: string,
  known: (node: YamlNode) => void,
): YamlNode | undefined {
  const { scanner } = parser
  const { type, start, end, value, plain } = peekToken(scanner)
  if (type === 'scalar') {
    takeToken(scanner)
    const implicit = tag === '' ? plain : tag === '!'
    const node: YamlNode = { kind: 'scalar', value, tag, plain: implicit, start, end }
    known(node)
    return node
  }
  const readList = listReader(type, block, indentless)
  if (readList !== undefined) {
    const items: YamlNode[] = []
    const node: { -readonly [K in keyof ListNode]: ListNode[K] } = {
      kind: 'list',
      items,
      start,
      end,
    }
    known(node)
    node.end = readList(parser, items)
    return node
  }
  if (type !== 'flow-mapping-start' && !(block && type === 'block-mapping-start')) return undefined
  const entries: [YamlNode, YamlNode][] = []
  const node: { -readonly [K in keyof MapNode]: MapNode[K] } = { kind: 'map', entries, start, end }
  known(node)
  const read = type === 'flow-mapping-start' ? readFlowMap : readBlockMap
  node.end = read(parser, entries)
  return node
}

/** Reads items into the list and returns where it ends. */
type ListReader = (parser: Parser, items: YamlNode[]) => Mark

function listReader(type: TokenType, block: boolean, indentless: boolean): ListReader | undefined {
  if (indentless && type === 'block-entry') return readIndentlessList
  if (type === 'flow-sequence-start') return readFlowList
  return block && type === 'block-sequence-start' ? readBlockList : undefined
}

function readBlockList(parser: Parser, items: YamlNode[]): Mark {
  const { scanner } = parser
  takeToken(scanner)
  while (peekToken(scanner).type === 'block-entry') {
    const { end } = takeToken(scanner)
    const { type } = peekToken(scanner)
    const empty = type === 'block-entry' || type === 'block-end'
    items.push(empty ? emptyScalar(end) : parseNode(parser, true, false))
  }
  const last = peekToken(scanner)
  if (last.type !== 'block-end') throw parseError("did not find expected '-' indicator", last.start)
  return takeToken(scanner).end
}

function readIndentlessList(parser: Parser, items: YamlNode[]): Mark {
  const { scanner } = parser
  while (peekToken(scanner).type === 'block-entry') {
    const { end } = takeToken(scanner)
    const { type } = peekToken(scanner)
    const empty = type === 'block-entry' || isMapPart(type)
    items.push(empty ? emptyScalar(end) : parseNode(parser, true, false))
  }
  return peekToken(scanner).start
}

const isMapPart = (type: TokenType): boolean =>
  type === 'key' || type === 'value' || type === 'block-end'

function readBlockMap(parser: Parser, entries: [YamlNode, YamlNode][]): Mark {
  const { scanner } = parser
  takeToken(scanner)
  while (peekToken(scanner).type === 'key') {
    const { end } = takeToken(scanner)
    const key = isMapPart(peekToken(scanner).type)
      ? emptyScalar(end)
      : parseNode(parser, true, true)
    entries.push([key, readBlockValue(parser)])
  }
  const last = peekToken(scanner)
  if (last.type !== 'block-end') throw parseError('did not find expected key', last.start)
  return takeToken(scanner).end
}

function readBlockValue(parser: Parser): YamlNode {
  const { scanner } = parser
  const next = peekToken(scanner)
  if (next.type !== 'value') return emptyScalar(next.start)
  const { end } = takeToken(scanner)
  return isMapPart(peekToken(scanner).type) ? emptyScalar(end) : parseNode(parser, true, true)
}

function readFlowList(parser: Parser, items: YamlNode[]): Mark {
  const { scanner } = parser
  takeToken(scanner)
  for (let first = true; peekToken(scanner).type !== 'flow-sequence-end'; first = false) {
    if (!first) expectEntry(scanner, "did not find expected ',' or ']'")
    const next = peekToken(scanner)
    if (next.type === 'flow-sequence-end') break
    items.push(next.type === 'key' ? readFlowPair(parser) : parseNode(parser, false, false))
  }
  return takeToken(scanner).end
}

function expectEntry(scanner: Scanner, problem: string): void {
  const next = peekToken(scanner)
  if (next.type !== 'flow-entry') throw parseError(problem, next.start)
  takeToken(scanner)
}

/** `[key: value]`: a mapping of one pair inside a flow sequence. */
function readFlowPair(parser: Parser): YamlNode {
  const { scanner } = parser
  const { start } = takeToken(scanner)
  const next = peekToken(scanner)
  const empty = ['value', 'flow-entry', 'flow-sequence-end'].includes(next.type)
  const key = empty ? emptyScalar(takeToken(scanner).end) : parseNode(parser, false, false)
  const value = readFlowValue(parser, 'flow-sequence-end')
  return { kind: 'map', entries: [[key, value]], start, end: value.end }
}

function readFlowValue(parser: Parser, closing: TokenType): YamlNode {
  const { scanner } = parser
  const next = peekToken(scanner)
  if (next.type !== 'value') return emptyScalar(next.start)
  takeToken(scanner)
  const { type, start } = peekToken(scanner)
  const empty = type === 'flow-entry' || type === closing
  return empty ? emptyScalar(start) : parseNode(parser, false, false)
}

function readFlowMap(parser: Parser, entries: [YamlNode, YamlNode][]): Mark {
  const { scanner } = parser
  takeToken(scanner)
  for (let first = true; peekToken(scanner).type !== 'flow-mapping-end'; first = false) {
    if (!first) expectEntry(scanner, "did not find expected ',' or '}'")
    const next = peekToken(scanner)
    if (next.type === 'flow-mapping-end') break
    if (next.type === 'key') {
      takeToken(scanner)
      const { type, start } = peekToken(scanner)
      const empty = type === 'value' || type === 'flow-entry' || type === 'flow-mapping-end'
      const key = empty ? emptyScalar(start) : parseNode(parser, false, false)
      entries.push([key, readFlowValue(parser, 'flow-mapping-end')])
    } else {
      const key = parseNode(parser, false, false)
      entries.push([key, emptyScalar(peekToken(scanner).start)])
    }
  }
  return takeToken(scanner).end
}
