// Command line options in the short form every tool here has, `-n 5`, `-n5`, `-rn`.

import { warn, type Io } from './io.ts'

export interface Options {
  flags: Set<string>
  /** The last value of each option, and all of them in order. */
  values: Record<string, string>
  lists: Record<string, string[]>
  rest: string[]
}

/**
 * Reads options: letters of `flags` stand alone, those of `valued` take a value; `long` maps long
 * names to letters. Options may follow operands. An unknown one is reported and gives undefined.
 */
export function parseOptions(
  io: Io,
  flags: string,
  valued = '',
  long: Record<string, string> = {},
): Options | undefined {
  const options: Options = { flags: new Set(), values: {}, lists: {}, rest: [] }
  const args = [...io.args]
  while (args.length > 0) {
    const arg = args.shift() ?? ''
    if (arg === '--') {
      options.rest.push(...args)
      break
    }
    if (!/^-./.test(arg)) options.rest.push(arg)
    else if (arg.startsWith('--')) {
      const [name = '', value] = arg.slice(2).split(/=(.*)/s)
      const letter = Object.hasOwn(long, name) ? long[name] : undefined
      if (letter === undefined) return unknown(io, `unrecognized option '${arg}'`)
      if (valued.includes(letter)) setValue(options, letter, value ?? args.shift() ?? '')
      else options.flags.add(letter)
    } else if (!readLetters(io, arg, args, flags, valued, options)) return undefined
  }
  return options
}

function readLetters(
  io: Io,
  arg: string,
  args: string[],
  flags: string,
  valued: string,
  options: Options,
): boolean {
  for (let i = 1; i < arg.length; i++) {
    const letter = arg[i] ?? ''
    if (valued.includes(letter)) {
      const value = arg.slice(i + 1) || args.shift()
      if (value === undefined) {
        unknown(io, `option requires an argument -- '${letter}'`)
        return false
      }
      setValue(options, letter, value)
      return true
    }
    if (!flags.includes(letter)) {
      unknown(io, `invalid option -- '${letter}'`)
      return false
    }
    options.flags.add(letter)
  }
  return true
}

function setValue(options: Options, letter: string, value: string): void {
  options.values[letter] = value
  options.lists[letter] = [...(options.lists[letter] ?? []), value]
}

function unknown(io: Io, message: string): undefined {
  warn(io, message)
  return undefined
}
