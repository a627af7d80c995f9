// A very small perl: the one-liners of tutorials. `bpi(n)` is computed and takes its time; other
// programs are prints, exits and sleeps, anything else is refused in a clear line.

import { sleepFor } from '../tools/clock.ts'
import { fail, out, type Io, type Result, type Tool } from '../tools/io.ts'
import { unescapeText } from '../tools/printf.ts'
import { evaluate } from '../shell/arithmetic.ts'
import { PI_DIGITS_MAX, piText } from './pi.ts'

interface Command {
  program: string | undefined
  /** `-l`: print adds a newline. */
  newline: boolean
  modules: string[]
  args: string[]
}

function readCommand(args: readonly string[]): Command {
  const rest = [...args]
  const command: Command = { program: undefined, newline: false, modules: [], args: [] }
  while (/^-./.test(rest[0] ?? '') && command.program === undefined) {
    const option = rest.shift() ?? ''
    if (/^-[Mm]/.test(option)) command.modules.push(option.slice(2))
    else {
      const letters = option.slice(1)
      if (letters.includes('l')) command.newline = true
      if (/[eE]$/.test(letters)) command.program = rest.shift() ?? ''
    }
  }
  command.args = rest
  return command
}

function run(io: Io): Result {
  if (io.args.some((arg) => arg === '-v' || arg === '--version')) {
    out(io, '\nThis is perl 5, version 42, subversion 0 (v5.42.0) built for x86_64-linux-gnu\n\n')
    return 0
  }
  const command = readCommand(io.args)
  // Without a program perl reads one from its input, which is empty; so does its debugger.
  if (command.program === undefined) return 0
  const statements = command.program
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
  for (;;) {
    const at = Number(io.proc.memory['at'] ?? 0)
    const statement = statements[at]
    if (statement === undefined) return 0
    const result = runStatement(io, command, statement)
    if (result !== undefined) return result
    io.proc.memory['at'] = at + 1
    delete io.proc.memory['until']
  }
}

function runStatement(io: Io, command: Command, statement: string): Result | undefined {
  const sleep = /^sleep\s*\(?\s*(\d+)\s*\)?$/.exec(statement)
  if (sleep !== null) return sleepFor(io, Number(sleep[1]) * 1000) ? undefined : 'wait'
  const exit = /^exit\s*\(?\s*(\d*)\s*\)?$/.exec(statement)
  if (exit !== null) return Number(exit[1] || '0')
  const die = /^die\s+(["'])(.*)\1$/.exec(statement)
  if (die !== null) {
    const text = die[2] ?? ''
    return fail({ ...io, name: unescapeText(text).text }, 'died at -e line 1.', 255)
  }
  if (/^use\s/.test(statement) || statement.startsWith('$|')) return undefined
  const print = /^(print|say|printf)\b\s*\(?(.*?)\)?$/s.exec(statement)
  if (print === null) return unsupported(io, statement)
  return runPrint(io, command, print[1] ?? '', print[2] ?? '')
}

function unsupported(io: Io, statement: string): number {
  return fail(
    io,
    `this lab's perl cannot run "${statement}" (print, sleep, exit and bpi only)`,
    255,
  )
}

// What 2,000 digits took in the recordings; the work grows with the square of the digits.
const PI_BASE_MS = 200
const PI_2000_MS = 4000

function runPrint(io: Io, command: Command, verb: string, text: string): Result | undefined {
  const pi = /^bpi\s*\(?\s*(\d+)\s*\)?$/.exec(text)
  if (pi !== null) {
    const digits = Number(pi[1])
    if (!command.modules.some((name) => name.includes('bpi'))) {
      return fail(io, 'Undefined subroutine &main::bpi called at -e line 1.', 255)
    }
    if (digits > PI_DIGITS_MAX) {
      io.proc.block = { on: 'nothing' }
      return 'wait'
    }
    const ms = PI_BASE_MS + Math.round((PI_2000_MS - PI_BASE_MS) * (digits / 2000) ** 2)
    if (!sleepFor(io, ms)) return 'wait'
    print(io, command, verb, piText(Math.max(1, digits)))
    return undefined
  }
  const value = valueOf(io, text)
  if (value === undefined) return unsupported(io, `${verb} ${text}`)
  print(io, command, verb, value)
  return undefined
}

function print(io: Io, command: Command, verb: string, text: string): void {
  out(io, command.newline || verb === 'say' ? `${text}\n` : text)
}

// A list of strings and integer expressions, joined by `.` or `,`.
function valueOf(io: Io, text: string): string | undefined {
  let result = ''
  for (const [part] of text.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|[^,."']+|[.,]/g)) {
    const trimmed = part.trim()
    if (trimmed === '.' || trimmed === ',' || trimmed === '') continue
    if (trimmed.startsWith('"')) result += interpolate(io, unescapeText(trimmed.slice(1, -1)).text)
    else if (trimmed.startsWith("'")) result += trimmed.slice(1, -1)
    else {
      const value = expression(io, trimmed)
      if (value === undefined) return undefined
      result += value
    }
  }
  return result
}

function interpolate(io: Io, text: string): string {
  return text.replace(/\$ENV\{(\w+)\}/g, (_, name: string) => io.proc.env[name] ?? '')
}

function expression(io: Io, text: string): string | undefined {
  if (text === 'time' || text === 'time()') return String(Math.floor(io.container.now / 1000))
  const variable = /^\$ENV\{(\w+)\}$/.exec(text)
  if (variable !== null) return io.proc.env[variable[1] ?? ''] ?? ''
  if (!/^[\d\s()+*/%-]+$/.test(text)) return undefined
  try {
    return String(evaluate(text, { get: () => undefined, set: () => undefined }))
  } catch {
    return undefined
  }
}

export const perl: Record<string, Tool> = { perl: { run } }
