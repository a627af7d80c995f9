// Label selectors as text (`-l`), read as apimachinery pkg/labels does, with its error texts.
import type { LabelSelector, LabelSelectorRequirement } from '../sim/api-types/meta.ts'
import { goQuote } from '../sim/lib/go-quote.ts'
import { labelKeyProblems, labelValueProblems } from './label-rules.ts'

type Operator = 'in' | 'notin' | '=' | '==' | '!=' | 'gt' | 'lt' | 'exists' | '!'

interface Requirement {
  key: string
  operator: Operator
  values: readonly string[]
}

type Labels = Readonly<Record<string, string>> | undefined

/** What no selector can be read from. The message is upstream's. */
export class SelectorError extends Error {
  override name = 'SelectorError'
}

/** Reads a selector; throws SelectorError. '' selects everything. */
export function parseLabelSelector(text: string): readonly Requirement[] {
  return new Parser(text).parse()
}

/** Whether labels satisfy every requirement (labels.Requirement.Matches). */
export function matchesLabels(selector: readonly Requirement[], labels: Labels): boolean {
  return selector.every((requirement) => matches(requirement, labels?.[requirement.key]))
}

/** A selector as the field of an object (metav1.ParseToLabelSelector). Throws SelectorError. */
export function toLabelSelector(text: string): LabelSelector {
  const matchLabels: Record<string, string> = {}
  const matchExpressions: LabelSelectorRequirement[] = []
  for (const { key, operator, values } of parseLabelSelector(text)) {
    if (operator === '=' || operator === '==') matchLabels[key] = values[0] ?? ''
    else if (operator === 'in' || operator === 'notin')
      matchExpressions.push({ key, operator: operator === 'in' ? 'In' : 'NotIn', values })
    else if (operator === 'exists' || operator === '!')
      matchExpressions.push({ key, operator: operator === '!' ? 'DoesNotExist' : 'Exists' })
    else if (operator === '!=')
      throw new SelectorError(`"!=" is not a valid label selector operator`)
    else throw new SelectorError(`"${operator}" isn't supported in label selectors`)
  }
  return {
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  }
}

function matches({ operator, values }: Requirement, value: string | undefined): boolean {
  if (operator === 'exists') return value !== undefined
  if (operator === '!') return value === undefined
  if (operator === '!=' || operator === 'notin')
    return value === undefined || !values.includes(value)
  if (value === undefined) return false
  if (operator === 'gt') return Number(value) > Number(values[0])
  if (operator === 'lt') return Number(value) < Number(values[0])
  return values.includes(value)
}

const EXPECTED_OPERATORS = 'in, notin, =, ==, !=, gt, lt'
const SYMBOLS = ['!=', '==', '=', '!', '(', ')', ',', '>', '<']
const SPECIAL = '=!(),><'

interface Token {
  /** `id`, `end`, `error`, or the symbol or keyword itself. */
  kind: string
  text: string
}

/** A keyword where a value is expected is a value (`x in (in)`). */
function asValue(token: Token): Token {
  return token.kind === 'in' || token.kind === 'notin' ? { ...token, kind: 'id' } : token
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let rest = text.trimStart(); rest !== ''; rest = rest.trimStart()) {
    if (SPECIAL.includes(rest[0]!)) {
      const symbol = SYMBOLS.find((candidate) => rest.startsWith(candidate))!
      tokens.push({ kind: symbol, text: symbol })
      rest = rest.slice(symbol.length)
      continue
    }
    const word = /^[^\s=!(),><]+/.exec(rest)![0]
    tokens.push({ kind: word === 'in' || word === 'notin' ? word : 'id', text: word })
    rest = rest.slice(word.length)
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}

class Parser {
  private readonly tokens: readonly Token[]
  private position = 0

  constructor(text: string) {
    this.tokens = tokensOf(text)
  }

