// Flags as kubectl's parser (pflag) reads them: `--name=value`, `--name value`, `-n value`,
// `-nvalue`, `-fR`, `--`; and its words for what it cannot read.
import { NANOSECONDS_PER_MS, parseGoDuration } from '../sim/lib/go-duration.ts'
import { goQuote } from '../sim/lib/go-quote.ts'
import { KubectlError } from './errors.ts'

/**
 * `list` splits at commas and may be repeated (StringSlice); `array` does not split; `map` is
 * `a=b,c=d`, repeated or not.
 */
type FlagType = 'bool' | 'string' | 'int' | 'int32' | 'duration' | 'list' | 'array' | 'map'

export interface FlagSpec {
  readonly name: string
  /** One letter. */
  readonly short?: string
  readonly type: FlagType
  /** The default as it would be typed; absent: false, '', 0 or nothing. */
  readonly value?: string
  /** What `--name` alone means when a value is optional (NoOptDefVal). */
  readonly bare?: string
  /** What the flag does, for `--help`. */
  readonly usage: string
  readonly hidden?: true
  /** What is said each time it is typed, after `has been deprecated, `. */
  readonly deprecated?: string
}

const INT32_MAX = 2 ** 31 - 1
const INT64_MAX = 2 ** 63

/** The flags of one invocation, by name. */
export class Flags {
  private readonly specs: ReadonlyMap<string, FlagSpec>
  private readonly given = new Map<string, string[]>()

  constructor(specs: Iterable<FlagSpec>) {
    this.specs = new Map([...specs].map((spec) => [spec.name, spec]))
  }

  /** Whether the flag was typed. */
  changed(name: string): boolean {
    return this.given.has(name)
  }

  /** A line for each time that a deprecated flag was typed, as pflag says it. */
  deprecations(): string {
    const typed = [...this.given].flatMap(([name, values]) => values.map(() => name))
    return typed
      .flatMap((name) => {
        const why = this.specs.get(name)?.deprecated
        return why === undefined ? [] : [`Flag --${name} has been deprecated, ${why}\n`]
      })
      .join('')
  }

  string(name: string): string {
    return this.given.get(name)?.at(-1) ?? this.specs.get(name)?.value ?? ''
  }

  bool(name: string): boolean {
    return parseBool(this.string(name)) === true
  }

  int(name: string): number {
    return Number(this.string(name) || 0)
  }

  /** Milliseconds. */
  duration(name: string): number {
    return parseGoDuration(this.string(name) || '0s') / NANOSECONDS_PER_MS
  }

  list(name: string): readonly string[] {
    const split = this.specs.get(name)?.type === 'list'
    const values = this.given.get(name) ?? []
    return split ? values.flatMap((value) => (value === '' ? [] : value.split(','))) : values
  }

  map(name: string): Readonly<Record<string, string>> {
    const pairs = this.list(name).flatMap((value) => value.split(','))
    return Object.fromEntries(
      pairs
        .filter((pair) => pair !== '')
        .map((pair) => {
          const equals = pair.indexOf('=')
          return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]
        }),
    )
  }

  spec(name: string): FlagSpec | undefined {
    return this.specs.get(name)
  }

  specByShort(letter: string): FlagSpec | undefined {
    for (const spec of this.specs.values()) if (spec.short === letter) return spec
    return undefined
  }

  /** Takes a value as typed; throws KubectlError when it is none of the flag's type. */
  set(spec: FlagSpec, value: string): void {
    const problem = problemOf(spec, value)
    if (problem !== undefined) {
      const shown = spec.short === undefined ? `--${spec.name}` : `-${spec.short}, --${spec.name}`
      throw new KubectlError(`invalid argument ${goQuote(value)} for "${shown}" flag: ${problem}`)
    }
    const values = this.given.get(spec.name)
    if (values === undefined) this.given.set(spec.name, [value])
    else values.push(value)
  }
}

