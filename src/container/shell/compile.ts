// From syntax tree to code. Loops, branches and function bodies become jumps, so that a script can
// stop anywhere (in the middle of a word, too) and continue from plain data.

import type { Bytecode } from './code.ts'
import { compileFields, compileText, compileWord, type Assembly } from './compile-word.ts'
import { parseScript } from './parser.ts'
import type { Command, Item, List, Redirect, Word } from './syntax.ts'

// Parsing is pure: equal scripts are compiled once. The limit keeps a page of long life small.
const cache = new Map<string, Bytecode>()
const CACHE_MAX = 500

/** The code of a script; a syntax error becomes an instruction that reports it. */
export function compileScript(text: string): Bytecode {
  const known = cache.get(text)
  if (known !== undefined) return known
  const script = parseScript(text)
  const at: Assembly = { code: [], list: compileList }
  for (const line of script.lines) compileList(at, line)
  if (script.error !== undefined) at.code.push({ op: 'fail', ...script.error })
  at.code.push({ op: 'end' })
  if (cache.size >= CACHE_MAX) cache.clear()
  const bytecode = { code: at.code }
  cache.set(text, bytecode)
  return bytecode
}

/** Appends a list's code. */
function compileList(at: Assembly, list: List): void {
  for (const item of list) compileItem(at, item)
}

function compileItem(at: Assembly, item: Item): void {
  if (!item.background) {
    compileCommand(at, item.command)
    return
  }
  const start = { op: 'background' as const, to: 0, text: '' }
  at.code.push(start)
  compileCommand(at, item.command)
  at.code.push({ op: 'end' })
  start.to = at.code.length
}

function compileCommand(at: Assembly, command: Command): void {
  switch (command.type) {
    case 'simple':
      return compileSimple(at, command)
    case 'pipeline':
      return compilePipeline(at, command)
    case 'and':
    case 'or':
      return compileAndOr(at, command)
    case 'if':
      return compileIf(at, command)
    case 'loop':
      return compileLoop(at, command)
    case 'for':
      return compileFor(at, command)
    case 'case':
      return compileCase(at, command)
    case 'group':
      return compileList(at, command.body)
    case 'subshell':
      return compileSubshell(at, command.body)
    case 'function':
      return compileFunction(at, command)
    case 'test':
      return compileTest(at, command)
    case 'arithmetic':
      return compileArithmetic(at, command)
    case 'count':
      return compileCount(at, command)
    case 'redirected':
      at.code.push({ op: 'begin', line: 0 })
      compileRedirects(at, command.redirects)
      at.code.push({ op: 'redirected' })
      compileCommand(at, command.body)
      at.code.push({ op: 'endRedirected' })
  }
}

type Of<T extends Command['type']> = Extract<Command, { type: T }>

function compileSimple(at: Assembly, command: Of<'simple'>): void {
  at.code.push({ op: 'begin', line: command.line })
  const declares = isDeclaration(command.words[0])
  for (const word of command.words) {
    if (!declares || !isAssignment(word)) {
      compileFields(at, word)
      continue
    }
    compileWord(at, word)
    at.code.push({ op: 'field' })
  }
  for (const { name, append, value } of command.assignments) {
    compileText(at, value)
    at.code.push({ op: 'assign', name, append })
  }
  compileRedirects(at, command.redirects)
  at.code.push({ op: 'run' }, { op: 'check' })
}

// `export a=$b` keeps the value in one piece, like an assignment.
function isDeclaration(word: Word | undefined): boolean {
  const [part] = word ?? []
  return (
    word?.length === 1 && part?.type === 'text' && /^(?:export|readonly|local)$/.test(part.text)
  )
}

function isAssignment(word: Word): boolean {
  const [part] = word
  return part?.type === 'text' && !part.quoted && /^[A-Za-z_]\w*=/.test(part.text)
}

function compileRedirects(at: Assembly, redirects: Redirect[]): void {
  for (const { fd, kind, target } of redirects) {
    compileText(at, target)
    at.code.push({ op: 'redirect', fd, kind })
  }
}

function compileTest(at: Assembly, command: Of<'test'>): void {
  at.code.push({ op: 'begin', line: 0 })
  const operators = command.words.map((word) => {
    if ('operator' in word) return word.operator
    compileWord(at, word.operand)
    at.code.push({ op: 'pattern' })
    return undefined
  })
  at.code.push({ op: 'test', operators }, { op: 'check' })
}

function compileArithmetic(at: Assembly, command: Of<'arithmetic'>): void {
  const plain = { op: 'unlessBash' as const, to: 0 }
  at.code.push({ op: 'begin', line: 0 }, plain)
  compileText(at, command.expression)
  at.code.push({ op: 'compute', empty: 0 }, { op: 'check' })
  const end = { op: 'jump' as const, to: 0 }
  at.code.push(end)
  plain.to = at.code.length
  if (command.otherwise !== undefined) compileCommand(at, command.otherwise)
  else at.code.push({ op: 'fail', message: 'syntax error: unexpected "("', line: 1 })
  end.to = at.code.length
}

