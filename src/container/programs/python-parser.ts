// Python one-liners and small programs as a flat list of steps.

import { PythonError } from './python-values.ts'

export type Step =
  | { op: 'print'; args: string[]; separator: string; end: string }
  | { op: 'sleep' | 'exit'; value: string }
  | { op: 'raise'; kind: string; message: string }
  | { op: 'assign'; name: string; operator: string; value: string }
  | { op: 'random'; name: string; low: number; high: number }
  /** `for name in range(…)`: the next number, or on to `exit`. `level` counts loops, from 1. */
  | { op: 'count'; name: string; range: string[]; level: number; exit: number }
  | { op: 'unless'; condition: string; to: number }
  | { op: 'jump'; to: number; level: number }

interface Line {
  indent: number
  text: string
}

interface Loop {
  start: number
  level: number
  breaks: { to: number }[]
}

interface Reader {
  lines: Line[]
  pos: number
  steps: Step[]
  loops: Loop[]
  /** How many `for` loops are open. */
  level: number
}

const cache = new Map<string, Step[]>()

/** The steps of a program; what is not understood is an error of it. */
export function parseProgram(text: string): Step[] {
  const known = cache.get(text)
  if (known !== undefined) return known
  const reader: Reader = { lines: logicalLines(text), pos: 0, steps: [], loops: [], level: 0 }
  parseBlock(reader, reader.lines[0]?.indent ?? 0)
  if (cache.size > 100) cache.clear()
  cache.set(text, reader.steps)
  return reader.steps
}

