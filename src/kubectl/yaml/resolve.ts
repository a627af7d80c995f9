// The type of a scalar by its text and tag: YAML 1.1 as Go's library reads it
// (go.yaml.in/yaml/v2 resolve.go): `yes` is true, `0644` is 420, `12:30` and `2001-01-01` are text.

export type Scalar = string | number | boolean | null

const LONG_TAG = 'tag:yaml.org,2002:'

const WORDS: ReadonlyMap<string, Scalar> = new Map(
  (
    [
      [true, 'y Y yes Yes YES true True TRUE on On ON'],
      [false, 'n N no No NO false False FALSE off Off OFF'],
      [null, '~ null Null NULL'],
      [Number.NaN, '.nan .NaN .NAN'],
      [Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'],
      [Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'],
    ] as const
  ).flatMap(([value, words]) => words.split(' ').map((word) => [word, value] as const)),
).set('', null)

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const DOT_FLOAT = /^\.[0-9]+([eE][-+]?[0-9]+)?$/
/** A cheap test before the regular expressions: what else can only be text. */
const MAYBE_TYPED = /^[-+.0-9yYnNtTfFoO~]/
const DIGITS: Readonly<Record<string, RegExp>> = {
  2: /^[01]+$/,
  8: /^[0-7]+$/,
  10: /^[0-9]+$/,
  16: /^[0-9a-fA-F]+$/,
}
/** Integers run to the largest uint64, and to the smallest int64. */
const INTEGER_MAX = 2n ** 64n - 1n
const INTEGER_MIN = -(2n ** 63n)

type TagName = 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp' | 'binary'

/** The value does not fit the tag the document gives it. */
export class TagError extends Error {
  override name = 'TagError'
}

/** An untagged plain scalar's value. */
export function resolvePlain(text: string): Scalar {
  return resolved(text).value
}

/** A tagged scalar's value. Throws TagError. */
export function resolveTagged(text: string, tag: string): Scalar {
  const short = tag.startsWith(LONG_TAG) ? tag.slice(LONG_TAG.length) : undefined
  if (short === 'str') return text
  if (short === 'binary') return fromBase64(text)
  if (short === undefined || !['bool', 'int', 'float', 'null', 'timestamp'].includes(short))
    return text
  const { value, type } = resolved(text)
  if (type === short || (short === 'float' && type === 'int')) return value
  if (short === 'timestamp' && TIMESTAMP.test(text)) return text
  throw new TagError(`cannot decode !!${type} \`${text}\` as a !!${short}`)
}

const TIMESTAMP = /^\d{4}-\d\d?-\d\d?(?:$|[Tt ]\d\d?:\d\d?:\d\d?)/

function resolved(text: string): { value: Scalar; type: TagName } {
  const word = WORDS.get(text)
  if (word !== undefined) return { value: word, type: typeOfWord(word) }
  if (!MAYBE_TYPED.test(text)) return { value: text, type: 'str' }
  if (text[0] === '.')
    return DOT_FLOAT.test(text)
      ? { value: Number(text), type: 'float' }
      : { value: text, type: 'str' }
  const plain = text.replaceAll('_', '')
  const integer = integerOf(plain)
  if (integer !== undefined) return { value: integer, type: 'int' }
  if (FLOAT.test(plain)) {
    const value = Number(plain)
    if (Number.isFinite(value)) return { value, type: 'float' }
  }
  return { value: text, type: 'str' }
}

function typeOfWord(word: Scalar): TagName {
  if (word === null) return 'null'
  return typeof word === 'boolean' ? 'bool' : 'float'
}

/** strconv.ParseInt with base 0: the prefix gives the base, a leading zero means octal. */
function integerOf(text: string): number | undefined {
  const match = /^([-+]?)(0[xX]|0[oO]|0[bB]|0(?=.)|)(.+)$/.exec(text)
  if (match === null) return undefined
  const [, sign, prefix = '', digits = ''] = match
  const base = baseOf(prefix)
  if (!DIGITS[base]!.test(digits)) return undefined
  const value = base === 10 ? BigInt(digits) : bigIntOf(digits, base)
  const signed = sign === '-' ? -value : value
  if (signed > INTEGER_MAX || signed < INTEGER_MIN) return undefined
  return Number(signed)
}

function baseOf(prefix: string): 2 | 8 | 10 | 16 {
  if (prefix === '') return 10
  const letter = prefix.slice(1).toLowerCase()
  if (letter === 'x') return 16
  return letter === 'b' ? 2 : 8
}

function bigIntOf(digits: string, base: 2 | 8 | 16): bigint {
  return BigInt(`${{ 2: '0b', 8: '0o', 16: '0x' }[base]}${digits}`)
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes of base64 as characters, one each. */
function fromBase64(text: string): string {
  const data = text.replace(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data))
    throw new TagError('!!binary value contains invalid base64 data')
  let bits = 0
  let count = 0
  let result = ''
  for (const char of data.replace(/=+$/, '')) {
    bits = (bits << 6) | BASE64.indexOf(char)
    count += 6
    if (count < 8) continue
    count -= 8
    result += String.fromCharCode((bits >> count) & 0xff)
  }
  return result
}
