// What names must look like, as lists of complaints (apimachinery util/validation and
// api/validate/content). An empty list means valid. Lengths are in bytes.
import { utf8Length } from '../../../base/utf8.ts'

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = String.raw`${LABEL}(\.${LABEL})*`
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const CONFIG_KEY = '[-._a-zA-Z0-9]+'
const PERCENT = '[0-9]+%'
const HTTP_HEADER = '[-A-Za-z0-9]+'

const ENDS = 'and must start and end with an alphanumeric character'
const LABEL_MAX = 63
const SUBDOMAIN_MAX = 253
const PORT_NAME_MAX = 15
const PORT_MAX = 65535
const ID_MAX = 2147483647

const anchored = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`)
const LABEL_REGEXP = anchored(LABEL)
const SUBDOMAIN_REGEXP = anchored(SUBDOMAIN)
const QUALIFIED_REGEXP = anchored(QUALIFIED)
const CONFIG_KEY_REGEXP = anchored(CONFIG_KEY)
const PERCENT_REGEXP = anchored(PERCENT)
const HTTP_HEADER_REGEXP = anchored(HTTP_HEADER)

function regexError(message: string, pattern: string, ...examples: readonly string[]): string {
  const list = examples.map((example) => `'${example}', `).join(' or ')
  return `${message} (e.g. ${list}regex used for validation is '${pattern}')`
}

function tooLongText(value: string, max: number, unit: 'bytes' | 'characters'): string[] {
  return utf8Length(value) > max ? [`must be no more than ${max} ${unit}`] : []
}

/** RFC 1123 label: names of containers, volumes, hostnames. */
export function dnsLabel(value: string): string[] {
  const errors = tooLongText(value, LABEL_MAX, 'characters')
  if (LABEL_REGEXP.test(value)) return errors
  if (SUBDOMAIN_REGEXP.test(value)) return [...errors, 'must not contain dots']
  const what = 'a lowercase RFC 1123 label must consist of lower case alphanumeric characters'
  return [...errors, regexError(`${what} or '-', ${ENDS}`, LABEL, 'my-name', '123-abc')]
}

/** RFC 1123 subdomain: names of most objects. */
export function dnsSubdomain(value: string): string[] {
  const errors = tooLongText(value, SUBDOMAIN_MAX, 'characters')
  return SUBDOMAIN_REGEXP.test(value) ? errors : [...errors, subdomainError()]
}

function subdomainError(): string {
  const what = 'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters'
  return regexError(`${what}, '-' or '.', ${ENDS}`, SUBDOMAIN, 'example.com')
}

/** With `prefix` a trailing dash is allowed, because a suffix follows. */
export function nameOrPrefix(
  value: string,
  prefix: boolean,
  check: (value: string) => string[],
): string[] {
  return check(prefix && value.endsWith('-') ? `${value.slice(0, -1)}a` : value)
}

/** Label keys, annotation keys, resource names: `[prefix/]name`. */
export function qualifiedName(value: string): string[] {
  const parts = value.split('/')
  const what = `must consist of alphanumeric characters, '-', '_' or '.', ${ENDS}`
  const examples = ['MyName', 'my.name', '123-abc']
  if (parts.length > 2)
    return [
      `a valid label key ${regexError(what, QUALIFIED, ...examples)}` +
        " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ]
  const errors: string[] = []
  const name = parts.at(-1)!
  if (parts.length === 2) {
    const prefix = parts[0]!
    if (prefix === '') errors.push('prefix part must be non-empty')
    else errors.push(...prefixErrors(prefix))
  }
  if (name === '') errors.push('name part must be non-empty')
  else if (utf8Length(name) > LABEL_MAX)
    errors.push(`name part must be no more than ${LABEL_MAX} bytes`)
  if (!QUALIFIED_REGEXP.test(name))
    errors.push(`name part ${regexError(what, QUALIFIED, ...examples)}`)
  return errors
}

function prefixErrors(prefix: string): string[] {
  const errors = tooLongText(prefix, SUBDOMAIN_MAX, 'bytes')
  if (!SUBDOMAIN_REGEXP.test(prefix)) errors.push(subdomainError())
  return errors.map((error) => `prefix part ${error}`)
}

/** The value of a label. */
export function labelValue(value: string): string[] {
  const errors = tooLongText(value, LABEL_MAX, 'bytes')
  if (value === '' || QUALIFIED_REGEXP.test(value)) return errors
  const what =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
  const pattern = `(${QUALIFIED})?`
  return [...errors, regexError(what + ENDS, pattern, 'MyValue', 'my_value', '12345')]
}

/** The path of a URL. */
export function httpPath(value: string): string[] {
  const pattern = String.raw`[A-Za-z0-9/\-._~%!$&'()*+,;=:]+`
  if (anchored(pattern).test(value)) return []
  return [`Invalid path (regex used for validation is '${pattern}')`]
}

/** A port's name (an IANA service name). */
export function portName(value: string): string[] {
  const errors = tooLongText(value, PORT_NAME_MAX, 'characters')
  if (!/^[-a-z0-9]+$/.test(value))
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)')
  if (value.includes('--')) errors.push('must not contain consecutive hyphens')
  if (value.startsWith('-') || value.endsWith('-'))
    errors.push('must not begin or end with a hyphen')
  return errors
}

export function inRange(value: number, low: number, high: number): string[] {
  return value >= low && value <= high ? [] : [`must be between ${low} and ${high}, inclusive`]
}

export const portNumber = (value: number): string[] => inRange(value, 1, PORT_MAX)

/** A user or group id. */
export const posixId = (value: number): string[] => inRange(value, 0, ID_MAX)

/** Environment variables may have any printable ASCII character but '=' (relaxed since 1.34). */
export function envName(value: string): string[] {
  if (value === '') return ['environment variable name must be non-empty']
  if (/^[ -<>-~]+$/.test(value)) return []
  return [
    'a valid environment variable name must consist only of printable ASCII characters ' +
      "other than '='",
  ]
}

/** A key of a ConfigMap or Secret. */
export function configKey(value: string): string[] {
  const errors = tooLongText(value, SUBDOMAIN_MAX, 'characters')
  if (!CONFIG_KEY_REGEXP.test(value)) {
    const what = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
    errors.push(regexError(what, CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name'))
  }
  if (value === '.') errors.push("must not be '.'")
  else if (value === '..') errors.push("must not be '..'")
  else if (value.startsWith('..')) errors.push("must not start with '..'")
  return errors
}

export function percent(value: string): string[] {
  if (PERCENT_REGEXP.test(value)) return []
  const what = "a valid percent string must be a numeric string followed by an ending '%'"
  return [regexError(what, PERCENT, '1%', '93%')]
}

export function httpHeaderName(value: string): string[] {
  if (HTTP_HEADER_REGEXP.test(value)) return []
  const what = "a valid HTTP header must consist of alphanumeric characters or '-'"
  return [regexError(what, HTTP_HEADER, 'X-Header-Name')]
}

/** IPv4 or IPv6. */
export function ipAddress(value: string): string[] {
  const parts = value.split('.')
  const v4 =
    parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && +part < 256)
  if (v4 || isIpv6(value)) return []
  return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']
}

function isIpv6(value: string): boolean {
  const halves = value.split('::')
  if (!value.includes(':') || halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : groups.length === 8
}
