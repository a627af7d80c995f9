// When a string may stand bare in YAML and how it is quoted otherwise: the rules of go-yaml v2
// (resolve.go, emitterc.go), which sigs.k8s.io/yaml and so `-o yaml` use.

type ScalarStyle = 'plain' | 'single' | 'double' | 'literal'

const KEYWORDS = new Set(
  (
    'y Y yes Yes YES true True TRUE on On ON n N no No NO false False FALSE off Off OFF ~ null Null ' +
    'NULL .nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF <<'
  ).split(' '),
)

const INTEGER = /^[-+]?(0|[1-9][0-9]*|0[0-7]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)$/
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const DATE_TIME = new RegExp(
  String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})` +
    String.raw`(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)` +
    String.raw`| +\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)$`,
)

/** Whether a bare `text` would be read as something else than a string. */
function resolvesToOther(text: string): boolean {
  if (text === '' || KEYWORDS.has(text)) return true
  if (!/^[-+.0-9]/.test(text)) return false
  if (isTimestamp(text) || SEXAGESIMAL.test(text)) return true
  if (text.startsWith('.')) return FLOAT.test(text)
  const bare = text.replaceAll('_', '')
  return INTEGER.test(bare) || FLOAT.test(bare)
}

function isTimestamp(text: string): boolean {
  const match = DATE.exec(text) ?? DATE_TIME.exec(text)
  if (match === null) return false
  const month = Number(match[2])
  const day = Number(match[3])
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

const BREAK = /[\r\n\u0085\u2028\u2029]/
// Characters go-yaml's emitter can write unescaped: nothing beyond the basic plane.
const UNPRINTABLE = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/

/** What the characters of a string permit (yaml_emitter_analyze_scalar). */
interface ScalarAnalysis {
  plain: boolean
  single: boolean
  literal: boolean
  multiline: boolean
}

function analyze(text: string): ScalarAnalysis {
  if (text === '') return { plain: true, single: true, literal: false, multiline: false }
  const special = UNPRINTABLE.test(text)
  const spaceBreak = / [\r\n\u0085\u2028\u2029]/.test(text)
  const breakSpace = /[\r\n\u0085\u2028\u2029] /.test(text)
  const multiline = BREAK.test(text)
  const edges = /^[ \r\n\u0085\u2028\u2029]|[ \r\n\u0085\u2028\u2029]$/.test(text)
  return {
    plain: !special && !multiline && !edges && !hasIndicator(text),
    single: !special && !spaceBreak && !breakSpace,
    literal: !special && !spaceBreak && !text.endsWith(' '),
    multiline,
  }
}

// Characters that mean something in block context at that place.
function hasIndicator(text: string): boolean {
  return (
    /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?:](?:[ \t]|$))/.test(text) ||
    /:(?:[ \t\r\n\u0085\u2028\u2029]|$)/.test(text) ||
    /[ \t\r\n\u0085\u2028\u2029]#/.test(text)
  )
}

/** The style go-yaml writes a string in; `isKey` for the key of a mapping. */
export function scalarStyle(text: string, isKey: boolean): ScalarStyle {
  const allowed = analyze(text)
  if (text.includes('\n')) return allowed.literal && !isKey ? 'literal' : 'double'
  if (resolvesToOther(text)) return 'double'
  if (isKey && allowed.multiline) return 'double'
  if (allowed.plain) return 'plain'
  return allowed.single ? 'single' : 'double'
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
}

/** One character as it stands between double quotes. */
export function escapeDouble(char: string): string {
  const isPlain = !UNPRINTABLE.test(char) && !BREAK.test(char) && char !== '"' && char !== '\\'
  if (isPlain) return char
  const short = SHORT_ESCAPES[char]
  if (short !== undefined) return `\\${short}`
  const code = char.codePointAt(0) ?? 0
  const [letter, width] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8]
  return `\\${letter}${code.toString(16).toUpperCase().padStart(Number(width), '0')}`
}
