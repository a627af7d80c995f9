// Splits a template into texts and actions, and an action into words. `{{-` and `-}}` take the
// white space beside them away.
import { TemplateError } from './nodes.ts'

export interface Token {
  type: 'field' | 'variable' | 'word' | 'string' | 'number' | 'sign' | 'space'
  text: string
  at: number
}

export type Piece =
  { type: 'text'; text: string } | { type: 'action'; tokens: readonly Token[]; at: number }

const WORD = String.raw`[\p{L}_][\p{L}\p{Nd}_]*`
const QUOTED = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|` + '`[^`]*`'
const NUMBER = String.raw`[-+]?\d[\d._a-fA-FxX]*(?:[eE][-+]?\d+)?`
/** One group for each of TYPES, in their order. */
const TOKEN = new RegExp(
  String.raw`(\s+)|(\.${WORD})|(\$[\p{L}\p{Nd}_]*)|(${WORD})|(${QUOTED})|(${NUMBER})|(:=|[|=(),.])`,
  'uy',
)

const TYPES = ['space', 'field', 'variable', 'word', 'string', 'number', 'sign'] as const

/** The pieces of `source`. Throws TemplateError. */
export function lexTemplate(source: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let trimNext = false
  while (at <= source.length) {
    const open = source.indexOf('{{', at)
    let text = source.slice(at, open < 0 ? source.length : open)
    if (trimNext) text = text.trimStart()
    if (open >= 0 && /^\{\{-\s/.test(source.slice(open, open + 4))) text = text.trimEnd()
    if (text !== '') pieces.push({ type: 'text', text })
    if (open < 0) return pieces
    const action = lexAction(source, open)
    if (action.tokens !== undefined) {
      pieces.push({ type: 'action', tokens: action.tokens, at: open + 2 })
    }
    trimNext = action.trims
    at = action.end
  }
  return pieces
}

interface Action {
  /** Absent for a comment. */
  tokens?: readonly Token[]
  end: number
  trims: boolean
}

function lexAction(source: string, open: number): Action {
  const start = /^\{\{-\s/.test(source.slice(open, open + 4)) ? open + 3 : open + 2
  const comment = /^\s*\/\*[\s\S]*?\*\/\s*?( -)?\}\}/.exec(source.slice(start))
  if (comment !== null) return { end: start + comment[0].length, trims: comment[1] !== undefined }
  const tokens: Token[] = []
  let at = start
  for (;;) {
    const close = /^(\s-)?\}\}/.exec(source.slice(at, at + 4))
    if (close !== null) return { tokens, end: at + close[0].length, trims: close[1] !== undefined }
    TOKEN.lastIndex = at
    const match = TOKEN.exec(source)
    if (match === null) throw lexError(source, at)
    const index = match.slice(1).findIndex((group) => group !== undefined)
    tokens.push({ type: TYPES[index] ?? 'sign', text: match[0], at })
    at += match[0].length
  }
}

function lexError(source: string, at: number): TemplateError {
  const line = source.slice(0, at).split('\n').length
  const char = source[at]
  if (char === undefined) return new TemplateError(`${line}: unclosed action`)
  if (char === '"') return new TemplateError(`${line}: unterminated quoted string`)
  const code = char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return new TemplateError(`${line}: unexpected U+${code} '${char}' in action`)
}