  parse(): readonly Requirement[] {
    const requirements: Requirement[] = []
    for (;;) {
      const token = this.peek()
      if (token.kind === 'end') break
      if (token.kind !== 'id' && token.kind !== '!')
        throw found(token, ", expected: !, identifier, or 'end of string'")
      requirements.push(this.requirement())
      const next = this.take()
      if (next.kind === 'end') break
      if (next.kind !== ',') throw found(next, ", expected: ',' or 'end of string'")
      const after = this.peek()
      if (after.kind !== 'id' && after.kind !== '!')
        throw found(after, ", expected: identifier after ','")
    }
    return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  }

  private peek(): Token {
    return asValue(this.tokens[this.position]!)
  }

  private take(): Token {
    return asValue(this.tokens[this.position++] ?? { kind: 'end', text: '' })
  }

  private requirement(): Requirement {
    try {
      return checked(this.unchecked())
    } catch (error) {
      if (!(error instanceof SelectorError)) throw error
      throw new SelectorError(`unable to parse requirement: ${error.message}`)
    }
  }

  private unchecked(): Requirement {
    let token = this.take()
    const absent = token.kind === '!'
    if (absent) token = this.take()
    if (token.kind !== 'id') throw found(token, ', expected: identifier')
    const key = token.text
    const problems = labelKeyProblems(key)
    if (problems.length > 0)
      throw new SelectorError(`<nil>: Invalid value: ${goQuote(key)}: ${problems.join('; ')}`)
    if (absent) return { key, operator: '!', values: [] }
    const next = this.peek().kind
    if (next === 'end' || next === ',') return { key, operator: 'exists', values: [] }
    const operator = this.operator()
    const many = operator === 'in' || operator === 'notin'
    const values = many ? this.valueList() : [this.exactValue()]
    return { key, operator, values: [...new Set(values)].sort() }
  }

  private operator(): Operator {
    const token = this.tokens[this.position++] ?? { kind: 'end', text: '' }
    if (token.kind === '>') return 'gt'
    if (token.kind === '<') return 'lt'
    if (['in', 'notin', '=', '==', '!='].includes(token.kind)) return token.kind as Operator
    throw found(token, `, expected: ${EXPECTED_OPERATORS}`)
  }

  private exactValue(): string {
    const next = this.peek().kind
    if (next === 'end' || next === ',') return ''
    const token = this.take()
    if (token.kind !== 'id') throw found(token, ', expected: identifier')
    return token.text
  }

  private valueList(): string[] {
    const open = this.take()
    if (open.kind !== '(') throw found(open, " expected: '('")
    const values: string[] = []
    let expectValue = true
    for (;;) {
      const token = this.take()
      if (token.kind === 'id' && expectValue) values.push(token.text)
      else if (token.kind === ',' || token.kind === ')') {
        if (expectValue) values.push('')
        if (token.kind === ')') return values
        expectValue = true
        continue
      } else if (expectValue) throw found(token, ", expected: ',', or identifier")
      else throw found(token, ", expected: ',' or ')'")
      expectValue = false
    }
  }
}

function found(token: Token, expected: string): SelectorError {
  return new SelectorError(`found '${token.text}'${expected}`)
}

function checked(requirement: Requirement): Requirement {
  const { key, operator, values } = requirement
  const problems = values.flatMap((value, index) => {
    const path = `values[${index}][${key}]`
    const invalid = (why: string) => `${path}: Invalid value: ${goQuote(value)}: ${why}`
    if ((operator === 'gt' || operator === 'lt') && !/^[+-]?\d+$/.test(value))
      return [`values[${index}]: Invalid value: ${goQuote(value)}: ${NUMBER_EXPECTED}`]
    const wrong = labelValueProblems(value)
    return wrong.length === 0 ? [] : [invalid(wrong.join('; '))]
  })
  if (problems.length === 0) return requirement
  throw new SelectorError(problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`)
}

const NUMBER_EXPECTED = "for 'Gt', 'Lt' operators, the value must be an integer"
