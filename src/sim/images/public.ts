// What of the world's public registries exists, judged by the name alone: a well-formed name does,
// unless it is a slip of a well-known one, says itself that it does not exist, or its registry is
// private or no registry. Words are containerd's. Pure.
import type { ImageReference } from './reference.ts'

/** Docker Hub's official images: names without a user are these only. */
const OFFICIAL = new Set(
  (
    'adminer aerospike almalinux alpine amazoncorretto amazonlinux archlinux bash busybox ' +
    'caddy cassandra chronograf cirros clojure composer consul convertigo couchbase couchdb ' +
    'crate dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch ' +
    'elixir erlang fedora flink fluentd gazebo gcc geonetwork ghost golang gradle groovy ' +
    'haproxy haskell haxe hello-world httpd hylang ibmjava influxdb irssi jetty joomla jruby ' +
    'julia kapacitor kibana kong lightstreamer liquibase logstash mageia mariadb matomo maven ' +
    'mediawiki memcached mongo mongo-express monica mysql nats nats-streaming neo4j ' +
    'neurodebian nextcloud nginx node odoo open-liberty openjdk oraclelinux orientdb ' +
    'percona perl phpmyadmin photon php plone postfixadmin postgres pypy python r-base rabbitmq ' +
    'rakudo-star redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine ' +
    'satosa silverpeas solr sonarqube spark spiped storm swift swipl teamspeak telegraf tomcat ' +
    'tomee traefik ubuntu unit valkey varnish vault websphere-liberty wordpress xwiki yourls ' +
    'znc zookeeper'
  ).split(' '),
)

/** Well-known users of public registries, so that a slip of one is seen. */
const USERS =
  'bitnami prom grafana fluent elastic hashicorp curlimages amazon datadog jenkins rancher ' +
  'calico cilium istio kubernetes prometheus velero aquasec traefik google nvidia'

const WORDS = 'latest stable alpine slim bookworm trixie bullseye noble jammy focal mainline edge'

/** Names that say of themselves that there is no such image. */
const SAYS_SO =
  /(?:^|[/._-])(?:non-?exist(?:ent|ing|s)?|does-?not-?exist|doesnt-?exist|no-?such[\w-]*|not-?found|missing|invalid|typo|wrong|nope|nowhere)(?:[/._-]|$)/

/** Names of hosts that are kept free, or mean something in somebody's own network only. */
const NO_HOST =
  /\.(?:example|invalid|test|local|lan|internal|corp|home)$|(?:^|\.)example\.(?:com|org|net)$/

/** Registries that let nobody in without a password. */
const PRIVATE = /\.dkr\.ecr\.[\w-]+\.amazonaws\.com$|\.azurecr\.io$|\.jfrog\.io$/

/** What became of Bitnami's images in 2025: of each only `latest` is left. */
const BITNAMI = /^bitnami\//

/** Why a reference cannot be pulled, in containerd's words; undefined when it can. */
export function publicProblem(reference: ImageReference): string | undefined {
  const { domain, path, tag = '', digest } = reference
  const name = `${domain}/${path}${digest === undefined ? `:${tag}` : `@${digest}`}`
  const target = `https://${domain}/v2/${path}/manifests/${digest ?? tag}`
  const host = domain.replace(/:\d+$/, '')
  const dial = `failed to do request: Head "${target}": dial tcp`
  if (host === 'localhost' || /^[\d.]+$/.test(host))
    return `${dial} ${address(domain)}: connect: connection refused`
  if (NO_HOST.test(host) || !host.includes('.')) return `${dial}: lookup ${host}: no such host`
  if (PRIVATE.test(host)) return privateProblem(domain, path, target)
  if (SAYS_SO.test(path) || !isRepository(domain, path)) return DENIED
  const isGone = domain === 'docker.io' && BITNAMI.test(path) && tag !== 'latest'
  return isGone || isSlip(tag, WORDS) || SAYS_SO.test(tag) ? `${name}: not found` : undefined
}

/** What Docker Hub answers for a repository that is not there, or is not for everybody. */
export const DENIED =
  'pull access denied, repository does not exist or may require authorization: ' +
  'server message: insufficient_scope: authorization failed'

function address(domain: string): string {
  const [host, port = '443'] = domain.split(':')
  return `${host === 'localhost' ? '127.0.0.1' : host}:${port}`
}

function privateProblem(domain: string, path: string, target: string): string {
  if (!domain.endsWith('.azurecr.io'))
    return `unexpected status from HEAD request to ${target}: 401 Unauthorized`
  const scope = encodeURIComponent(`repository:${path}:pull`)
  return (
    'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to ' +
    `https://${domain}/oauth2/token?scope=${scope}&service=${domain}: 401 Unauthorized`
  )
}

function isRepository(domain: string, path: string): boolean {
  const [user = '', ...rest] = path.split('/')
  if (domain === 'docker.io' && user === 'library') return OFFICIAL.has(rest.join('/'))
  return !isSlip(user, USERS)
}

/** Whether a word is not, but nearly, one of these: a letter is missing, added, other or swapped. */
function isSlip(word: string, words: string): boolean {
  const known = words.split(' ')
  return word.length > 3 && !known.includes(word) && known.some((other) => isNear(word, other))
}

function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 4) return false
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++
  const [left, right] = [a.slice(start), b.slice(start)]
  if (left.slice(1) === right || left === right.slice(1)) return true
  if (left.slice(1) === right.slice(1)) return true
  const isSwapped = left[0] === right[1] && left[1] === right[0]
  return isSwapped && left.slice(2) === right.slice(2)
}
