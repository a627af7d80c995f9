// Parsing of `sed` scripts.

import { compileRegex, type Regex } from '../regex/regex.ts'
import { RegexError } from '../regex/syntax.ts'

export type Address =
  | { type: 'line'; number: number }
  | { type: 'last' }
  | { type: 'match'; pattern: Regex | undefined }
  | { type: 'step'; first: number; step: number }
  | { type: 'count'; lines: number }

export interface SedCommand {
  from: Address | undefined
  to: Address | undefined
  negated: boolean
  name: string
  /** Label, text to insert, file name. */
  text: string
  /** `{`: index behind the matching `}`; `b`, `t`: resolved target. */
  target: number
  pattern: Regex | undefined
  replacement: string
  /** Of `s`: which match, whether all from there on, whether to print. */
  nth: number
  all: boolean
  print: boolean
  map: Record<string, string>
}

/** What is wrong with a script. */
export class SedError extends Error {
  override name = 'SedError'
}

interface Reader {
  text: string
  pos: number
  extended: boolean
}

/** The commands of a script, jumps resolved. */
export function parseSed(text: string, extended: boolean): SedCommand[] {
  const reader: Reader = { text, pos: 0, extended }
  const commands: SedCommand[] = []
  const open: number[] = []
  for (;;) {
    skip(reader, /[\s;]/)
    if (reader.pos >= text.length) break
    if (text[reader.pos] === '#') {
      skip(reader, /[^\n]/)
      continue
    }
    const command = parseCommand(reader)
    if (command.name === '{') open.push(commands.length)
    if (command.name === '}') {
      const start = commands[open.pop() ?? -1]
      if (start === undefined) throw new SedError("unexpected '}'")
      start.target = commands.length
    }
    commands.push(command)
  }
  if (open.length > 0) throw new SedError("unmatched '{'")
  for (const command of commands) {
    if (!['b', 't', 'T'].includes(command.name)) continue
    const target = commands.findIndex(
      ({ name, text: label }) => name === ':' && label === command.text,
    )
    if (target < 0 && command.text !== '')
      throw new SedError(`can't find label for jump to '${command.text}'`)
    command.target = target < 0 ? commands.length : target
  }
  return commands
}

function skip(reader: Reader, chars: RegExp): void {
  while (reader.pos < reader.text.length && chars.test(reader.text[reader.pos] ?? '')) reader.pos++
}

function parseCommand(reader: Reader): SedCommand {
  const from = parseAddress(reader)
  let to: Address | undefined
  skip(reader, / /)
  if (from !== undefined && reader.text[reader.pos] === ',') {
    reader.pos++
    skip(reader, / /)
    to = parseAddress(reader)
    if (to === undefined) throw new SedError("unexpected ','")
  }
  skip(reader, /[ \t]/)
  const negated = reader.text[reader.pos] === '!'
  if (negated) reader.pos++
  skip(reader, / /)
  const name = reader.text[reader.pos++] ?? ''
  const command: SedCommand = {
    from,
    to,
    negated,
    name,
    text: '',
    target: -1,
    pattern: undefined,
    replacement: '',
    nth: 1,
    all: false,
    print: false,
    map: {},
  }
  parseBody(reader, command)
  return command
}

function parseBody(reader: Reader, command: SedCommand): void {
  switch (command.name) {
    case 's':
      parseSubstitute(reader, command)
      return
    case 'y':
      parseMap(reader, command)
      return
    case 'a':
    case 'i':
    case 'c':
      command.text = parseText(reader)
      return
    case ':':
    case 'b':
    case 't':
    case 'T':
    case 'r':
    case 'w': {
      skip(reader, /[ \t]/)
      const end = command.name === 'r' || command.name === 'w' ? /[^\n]/ : /[^\n;}]/
      const start = reader.pos
      skip(reader, end)
      command.text = reader.text.slice(start, reader.pos).trim()
      return
    }
    case 'q':
    case 'Q': {
      skip(reader, / /)
      const start = reader.pos
      skip(reader, /\d/)
      command.text = reader.text.slice(start, reader.pos)
      return
    }
    default:
      if (command.name === '' || !'{}dDpPnNgGhHx=lz'.includes(command.name)) {
        throw new SedError(
          command.name === '' ? 'missing command' : `unsupported command ${command.name}`,
        )
      }
  }
}