interface ParsedArgs {
  args: string[]
  /** How many of the args stood before `--`; -1 without one. */
  dashAt: number
}

/** Thrown by parseFlags at `--help` or `-h`. */
export class HelpWanted extends Error {}

/** Reads `words` into `flags`; returns what is no flag. Throws KubectlError in pflag's words. */
export function parseFlags(words: readonly string[], flags: Flags): ParsedArgs {
  const args: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') return { args: [...args, ...words.slice(i + 1)], dashAt: args.length }
    if (!word.startsWith('-') || word === '-') args.push(word)
    else if (word.startsWith('--')) i += parseLong(word, words[i + 1], flags)
    else i += parseShort(word, words[i + 1], flags)
  }
  return { args, dashAt: -1 }
}

/** Returns how many further words were taken. */
function parseLong(word: string, next: string | undefined, flags: Flags): number {
  const body = word.slice(2)
  if (body.startsWith('-') || body.startsWith('='))
    throw new KubectlError(`bad flag syntax: ${word}`)
  const equals = body.indexOf('=')
  const typed = equals < 0 ? body : body.slice(0, equals)
  const name = typed.replaceAll('_', '-')
  const spec = flags.spec(name)
  if (spec === undefined) {
    if (name === 'help') throw new HelpWanted()
    throw new KubectlError(`unknown flag: --${name}`)
  }
  const bare = bareValue(spec)
  if (equals >= 0) flags.set(spec, body.slice(equals + 1))
  else if (bare !== undefined) flags.set(spec, bare)
  else if (next === undefined) throw new KubectlError(`flag needs an argument: ${word}`)
  else {
    flags.set(spec, next)
    return 1
  }
  return 0
}

function parseShort(word: string, next: string | undefined, flags: Flags): number {
  for (let letters = word.slice(1); letters !== '';) {
    const letter = letters[0]!
    const rest = letters.slice(1)
    const spec = flags.specByShort(letter)
    if (spec === undefined) {
      if (letter === 'h') throw new HelpWanted()
      throw new KubectlError(`unknown shorthand flag: '${letter}' in -${letters}`)
    }
    const bare = bareValue(spec)
    if (letters.length > 2 && rest.startsWith('=')) {
      flags.set(spec, rest.slice(1))
      return 0
    }
    if (bare !== undefined) {
      flags.set(spec, bare)
      letters = rest
      continue
    }
    if (rest !== '') {
      flags.set(spec, rest)
      return 0
    }
    if (next === undefined)
      throw new KubectlError(`flag needs an argument: '${letter}' in -${letters}`)
    flags.set(spec, next)
    return 1
  }
  return 0
}

/** What the flag means without a value; undefined when it needs one. */
export function bareValue(spec: FlagSpec): string | undefined {
  return spec.bare ?? (spec.type === 'bool' ? 'true' : undefined)
}

/** Go's strconv.ParseBool; undefined for what it does not take. */
export function parseBool(value: string): boolean | undefined {
  if (/^(1|t|T|true|TRUE|True)$/.test(value)) return true
  return /^(0|f|F|false|FALSE|False)$/.test(value) ? false : undefined
}

function problemOf(spec: FlagSpec, value: string): string | undefined {
  if (spec.type === 'bool' && parseBool(value) === undefined)
    return `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`
  const isNumber = spec.type === 'int' || spec.type === 'int32'
  if (isNumber && !/^[+-]?\d+$/.test(value))
    return `strconv.ParseInt: parsing ${goQuote(value)}: invalid syntax`
  if (isNumber && Math.abs(Number(value)) > (spec.type === 'int' ? INT64_MAX : INT32_MAX))
    return `strconv.ParseInt: parsing ${goQuote(value)}: value out of range`
  if (spec.type === 'map' && value.split(',').some((pair) => pair !== '' && !pair.includes('=')))
    return 'malformed pair, expect string=string'
  if (spec.type !== 'duration') return undefined
  try {
    parseGoDuration(value)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
