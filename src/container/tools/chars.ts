// Tools about single words and characters: tr, basename, dirname, expr, true and friends.

import { readFrom } from '../kernel/descriptors.ts'
import { echoText } from './echo.ts'
import { trimEnd } from '../trim.ts'
import { exprValue } from './expr.ts'
import {
  fail,
  isSpent,
  mustPause,
  out,
  recall,
  warn,
  type Io,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions } from './options.ts'
import { formatText, unescapeText } from './printf.ts'
import { testExpression } from './test.ts'

const CLASSES: Record<string, string> = {
  lower: 'a-z',
  upper: 'A-Z',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: '0-9A-Za-z',
  space: '\t-\r ',
  blank: '\t ',
  punct: '!-/:-@[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\0-\x1f\x7f',
  print: ' -~',
  graph: '!-~',
}

/** The characters a `tr` set names, in order. */
function expandSet(text: string): string[] {
  const named = text.replace(/\[:([a-z]+):\]/g, (all, name: string) => CLASSES[name] ?? all)
  const set = [...unescapeText(named).text.replace(/\[=(.)=\]/g, '$1')]
  const chars: string[] = []
  for (let i = 0; i < set.length; i++) {
    const from = set[i] ?? ''
    const to = set[i + 2]
    if (set[i + 1] !== '-' || to === undefined) {
      chars.push(from)
      continue
    }
    const [low, high] = [from.charCodeAt(0), to.charCodeAt(0)]
    for (let code = low; code <= high; code++) chars.push(String.fromCharCode(code))
    i += 2
  }
  return chars
}

function tr(io: Io): Result {
  const options = parseOptions(io, 'cCdst')
  if (options === undefined) return 1
  const { flags, rest } = options
  const [first, second] = rest
  if (first === undefined) return fail(io, 'missing operand')
  const from = expandSet(first)
  const to = second === undefined ? [] : expandSet(second)
  const complement = flags.has('c') || flags.has('C')
  const index = new Map(from.map((char, i) => [char, i] as const).reverse())
  const squeezed = new Set(flags.has('s') ? (to.length > 0 ? to : complement ? [] : from) : [])
  const state = recall(io, 'tr', () => ({ last: '' }))
  const change = (char: string): string => {
    const at = index.get(char)
    const isMember = (at !== undefined) !== complement
    if (!isMember) return char
    if (flags.has('d')) return ''
    if (to.length === 0) return char
    return complement ? (to.at(-1) ?? '') : (to[at ?? 0] ?? to.at(-1) ?? char)
  }
  for (;;) {
    if (isSpent(io) || mustPause(io)) return 'wait'
    const text = readFrom(io.container, io.proc, 0, 65_536)
    if (text === '') return 0
    if (text === undefined) {
      io.proc.block = { on: 'input', fd: 0 }
      return 'wait'
    }
    let result = ''
    for (const char of text) {
      const changed = change(char)
      const isMember = index.has(char) !== complement
      const squeezes =
        flags.has('s') && (squeezed.has(changed) || (complement && to.length === 0 && isMember))
      if (changed === '' || (squeezes && changed === state.last)) continue
      result += changed
      state.last = changed
    }
    isSpent(io, text.length >> 4)
    out(io, result)
  }
}

function basename(io: Io): Result {
  const [path, suffix = ''] = io.args
  if (path === undefined) return fail(io, 'missing operand')
  const name = trimEnd(path, '/').replace(/^.*\//s, '') || (path.startsWith('/') ? '/' : '')
  const isCut = suffix !== '' && name.endsWith(suffix) && name !== suffix
  out(io, `${isCut ? name.slice(0, -suffix.length) : name}\n`)
  return 0
}

function dirname(io: Io): Result {
  const [path] = io.args
  if (path === undefined) return fail(io, 'missing operand')
  const trimmed = trimEnd(path, '/')
  const slash = trimmed.lastIndexOf('/')
  out(
    io,
    `${slash < 0 ? (path.startsWith('/') ? '/' : '.') : trimEnd(trimmed.slice(0, slash), '/') || '/'}\n`,
  )
  return 0
}

function expr(io: Io): Result {
  const result = exprValue(io.proc, io.args)
  if ('error' in result) return fail(io, result.error, 2)
  out(io, `${result.value}\n`)
  return result.value === '' || result.value === '0' ? 1 : 0
}

function echo(io: Io): Result {
  out(io, echoText(io.args))
  return 0
}

function printf(io: Io): Result {
  const { text, problems } = formatText(io.args)
  out(io, text)
  for (const problem of problems) warn(io, problem)
  return problems.length > 0 ? 1 : 0
}

function test(closing: boolean): (io: Io) => Result {
  return (io) => {
    if (closing && io.args.at(-1) !== ']') return fail(io, 'missing ]', 2)
    const words = closing ? io.args.slice(0, -1) : io.args
    const result = testExpression(io.container, io.proc.cwd, words)
    if (typeof result === 'boolean') return result ? 0 : 1
    return fail(io, result.error, 2)
  }
}

export const charTools: Record<string, Tool> = {
  tr: { run: tr },
  basename: { run: basename },
  dirname: { run: dirname },
  expr: { run: expr },
  echo: { run: echo },
  printf: { run: printf },
  test: { run: test(false) },
  '[': { run: test(true) },
  true: { run: () => 0 },
  false: { run: () => 1 },
}
