// Builtins that print or compare; the programs of the same names share their code.

import { echoText } from '../../tools/echo.ts'
import { formatText } from '../../tools/printf.ts'
import { testExpression } from '../../tools/test.ts'
import { complain, complainAs, put, type Shell } from '../shell.ts'
import { assign } from '../variables.ts'
import type { Builtin, BuiltinResult } from './builtin.ts'

function echo(shell: Shell, args: string[]): BuiltinResult {
  const isDash = shell.state.flavour === 'dash'
  const problem = put(shell, 1, echoText(args, isDash))
  if (problem === '' || shell.proc.broken) return 0
  complain(shell, `write error: ${problem}`)
  return 1
}

function printf(shell: Shell, args: string[]): BuiltinResult {
  const isAssignment = args[0] === '-v' && args.length > 2
  const words = args[0] === '--' ? args.slice(1) : args
  if (words.length === 0) {
    complain(shell, 'usage: printf format [arguments]', 'printf')
    return 2
  }
  const { text, problems } = formatText(isAssignment ? words.slice(2) : words)
  // The tool's output is buffered, its messages are not.
  for (const problem of problems) complainAs(shell, 'printf', problem)
  if (isAssignment) assign(shell, args[1] ?? '', text)
  else put(shell, 1, text)
  return problems.length > 0 ? 1 : 0
}

function bracket(shell: Shell, args: string[], closing: boolean): BuiltinResult {
  if (closing && args.at(-1) !== ']') {
    complainAs(shell, '[', 'missing ]')
    return 2
  }
  const words = closing ? args.slice(0, -1) : args
  const { container, proc } = shell
  const result = testExpression(container, proc.cwd, words)
  if (typeof result === 'boolean') return result ? 0 : 1
  complainAs(shell, closing ? '[' : 'test', result.error)
  return 2
}

export const output: Record<string, Builtin> = {
  echo,
  printf,
  test: (shell, args) => bracket(shell, args, false),
  '[': (shell, args) => bracket(shell, args, true),
}
