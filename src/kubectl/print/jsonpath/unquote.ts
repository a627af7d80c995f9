// Go's escapes inside quotes, as strconv.UnquoteChar reads them; JSONPath allows both kinds of
// quotes.

const SHORT: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

const ESCAPE =
  /^\\(?:([abfnrtv\\'"])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))/

/** The text of a quoted literal, quotes included in `literal`; undefined when it is malformed. */
export function unquote(literal: string): string | undefined {
  const quote = literal.charAt(0)
  let rest = literal.slice(1, -1)
  let text = ''
  while (rest !== '') {
    if (rest.startsWith(quote) || rest.startsWith('\n')) return undefined
    if (!rest.startsWith('\\')) {
      const char = String.fromCodePoint(rest.codePointAt(0) ?? 0)
      text += char
      rest = rest.slice(char.length)
      continue
    }
    const char = escaped(rest, quote)
    if (char === undefined) return undefined
    text += char.text
    rest = rest.slice(char.length)
  }
  return text
}

function escaped(rest: string, quote: string): { text: string; length: number } | undefined {
  const match = ESCAPE.exec(rest)
  if (match === null) return undefined
  const [all, letter, byte, short, long, octal] = match
  if (letter === "'" || letter === '"') {
    return letter === quote ? { text: letter, length: all.length } : undefined
  }
  if (letter !== undefined) return { text: SHORT[letter] ?? letter, length: all.length }
  const hex = byte ?? short ?? long
  const code = hex === undefined ? parseInt(octal ?? '0', 8) : parseInt(hex, 16)
  return code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), length: all.length }
}
