// The tag of an image name, as far as defaulting asks for it (pkg/util/parsers ParseImageName,
// which relies on the reference grammar of container registries).

const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const DOMAIN = String.raw`${DOMAIN_PART}(?:\.${DOMAIN_PART})*(?::\d+)?`
const PATH_PART = String.raw`[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*`
const DIGEST = '@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
const REFERENCE = new RegExp(
  String.raw`^(?:(?:${DOMAIN}|\[[a-fA-F0-9:]+\](?::\d+)?)/)?${PATH_PART}(?:/${PATH_PART})*` +
    String.raw`(?::([\w][\w.-]{0,127}))?(${DIGEST})?$`,
)
const HEX_NAME = /^[a-f0-9]{64}$/

/**
 * The tag a runtime would pull: `latest` when the name has neither tag nor digest, '' when it has a
 * digest only or cannot be parsed.
 */
function imageTag(image: string): string {
  if (HEX_NAME.test(image)) return ''
  const match = REFERENCE.exec(image)
  if (match === null) return ''
  return match[1] ?? (match[2] === undefined ? 'latest' : '')
}

/** The pull policy of an image that names none (core/v1 SetDefaults_Container). */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  return imageTag(image) === 'latest' ? 'Always' : 'IfNotPresent'
}
