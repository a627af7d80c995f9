// `kubectl create ingress` (kubectl pkg/cmd/create/create_ingress.go): rules of the form
// host/path=service:port[,tls[=secret]].
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { GENERATOR_FLAGS, nameOf, setFields, submitGenerated } from '../generate.ts'

export const createIngress: Command = {
  name: 'ingress',
  use: 'NAME --rule=host/path=service:port[,tls[=secret]]',
  short: 'Create an ingress with the specified name',
  aliases: ['ing'],
  flags: [
    ...GENERATOR_FLAGS,
    { name: 'annotation', type: 'array', usage: 'An annotation: key=value.' },
    { name: 'class', type: 'string', usage: 'The class of the Ingress.' },
    { name: 'default-backend', type: 'string', usage: 'Where the rest goes: service:port.' },
    { name: 'rule', type: 'array', usage: 'A rule: host/path=service:port[,tls=secret].' },
  ],
  run: function* (call) {
    const name = nameOf(call)
    submitGenerated(call, () => ingressOf(call, name), 'failed to create ingress')
    return 0
  },
}

/** Words, a path, a service and a port, and what says whether the host has a certificate. */
const RULE = new RegExp(
  String.raw`^(?<host>[\w*\-.]*)?(?<path>/[\w\-/.]*[*]?)?=(?<svcname>[\w\-]+):(?<svcport>[\w\-]+)` +
    String.raw`(?<istls>,(?<tls>tls)=?(?<secret>[\w\-]+)?)?$`,
)

interface Rule {
  host: string
  path: string
  service: string
  /** undefined: without a certificate; '': with one, in no Secret. */
  secret: string | undefined
}

function ingressOf({ flags }: Call, name: string): KubeObject {
  const rules = flags.list('rule')
  const backend = flags.string('default-backend')
  if (backend === '' && rules.length === 0)
    throw new KubectlError(
      'not enough information provided: every ingress has to either specify a default-backend ' +
        '(which catches all traffic) or a list of rules (which catch specific paths)',
    )
  for (const rule of rules)
    if (!RULE.test(rule))
      throw new KubectlError(
        `rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
      )
  for (const annotation of flags.list('annotation'))
    if (!annotation.includes('='))
      throw new KubectlError(
        `annotation ${annotation} is invalid and should be in format key=[value]`,
      )
  if (backend !== '' && backend.split(':').length !== 2)
    throw new KubectlError('default-backend should be in format servicename:serviceport')
  const read = rules.map(readRule)
  const spec = setFields({
    ingressClassName: flags.string('class'),
    defaultBackend: backend === '' ? undefined : backendOf(backend),
    tls: tlsOf(read),
    rules: rulesOf(read),
  })
  const annotations = annotationsOf(flags.list('annotation'))
  const metadata = { name, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) }
  const head = { kind: 'Ingress', apiVersion: 'networking.k8s.io/v1', metadata }
  return { ...head, spec, status: { loadBalancer: {} } } as unknown as KubeObject
}

function annotationsOf(list: readonly string[]): Readonly<Record<string, string>> {
  const pairs = list.map((text) => {
    const equals = text.indexOf('=')
    return [text.slice(0, equals), text.slice(equals + 1)] as const
  })
  return Object.fromEntries(pairs)
}

function readRule(text: string): Rule {
  const [route = '', tls] = text.split(',')
  const slash = route.indexOf('/')
  const [path = '', service = ''] = route.slice(slash + 1).split('=')
  const secret = tls === undefined ? undefined : (tls.split('=')[1] ?? '')
  return { host: route.slice(0, slash), path: `/${path}`, service, secret }
}

function backendOf(text: string): object {
  const [name = '', port = ''] = text.split(':')
  const number = /^[+-]?\d+$/.test(port)
  return { service: { name, port: number ? setFields({ number: Number(port) }) : { name: port } } }
}

/** Hosts that share a Secret stand together; each host counts once. */
function tlsOf(rules: readonly Rule[]): readonly object[] {
  const found: { hosts: string[]; secretName: string }[] = []
  const seen = new Set<string>()
  for (const { host, secret } of rules) {
    if (secret === undefined || seen.has(host)) continue
    seen.add(host)
    const same = found.find((each) => each.secretName === secret)
    if (same !== undefined) same.hosts.push(host)
    else if (host !== '' || secret !== '')
      found.push({ hosts: host === '' ? [] : [host], secretName: secret })
  }
  return found.map((each) => setFields(each))
}

function rulesOf(rules: readonly Rule[]): readonly object[] {
  const found: { host: string; paths: object[] }[] = []
  for (const { host, path, service } of rules) {
    const isPrefix = path.endsWith('*')
    const entry = {
      path: isPrefix ? path.slice(0, -1) : path,
      pathType: isPrefix ? 'Prefix' : 'Exact',
      backend: backendOf(service),
    }
    const same = found.find((each) => each.host === host)
    if (same === undefined) found.push({ host, paths: [entry] })
    else same.paths.push(entry)
  }
  return found.map(({ host, paths }) => ({ ...(host === '' ? {} : { host }), http: { paths } }))
}
