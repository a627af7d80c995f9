// The `read` builtin.

import { durationMs } from '../../tools/clock.ts'
import { addMs } from '../../../base/time.ts'
import { VALUE_BYTES_MAX } from '../../kernel/limits.ts'
import { readFrom } from '../../kernel/descriptors.ts'
import { ShellFailure, type Shell } from '../shell.ts'
import { assign, isName, valueOf } from '../variables.ts'
import type { Builtin, BuiltinResult } from './builtin.ts'

interface ReadOptions {
  raw: boolean
  fd: number
  max: number
  timeoutMs: number | undefined
  /** No name was given: the line is kept as it is. */
  plain: boolean
  names: string[]
}

function readOptions(args: string[]): ReadOptions {
  const options: ReadOptions = {
    raw: false,
    fd: 0,
    max: Infinity,
    timeoutMs: undefined,
    plain: false,
    names: [],
  }
  const rest = [...args]
  while (/^-./.test(rest[0] ?? '')) {
    const word = rest.shift() ?? ''
    if (word === '--') break
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] ?? ''
      if (letter === 'r') options.raw = true
      else if ('pndtu'.includes(letter)) {
        const value = word.slice(i + 1) || (rest.shift() ?? '')
        if (letter === 'n') options.max = Number(value) || 1
        if (letter === 't') options.timeoutMs = durationMs(value) ?? 0
        if (letter === 'u') options.fd = Number(value)
        break
      } else if (letter !== 's') throw new ShellFailure(`illegal option -${letter}`, 'read')
    }
  }
  options.names = rest.length === 0 ? ['REPLY'] : rest
  options.plain = rest.length === 0
  for (const name of options.names) {
    if (!isName(name)) throw new ShellFailure(`'${name}': bad variable name`, 'read')
  }
  return options
}

// Reads until a line is complete; what came before stays in the state while the proc waits.
function read(shell: Shell, args: string[]): BuiltinResult {
  const { container, proc, state } = shell
  const options = readOptions(args)
  state.interrupted = undefined
  for (;;) {
    const text = readFrom(container, proc, options.fd, options.max - state.partial.length, true)
    if (text === undefined) {
      if (options.timeoutMs !== undefined && proc.memory['readUntil'] === undefined) {
        proc.memory['readUntil'] = container.now + options.timeoutMs
      }
      const due = proc.memory['readUntil']
      if (typeof due === 'number' && due <= container.now) {
        return finish(shell, options, 1)
      }
      proc.block = { on: 'input', fd: options.fd }
      if (typeof due === 'number' && due < Infinity)
        proc.block.until = addMs(container.now, due - container.now)
      return 'again'
    }
    state.partial += text
    if (state.partial.length > VALUE_BYTES_MAX) {
      proc.block = { on: 'nothing' }
      return 'again'
    }
    if (text === '') return finish(shell, options, 1)
    const isJoined = !options.raw && /(?:^|[^\\])(?:\\\\)*\\\n$/.test(state.partial)
    if (isJoined) state.partial = state.partial.slice(0, -2)
    else if (state.partial.endsWith('\n') || state.partial.length >= options.max) {
      return finish(shell, options, 0)
    }
  }
}

function finish(shell: Shell, options: ReadOptions, status: number): number {
  const { state, proc } = shell
  const line = state.partial.replace(/\n$/, '')
  state.partial = ''
  delete proc.memory['readUntil']
  const values = splitLine(shell, line, options)
  for (const [index, name] of options.names.entries()) assign(shell, name, values[index] ?? '')
  return status
}

// The last name gets the rest of the line, separators included.
function splitLine(shell: Shell, line: string, options: ReadOptions): string[] {
  const ifs = valueOf(shell, 'IFS') ?? ' \t\n'
  const isBlank = (char: string): boolean => ifs.includes(char) && ' \t\n'.includes(char)
  const values: string[] = []
  let pos = 0
  const skipBlanks = (): void => {
    while (pos < line.length && isBlank(line[pos] ?? '')) pos++
  }
  const plain = options.plain
  if (!plain) skipBlanks()
  while (values.length < options.names.length - 1 && pos < line.length) {
    let value = ''
    while (pos < line.length && !ifs.includes(line[pos] ?? '')) {
      if (line[pos] === '\\' && !options.raw) pos++
      value += line[pos++] ?? ''
    }
    skipBlanks()
    if (pos < line.length && ifs.includes(line[pos] ?? '')) {
      pos++
      skipBlanks()
    }
    values.push(value)
  }
  let rest = line.slice(pos)
  if (!plain) {
    let end = rest.length
    while (end > 0 && isBlank(rest[end - 1] ?? '') && rest[end - 2] !== '\\') end--
    rest = rest.slice(0, end)
  }
  values.push(options.raw ? rest : rest.replace(/\\([\s\S])/g, '$1'))
  return values
}

export const input: Record<string, Builtin> = { read }
