// A very small Python: prints, sleeps, exits, counting loops and simple expressions, as one-liners
// in manifests use them. Anything else is refused in a clear line.

import { randomInt } from '../../base/rng.ts'
import { sleepFor } from '../tools/clock.ts'
import {
  fail,
  fileText,
  isSpent,
  out,
  recall,
  type Io,
  type Result,
  type Tool,
} from '../tools/io.ts'
import { parseProgram, type Step } from './python-parser.ts'
import { evaluateText, PythonError, show, type Names } from './python-values.ts'

interface Interpreter {
  [key: string]: number | Names | number[]
  pc: number
  names: Names
  /** Counters of the `for` loops in progress, innermost last. */
  counters: number[]
}

function python(io: Io): Result {
  const [option] = io.args
  // Without a program it reads one from its input, which is empty.
  if (option === undefined || option === '-') return 0
  if (option === '--version' || option === '-V') {
    out(io, 'Python 3.14.0\n')
    return 0
  }
  const rest = io.args.filter((arg) => arg !== '-u')
  const text = rest[0] === '-c' ? rest[1] : fileText(io, rest[0] ?? '')
  if (text === undefined) return 2
  try {
    return run(io, parseProgram(text))
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    const head = 'Traceback (most recent call last):\n  File "<string>", line 1, in <module>\n'
    return fail({ ...io, name: head + error.kind }, error.message)
  }
}

function run(io: Io, steps: Step[]): Result {
  const state = recall<Interpreter>(io, 'python', () => ({ pc: 0, names: {}, counters: [] }))
  for (;;) {
    const step = steps[state.pc]
    if (step === undefined) return 0
    if (isSpent(io, 10)) return 'wait'
    const result = runStep(io, state, step)
    if (result !== undefined) return result
  }
}

// Runs one step and moves on; a result ends the program or lets it wait at this step.
function runStep(io: Io, state: Interpreter, step: Step): Result | undefined {
  const value = (text: string): ReturnType<typeof evaluateText> =>
    evaluateText(io, state.names, text)
  switch (step.op) {
    case 'print':
      out(io, step.args.map((arg) => show(value(arg))).join(step.separator) + step.end)
      break
    case 'sleep':
      if (!sleepFor(io, Number(value(step.value)) * 1000)) return 'wait'
      delete io.proc.memory['until']
      break
    case 'exit': {
      const code = value(step.value)
      if (typeof code !== 'string') return Number(code)
      return fail({ ...io, name: code }, '')
    }
    case 'raise':
      throw new PythonError(step.kind, step.message === '' ? '' : show(value(step.message)))
    case 'assign': {
      const old = state.names[step.name]
      const right =
        step.operator === '' ? step.value : `${literal(old)} ${step.operator} (${step.value})`
      state.names[step.name] = value(right)
      break
    }
    case 'count': {
      const [first = 0, last = 0, by = 1] = rangeOf(step.range.map((text) => Number(value(text))))
      if (state.counters.length < step.level) state.counters.push(first)
      const counter = state.counters.at(-1) ?? first
      if (by > 0 ? counter >= last : counter <= last) {
        state.counters.pop()
        state.pc = step.exit
        return undefined
      }
      state.names[step.name] = counter
      state.counters[state.counters.length - 1] = counter + by
      break
    }
    case 'unless':
      if (show(value(step.condition)) === 'False' || Number(value(step.condition)) === 0) {
        state.pc = step.to
        return undefined
      }
      break
    case 'jump':
      state.counters.length = Math.min(state.counters.length, step.level)
      state.pc = step.to
      return undefined
    case 'random':
      state.names[step.name] = step.low + randomInt(io.container.rng, step.high - step.low + 1)
  }
  state.pc++
  return undefined
}

function literal(value: Names[string] | undefined): string {
  if (value === undefined) throw new PythonError('NameError', 'name is not defined')
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

function rangeOf(numbers: number[]): number[] {
  return numbers.length === 1
    ? [0, numbers[0] ?? 0, 1]
    : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1]
}

export const pythonTools: Record<string, Tool> = {
  python: { run: python },
  python3: { run: python },
}
