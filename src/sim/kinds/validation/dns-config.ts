// A Pod's own resolver settings (core/validation validatePodDNSConfig).
import { eachInvalid, invalid, required, type FieldErrors } from './field.ts'
import { ipAddress } from './names.ts'

export interface DnsConfig {
  nameservers?: readonly string[]
  searches?: readonly string[]
  options?: readonly { name?: string }[]
}

const NAMESERVERS_MAX = 3
const SEARCHES_MAX = 32
const SEARCH_CHARS_MAX = 2048

export function dnsConfigErrors(
  config: DnsConfig | undefined,
  policy: string | undefined,
  field: string,
): FieldErrors {
  if (policy === 'None') {
    if (config === undefined)
      return [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')]
    const why = 'must provide at least one DNS nameserver when `dnsPolicy` is None'
    if ((config.nameservers ?? []).length === 0) return [required(`${field}.nameservers`, why)]
  }
  const { nameservers = [], searches = [], options = [] } = config ?? {}
  const many = `must not have more than ${NAMESERVERS_MAX} nameservers`
  return [
    ...(nameservers.length > NAMESERVERS_MAX
      ? [invalid(`${field}.nameservers`, nameservers, many)]
      : []),
    ...nameservers.flatMap((server, index) =>
      eachInvalid(`${field}.nameservers[${index}]`, server, ipAddress(server)),
    ),
    ...searchErrors(searches, `${field}.searches`),
    ...options.flatMap(({ name }, index) =>
      name ? [] : [required(`${field}.options[${index}]`, 'must not be empty')],
    ),
  ]
}

function searchErrors(searches: readonly string[], field: string): FieldErrors {
  const many = `must not have more than ${SEARCHES_MAX} search paths`
  const chars = `${SEARCH_CHARS_MAX} characters (including spaces) in the search list`
  return [
    ...(searches.length > SEARCHES_MAX ? [invalid(field, searches, many)] : []),
    ...(searches.join(' ').length > SEARCH_CHARS_MAX
      ? [invalid(field, searches, `must not have more than ${chars}`)]
      : []),
  ]
}
