// Image references as the kubelet reads them (distribution/reference, ParseNormalizedNamed): a
// short name means Docker Hub, a name without tag or digest means `latest`.

/** What a name of an image says. */
export interface ImageReference {
  /** `docker.io`, `quay.io`, `localhost:5000` … */
  domain: string
  /** The path in the registry: `library/perl`, `fluentd_elasticsearch/fluentd`. */
  path: string
  /** Absent only where a digest is given. */
  tag?: string
  /** `sha256:…` */
  digest?: string
}

const SEPARATED = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const PATH = new RegExp(`^${SEPARATED}(?:/${SEPARATED})*$`)
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const DOMAIN = new RegExp(
  `^(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`,
)
const TAG = /^[\w][\w.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/
const PATH_MAX = 255

/** Reads a reference; a text that is none gives the error of distribution/reference. */
export function parseReference(text: string): ImageReference | { error: string } {
  if (/^[a-f0-9]{64}$/.test(text)) {
    return {
      error: `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`,
    }
  }
  const { domain, rest } = splitDomain(text)
  const at = rest.indexOf('@')
  const named = at < 0 ? rest : rest.slice(0, at)
  const digest = at < 0 ? undefined : rest.slice(at + 1)
  const colon = named.indexOf(':')
  const path = colon < 0 ? named : named.slice(0, colon)
  const tag = colon < 0 ? undefined : named.slice(colon + 1)
  if (path !== path.toLowerCase()) {
    return { error: `invalid reference format: repository name (${path}) must be lowercase` }
  }
  const badTag = tag !== undefined && !TAG.test(tag)
  const badDigest = digest !== undefined && !DIGEST.test(digest)
  if (!DOMAIN.test(domain) || !PATH.test(path) || badTag || badDigest) {
    return { error: 'invalid reference format' }
  }
  if (path.length > PATH_MAX) {
    return { error: `repository name must not be more than ${PATH_MAX} characters` }
  }
  const error = digest === undefined ? undefined : digestError(digest)
  if (error !== undefined) return { error }
  const reference: ImageReference = { domain, path }
  if (tag !== undefined) reference.tag = tag
  else if (digest === undefined) reference.tag = 'latest'
  if (digest !== undefined) reference.digest = digest
  return reference
}

/** The digest algorithms there are, and how many hexadecimal digits each has (opencontainers). */
const DIGEST_DIGITS: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
])

function digestError(digest: string): string | undefined {
  const colon = digest.indexOf(':')
  const digits = DIGEST_DIGITS.get(digest.slice(0, colon))
  const encoded = digest.slice(colon + 1)
  if (digits === undefined) return 'unsupported digest algorithm'
  if (encoded.length !== digits) return 'invalid checksum digest length'
  return /^[0-9a-f]*$/.test(encoded) ? undefined : 'invalid checksum digest format'
}

// The part before the first slash is a registry only if it looks like one: a dot, a port,
// `localhost`, or an upper-case letter (which no path may have).
function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const isDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  let domain = isDomain ? first : 'docker.io'
  const rest = isDomain ? text.slice(slash + 1) : text
  if (domain === 'index.docker.io') domain = 'docker.io'
  const official = domain === 'docker.io' && !rest.includes('/')
  return { domain, rest: official ? `library/${rest}` : rest }
}

/** `docker.io/library/perl`: the repository without tag and digest. */
export function repositoryOf(reference: ImageReference): string {
  return `${reference.domain}/${reference.path}`
}

/** The canonical text: `perl` → `docker.io/library/perl:latest`. The reference must be valid. */
export function normaliseReference(text: string): string {
  const reference = parseReference(text)
  if ('error' in reference) return text
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`
  return `${repositoryOf(reference)}${tag}${digest}`
}

/** The kubelet's InvalidImageName message, or undefined for a valid reference. */
export function invalidReference(text: string): string | undefined {
  const reference = parseReference(text)
  if (!('error' in reference)) return undefined
  const why = `couldn't parse image name ${JSON.stringify(text)}: ${reference.error}`
  return `Failed to apply default image tag ${JSON.stringify(text)}: ${why}`
}