function compileCount(at: Assembly, command: Of<'count'>): void {
  const plain = { op: 'unlessBash' as const, to: 0 }
  at.code.push({ op: 'begin', line: 0 }, plain)
  compileText(at, command.start)
  at.code.push({ op: 'compute', empty: 1 })
  const loop = { op: 'loop' as const, exit: 0, next: 0 }
  at.code.push(loop)
  const first = at.code.length
  compileText(at, command.condition)
  at.code.push({ op: 'compute', empty: 1 })
  const leave = { op: 'jumpIf' as const, ok: false, to: 0 }
  at.code.push(leave)
  compileList(at, command.body)
  at.code.push({ op: 'loopStatus' })
  loop.next = at.code.length
  compileText(at, command.step)
  at.code.push({ op: 'compute', empty: 1 }, { op: 'jump', to: first })
  leave.to = at.code.length
  at.code.push({ op: 'endLoop' })
  const end = { op: 'jump' as const, to: 0 }
  at.code.push(end)
  loop.exit = at.code.length - 1
  plain.to = at.code.length
  at.code.push({ op: 'fail', message: 'syntax error: bad for loop variable', line: 1 })
  end.to = at.code.length
}

function compilePipeline(at: Assembly, command: Of<'pipeline'>): void {
  if (command.negate) at.code.push({ op: 'condition' })
  const [first] = command.commands
  if (command.commands.length === 1 && first !== undefined) compileCommand(at, first)
  else {
    const start = { op: 'pipeline' as const, starts: [] as number[], to: 0 }
    at.code.push(start)
    for (const part of command.commands) {
      start.starts.push(at.code.length)
      compileCommand(at, part)
      at.code.push({ op: 'end' })
    }
    start.to = at.code.length
    at.code.push({ op: 'check' })
  }
  if (command.negate) at.code.push({ op: 'endCondition' }, { op: 'not' })
}

function compileAndOr(at: Assembly, command: Of<'and'> | Of<'or'>): void {
  compileCondition(at, [{ command: command.left, background: false }])
  const skip = { op: 'jumpIf' as const, ok: command.type === 'or', to: 0 }
  at.code.push(skip)
  compileCommand(at, command.right)
  skip.to = at.code.length
}

// A command whose failure is an answer, not an error: `set -e` does not apply.
function compileCondition(at: Assembly, condition: List): void {
  at.code.push({ op: 'condition' })
  compileList(at, condition)
  at.code.push({ op: 'endCondition' })
}

function compileIf(at: Assembly, command: Of<'if'>): void {
  compileCondition(at, command.condition)
  const otherwise = { op: 'jumpIf' as const, ok: false, to: 0 }
  at.code.push(otherwise)
  compileList(at, command.then)
  const end = { op: 'jump' as const, to: 0 }
  at.code.push(end)
  otherwise.to = at.code.length
  if (command.else === undefined) at.code.push({ op: 'status', code: 0 })
  else compileList(at, command.else)
  end.to = at.code.length
}

function compileLoop(at: Assembly, command: Of<'loop'>): void {
  const loop = { op: 'loop' as const, exit: 0, next: 0 }
  at.code.push(loop)
  loop.next = at.code.length
  compileCondition(at, command.condition)
  const leave = { op: 'jumpIf' as const, ok: command.until, to: 0 }
  at.code.push(leave)
  compileList(at, command.body)
  at.code.push({ op: 'loopStatus' }, { op: 'jump', to: loop.next })
  leave.to = at.code.length
  at.code.push({ op: 'endLoop' })
  loop.exit = at.code.length
}

function compileFor(at: Assembly, command: Of<'for'>): void {
  at.code.push({ op: 'begin', line: 0 })
  for (const word of command.words ?? []) compileFields(at, word)
  const loop = { op: 'loop' as const, exit: 0, next: 0 }
  at.code.push(loop, { op: 'for', name: command.name, positional: command.words === undefined })
  loop.next = at.code.length
  const next = { op: 'forNext' as const, exit: 0 }
  at.code.push(next)
  compileList(at, command.body)
  at.code.push({ op: 'loopStatus' }, { op: 'jump', to: loop.next })
  next.exit = at.code.length
  at.code.push({ op: 'endLoop' })
  loop.exit = at.code.length
}

function compileCase(at: Assembly, command: Of<'case'>): void {
  compileText(at, command.subject)
  const ends: { op: 'jump'; to: number }[] = []
  for (const clause of command.clauses) {
    const matches: { op: 'match'; to: number }[] = []
    for (const pattern of clause.patterns) {
      compileWord(at, pattern)
      const match = { op: 'match' as const, to: 0 }
      at.code.push({ op: 'pattern' }, match)
      matches.push(match)
    }
    const skip = { op: 'jump' as const, to: 0 }
    at.code.push(skip)
    for (const match of matches) match.to = at.code.length
    at.code.push({ op: 'endCase' })
    // The body still sees the status from before.
    if (clause.body.length === 0) at.code.push({ op: 'status', code: 0 })
    compileList(at, clause.body)
    const end = { op: 'jump' as const, to: 0 }
    at.code.push(end)
    ends.push(end)
    skip.to = at.code.length
  }
  at.code.push({ op: 'endCase' }, { op: 'status', code: 0 })
  for (const end of ends) end.to = at.code.length
}

function compileSubshell(at: Assembly, body: List): void {
  const start = { op: 'subshell' as const, to: 0 }
  at.code.push(start)
  compileList(at, body)
  at.code.push({ op: 'end' })
  start.to = at.code.length
  at.code.push({ op: 'check' })
}

function compileFunction(at: Assembly, command: Of<'function'>): void {
  const start = { op: 'function' as const, name: command.name, to: 0 }
  at.code.push(start)
  compileCommand(at, command.body)
  at.code.push({ op: 'return' })
  start.to = at.code.length
  at.code.push({ op: 'status', code: 0 })
}
