// Builds the tree of a Go template.
import { unquote } from '../jsonpath/unquote.ts'
import { FUNCTIONS } from './functions.ts'
import { lexTemplate, type Piece, type Token } from './lex.ts'
import {
  TemplateError,
  type Command,
  type Nodes,
  type Operand,
  type Pipe,
  type Template,
  type TemplateNode,
} from './nodes.ts'

interface Parser {
  readonly source: string
  readonly pieces: readonly Piece[]
  at: number
  readonly defined: Map<string, Nodes>
}

/** The tokens of one action while they are consumed. */
interface Words {
  readonly parser: Parser
  readonly tokens: readonly Token[]
  at: number
}

/** Parses a template. Throws TemplateError with Go's words. */
export function parseTemplate(source: string): Template {
  const defined = new Map<string, Nodes>()
  const parser: Parser = { source, pieces: lexTemplate(source), at: 0, defined }
  const { nodes, end } = parseBody(parser)
  if (end !== undefined) throw failAt(parser, end.at, `unexpected {{${end.word}}}`)
  return { nodes, defined }
}

interface End {
  word: string
  words: Words
  at: number
}

// Nodes up to an `else`, an `end` or the end of the template.
function parseBody(parser: Parser): { nodes: Nodes; end: End | undefined } {
  const nodes: TemplateNode[] = []
  for (
    let piece = parser.pieces[parser.at];
    piece !== undefined;
    piece = parser.pieces[parser.at]
  ) {
    parser.at++
    if (piece.type === 'text') {
      nodes.push(piece)
      continue
    }
    const words: Words = { parser, tokens: piece.tokens, at: 0 }
    skipSpace(words)
    const word = words.tokens[words.at]?.text ?? ''
    if (word === 'end' || word === 'else') {
      words.at++
      return { nodes, end: { word, words, at: piece.at } }
    }
    nodes.push(parseAction(words, word, piece.at))
  }
  return { nodes, end: undefined }
}

function parseAction(words: Words, word: string, at: number): TemplateNode {
  if (word === 'if' || word === 'with' || word === 'range') {
    words.at++
    return parseBlock(words, word)
  }
  if (word === 'break' || word === 'continue') return { type: word }
  if (word === 'template' || word === 'define' || word === 'block')
    return parseNamed(words, word, at)
  const pipe = parsePipe(words, 'command')
  return { type: 'action', pipe }
}

function parseBlock(words: Words, type: 'if' | 'with' | 'range'): TemplateNode {
  const { parser } = words
  const pipe = parsePipe(words, type)
  const { nodes: body, end } = parseBody(parser)
  if (end === undefined) throw failAt(parser, parser.source.length, 'unexpected EOF')
  if (end.word === 'end') return { type, pipe, body, otherwise: [] }
  skipSpace(end.words)
  const next = end.words.tokens[end.words.at]?.text
  if (next === 'if' || next === 'with') {
    end.words.at++
    return { type, pipe, body, otherwise: [parseBlock(end.words, next)] }
  }
  const rest = parseBody(parser)
  if (rest.end === undefined) throw failAt(parser, parser.source.length, 'unexpected EOF')
  return { type, pipe, body, otherwise: rest.nodes }
}

/** `{{template "NAME" PIPE}}`, `{{define "NAME"}}…{{end}}`, and `block`, which is both. */
function parseNamed(words: Words, word: string, at: number): TemplateNode {
  const { parser } = words
  words.at++
  skipSpace(words)
  const token = words.tokens[words.at++]
  if (token?.type !== 'string') {
    const found = token === undefined ? '"}}"' : JSON.stringify(token.text)
    throw failAt(parser, at, `unexpected ${found} in ${word} clause`)
  }
  const name = String(stringValue(words, token))
  skipSpace(words)
  const isMore = words.at < words.tokens.length
  const pipe = word !== 'define' && isMore ? parsePipe(words, word) : undefined
  if (word === 'template') return { type: 'template', name, pipe, at }
  const { nodes, end } = parseBody(parser)
  if (end?.word !== 'end') throw failAt(parser, parser.source.length, 'unexpected EOF')
  parser.defined.set(name, nodes)
  if (word === 'block') return { type: 'template', name, pipe, at }
  return { type: 'text', text: '' }
}

function skipSpace(words: Words): void {
  while (words.tokens[words.at]?.type === 'space') words.at++
}

function failAt({ source }: Parser, at: number, message: string): TemplateError {
  return new TemplateError(`${source.slice(0, at).split('\n').length}: ${message}`)
}

