// What may be a label key and a label value (apimachinery util/validation IsQualifiedName,
// IsValidLabelValue), in its words.

const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for " +
  "validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
const QUALIFIED =
  "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  "end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used " +
  "for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain " +
  "prefix and '/' (e.g. 'example.com/MyName')"
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
  "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for " +
  "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
  "and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or " +
  "'12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

const NAME_MAX = 63
const SUBDOMAIN_MAX = 253
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** Why this cannot be a label or annotation key; [] when it can. */
export function labelKeyProblems(key: string): string[] {
  const parts = key.split('/')
  if (parts.length > 2) return [QUALIFIED]
  const name = parts.at(-1)!
  const problems: string[] = []
  if (parts.length === 2) {
    const prefix = parts[0]!
    if (prefix === '') problems.push('prefix part must be non-empty')
    else problems.push(...subdomainProblems(prefix).map((why) => `prefix part ${why}`))
  }
  if (name === '') problems.push('name part must be non-empty')
  else if (name.length > NAME_MAX) problems.push(`name part must be no more than 63 bytes`)
  if (!NAME.test(name)) problems.push(NAME_PART)
  return problems
}

/** Why this cannot be a label value; [] when it can. */
export function labelValueProblems(value: string): string[] {
  const problems: string[] = []
  if (value.length > NAME_MAX) problems.push(`must be no more than ${NAME_MAX} bytes`)
  if (value !== '' && !NAME.test(value)) problems.push(VALUE)
  return problems
}

function subdomainProblems(value: string): string[] {
  const problems: string[] = []
  if (value.length > SUBDOMAIN_MAX) problems.push(`must be no more than ${SUBDOMAIN_MAX} bytes`)
  if (!DOMAIN.test(value)) problems.push(SUBDOMAIN)
  return problems
}
