// `kubectl create service …` and `create ingress` (kubectl pkg/cmd/create): what routes traffic. The
// lab has no network; their text is right all the same.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { dnsSubdomain, portName, portNumber } from '../../sim/kinds/validation/names.ts'
import { goQuote } from '../../sim/lib/go-quote.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import type { FlagSpec } from '../flags.ts'
import { GENERATOR_FLAGS, nameOf, setFields, submitGenerated } from '../generate.ts'

type ServiceType = 'ClusterIP' | 'ExternalName' | 'LoadBalancer' | 'NodePort'

const TCP: FlagSpec = { name: 'tcp', type: 'list', usage: 'Ports: port:targetPort.' }

export const createService: Command = {
  name: 'service',
  short: 'Create a service using a specified subcommand',
  aliases: ['svc'],
  commands: [
    service('clusterip', 'ClusterIP', 'NAME [--tcp=<port>:<targetPort>]', [
      { name: 'clusterip', type: 'string', usage: 'The address, or None for a headless one.' },
    ]),
    service('externalname', 'ExternalName', 'NAME --external-name external.name', [
      { name: 'external-name', type: 'string', usage: 'The name it stands for.' },
    ]),
    service('loadbalancer', 'LoadBalancer', 'NAME [--tcp=port:targetPort]', []),
    service('nodeport', 'NodePort', 'NAME [--tcp=port:targetPort]', [
      { name: 'node-port', type: 'int', value: '0', usage: 'The port on each node.' },
    ]),
  ],
}

function service(
  name: string,
  type: ServiceType,
  use: string,
  flags: readonly FlagSpec[],
): Command {
  const article = type === 'ExternalName' ? 'an' : 'a'
  return {
    name,
    use,
    short: `Create ${article} ${type} service`,
    flags: [...GENERATOR_FLAGS, TCP, ...flags],
    ...(type === 'ExternalName' ? { required: ['external-name'] } : {}),
    run: function* (call) {
      const given = nameOf(call)
      const make = (): KubeObject => serviceOf(call, type, given)
      submitGenerated(call, make, `failed to create ${type} service`)
      return 0
    },
  }
}

function serviceOf({ flags }: Call, type: ServiceType, name: string): KubeObject {
  const tcp = flags.list('tcp')
  const clusterIP = flags.string('clusterip')
  const externalName = flags.string('external-name')
  if (clusterIP !== 'None' && tcp.length === 0 && type !== 'ExternalName')
    throw new KubectlError('at least one tcp port specifier must be provided')
  if (type === 'ExternalName' && dnsSubdomain(externalName).length > 0)
    throw new KubectlError(`invalid service external name ${externalName}`)
  const ports = tcp.map((pair) => {
    const { port, targetPort } = portsOf(pair)
    const base = { name: pair.replaceAll(':', '-'), protocol: 'TCP', port, targetPort }
    const nodePort = flags.int('node-port')
    return nodePort === 0 ? base : { ...base, nodePort }
  })
  const app = { app: name }
  const spec = setFields({ ports, selector: app, clusterIP, type, externalName })
  const metadata = { name, labels: app }
  const object = { kind: 'Service', apiVersion: 'v1', metadata, spec }
  return { ...object, status: { loadBalancer: {} } } as unknown as KubeObject
}

/** `80`, `80:8080` or `80:http`. */
function portsOf(pair: string): { port: number; targetPort: number | string } {
  const [first = '', target] = pair.split(':')
  const port = portOf(first)
  if (target === undefined) return { port, targetPort: port }
  if (!/^[+-]?\d+$/.test(target)) {
    const problems = portName(target)
    if (problems.length > 0) throw new KubectlError(problems.join(','))
    return { port, targetPort: target }
  }
  const problems = portNumber(Number(target))
  if (problems.length > 0) throw new KubectlError(problems.join(','))
  return { port, targetPort: Number(target) }
}

/** strconv.ParseUint of 16 bits. */
function portOf(text: string): number {
  if (!/^\d+$/.test(text))
    throw new KubectlError(`strconv.ParseUint: parsing ${goQuote(text)}: invalid syntax`)
  if (Number(text) > 65_535)
    throw new KubectlError(`strconv.ParseUint: parsing ${goQuote(text)}: value out of range`)
  return Number(text)
}
