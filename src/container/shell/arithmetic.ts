// `$(( … ))`: C's integer expressions on 64 bits, evaluated while they are read.

/** Where names get their values; setting may be refused. */
interface Variables {
  get(name: string): string | undefined
  set(name: string, value: string): void
}

/** A malformed expression or a division by zero, in BusyBox's words. */
export class ArithmeticError extends Error {
  override name = 'ArithmeticError'
}

const SYNTAX = 'arithmetic syntax error'
const DEPTH_MAX = 60

interface Reader {
  text: string
  pos: number
  variables: Variables
  depth: number
  /** False in the branch of `?:`, `&&`, `||` that is not taken: no side effects there. */
  live: boolean
}

/** The value of an expression; an empty one is 0. */
export function evaluate(text: string, variables: Variables, depth = 0): bigint {
  if (depth > DEPTH_MAX) throw new ArithmeticError('expression recursion loop detected')
  if (text.trim() === '') return 0n
  const reader: Reader = { text, pos: 0, variables, depth, live: true }
  const value = comma(reader)
  skip(reader)
  if (reader.pos < text.length) throw new ArithmeticError(SYNTAX)
  return value
}

function skip(reader: Reader): void {
  while (' \t\n'.includes(reader.text[reader.pos] ?? '.')) reader.pos++
}

/** Takes one of the operators, longest first, unless a longer one begins here. */
function take(reader: Reader, operators: readonly string[]): string | undefined {
  skip(reader)
  if (!STARTS.includes(reader.text[reader.pos] ?? ' ')) return undefined
  const rest = reader.text.slice(reader.pos, reader.pos + 3)
  const all = OPERATORS.find((operator) => rest.startsWith(operator))
  if (all === undefined || !operators.includes(all)) return undefined
  reader.pos += all.length
  return all
}

const STARTS = '<>*=!&|+-/%^?:~(),'
const OPERATORS =
  '<<= >>= ** << >> <= >= == != && || ++ -- += -= *= /= %= &= |= ^= = < > + - * / % & | ^ ? : ! ~ ( ) ,'.split(
    ' ',
  )

function nestedly<T>(reader: Reader, parse: (reader: Reader) => T): T {
  if (++reader.depth > DEPTH_MAX * 4) throw new ArithmeticError(SYNTAX)
  const value = parse(reader)
  reader.depth--
  return value
}

function comma(reader: Reader): bigint {
  let value = nestedly(reader, assignment)
  while (take(reader, [',']) !== undefined) value = nestedly(reader, assignment)
  return value
}

const ASSIGNMENT = ['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^=']

function assignment(reader: Reader): bigint {
  skip(reader)
  const start = reader.pos
  const name = takeName(reader)
  const operator = name === undefined ? undefined : take(reader, ASSIGNMENT)
  if (name === undefined || operator === undefined) {
    reader.pos = start
    return ternary(reader)
  }
  const right = nestedly(reader, assignment)
  const value =
    operator === '=' ? right : binary(reader, operator.slice(0, -1), read(reader, name), right)
  return write(reader, name, value)
}

function takeName(reader: Reader): string | undefined {
  skip(reader)
  const pattern = /[A-Za-z_]\w*/y
  pattern.lastIndex = reader.pos
  const name = pattern.exec(reader.text)?.[0]
  if (name !== undefined) reader.pos += name.length
  return name
}

function read(reader: Reader, name: string): bigint {
  const text = reader.variables.get(name) ?? ''
  return /^\s*$/.test(text) ? 0n : evaluate(text, reader.variables, reader.depth + 1)
}

function write(reader: Reader, name: string, value: bigint): bigint {
  if (reader.live) reader.variables.set(name, String(value))
  return value
}

function ternary(reader: Reader): bigint {
  const condition = level(reader, 0)
  if (take(reader, ['?']) === undefined) return condition
  const live = reader.live
  reader.live = live && condition !== 0n
  const yes = nestedly(reader, assignment)
  if (take(reader, [':']) === undefined) throw new ArithmeticError(SYNTAX)
  reader.live = live && condition === 0n
  const no = nestedly(reader, assignment)
  reader.live = live
  return condition !== 0n ? yes : no
}

