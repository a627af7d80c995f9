// POSIX regular expressions, basic and extended, in JavaScript's notation.

const CLASSES: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~',
  graph: '!-~',
}

/** The JavaScript source of a POSIX expression, or undefined if it is malformed. */
export function toExpression(pattern: string, extended: boolean): string | undefined {
  let source = ''
  let pos = 0
  while (pos < pattern.length) {
    const char = pattern[pos] ?? ''
    const next = pattern[pos + 1]
    if (char === '[') {
      const set = bracket(pattern, pos)
      if (set === undefined) return undefined
      source += set.source
      pos = set.end
    } else if (char === '\\') {
      if (next === undefined) return undefined
      source += escape(next, extended)
      pos += 2
    } else {
      source += extended ? plainExtended(char, source) : plainBasic(char, source, pattern, pos)
      pos++
    }
  }
  return isValid(source) ? source : undefined
}

function isValid(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}

function escape(char: string, extended: boolean): string {
  if ('wWsSbBd'.includes(char)) return `\\${char}`
  if (char === '<') return '\\b(?=\\w)'
  if (char === '>') return '\\b(?<=\\w)'
  if (/[1-9]/.test(char)) return `\\${char}`
  if (char === 'n' || char === 't') return `\\${char}`
  // In a basic expression the backslash makes these special.
  if (!extended && '(){}+?|'.includes(char)) return char
  return char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function plainExtended(char: string, before: string): string {
  const atStart = before === '' || /(?:^|[^\\])[(|]$/.test(before)
  if ('*+?{'.includes(char) && atStart) return `\\${char}`
  if (char === '{') return '{'
  return char === '/' ? '\\/' : char
}

function plainBasic(char: string, before: string, pattern: string, pos: number): string {
  const atStart = before === '' || /(?:^|[^\\])[(|]$/.test(before) || before === '^'
  if (char === '*') return atStart ? '\\*' : '*'
  if (char === '^') return before === '' || /[(|]$/.test(before) ? '^' : '\\^'
  if (char === '$') {
    const rest = pattern.slice(pos + 1)
    return rest === '' || rest.startsWith('\\)') || rest.startsWith('\\|') ? '$' : '\\$'
  }
  return '(){}+?|/'.includes(char) ? `\\${char}` : char
}

function bracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let pos = start + 1
  let source = '['
  if (pattern[pos] === '^') {
    source += '^'
    pos++
  }
  for (let first = true; ; first = false) {
    const char = pattern[pos]
    if (char === undefined) return undefined
    if (char === ']' && !first) return { source: `${source}]`, end: pos + 1 }
    const named = /^\[[:.=]([^\]]+)[:.=]\]/.exec(pattern.slice(pos, pos + 14))
    if (named !== null) {
      source += CLASSES[named[1] ?? ''] ?? (named[1] ?? '').replace(/[\\\]^-]/g, '\\$&')
      pos += named[0].length
      continue
    }
    if (char === '\\' && 'ntr'.includes(pattern[pos + 1] ?? ' ')) {
      source += `\\${pattern[pos + 1] ?? ''}`
      pos += 2
      continue
    }
    source += '\\]^['.includes(char) ? `\\${char}` : char
    pos++
  }
}

const cache = new Map<string, RegExp | undefined>()

/** The compiled expression; equal ones are compiled once. */
export function compileExpression(
  pattern: string,
  extended: boolean,
  flags = '',
): RegExp | undefined {
  const key = `${extended ? 'E' : 'B'}${flags}/${pattern}`
  if (cache.has(key)) return cache.get(key)
  const source = toExpression(pattern, extended)
  const expression = source === undefined ? undefined : new RegExp(source, flags)
  if (cache.size > 500) cache.clear()
  cache.set(key, expression)
  return expression
}
