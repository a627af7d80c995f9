// `test`, `[` and the plain parts of `[[`.

import { fileAt, nodeAt, realPath, resolvePath } from '../kernel/files.ts'
import type { Container } from '../kernel/types.ts'

interface Reader {
  container: Container
  cwd: string
  words: readonly string[]
  pos: number
  depth: number
}

class TestError extends Error {}

/** The truth of an expression, or what is wrong with it in BusyBox's words. */
export function testExpression(
  container: Container,
  cwd: string,
  words: readonly string[],
): boolean | { error: string } {
  const reader: Reader = { container, cwd, words, pos: 0, depth: 0 }
  try {
    const short = shortForm(reader)
    if (short !== undefined) return short
    const value = either(reader)
    if (reader.pos < words.length) {
      throw new TestError(`${words[reader.pos] ?? ''}: unknown operand`)
    }
    return value
  } catch (error) {
    if (error instanceof TestError) return { error: error.message }
    throw error
  }
}

// POSIX decides short expressions by the number of words, so that operands may look like operators.
function shortForm(reader: Reader): boolean | undefined {
  const [first = '', second = '', third = ''] = reader.words
  switch (reader.words.length) {
    case 0:
      return false
    case 1:
      return first !== ''
    case 2:
      return first === '!'
        ? second === ''
        : isUnary(first)
          ? unary(reader, first, second)
          : undefined
    case 3:
      if (isBinary(second)) return binary(second, first, third, reader)
      return undefined
    case 4:
      if (first === '!' && isBinary(third))
        return !binary(third, second, reader.words[3] ?? '', reader)
      return undefined
    default:
      return undefined
  }
}

function either(reader: Reader): boolean {
  let value = both(reader)
  while (reader.words[reader.pos] === '-o') {
    reader.pos++
    const right = both(reader)
    value = value || right
  }
  return value
}

function both(reader: Reader): boolean {
  let value = term(reader)
  while (reader.words[reader.pos] === '-a') {
    reader.pos++
    const right = term(reader)
    value = value && right
  }
  return value
}

function term(reader: Reader): boolean {
  if (++reader.depth > 200) throw new TestError('expression too complex')
  const word = reader.words[reader.pos]
  if (word === undefined) throw new TestError('argument expected')
  const operator = reader.words[reader.pos + 1]
  if (operator !== undefined && isBinary(operator) && reader.pos + 2 < reader.words.length) {
    reader.pos += 3
    return binary(operator, word, reader.words[reader.pos - 1] ?? '', reader)
  }
  reader.pos++
  if (word === '!' && reader.pos >= reader.words.length) return true
  if (word === '!') return !term(reader)
  if (word === '(') {
    const value = either(reader)
    if (reader.words[reader.pos] !== ')') throw new TestError('closing paren expected')
    reader.pos++
    return value
  }
  if (isUnary(word) && operator !== undefined) {
    reader.pos++
    return unary(reader, word, operator)
  }
  return word !== ''
}

function isUnary(word: string): boolean {
  return /^-[abcdefghkLnprsStuwxzO]$/.test(word)
}

const BINARY = '= == != < > -eq -ne -lt -le -gt -ge -nt -ot -ef'.split(' ')

function isBinary(word: string): boolean {
  return BINARY.includes(word)
}

function unary(reader: Reader, operator: string, operand: string): boolean {
  if (operator === '-n') return operand !== ''
  if (operator === '-z') return operand === ''
  if (operator === '-t') return false
  const path = resolvePath(reader.cwd, operand)
  if (operator === '-h' || operator === '-L') {
    return nodeAt(reader.container, realPath(reader.container, path, false))?.kind === 'link'
  }
  const node = fileAt(reader.container, path)
  if (node === undefined || operand === '') return false
  switch (operator) {
    case '-f':
      return node.kind === 'file' && !operand.startsWith('/dev/')
    case '-d':
      return node.kind === 'directory'
    case '-s':
      return node.kind === 'directory' || node.text !== ''
    case '-x':
      return (node.mode & 0o111) !== 0
    case '-c':
      return operand.startsWith('/dev/')
    case '-b':
    case '-p':
    case '-S':
    case '-g':
    case '-u':
    case '-k':
      return false
    default:
      return true
  }
}

function binary(operator: string, left: string, right: string, reader: Reader): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '>':
      return left > right
    case '-nt':
    case '-ot':
    case '-ef':
      return compareFiles(reader, operator, left, right)
    default:
      return compareNumbers(operator, toInteger(left), toInteger(right))
  }
}

function toInteger(text: string): bigint {
  const match = /^\s*[-+]?\d+\s*$/.exec(text)
  if (match === null) throw new TestError(`${text}: bad number`)
  return BigInt(text.trim().replace(/^\+/, ''))
}

function compareNumbers(operator: string, left: bigint, right: bigint): boolean {
  if (operator === '-eq') return left === right
  if (operator === '-ne') return left !== right
  if (operator === '-lt') return left < right
  if (operator === '-le') return left <= right
  return operator === '-gt' ? left > right : left >= right
}

function compareFiles(reader: Reader, operator: string, left: string, right: string): boolean {
  const a = resolvePath(reader.cwd, left)
  const b = resolvePath(reader.cwd, right)
  if (operator === '-ef') return a === b
  const first = fileAt(reader.container, a)?.changedAt
  const second = fileAt(reader.container, b)?.changedAt
  if (first === undefined || second === undefined) return false
  return operator === '-nt' ? first > second : first < second
}
