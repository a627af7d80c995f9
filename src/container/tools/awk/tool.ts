// `awk`: its command line and its main loop.

import {
  eachLine,
  fail,
  failure,
  fileText,
  readAll,
  type Io,
  type Result,
  type Tool,
} from '../io.ts'
import { unescapeText } from '../printf.ts'
import { evaluate, execute, Jump } from './evaluate.ts'
import type { Awk, Scope } from './functions.ts'
import { parseAwk } from './parser.ts'
import {
  fromInput,
  newState,
  setRecord,
  setVariable,
  toNumber,
  toTruth,
  type AwkState,
} from './runtime.ts'
import { AwkError, type AwkProgram, type Rule } from './syntax.ts'

interface Command {
  program: string
  files: string[]
  assigns: string[]
  separator: string | undefined
}

function readCommand(io: Io, stdin: string): Command | undefined {
  const args = [...io.args]
  const command: Command = { program: '', files: [], assigns: [], separator: undefined }
  const sources: string[] = []
  while (/^-./.test(args[0] ?? '')) {
    const option = args.shift() ?? ''
    if (option === '--') break
    const value = (): string => (option.length > 2 ? option.slice(2) : (args.shift() ?? ''))
    if (option.startsWith('-F')) command.separator = value()
    else if (option.startsWith('-v')) command.assigns.push(value())
    else if (option.startsWith('-f')) sources.push(sourceText(io, value(), stdin))
    else if (option.startsWith('-e')) sources.push(value())
  }
  if (sources.length === 0) {
    const program = args.shift()
    if (program === undefined) return undefined
    sources.push(program)
  }
  command.program = sources.join('\n')
  command.files = args
  return command
}

function sourceText(io: Io, name: string, stdin: string): string {
  return name === '-' ? stdin : (fileText(io, name) ?? '')
}

function awkTool(io: Io): Result {
  const isPiped = io.args.some(
    (arg, i) => arg === '-f-' || (arg === '-f' && io.args[i + 1] === '-'),
  )
  const stdin = isPiped ? readAll(io) : ''
  if (stdin === undefined) return 'wait'
  const command = readCommand(io, stdin)
  if (command === undefined) return fail(io, 'Usage: awk [OPTIONS] [AWK_PROGRAM] [FILE]...')
  try {
    return runAwk(io, command, parseAwk(command.program))
  } catch (error) {
    if (error instanceof AwkError) return fail(io, `cmd. line:1: ${error.message}`)
    if (error instanceof Jump && error.kind === 'spent') return 'wait'
    throw error
  }
}

function runAwk(io: Io, command: Command, program: AwkProgram): Result {
  const { memory } = io.proc
  const isNew = memory['awk'] === undefined
  const state = (memory['awk'] ??= newState(program.rules.length) as never) as unknown as AwkState
  const awk: Awk = { io, state, evaluate }
  const files = command.files.filter((file) => !/^[A-Za-z_]\w*=/.test(file))
  const scope: Scope = { locals: undefined, arrays: {}, program: command.program, depth: 0, files }
  if (isNew) prepare(io, awk, command)
  const end = (): number => {
    if (!state.ended) {
      state.ended = true
      runRules(awk, scope, program, 'END')
    }
    return state.exitCode === 0 && failure(io) === 1 ? 2 : state.exitCode
  }
  if (!state.begun) {
    state.begun = true
    if (!runRules(awk, scope, program, 'BEGIN')) return end()
  }
  if (!program.rules.some((rule) => rule.when !== 'BEGIN')) return state.exitCode
  return eachLine(
    io,
    files,
    (line) => {
      nextRecord(state, line.text, line.file)
      return runRules(awk, scope, program, 'record') ? undefined : end()
    },
    end,
  )
}

function prepare(io: Io, awk: Awk, command: Command): void {
  const { state } = awk
  if (command.separator !== undefined) {
    const { separator } = command
    setVariable(io.proc, state, 'FS', separator === 't' ? '\t' : unescapeText(separator).text)
  }
  for (const text of [
    ...command.assigns,
    ...command.files.filter((f) => /^[A-Za-z_]\w*=/.test(f)),
  ]) {
    const equals = text.indexOf('=')
    const value = unescapeText(text.slice(equals + 1)).text
    setVariable(io.proc, state, text.slice(0, equals), fromInput(value))
  }
  state.arrays['ENVIRON'] = Object.fromEntries(
    Object.entries(io.proc.env).map(([name, value]) => [name, fromInput(value)]),
  )
  const words = ['awk', ...command.files]
  state.arrays['ARGV'] = Object.fromEntries(
    words.map((word, index) => [String(index), fromInput(word)]),
  )
  setVariable(io.proc, state, 'ARGC', words.length)
}

function nextRecord(state: AwkState, text: string, file: string): void {
  const { variables } = state
  const name = file === '-' ? '' : file
  if (variables['FILENAME'] !== name) {
    variables['FILENAME'] = name
    variables['FNR'] = 0
  }
  variables['NR'] = toNumber(variables['NR'] ?? 0) + 1
  variables['FNR'] = toNumber(variables['FNR'] ?? 0) + 1
  setRecord(state, text)
}

/** Runs the rules of a kind; false after `exit`. */
function runRules(awk: Awk, scope: Scope, program: AwkProgram, when: Rule['when']): boolean {
  try {
    for (const [index, rule] of program.rules.entries()) {
      if (rule.when !== when || !applies(awk, scope, rule, index)) continue
      execute(awk, scope, rule.body ?? PRINT)
    }
  } catch (error) {
    if (!(error instanceof Jump)) throw error
    if (error.kind === 'spent') throw error
    if (error.kind !== 'exit') return true
    if (typeof error.value !== 'object' || error.value.text !== '') {
      awk.state.exitCode = toNumber(error.value)
    }
    return false
  }
  return true
}

const PRINT = { type: 'print' as const, args: [], format: false, to: undefined, append: false }

function applies(awk: Awk, scope: Scope, rule: Rule, index: number): boolean {
  if (rule.pattern === undefined) return true
  const { ranges } = awk.state
  if (rule.until === undefined) return toTruth(evaluate(awk, scope, rule.pattern))
  if (ranges[index] !== true && !toTruth(evaluate(awk, scope, rule.pattern))) return false
  ranges[index] = !toTruth(evaluate(awk, scope, rule.until))
  return true
}

export const awkTools: Record<string, Tool> = { awk: { run: awkTool } }
