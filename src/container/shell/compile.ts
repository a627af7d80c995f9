// From syntax tree to code. Loops, branches and function bodies become jumps, so that a script can
// stop anywhere (in the middle of a word, too) and go on from plain data.

import type { Instruction, Program } from './code.ts'
import { compileFields, compileText, compileWord } from './compile-word.ts'
import { parseScript } from './parser.ts'
import type { Command, Item, List, Redirect, Word } from './syntax.ts'

type Code = Instruction[]

// Parsing is pure: equal scripts are compiled once. The limit keeps a page of long life small.
const cache = new Map<string, Program>()
const CACHE_MAX = 500

/** The code of a script; a syntax error becomes an instruction that reports it. */
export function compileScript(text: string): Program {
  const known = cache.get(text)
  if (known !== undefined) return known
  const script = parseScript(text)
  const code: Code = []
  for (const line of script.lines) compileList(code, line)
  if (script.error !== undefined) code.push({ op: 'fail', ...script.error })
  code.push({ op: 'end' })
  if (cache.size >= CACHE_MAX) cache.clear()
  const program = { code }
  cache.set(text, program)
  return program
}

/** Appends a list's code. */
export function compileList(code: Code, list: List): void {
  for (const item of list) compileItem(code, item)
}

function compileItem(code: Code, item: Item): void {
  if (!item.background) {
    compileCommand(code, item.command)
    return
  }
  const start = { op: 'background' as const, to: 0, text: '' }
  code.push(start)
  compileCommand(code, item.command)
  code.push({ op: 'end' })
  start.to = code.length
}

function compileCommand(code: Code, command: Command): void {
  switch (command.type) {
    case 'simple':
      return compileSimple(code, command)
    case 'pipeline':
      return compilePipeline(code, command)
    case 'and':
    case 'or':
      return compileAndOr(code, command)
    case 'if':
      return compileIf(code, command)
    case 'loop':
      return compileLoop(code, command)
    case 'for':
      return compileFor(code, command)
    case 'case':
      return compileCase(code, command)
    case 'group':
      return compileList(code, command.body)
    case 'subshell':
      return compileSubshell(code, command.body)
    case 'function':
      return compileFunction(code, command)
    case 'test':
      return compileTest(code, command)
    case 'arithmetic':
      return compileArithmetic(code, command)
    case 'count':
      return compileCount(code, command)
    case 'redirected':
      code.push({ op: 'begin', line: 0 })
      compileRedirects(code, command.redirects)
      code.push({ op: 'redirected' })
      compileCommand(code, command.body)
      code.push({ op: 'endRedirected' })
  }
}

type Of<T extends Command['type']> = Extract<Command, { type: T }>