// Lines without comments; `;` separates statements of a line.
function logicalLines(text: string): Line[] {
  const lines: Line[] = []
  for (const raw of text.split('\n')) {
    const line = raw.replace(/^((?:[^#"']|"[^"]*"|'[^']*')*)#.*$/, '$1').trimEnd()
    const indent = line.length - line.trimStart().length
    if (line.trim() === '') continue
    const parts = splitOutside(line.trim(), ';')
    const isBlock = /^(?:for|while|if|elif|else)\b.*?:/.test(parts[0] ?? '')
    if (isBlock) lines.push({ indent, text: parts.join(';') })
    else for (const part of parts) if (part !== '') lines.push({ indent, text: part })
  }
  return lines
}

/** Splits at a separator outside of quotes and brackets. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let part = ''
  let level = 0
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (quote !== '') {
      if (char === '\\') part += text[i++] ?? ''
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if ('([{'.includes(char)) level++
    else if (')]}'.includes(char)) level--
    if (quote === '' && level === 0 && char === separator) {
      parts.push(part.trim())
      part = ''
    } else part += text[i] ?? ''
  }
  parts.push(part.trim())
  return parts
}

function parseBlock(reader: Reader, indent: number): void {
  for (;;) {
    const line = reader.lines[reader.pos]
    if (line === undefined || line.indent < indent) return
    reader.pos++
    const block = /^(for|while|if)\b\s*(.*?):\s*(.*)$/s.exec(line.text)
    if (block === null) parseSimple(reader, line.text)
    else parseCompound(reader, line, block[1] ?? '', block[2] ?? '', block[3] ?? '')
  }
}

function parseBody(reader: Reader, line: Line, rest: string): void {
  if (rest !== '') for (const part of splitOutside(rest, ';')) parseSimple(reader, part)
  else {
    const next = reader.lines[reader.pos]
    if (next === undefined || next.indent <= line.indent) {
      throw new PythonError('IndentationError', 'expected an indented block')
    }
    parseBlock(reader, next.indent)
  }
}

function parseCompound(reader: Reader, line: Line, word: string, head: string, rest: string): void {
  const { steps } = reader
  const start = steps.length
  if (word === 'if') {
    const test = { op: 'unless' as const, condition: head, to: 0 }
    steps.push(test)
    parseBody(reader, line, rest)
    const next = reader.lines[reader.pos]
    const otherwise = next?.indent === line.indent ? /^else\s*:\s*(.*)$/s.exec(next.text) : null
    if (next === undefined || otherwise === null) {
      test.to = steps.length
      return
    }
    const end = { op: 'jump' as const, to: 0, level: reader.level }
    steps.push(end)
    test.to = steps.length
    reader.pos++
    parseBody(reader, next, otherwise[1] ?? '')
    end.to = steps.length
    return
  }
  const before = reader.level
  const range = /^(\w+)\s+in\s+range\((.*)\)$/s.exec(head)
  if (word === 'for' && range === null) throw unsupported(`for ${head}`)
  if (word === 'for') reader.level++
  const test: Step =
    range !== null && word === 'for'
      ? {
          op: 'count',
          name: range[1] ?? '',
          range: splitOutside(range[2] ?? '', ','),
          level: reader.level,
          exit: 0,
        }
      : { op: 'unless', condition: head, to: 0 }
  steps.push(test)
  const loop: Loop = { start, level: reader.level, breaks: [] }
  reader.loops.push(loop)
  parseBody(reader, line, rest)
  reader.loops.pop()
  steps.push({ op: 'jump', to: start, level: reader.level })
  if (test.op === 'count') test.exit = steps.length
  else if (test.op === 'unless') test.to = steps.length
  for (const jump of loop.breaks) jump.to = steps.length
  reader.level = before
}

function unsupported(text: string): PythonError {
  return new PythonError('SyntaxError', `this lab's Python cannot run "${text}"`)
}

function parseSimple(reader: Reader, text: string): void {
  const { steps, loops } = reader
  const loop = loops.at(-1)
  if (text === '' || text === 'pass' || /^(?:import|from)\s/.test(text)) return
  if (text === 'break' && loop !== undefined) {
    const outer = loops.length > 1 || loop.level > 0 ? Math.max(0, loop.level - 1) : 0
    const isCount = steps[loop.start]?.op === 'count'
    const jump = { op: 'jump' as const, to: 0, level: isCount ? outer : loop.level }
    steps.push(jump)
    loop.breaks.push(jump)
    return
  }
  if (text === 'continue' && loop !== undefined) {
    steps.push({ op: 'jump', to: loop.start, level: loop.level })
    return
  }
  const call = /^([\w.]+)\((.*)\)$/s.exec(text)
  const step = call === null ? undefined : callStep(call[1] ?? '', call[2] ?? '')
  const other = step ?? otherStep(text)
  if (other === undefined) throw unsupported(text)
  steps.push(other)
}

function callStep(name: string, args: string): Step | undefined {
  switch (name) {
    case 'print':
      return printStep(splitOutside(args, ',').filter((arg) => arg !== ''))
    case 'time.sleep':
    case 'sleep':
      return { op: 'sleep', value: args }
    case 'sys.exit':
    case 'exit':
    case 'quit':
    case 'os._exit':
      return { op: 'exit', value: args === '' ? '0' : args }
    default:
      return name.endsWith('.flush') ? { op: 'print', args: [], separator: '', end: '' } : undefined
  }
}

function printStep(all: string[]): Step {
  const option = (name: string, normal: string): string => {
    const found = all.find((arg) => new RegExp(`^${name}\\s*=`).test(arg))
    const text = found?.replace(/^\w+\s*=\s*/, '') ?? ''
    return /^(["']).*\1$/s.test(text) ? text.slice(1, -1).replaceAll('\\n', '\n') : normal
  }
  const args = all.filter((arg) => !/^(?:sep|end|flush|file)\s*=(?!=)/.test(arg))
  return { op: 'print', args, separator: option('sep', ' '), end: option('end', '\n') }
}

function otherStep(text: string): Step | undefined {
  const raise = /^raise\s+(\w+)(?:\((.*)\))?$/s.exec(text)
  if (raise !== null) {
    if (raise[1] === 'SystemExit') return { op: 'exit', value: raise[2] || '0' }
    return { op: 'raise', kind: raise[1] ?? '', message: raise[2] ?? '' }
  }
  const random = /^(\w+)\s*=\s*random\.randint\((\d+),\s*(\d+)\)$/.exec(text)
  if (random !== null) {
    const [, name = '', low, high] = random
    return { op: 'random', name, low: Number(low), high: Math.max(Number(low), Number(high)) }
  }
  const assign = /^([A-Za-z_]\w*)\s*(\+|-|\*|%|\/\/|\/)?=(?!=)\s*(.+)$/s.exec(text)
  if (assign === null) return undefined
  return { op: 'assign', name: assign[1] ?? '', operator: assign[2] ?? '', value: assign[3] ?? '' }
}