// Binary operators from loose to tight.
const LEVELS = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]

function level(reader: Reader, index: number): bigint {
  const operators = LEVELS[index]
  if (operators === undefined) return power(reader)
  let left = level(reader, index + 1)
  for (;;) {
    const operator = take(reader, operators)
    if (operator === undefined) return left
    const live = reader.live
    if (operator === '&&') reader.live = live && left !== 0n
    if (operator === '||') reader.live = live && left === 0n
    const right = level(reader, index + 1)
    reader.live = live
    left = binary(reader, operator, left, right)
  }
}

function power(reader: Reader): bigint {
  const base = unary(reader)
  if (take(reader, ['**']) === undefined) return base
  const exponent = nestedly(reader, power)
  if (exponent < 0n || exponent > 4096n) throw new ArithmeticError(SYNTAX)
  return wrap(base ** exponent)
}

function unary(reader: Reader): bigint {
  const operator = take(reader, ['!', '~', '+', '-', '++', '--'])
  if (operator === '++' || operator === '--') {
    const name = takeName(reader)
    const step = operator === '++' ? 1n : -1n
    if (name !== undefined) return write(reader, name, wrap(read(reader, name) + step))
    const value = nestedly(reader, unary)
    return value
  }
  if (operator === undefined) return primary(reader)
  const value = nestedly(reader, unary)
  if (operator === '!') return value === 0n ? 1n : 0n
  if (operator === '~') return wrap(~value)
  return operator === '-' ? wrap(-value) : value
}

function primary(reader: Reader): bigint {
  if (take(reader, ['(']) !== undefined) {
    const value = nestedly(reader, comma)
    if (take(reader, [')']) === undefined) throw new ArithmeticError(SYNTAX)
    return value
  }
  const name = takeName(reader)
  if (name !== undefined) {
    const value = read(reader, name)
    const operator = take(reader, ['++', '--'])
    if (operator !== undefined) write(reader, name, wrap(value + (operator === '++' ? 1n : -1n)))
    return value
  }
  const pattern = /0[xX][0-9a-fA-F]+|[0-9]+(?:#[0-9a-zA-Z]+)?/y
  pattern.lastIndex = reader.pos
  const text = pattern.exec(reader.text)?.[0]
  if (text === undefined) throw new ArithmeticError(SYNTAX)
  reader.pos += text.length
  return wrap(parseNumber(text))
}

function parseNumber(text: string): bigint {
  if (/^0[xX]/.test(text)) return BigInt(text)
  if (text.includes('#')) {
    const [base = '10', digits = '0'] = text.split('#')
    const value = parseInt(digits, Number(base))
    if (Number.isNaN(value)) throw new ArithmeticError(SYNTAX)
    return BigInt(value)
  }
  if (!/^0[0-9]/.test(text)) return BigInt(text)
  if (/[89]/.test(text)) throw new ArithmeticError(SYNTAX)
  return BigInt(`0o${text.slice(1)}`)
}

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value)
const truth = (value: boolean): bigint => (value ? 1n : 0n)

function binary(reader: Reader, operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return wrap(a + b)
    case '-':
      return wrap(a - b)
    case '*':
      return wrap(a * b)
    case '/':
    case '%':
      if (b === 0n) {
        if (!reader.live) return 0n
        throw new ArithmeticError('divide by zero')
      }
      return wrap(operator === '/' ? a / b : a % b)
    case '<<':
      return wrap(a << (b & 63n))
    case '>>':
      return wrap(a >> (b & 63n))
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '&&':
      return truth(a !== 0n && b !== 0n)
    case '||':
      return truth(a !== 0n || b !== 0n)
    default:
      return truth(compare(operator, a, b))
  }
}

function compare(operator: string, a: bigint, b: bigint): boolean {
  if (operator === '==') return a === b
  if (operator === '!=') return a !== b
  if (operator === '<') return a < b
  if (operator === '>') return a > b
  return operator === '<=' ? a <= b : a >= b
}