function compileSimple(code: Code, command: Of<'simple'>): void {
  code.push({ op: 'begin', line: command.line })
  const declares = isDeclaration(command.words[0])
  for (const word of command.words) {
    if (!declares || !isAssignment(word)) {
      compileFields(code, word)
      continue
    }
    compileWord(code, word)
    code.push({ op: 'field' })
  }
  for (const { name, append, value } of command.assignments) {
    compileText(code, value)
    code.push({ op: 'assign', name, append })
  }
  compileRedirects(code, command.redirects)
  code.push({ op: 'run' }, { op: 'check' })
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

function compileRedirects(code: Code, redirects: Redirect[]): void {
  for (const { fd, kind, target } of redirects) {
    compileText(code, target)
    code.push({ op: 'redirect', fd, kind })
  }
}

function compileTest(code: Code, command: Of<'test'>): void {
  code.push({ op: 'begin', line: 0 })
  const operators = command.words.map((word) => {
    if ('operator' in word) return word.operator
    compileWord(code, word.operand)
    code.push({ op: 'pattern' })
    return undefined
  })
  code.push({ op: 'test', operators }, { op: 'check' })
}

function compileArithmetic(code: Code, command: Of<'arithmetic'>): void {
  const plain = { op: 'unlessBash' as const, to: 0 }
  code.push({ op: 'begin', line: 0 }, plain)
  compileText(code, command.expression)
  code.push({ op: 'compute', empty: 0 }, { op: 'check' })
  const end = { op: 'jump' as const, to: 0 }
  code.push(end)
  plain.to = code.length
  if (command.otherwise !== undefined) compileCommand(code, command.otherwise)
  else code.push({ op: 'fail', message: 'syntax error: unexpected "("', line: 1 })
  end.to = code.length
}

function compileCount(code: Code, command: Of<'count'>): void {
  const plain = { op: 'unlessBash' as const, to: 0 }
  code.push({ op: 'begin', line: 0 }, plain)
  compileText(code, command.start)
  code.push({ op: 'compute', empty: 1 })
  const loop = { op: 'loop' as const, exit: 0, next: 0 }
  code.push(loop)
  const first = code.length
  compileText(code, command.condition)
  code.push({ op: 'compute', empty: 1 })
  const leave = { op: 'branch' as const, ok: false, to: 0 }
  code.push(leave)
  compileList(code, command.body)
  code.push({ op: 'loopStatus' })
  loop.next = code.length
  compileText(code, command.step)
  code.push({ op: 'compute', empty: 1 }, { op: 'jump', to: first })
  leave.to = code.length
  code.push({ op: 'endLoop' })
  const end = { op: 'jump' as const, to: 0 }
  code.push(end)
  loop.exit = code.length - 1
  plain.to = code.length
  code.push({ op: 'fail', message: 'syntax error: bad for loop variable', line: 1 })
  end.to = code.length
}

function compilePipeline(code: Code, command: Of<'pipeline'>): void {
  if (command.negate) code.push({ op: 'condition' })
  const [first] = command.commands
  if (command.commands.length === 1 && first !== undefined) compileCommand(code, first)
  else {
    const start = { op: 'pipeline' as const, starts: [] as number[], to: 0 }
    code.push(start)
    for (const part of command.commands) {
      start.starts.push(code.length)
      compileCommand(code, part)
      code.push({ op: 'end' })
    }
    start.to = code.length
    code.push({ op: 'check' })
  }
  if (command.negate) code.push({ op: 'endCondition' }, { op: 'not' })
}

function compileAndOr(code: Code, command: Of<'and'> | Of<'or'>): void {
  compileCondition(code, [{ command: command.left, background: false }])
  const branch = { op: 'branch' as const, ok: command.type === 'or', to: 0 }
  code.push(branch)
  compileCommand(code, command.right)
  branch.to = code.length
}

// A command whose failure is an answer, not an error: `set -e` does not apply.
function compileCondition(code: Code, condition: List): void {
  code.push({ op: 'condition' })
  compileList(code, condition)
  code.push({ op: 'endCondition' })
}

function compileIf(code: Code, command: Of<'if'>): void {
  compileCondition(code, command.condition)
  const otherwise = { op: 'branch' as const, ok: false, to: 0 }
  code.push(otherwise)
  compileList(code, command.then)
  const end = { op: 'jump' as const, to: 0 }
  code.push(end)
  otherwise.to = code.length
  if (command.else === undefined) code.push({ op: 'status', code: 0 })
  else compileList(code, command.else)
  end.to = code.length
}

function compileLoop(code: Code, command: Of<'loop'>): void {
  const loop = { op: 'loop' as const, exit: 0, next: 0 }
  code.push(loop)
  loop.next = code.length
  compileCondition(code, command.condition)
  const leave = { op: 'branch' as const, ok: command.until, to: 0 }
  code.push(leave)
  compileList(code, command.body)
  code.push({ op: 'loopStatus' }, { op: 'jump', to: loop.next })
  leave.to = code.length
  code.push({ op: 'endLoop' })
  loop.exit = code.length
}

function compileFor(code: Code, command: Of<'for'>): void {
  code.push({ op: 'begin', line: 0 })
  for (const word of command.words ?? []) compileFields(code, word)
  const loop = { op: 'loop' as const, exit: 0, next: 0 }
  code.push(loop, { op: 'for', name: command.name, positional: command.words === undefined })
  loop.next = code.length
  const next = { op: 'forNext' as const, exit: 0 }
  code.push(next)
  compileList(code, command.body)
  code.push({ op: 'loopStatus' }, { op: 'jump', to: loop.next })
  next.exit = code.length
  code.push({ op: 'endLoop' })
  loop.exit = code.length
}

function compileCase(code: Code, command: Of<'case'>): void {
  compileText(code, command.subject)
  const ends: { op: 'jump'; to: number }[] = []
  for (const clause of command.clauses) {
    const matches: { op: 'match'; to: number }[] = []
    for (const pattern of clause.patterns) {
      compileWord(code, pattern)
      const match = { op: 'match' as const, to: 0 }
      code.push({ op: 'pattern' }, match)
      matches.push(match)
    }
    const skip = { op: 'jump' as const, to: 0 }
    code.push(skip)
    for (const match of matches) match.to = code.length
    code.push({ op: 'endCase' }, { op: 'status', code: 0 })
    compileList(code, clause.body)
    const end = { op: 'jump' as const, to: 0 }
    code.push(end)
    ends.push(end)
    skip.to = code.length
  }
  code.push({ op: 'endCase' }, { op: 'status', code: 0 })
  for (const end of ends) end.to = code.length
}

function compileSubshell(code: Code, body: List): void {
  const start = { op: 'subshell' as const, to: 0 }
  code.push(start)
  compileList(code, body)
  code.push({ op: 'end' })
  start.to = code.length
  code.push({ op: 'check' })
}

function compileFunction(code: Code, command: Of<'function'>): void {
  const start = { op: 'function' as const, name: command.name, to: 0 }
  code.push(start)
  compileCommand(code, command.body)
  code.push({ op: 'return' })
  start.to = code.length
  code.push({ op: 'status', code: 0 })
}