function parsePipe(words: Words, context: string, closing = ''): Pipe {
  const { declares, assigns } = parseDeclaration(words)
  const commands: Command[] = []
  for (;;) {
    commands.push(parseCommand(words, context))
    const token = words.tokens[words.at]
    if (token === undefined || token.text === closing) break
    if (token.text !== '|') {
      throw failAt(words.parser, token.at, `unexpected ${JSON.stringify(token.text)} in ${context}`)
    }
    words.at++
  }
  return { declares, assigns, commands }
}

// `$x :=`, `$i, $x :=`, `$x =`.
function parseDeclaration(words: Words): { declares: string[]; assigns: boolean } {
  const solid = words.tokens.slice(words.at).filter((token) => token.type !== 'space')
  const sign = solid.findIndex((token) => token.text === ':=' || token.text === '=')
  const names = solid.slice(0, sign).filter((token) => token.text !== ',')
  const isDeclaration = sign > 0 && names.every((token) => token.type === 'variable')
  if (!isDeclaration) return { declares: [], assigns: false }
  const token = solid[sign]
  words.at = words.tokens.findIndex((each) => each === token) + 1
  return { declares: names.map((name) => name.text), assigns: token?.text === '=' }
}

function parseCommand(words: Words, context: string): Command {
  skipSpace(words)
  const first = words.tokens[words.at]
  const operands: Operand[] = []
  let end = first?.at ?? 0
  for (;;) {
    skipSpace(words)
    const token = words.tokens[words.at]
    if (token === undefined || token.text === '|' || token.text === ')') break
    operands.push(parseOperand(words, token))
    const last = words.tokens[words.at - 1]
    end = (last?.at ?? 0) + (last?.text.length ?? 0)
  }
  const at = first?.at ?? 0
  if (operands.length === 0) {
    throw failAt(words.parser, at || words.parser.source.length, `missing value for ${context}`)
  }
  return { operands, at, text: words.parser.source.slice(at, end) }
}

function parseOperand(words: Words, token: Token): Operand {
  words.at++
  const { text, at } = token
  switch (token.type) {
    case 'field': {
      const names = [text.slice(1), ...parseFields(words)]
      return { type: 'field', names, at: lastFieldAt(words, at) }
    }
    case 'variable': {
      const names = parseFields(words)
      return { type: 'variable', name: text, names, at: lastFieldAt(words, at) }
    }
    case 'string':
      return { type: 'literal', value: stringValue(words, token), text }
    case 'number':
      return { type: 'literal', value: Number(text.replaceAll('_', '')), text }
    case 'word':
      return wordOperand(words, token)
    default:
      if (text === '.') return { type: 'dot' }
      if (text !== '(')
        throw failAt(words.parser, at, `unexpected ${JSON.stringify(text)} in operand`)
      return parseGroup(words, at)
  }
}

function parseGroup(words: Words, at: number): Operand {
  const pipe = parsePipe(words, 'parenthesized pipeline', ')')
  if (words.tokens[words.at]?.text !== ')') throw failAt(words.parser, at, 'unclosed left paren')
  words.at++
  return { type: 'group', pipe, names: parseFields(words), at }
}

function parseFields(words: Words): string[] {
  const names: string[] = []
  while (words.tokens[words.at]?.type === 'field') {
    names.push(words.tokens[words.at]?.text.slice(1) ?? '')
    words.at++
  }
  return names
}

// Errors about `.a.b` point at its second part, as Go's do.
function lastFieldAt(words: Words, at: number): number {
  const own = words.tokens.findIndex((token) => token.at === at)
  const second = words.tokens[own + 1]
  return second !== undefined && own + 1 < words.at ? second.at : at
}

/** A text, or the number of a character in single quotes. */
function stringValue(words: Words, { text, at }: Token): string | number {
  if (text.startsWith('`')) return text.slice(1, -1)
  const value = unquote(text)
  if (value === undefined) throw failAt(words.parser, at, 'invalid syntax')
  if (text.startsWith("'")) return value.codePointAt(0) ?? 0
  return value
}

function wordOperand(words: Words, { text, at }: Token): Operand {
  if (text === 'true' || text === 'false') return { type: 'literal', value: text === 'true', text }
  if (text === 'nil') return { type: 'nil' }
  if (FUNCTIONS[text] === undefined) {
    throw failAt(words.parser, at, `function ${JSON.stringify(text)} not defined`)
  }
  return { type: 'function', name: text, at }
}