function parseAddress(reader: Reader): Address | undefined {
  const rest = reader.text.slice(reader.pos)
  const number = /^(\d+)(?:~(\d+))?/.exec(rest)
  if (number !== null) {
    reader.pos += number[0].length
    const first = Number(number[1])
    return number[2] === undefined
      ? { type: 'line', number: first }
      : { type: 'step', first, step: Number(number[2]) }
  }
  const plus = /^\+(\d+)/.exec(rest)
  if (plus !== null) {
    reader.pos += plus[0].length
    return { type: 'count', lines: Number(plus[1]) }
  }
  if (rest.startsWith('$')) {
    reader.pos++
    return { type: 'last' }
  }
  if (!rest.startsWith('/') && !rest.startsWith('\\')) return undefined
  if (rest.startsWith('\\')) reader.pos++
  const pattern = delimited(reader, reader.text[reader.pos++] ?? '/')
  const flags = reader.text[reader.pos] === 'I' ? 'i' : ''
  reader.pos += flags.length
  return { type: 'match', pattern: compile(reader, pattern, flags) }
}

// An empty expression means the last one used: undefined here.
function compile(reader: Reader, pattern: string, flags: string): Regex | undefined {
  if (pattern === '') return undefined
  const { extended } = reader
  const [ignoreCase, multiline] = [flags.includes('i'), flags.includes('m')]
  try {
    return compileRegex(pattern, { extended, ignoreCase, multiline })
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new SedError(`bad regex '${pattern}': ${error.message}`)
  }
}

function delimited(reader: Reader, delimiter: string): string {
  let text = ''
  let inSet = false
  for (;;) {
    const char = reader.text[reader.pos++]
    if (char === undefined) throw new SedError("unterminated 's' command")
    if (char === '\\') {
      const next = reader.text[reader.pos++] ?? ''
      text += next === delimiter && !/[.*+?^${}()|[\]\\]/.test(next) ? next : `\\${next}`
      continue
    }
    if (char === '[' && !inSet) inSet = true
    else if (char === ']' && inSet && !/\[\^?$/.test(text)) inSet = false
    if (char === delimiter && !(inSet && delimiter !== '/')) return text
    text += char
  }
}

function parseSubstitute(reader: Reader, command: SedCommand): void {
  const delimiter = reader.text[reader.pos++] ?? ''
  const pattern = delimited(reader, delimiter)
  command.replacement = replacementText(reader, delimiter)
  let flags = ''
  for (;;) {
    const char = reader.text[reader.pos] ?? ''
    const number = /^\d+/.exec(reader.text.slice(reader.pos))?.[0]
    if (char === 'g') command.all = true
    else if (char === 'p') command.print = true
    else if (char === 'i' || char === 'I') flags += 'i'
    else if (char === 'm' || char === 'M') flags += 'm'
    else if (char === 'w') {
      const end = /\n|$/.exec(reader.text.slice(reader.pos))?.index ?? 0
      command.text = reader.text.slice(reader.pos + 1, reader.pos + end).trim()
      reader.pos += end
      break
    } else if (number !== undefined) {
      command.nth = Number(number)
      reader.pos += number.length - 1
    } else if (char === '' || /[\s;}#]/.test(char)) break
    else throw new SedError(`bad option in substitution expression`)
    reader.pos++
  }
  command.pattern = compile(reader, pattern, flags)
}

function replacementText(reader: Reader, delimiter: string): string {
  let text = ''
  for (;;) {
    const char = reader.text[reader.pos++]
    if (char === undefined) throw new SedError("unterminated 's' command")
    if (char === delimiter) return text
    text += char
    if (char === '\\') text += reader.text[reader.pos++] ?? ''
  }
}

function parseMap(reader: Reader, command: SedCommand): void {
  const delimiter = reader.text[reader.pos++] ?? ''
  const unescape = (text: string): string[] => [
    ...text.replace(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char)),
  ]
  const from = unescape(delimited(reader, delimiter))
  const to = unescape(delimited(reader, delimiter))
  if (from.length !== to.length) throw new SedError("strings for 'y' command are different lengths")
  for (const [index, char] of from.entries()) command.map[char] ??= to[index] ?? ''
}

// `a\` newline text, or `a text` on the same line.
function parseText(reader: Reader): string {
  skip(reader, /[ \t]/)
  if (reader.text[reader.pos] === '\\') {
    reader.pos++
    skip(reader, /[ \t]/)
    if (reader.text[reader.pos] === '\n') reader.pos++
  }
  let text = ''
  for (;;) {
    const char = reader.text[reader.pos++]
    if (char === undefined || char === '\n') return text
    if (char !== '\\') {
      text += char
      continue
    }
    const next = reader.text[reader.pos++] ?? ''
    text += { n: '\n', t: '\t', r: '\r' }[next] ?? next
  }
}
